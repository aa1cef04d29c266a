namespace Signalbox;

/// <summary>What a call changed in who may do or reach what: rules, shares, policies, members, routes, dates. Of parameters that never hold a secret.</summary>
internal static class CloudTrailChange
{
    /// <summary>Facts, most calls have none.</summary>
    /// <param name="call">The call: "AuthorizeSecurityGroupIngress".</param>
    /// <param name="record">The record.</param>
    /// <param name="target">What stands in the title already.</param>
    public static (string Name, string? Value)[] Of(string call, Json record, string? target)
    {
        var parameters = record["requestParameters"u8];
        var policy = Phrase.Name(parameters["policyArn"u8].Words) ?? parameters["policyName"u8].Words ?? parameters["policyId"u8].Words;
        var user = call is "AddUserToGroup" or "RemoveUserFromGroup" or "DeactivateMFADevice" ? parameters["userName"u8].Words : null;
        return
        [
            (call.StartsWith("Revoke", StringComparison.Ordinal) ? "No longer allows" : "Allows", Rules(parameters["ipPermissions"u8]["items"u8])),
            ("Shared with", Shared(parameters)),
            ("Policy", policy is null || policy == target ? null : Cut.Line(policy, 80)),
            ("User", user is null || user == target ? null : Cut.Line(user, 60)),
            ("Route", Route(parameters)),
            ("Gateway", call.EndsWith("InternetGateway", StringComparison.Ordinal) && parameters["internetGatewayId"u8].Words is { } gateway
                && gateway != target ? gateway : null),
            ("Deleted on", call is "ScheduleKeyDeletion" ? Until(record) : null),
        ];
    }

    /// <summary>Who got or lost what, where a call is named after both; null for any other call.</summary>
    public static string? PhraseOf(string call, Json record)
    {
        var parameters = record["requestParameters"u8];
        var policy = Cut.Line(Phrase.Name(parameters["policyArn"u8].Words) ?? "", 30);
        var user = Cut.Line(parameters["userName"u8].Words ?? "", 24);
        var group = Cut.Line(parameters["groupName"u8].Words ?? "", 24);
        var role = Cut.Line(parameters["roleName"u8].Words ?? "", 24);
        return call switch
        {
            "AttachUserPolicy" when policy.Length > 0 => $"attached policy {policy} to user {user}",
            "AttachGroupPolicy" when policy.Length > 0 => $"attached policy {policy} to group {group}",
            "AttachRolePolicy" when policy.Length > 0 => $"attached policy {policy} to role {role}",
            "DetachUserPolicy" when policy.Length > 0 => $"detached policy {policy} from user {user}",
            "DetachGroupPolicy" when policy.Length > 0 => $"detached policy {policy} from group {group}",
            "DetachRolePolicy" when policy.Length > 0 => $"detached policy {policy} from role {role}",
            "AddUserToGroup" when user.Length > 0 => $"added {user} to group {group}",
            "RemoveUserFromGroup" when user.Length > 0 => $"removed {user} from group {group}",
            _ => null,
        };
    }

    /// <summary>"TCP 22 from 0.0.0.0/0", two at most.</summary>
    private static string? Rules(Json rules) => Phrase.List(rules, 2, rule =>
    {
        var protocol = rule["ipProtocol"u8].Words switch { null or "-1" => "everything", var named => named.ToUpperInvariant() };
        var (from, to) = (rule["fromPort"u8].Scalar, rule["toPort"u8].Scalar);
        var ports = protocol is "everything" || from is null or "-1" ? "" : from == to ? $" {from}" : $" {from}–{to}";
        var who = Phrase.List(rule["ipRanges"u8]["items"u8], 3, range => range["cidrIp"u8].Words)
            ?? Phrase.List(rule["ipv6Ranges"u8]["items"u8], 3, range => range["cidrIpv6"u8].Words)
            ?? Phrase.List(rule["groups"u8]["items"u8], 3, group => group["groupId"u8].Words);
        return $"{protocol}{ports}{Phrase.With(" from ", who, 80)}";
    });

    /// <summary>With whom a snapshot or an image is shared: accounts, or everybody.</summary>
    private static string? Shared(Json parameters)
    {
        var added = parameters["createVolumePermission"u8]["add"u8]["items"u8] is { IsArray: true } volumes ? volumes
            : parameters["launchPermission"u8]["add"u8]["items"u8];
        return Phrase.List(added, 3, item => item["group"u8].TextIs("all"u8) ? "everybody" : item["userId"u8].Words)
            ?? (parameters["attributeName"u8].TextIs("restore"u8)
                ? Phrase.List(parameters["valuesToAdd"u8], 3, value => value.TextIs("all"u8) ? "everybody" : value.Words) : null);
    }

    private static string? Route(Json parameters)
    {
        var destination = parameters["destinationCidrBlock"u8].Words ?? parameters["destinationIpv6CidrBlock"u8].Words;
        var through = parameters["gatewayId"u8].Words ?? parameters["natGatewayId"u8].Words ?? parameters["transitGatewayId"u8].Words
            ?? parameters["vpcPeeringConnectionId"u8].Words ?? parameters["networkInterfaceId"u8].Words;
        return destination is null ? null : $"{Cut.Line(destination, 40)}{Phrase.With(" through ", through, 40)}";
    }

    private static string? Until(Json record) => record["responseElements"u8]["deletionDate"u8].Words
        ?? (record["requestParameters"u8]["pendingWindowInDays"u8].Number is { } days ? $"in {Quantity.Count((long)days, "day")}" : null);
}
