using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Web;

namespace Signalbox.ServerTests;

/// <summary>An OpenID Connect issuer on the loopback, which lies about one thing when told to.</summary>
public sealed class IssuerStandin : IDisposable
{
    private readonly RSA rsa = RSA.Create(2048);
    private readonly ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Standin web;
    private string nonce = "";

    public IssuerStandin() => web = new(Answer);

    public string Address => web.Address;

    public string Algorithm { get; init; } = "RS256";

    /// <summary>What its tokens say besides what they must.</summary>
    public string Claims { get; init; } = "\"preferred_username\":\"anna\",\"groups\":[\"staff\",\"ops\"]";

    /// <summary>The one thing that is wrong with its tokens.</summary>
    public string Wrong { get; init; } = "";

    public string? CallsItself { get; init; }

    public string KeyId { get; set; } = "first";

    /// <summary>The forms by which codes were redeemed.</summary>
    public List<string> Redeemed { get; } = [];

    public string Authorization { get; private set; } = "";

    public string Challenge { get; private set; } = "";

    public string Settings => $$"""
        server:
          sign-in:
            oidc: { issuer: "{{Address}}", client-id: signalbox, client-secret: "file:{{secret.Path}}", role-claim: groups,
              roles: { admin: ops, responder: [on-call] } }
        """;

    private readonly Scrap secret = new("hunter2");

    /// <summary>Reads where the browser is sent.</summary>
    /// <returns>The state.</returns>
    public string Begin(Page page)
    {
        Assert.Equal(302, page.Status);
        Assert.StartsWith($"{Address}/authorize?response_type=code&client_id=signalbox&redirect_uri=http", page.Leads, StringComparison.Ordinal);
        var query = HttpUtility.ParseQueryString(new Uri(page.Leads).Query);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal("openid profile email", query["scope"]);
        (nonce, Challenge) = (query["nonce"]!, query["code_challenge"]!);
        return query["state"]!;
    }

    /// <summary>Signs somebody in, and sends the browser back.</summary>
    public async Task<Page> SignIn(Browser browser)
    {
        var state = Begin(await browser.Open("/sign-in/leave?back=/audit"));
        return await browser.Open($"/sign-in/oidc?code=the-code&state={state}");
    }

    public void Dispose()
    {
        web.Dispose();
        rsa.Dispose();
        curve.Dispose();
        secret.Dispose();
    }

    private Said Answer(Heard heard)
    {
        switch (heard.Path)
        {
            case "/.well-known/openid-configuration":
                return Said.Http(200, $$"""
                    {"issuer":"{{CallsItself ?? Address}}","authorization_endpoint":"{{Address}}/authorize","token_endpoint":"{{Address}}/token","jwks_uri":"{{Address}}/keys"}
                    """);
            case "/keys":
                return Said.Http(200, Keys());
            default:
                Redeemed.Add(heard.Body);
                Authorization = heard.Headers.First(header => header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)).Value;
                if (Wrong is "refused") return Said.Http(400, "{\"error\":\"invalid_grant\"}");
                return Said.Http(200, Wrong is "text" ? "{\"access_token\":\"x\"}" : $"{{\"access_token\":\"x\",\"id_token\":\"{Token()}\"}}");
        }
    }

    private string Keys()
    {
        var (one, two) = (rsa.ExportParameters(false), curve.ExportParameters(false));
        return Algorithm is "RS256"
            ? $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"{{KeyId}}","n":"{{Base64Url.EncodeToString(one.Modulus)}}","e":"{{Base64Url.EncodeToString(one.Exponent)}}"}]}"""
            : $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"{{KeyId}}","x":"{{Base64Url.EncodeToString(two.Q.X)}}","y":"{{Base64Url.EncodeToString(two.Q.Y)}}"}]}""";
    }

    private string Token()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var head = $$"""{"alg":"{{(Wrong is "none" or "HS256" ? Wrong : Algorithm)}}","kid":"{{(Wrong is "key" ? "other" : KeyId)}}"}""";
        var claims = Wrong is "group" ? "\"preferred_username\":\"anna\",\"groups\":[\"staff\"]" : Claims;
        var body = $$"""
            {"iss":"{{(Wrong is "iss" ? "https://other.example" : Address)}}","sub":"42","aud":["{{(Wrong is "aud" ? "other" : "signalbox")}}"],
            "azp":"{{(Wrong is "azp" ? "other" : "signalbox")}}","exp":{{(Wrong is "exp" ? now - 600 : now + 300)}},"iat":{{now}},
            "nbf":{{(Wrong is "nbf" ? now + 600 : now)}},"nonce":"{{(Wrong is "nonce" ? "other" : nonce)}}",{{claims}}}
            """;
        var signed = $"{Encoded(head)}.{Encoded(body)}";
        var bytes = Encoding.ASCII.GetBytes(Wrong is "signature" ? signed + "x" : signed);
        var signature = Algorithm is "RS256" ? rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : curve.SignData(bytes, HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
