using System.Globalization;

namespace Signalbox;

/// <summary>The keys under <c>server.sign-in</c>, and what is made of them.</summary>
internal static class SignInKeys
{
    private static readonly Shape RoleShape = Shapes.Word(["viewer", "responder", "admin"]);

    private static readonly Shape Values = Shapes.OneOrMany(Shapes.Text("a value of the claim, or * for everybody"));

    private static readonly Shape Address =
        Shapes.Scalar("an http or https address", Secrets.IsAddress, json => Shapes.Typed(json, "string"));

    private static readonly Shape Network =
        Shapes.Scalar("a network, as in 10.0.0.0/8", IsNetwork, json => Shapes.Typed(json, "string"), "One address is 192.0.2.7/32, or ::1/128.");

    /// <summary>Somebody with a password.</summary>
    public static readonly Section User = new("a user", "server.sign-in.users.NAME",
    [
        new("password", SecretShapes.Secret, "Where the hash of the password is, as signalbox password prints it.") { Required = true },
        new("role", RoleShape, "What they may do: read, act (acknowledge, silence), or everything.", "viewer"),
    ]);

    /// <summary>A proxy in front.</summary>
    public static readonly Section Proxy = new("a proxy", "server.sign-in.proxy",
    [
        new("header", Shapes.Text("the name of a header"), "The header in which the proxy says who it is.") { Required = true },
        new("from", Shapes.OneOrMany(Network), "The networks that the proxy calls from. The header is ignored when anybody else sends it.")
            { Required = true },
        new("role-header", Shapes.Text("the name of a header"), "The header in which it says viewer, responder or admin; the highest of several counts."),
        new("role", RoleShape, "What whoever comes without a known role may do.", "viewer"),
    ]);

    /// <summary>Which claims give which role.</summary>
    public static readonly Section Roles = new("roles", "server.sign-in.oidc.roles",
    [
        new("admin", Values, "Who may do everything."),
        new("responder", Values, "Who may read and act."),
        new("viewer", Values, "Who may read."),
    ]);

    /// <summary>An issuer.</summary>
    public static readonly Section Oidc = new("an issuer", "server.sign-in.oidc",
    [
        new("issuer", Address, "The issuer's address, exactly as it stands in its tokens; /.well-known/openid-configuration lies below it.")
            { Required = true },
        new("client-id", Shapes.Text("a client id"), "What the issuer calls this server.") { Required = true },
        new("client-secret", SecretShapes.Secret, "Where the client's secret is.", "a public client"),
        new("scopes", Shapes.OneOrMany(Shapes.Text("a scope")), "What is asked for.", "openid, profile, email"),
        new("name-claim", Shapes.Text("the name of a claim"), "The claim that people are called by.", "preferred_username, else email, else sub"),
        new("role-claim", Shapes.Text("the name of a claim"), "The claim that roles come from; dots lead deeper, as in realm_access.roles.", "groups"),
        new("roles", Shapes.Fixed(Roles), "Which values of that claim give which role. Whoever has none of them does not come in.") { Required = true },
    ]);

    /// <summary>The section.</summary>
    public static readonly Section SignIn = new("sign-in", "server.sign-in",
    [
        new("users", Shapes.Named("a map from names to users", (_, _) => { }, Shapes.Fixed(User)), "People with a password."),
        new("proxy", Shapes.Fixed(Proxy), "A reverse proxy that has asked who it is."),
        new("oidc", Shapes.Fixed(Oidc), "An OpenID Connect issuer; it sends people back to server.url and /sign-in/oidc."),
        new("idle", Shapes.Duration, "After so long without a request people sign in again.", "12h"),
        new("lifetime", Shapes.Duration, "After so long they sign in again in any case.", "7d"),
    ]);

    /// <summary>Every section of it, in the order of the docs.</summary>
    public static ValueList<Section> Sections => [SignIn, User, Proxy, Oidc, Roles];

    /// <summary>What stands there; null when nobody can sign in by it.</summary>
    public static SignIn? Of(Tree? tree)
    {
        var usual = new SignIn();
        var read = new SignIn
        {
            Users = [.. from user in tree?["users"]?.Members ?? []
                        where user.Value["password"]?.Word is not null
                        select new LocalUser(user.Name.Text, user.Value["password"]!.Word!, RoleOf(user.Value["role"]))],
            Proxy = tree?["proxy"] is { } proxy && proxy["header"]?.Word is { } header
                ? new(header, WordsOf(proxy["from"])) { RoleHeader = proxy["role-header"]?.Word, Role = RoleOf(proxy["role"]) } : null,
            Oidc = tree?["oidc"] is { } oidc && oidc["issuer"]?.Word is { } issuer && oidc["client-id"]?.Word is { } client
                ? OidcOf(oidc, issuer, client) : null,
            Idle = Durations.Read(tree?["idle"]?.Word ?? "") ?? usual.Idle,
            Lifetime = Durations.Read(tree?["lifetime"]?.Word ?? "") ?? usual.Lifetime,
        };
        return read is { Users.Count: 0, Proxy: null, Oidc: null } ? null : read;
    }

    private static OidcSignIn OidcOf(Tree tree, string issuer, string client)
    {
        var usual = new OidcSignIn(issuer, client, tree["client-secret"]?.Word);
        var scopes = WordsOf(tree["scopes"]);
        return usual with
        {
            Scopes = scopes.Count is 0 ? usual.Scopes : scopes.Contains("openid") ? scopes : ["openid", .. scopes],
            NameClaim = tree["name-claim"]?.Word,
            RoleClaim = tree["role-claim"]?.Word ?? usual.RoleClaim,
            Roles = [.. from role in (Role[])[Role.Admin, Role.Responder, Role.Viewer]
                        let values = WordsOf(tree["roles"]?[WordOf(role)])
                        where values.Count > 0
                        select (role, values)],
        };
    }

    private static string WordOf(Role role) => role switch { Role.Admin => "admin", Role.Responder => "responder", _ => "viewer" };

    private static Role RoleOf(Tree? tree) => tree?.Word switch { "admin" => Role.Admin, "responder" => Role.Responder, _ => Role.Viewer };

    private static ValueList<string> WordsOf(Tree? tree) => [.. (tree?.OneOrMany ?? []).Select(item => item.Word).OfType<string>()];

    /// <summary>True for four numbers or up to eight groups of hexadecimal digits, and how many bits of them count.</summary>
    private static bool IsNetwork(string text)
    {
        if (text.Split('/') is not [var address, var bits] || !int.TryParse(bits, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return false;
        if (address.Contains(':', StringComparison.Ordinal))
            return length <= 128 && address.Length <= 39 && address.All(unit => char.IsAsciiHexDigit(unit) || unit is ':');
        return length <= 32 && address.Split('.') is { Length: 4 } parts
            && parts.All(part => byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }
}
