using System.Collections.Frozen;

namespace Signalbox;

/// <summary>What the names of AWS calls mean for those who watch an account.</summary>
internal static class CloudTrailCalls
{
    /// <summary>Calls that end the watch over an account or take away its keys.</summary>
    private static readonly FrozenSet<string> Tampering = FrozenSet.ToFrozenSet(
    [
        "StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors", "DeleteEventDataStore", "StopEventDataStoreIngestion",
        "StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel", "DeleteDetector", "StopMonitoringMembers",
        "DisassociateFromMasterAccount", "DisassociateFromAdministratorAccount", "DisableSecurityHub", "DisableMacie", "DeleteFlowLogs",
        "ScheduleKeyDeletion", "DisableKey", "DeleteImportedKeyMaterial", "DeactivateMFADevice", "DeleteVirtualMFADevice", "LeaveOrganization",
        "DeletePublicAccessBlock", "DeleteAccountPublicAccessBlock", "DeleteBucketEncryption", "DisableEbsEncryptionByDefault", "DeleteWebACL",
        "DeleteAnalyzer", "DeleteAccountPasswordPolicy", "CloseAccount",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>Calls that let somebody in or give somebody rights.</summary>
    private static readonly FrozenSet<string> Opening = FrozenSet.ToFrozenSet(
    [
        "AuthorizeSecurityGroupIngress", "PutBucketPolicy", "PutBucketAcl", "PutObjectAcl", "PutKeyPolicy", "CreateGrant", "CreateAccessKey", "CreateUser",
        "CreateLoginProfile", "UpdateLoginProfile", "AttachUserPolicy", "AttachRolePolicy", "AttachGroupPolicy", "PutUserPolicy", "PutRolePolicy",
        "PutGroupPolicy", "AddUserToGroup", "UpdateAssumeRolePolicy", "CreatePolicyVersion", "SetDefaultPolicyVersion", "ModifySnapshotAttribute",
        "ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute", "ModifyImageAttribute", "PutSecretValue", "PutResourcePolicy", "CreateNetworkAclEntry",
        "AddPermission", "AddPermission20150331v2", "CreateAccountAssignment", "PutInlinePolicyToPermissionSet", "AttachManagedPolicyToPermissionSet",
    ], StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Denials = FrozenSet.ToFrozenSet(
    [
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "Client.UnauthorizedOperation", "UnauthorizedAccess",
        "Client.UnauthorizedAccess", "NotAuthorized", "AuthorizationError", "AuthorizationErrorException", "UnauthorizedException", "Forbidden",
        "InvalidClientTokenId", "SignatureDoesNotMatch", "AuthFailure", "Client.AuthFailure", "OptInRequired", "VpceAccessDenied",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>What a call that begins with this verb has done to its target.</summary>
    private static readonly FrozenDictionary<string, string> Verbs = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Create"] = "created",
        ["Delete"] = "deleted",
        ["Terminate"] = "terminated",
        ["Stop"] = "stopped",
        ["Start"] = "started",
        ["Reboot"] = "rebooted",
        ["Update"] = "updated",
        ["Modify"] = "modified",
        ["Put"] = "put",
        ["Set"] = "set",
        ["Attach"] = "attached",
        ["Detach"] = "detached",
        ["Enable"] = "enabled",
        ["Disable"] = "disabled",
        ["Add"] = "added",
        ["Remove"] = "removed",
        ["Register"] = "registered",
        ["Deregister"] = "deregistered",
        ["Associate"] = "associated",
        ["Disassociate"] = "disassociated",
        ["Run"] = "ran",
        ["Revoke"] = "revoked",
        ["Authorize"] = "authorized",
        ["Restore"] = "restored",
        ["Copy"] = "copied",
        ["Allocate"] = "allocated",
        ["Release"] = "released",
        ["Schedule"] = "scheduled",
        ["Cancel"] = "cancelled",
        ["Purge"] = "purged",
        ["Import"] = "imported",
        ["Invite"] = "invited",
        ["Deactivate"] = "deactivated",
        ["Activate"] = "activated",
        ["Close"] = "closed",
        ["Accept"] = "accepted",
        ["Reset"] = "reset",
        ["Send"] = "sent",
        ["Provision"] = "provisioned",
        ["Rotate"] = "rotated",
        ["Replace"] = "replaced",
        ["Change"] = "changed",
        ["Request"] = "requested",
        ["Issue"] = "issued",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> DestructiveVerbs = FrozenSet.ToFrozenSet(
    [
        "Delete", "Terminate", "Remove", "Detach", "Deregister", "Disable", "Disassociate", "Revoke", "Stop", "Purge", "Deactivate", "Release", "Close",
    ], StringComparer.Ordinal);

    /// <summary>True when the call ends the watch over the account, its keys or its guards.</summary>
    public static bool IsTampering(string call) => Tampering.Contains(call);

    /// <summary>True when the call lets somebody in or gives rights.</summary>
    public static bool IsOpening(string call) => Opening.Contains(call);

    /// <summary>True when the call takes something away.</summary>
    public static bool IsDestructive(string call) => DestructiveVerbs.Contains(VerbOf(call));

    /// <summary>True when an error code says that the caller may not.</summary>
    public static bool IsDenial(string code) => Denials.Contains(code);

    /// <summary>"deleted bucket policy" of "DeleteBucketPolicy"; null for a verb that nobody listed.</summary>
    public static string? PhraseOf(string call)
    {
        var verb = VerbOf(call);
        if (!Verbs.TryGetValue(verb, out var done)) return null;
        return call.Length == verb.Length ? done : $"{done} {Object(call[verb.Length..])}";
    }

    /// <summary>"DBInstance20150331v2" is "DB instance": a version in a call's name says nothing to people.</summary>
    private static string Object(string camel)
    {
        var end = camel.AsSpan().IndexOfAnyInRange('0', '9');
        if (end > 0 && camel.Length - end >= 8) camel = camel[..end];
        var words = Phrase.Of(camel).Split(' ');
        for (var at = 0; at < words.Length; at++)
        {
            words[at] = words[at] switch
            {
                "db" or "acl" or "mfa" or "vpc" or "ebs" or "iam" or "api" or "ssm" or "saml" or "ip" or "ipam" or "dns" => words[at].ToUpperInvariant(),
                _ => words[at],
            };
        }
        return string.Join(' ', words);
    }

    private static string VerbOf(string call)
    {
        var end = 1;
        while (end < call.Length && char.IsAsciiLetterLower(call[end])) end++;
        return end > call.Length ? call : call[..end];
    }
}
