namespace Signalbox;

/// <summary>What somebody at a browser may do, in the order of comparison.</summary>
public enum Role : byte
{
    /// <summary>Read.</summary>
    Viewer,

    /// <summary>Act: acknowledge, silence.</summary>
    Responder,

    /// <summary>Change what the server does: redrive, read the audit log.</summary>
    Admin,
}

/// <summary>How people at a browser say who they are. Any of the three ways may be there, and several.</summary>
public sealed record SignIn
{
    /// <summary>People with a password.</summary>
    public ValueList<LocalUser> Users { get; init; }

    /// <summary>A proxy that has asked them already; null for none.</summary>
    public ProxySignIn? Proxy { get; init; }

    /// <summary>An OpenID Connect issuer; null for none.</summary>
    public OidcSignIn? Oidc { get; init; }

    /// <summary>After so long without a request they sign in again.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(12);

    /// <summary>After so long they sign in again in any case.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>Somebody with a password.</summary>
/// <param name="Name">The name that they type.</param>
/// <param name="Password">A reference to the password's hash as <c>signalbox password</c> prints it.</param>
/// <param name="Role">What they may do.</param>
public sealed record LocalUser(string Name, string Password, Role Role);

/// <summary>A reverse proxy that knows who somebody is.</summary>
/// <param name="Header">The header with the name.</param>
/// <param name="From">The networks that the proxy calls from, as in 10.0.0.0/8; the header of anybody else is ignored.</param>
public sealed record ProxySignIn(string Header, ValueList<string> From)
{
    /// <summary>The header with the role; null where everybody has <see cref="Role"/>.</summary>
    public string? RoleHeader { get; init; }

    /// <summary>The role of whoever comes without a role that is known.</summary>
    public Role Role { get; init; } = Role.Viewer;
}

/// <summary>An OpenID Connect issuer.</summary>
/// <param name="Issuer">Its address, without a slash at the end unless its tokens have one.</param>
/// <param name="ClientId">What it calls this server.</param>
/// <param name="ClientSecret">A reference to the secret; null for a public client.</param>
public sealed record OidcSignIn(string Issuer, string ClientId, string? ClientSecret)
{
    /// <summary>What is asked for.</summary>
    public ValueList<string> Scopes { get; init; } = ["openid", "profile", "email"];

    /// <summary>The claim with the name; null for the first of preferred_username, email and sub.</summary>
    public string? NameClaim { get; init; }

    /// <summary>The claim with the groups or roles; a path with dots where it lies deeper.</summary>
    public string RoleClaim { get; init; } = "groups";

    /// <summary>Which values of that claim give which role; <c>*</c> for everybody.</summary>
    public ValueList<(Role Role, ValueList<string> Values)> Roles { get; init; }
}
