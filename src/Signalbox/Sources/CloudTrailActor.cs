namespace Signalbox;

/// <summary>Who did something, by a CloudTrail user identity.</summary>
/// <param name="Short">What a person calls them: "alice", "root", "deploy-bot", "autoscaling".</param>
/// <param name="Full">The same with the role they took on: "alice as role Admin".</param>
/// <param name="Account">Their account; null when unknown.</param>
/// <param name="IsRoot">True for the owner of the account, unless a service acts for them.</param>
/// <param name="IsUser">True for an IAM user, who signs in with a password of this account.</param>
/// <param name="WithoutMfa">True when the session says that it was opened without a second factor.</param>
internal sealed record CloudTrailActor(string Short, string Full, string? Account, bool IsRoot, bool IsUser, bool WithoutMfa)
{
    public static CloudTrailActor Of(Json identity)
    {
        var type = identity["type"u8].Words;
        var arn = identity["arn"u8].Words;
        var issuer = identity["sessionContext"u8]["sessionIssuer"u8];
        var service = identity["invokedBy"u8].Words;
        var role = issuer["userName"u8].Words ?? RoleOf(arn);
        var isService = type is "AWSService" || (type is null && service is not null);
        var name = type switch
        {
            "Root" => "root",
            _ when isService => CloudTrail.ServiceOf(service),
            "AssumedRole" => Arn.Read(arn)?.Name ?? role,
            _ => identity["userName"u8].Words ?? Arn.Read(arn)?.Name ?? role,
        };
        name ??= After(identity["principalId"u8].Words) ?? identity["onBehalfOf"u8]["userId"u8].Words ?? identity["accountId"u8].Words ?? "Somebody";
        var full = type is "AssumedRole" or "FederatedUser" && role is not null && role != name ? $"{name} as role {role}" : name;
        if (service is not null && !isService) full += $", through {CloudTrail.ServiceOf(service)}";
        var mfa = identity["sessionContext"u8]["attributes"u8]["mfaAuthenticated"u8];
        return new(Cut.Line(name, 60), Cut.Line(full, 160), identity["accountId"u8].Words, type is "Root" && service is null, type is "IAMUser",
            type is "IAMUser" or "Root" && string.Equals(mfa.Scalar, "false", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The role in <c>…:assumed-role/ROLE/SESSION</c>.</summary>
    private static string? RoleOf(string? arn)
    {
        if (Arn.Read(arn)?.Resource is not { } resource || !resource.StartsWith("assumed-role/", StringComparison.Ordinal)) return null;
        var role = resource["assumed-role/".Length..];
        return role.IndexOf('/', StringComparison.Ordinal) is var slash and > 0 ? role[..slash] : role;
    }

    /// <summary>The session name in <c>AROA…:SESSION</c>.</summary>
    private static string? After(string? principal) =>
        principal is not null && principal.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && colon < principal.Length - 1
            ? principal[(colon + 1)..] : principal;
}
