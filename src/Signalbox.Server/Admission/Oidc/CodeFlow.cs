using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Server.Admission.Oidc;

/// <summary>Who came back from an issuer, or why nobody did.</summary>
/// <param name="Name">Who; null for nobody.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Why">The reason, for the log and the page; without any code, token or secret.</param>
internal sealed record Arrived(string? Name, Role Role, string Why)
{
    /// <summary>Nobody.</summary>
    public static Arrived Not(string why) => new(null, Signalbox.Role.Viewer, why);
}

/// <summary>The authorization code flow with PKCE.</summary>
internal static class CodeFlow
{
    /// <summary>Where the browser goes to sign in.</summary>
    public static string Leave(Issuer issuer, OidcSignIn oidc, Journey journey, string home) => Letter.With(issuer.Authorize.AbsoluteUri, Form(
        ("response_type", "code"), ("client_id", oidc.ClientId), ("redirect_uri", home), ("scope", string.Join(' ', oidc.Scopes)),
        ("state", journey.State), ("nonce", journey.Nonce), ("code_challenge", journey.Challenge), ("code_challenge_method", "S256")))!;

    /// <summary>Makes somebody of what the browser brings back.</summary>
    public static async Task<Arrived> Arrive(Journey? journey, IQueryCollection query, OidcSignIn oidc, string home, Station station, CancellationToken stop)
    {
        if (journey is null) return Arrived.Not("this browser has begun no sign-in, or too long ago");
        if (!Same(query["state"].ToString(), journey.State)) return Arrived.Not("the answer belongs to another sign-in");
        if (query["error"].ToString() is { Length: > 0 } error) return Arrived.Not($"the issuer says {Cut.Line(error, 60)}");
        if (query["code"].ToString() is not { Length: > 0 } code) return Arrived.Not("the issuer sent no code");
        var world = station.Now.World;
        var (issuer, why) = await station.Reception.Issuers.Of(oidc.Issuer, world, stop);
        if (issuer is null) return Arrived.Not(why);
        var (token, fault) = await Redeem(issuer, oidc, code, journey, home, world, stop);
        if (token is null) return Arrived.Not(fault);
        var keys = await station.Reception.Issuers.Keys(issuer, token.KeyId, world, stop);
        if (token.Doubt(keys, oidc, journey.Nonce, world.Now()) is { } doubt) return Arrived.Not($"the issuer's token is not accepted: {doubt}");
        var name = token.Name(oidc);
        if (name.Length is 0) return Arrived.Not("the issuer's token names nobody");
        return token.Role(oidc) is { } role ? new(name, role, "")
            : Arrived.Not($"{name} has no role here: no value of the claim {oidc.RoleClaim} stands in server.sign-in.oidc.roles");
    }

    private static async Task<(IdToken? Token, string Why)> Redeem(
        Issuer issuer, OidcSignIn oidc, string code, Journey journey, string home, World world, CancellationToken stop)
    {
        var secret = "";
        if (oidc.ClientSecret is { } reference)
        {
            var revealed = await world.Reveal(reference, false, stop);
            if (revealed.Value is null) return (null, $"the client's secret: {revealed.Why}");
            secret = revealed.Value;
        }
        List<(string, string)> fields =
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", home), ("code_verifier", journey.Verifier)];
        var isByHeader = secret.Length > 0 && !issuer.ByBody;
        if (!isByHeader) fields.Add(("client_id", oidc.ClientId));
        if (secret.Length > 0 && issuer.ByBody) fields.Add(("client_secret", secret));
        var letter = new Letter(issuer.Token, Encoding.ASCII.GetBytes(Form([.. fields])))
        {
            Type = "application/x-www-form-urlencoded",
            LongestAnswer = 256 * 1024,
            Headers = [new("Accept", "application/json")],
        };
        if (isByHeader)
        {
            var pair = $"{Uri.EscapeDataString(oidc.ClientId)}:{Uri.EscapeDataString(secret)}";
            letter = letter.Authorized("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        var (text, why) = await Issuers.Fetch(letter, world, stop);
        if (text is null) return (null, $"the issuer gave no token for the code: {why}");
        return IdToken.Read(Json.Parse(Encoding.UTF8.GetBytes(text)).Value["id_token"u8].Text) is { } token
            ? (token, "") : (null, "the issuer's answer holds no ID token");
    }

    private static string Form(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in fields) text.Append(text.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return text.ToString();
    }

    private static bool Same(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
