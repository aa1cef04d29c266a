using System.Security.Cryptography;
using System.Text;
using System.Web;
using Signalbox.Server.Admission.Oidc;

namespace Signalbox.ServerTests;

/// <summary>OpenID Connect against an issuer that is written here.</summary>
public sealed class SignInByIssuer
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Whom_the_issuer_knows_comes_in_with_the_role_of_their_group(string algorithm)
    {
        using var issuer = new IssuerStandin { Algorithm = algorithm };
        await using var served = await Served.With(issuer.Settings);
        using var browser = new Browser(served);
        Assert.Contains("Sign in with 127.0.0.1", (await browser.Open("/sign-in?back=/audit")).Text, StringComparison.Ordinal);
        var back = await issuer.SignIn(browser);
        Assert.Equal((303, "/audit"), (back.Status, back.Leads));
        var page = await browser.Open("/audit");
        Assert.Equal(200, page.Status);
        Assert.Contains("anna", page.Text, StringComparison.Ordinal);
        Assert.Contains("sign-in by oidc", page.Text, StringComparison.Ordinal);
        Assert.StartsWith("Basic ", issuer.Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_may_lie_deeper_and_names_in_another_claim()
    {
        using var issuer = new IssuerStandin { Claims = "\"email\":\"ben@example.com\",\"realm_access\":{\"roles\":[\"a\",\"on-call\"]}" };
        await using var served = await Served.With(issuer.Settings
            .Replace("role-claim: groups", "role-claim: realm_access.roles, name-claim: email", StringComparison.Ordinal));
        using var browser = new Browser(served);
        await issuer.SignIn(browser);
        Assert.Contains("You are ben@example.com, and your role is responder", (await browser.Open("/audit")).Text, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Forgeries => new()
    {
        { "iss", "it is from another issuer" },
        { "aud", "it is for another client" },
        { "azp", "it was made for another client" },
        { "exp", "it has expired" },
        { "nbf", "it does not hold yet" },
        { "nonce", "it belongs to another sign-in" },
        { "signature", "its signature is not the issuer&#39;s" },
        { "none", "no key of the issuer is for its signature (none)" },
        { "HS256", "no key of the issuer is for its signature (HS256)" },
        { "key", "no key of the issuer is for its signature" },
        { "text", "holds no ID token" },
        { "refused", "it answered 400" },
        { "group", "anna has no role here" },
    };

    [Theory, MemberData(nameof(Forgeries))]
    public async Task A_token_that_is_not_right_in_everything_lets_nobody_in(string wrong, string because)
    {
        using var issuer = new IssuerStandin { Wrong = wrong };
        await using var served = await Served.With(issuer.Settings);
        using var browser = new Browser(served);
        var back = await issuer.SignIn(browser);
        Assert.Equal(403, back.Status);
        Assert.Contains(because, back.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await browser.Open("/audit")).Status);
        Assert.DoesNotContain(served.Log, line => line.Contains("the-code", StringComparison.Ordinal) || line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_to_a_sign_in_that_this_browser_did_not_begin_is_refused()
    {
        using var issuer = new IssuerStandin();
        await using var served = await Served.With(issuer.Settings);
        using var attacker = new Browser(served);
        var state = issuer.Begin(await attacker.Open("/sign-in/leave?back=/audit"));
        using var victim = new Browser(served);
        Assert.Equal(403, (await victim.Open($"/sign-in/oidc?code=the-code&state={state}")).Status);
        issuer.Begin(await victim.Open("/sign-in/leave"));
        Assert.Equal(403, (await victim.Open($"/sign-in/oidc?code=the-code&state={state}")).Status);
        Assert.Empty(issuer.Redeemed);
    }

    [Fact]
    public async Task An_answer_is_good_once()
    {
        using var issuer = new IssuerStandin();
        await using var served = await Served.With(issuer.Settings);
        using var browser = new Browser(served);
        var state = issuer.Begin(await browser.Open("/sign-in/leave?back=/audit"));
        Assert.Equal(303, (await browser.Open($"/sign-in/oidc?code=the-code&state={state}")).Status);
        Assert.Equal(403, (await browser.Open($"/sign-in/oidc?code=the-code&state={state}")).Status);
    }

    [Fact]
    public async Task The_code_is_bound_to_whoever_began_by_PKCE()
    {
        using var issuer = new IssuerStandin();
        await using var served = await Served.With(issuer.Settings);
        using var browser = new Browser(served);
        await issuer.SignIn(browser);
        var verifier = HttpUtility.ParseQueryString(issuer.Redeemed[0])["code_verifier"]!;
        Assert.True(verifier.Length is >= 43 and <= 128);
        Assert.Equal(issuer.Challenge, System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }

    [Fact]
    public async Task An_issuer_that_calls_itself_otherwise_is_not_trusted()
    {
        using var issuer = new IssuerStandin { CallsItself = "https://other.example" };
        await using var served = await Served.With(issuer.Settings);
        using var browser = new Browser(served);
        var page = await browser.Open("/sign-in/leave");
        Assert.Equal(502, page.Status);
        Assert.Contains("has to be exactly its own", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_issuer_changed_is_asked_for_again()
    {
        var now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        using var issuer = new IssuerStandin();
        using var outside = Outside.Open(Settings.None, Roots.Open(_ => null), _ => { });
        var issuers = new Issuers();
        var world = outside.World with { Now = () => now };
        var stop = TestContext.Current.CancellationToken;
        var known = (await issuers.Of(issuer.Address, world, stop)).Value!;
        Assert.Equal(["first"], (await issuers.Keys(known, "first", world, stop)).Select(key => key.Id));
        issuer.KeyId = "second";
        Assert.Equal(["first"], (await issuers.Keys(known, "second", world, stop)).Select(key => key.Id));
        now += TimeSpan.FromMinutes(1);
        Assert.Equal(["second"], (await issuers.Keys(known, "second", world, stop)).Select(key => key.Id));
    }

    [Fact]
    public async Task Secrets_do_not_go_over_plain_HTTP_to_another_machine()
    {
        using var outside = Outside.Open(Settings.None, Roots.Open(_ => null), _ => { });
        var said = await new Issuers().Of("http://login.example.com", outside.World, TestContext.Current.CancellationToken);
        Assert.Equal((null, "the issuer's address has to begin with https://"), (said.Value, said.Why));
    }
}
