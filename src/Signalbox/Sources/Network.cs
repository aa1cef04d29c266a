namespace Signalbox;

/// <summary>Transit gateways, VPN and Direct Connect: topology, routes and sessions of a network.</summary>
/// <remarks>
/// Input: Network Manager's events, older members in kebab-case, newer in camelCase. Severity by the change: a session that is down is an error, a
/// thing deleted, detached or deregistered a warning, all else info.
/// </remarks>
public static class Network
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("network", [new Key.Event("aws.networkmanager")], Read,
        "https://docs.aws.amazon.com/network-manager/latest/tgwnm/monitoring-events.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var change = Either(detail, "status-change"u8, "statusChange"u8) ?? Either(detail, "change-type"u8, "changeType"u8);
        if (change is null) return AsItCame.Told(envelope, "network");
        var description = Either(detail, "change-description"u8, "changeDescription"u8);
        var region = Either(detail, "region"u8, "edgeLocation"u8) ?? envelope.Region;
        var attachment = Either(detail, "transit-gateway-attachment-arn"u8, "transitGatewayAttachmentArn"u8) ?? detail["attachmentArn"u8].Words;
        var arn = Either(detail, "vpn-connection-arn"u8, "vpnConnectionArn"u8) ?? Either(detail, "vpc-arn"u8, "vpcArn"u8)
            ?? attachment ?? Either(detail, "transit-gateway-arn"u8, "transitGatewayArn"u8) ?? Statement.Resource(envelope, 1) ?? Statement.Resource(envelope);
        var name = Arn.Read(arn)?.Name;
        var words = change.Replace('_', '-').ToUpperInvariant();
        var (severity, status) = words switch
        {
            _ when words.EndsWith("-DOWN", StringComparison.Ordinal) => (Severity.Error, Status.Raised),
            _ when words.EndsWith("-UP", StringComparison.Ordinal) => (Severity.Info, Status.Cleared),
            _ when EndsInLoss(words) => (Severity.Warning, Status.Stated),
            _ => (Severity.Info, Status.Stated),
        };
        var kind = envelope.DetailType is { } type ? Phrase.Of(type).Replace("network manager ", "", StringComparison.Ordinal).Replace(' ', '-') : "change";
        var title = $"{Phrase.Short(name ?? "Network")}: {description?.TrimEnd('.') ?? Phrase.Of(change)}";
        return Statement.Told(Statement.Of(envelope, "network", kind, (severity, status), title) with
        {
            Summary = title.Length > 80 ? description : null,
            Subject = name,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Region = region,
            Thread = $"network/{arn}/{Family(words)}/{Either(detail, "outside-ip-address"u8, "outsideIpAddress"u8)}",
            Facts = Known.Facts(
                ("Transit gateway", Arn.Read(Either(detail, "transit-gateway-arn"u8, "transitGatewayArn"u8))?.Name),
                ("Attachment", Arn.Read(attachment)?.Name),
                ("Route table", Arn.Read(Either(detail, "transit-gateway-route-table-arn"u8, "transitGatewayRouteTableArn"u8))?.Name),
                ("Segment", detail["segmentName"u8].Words ?? Phrase.List(detail["segments"u8], 3)),
                ("Segment before", detail["previousSegmentName"u8].Words),
                ("Function group", detail["newNetworkFunctionGroupName"u8].Words),
                ("Function group before", detail["previousNetworkFunctionGroupName"u8].Words),
                ("Policy version", detail["policyVersionId"u8].Scalar),
                ("Core network", Arn.Read(detail["coreNetworkArn"u8].Words)?.Name),
                ("Tunnel address", Either(detail, "outside-ip-address"u8, "outsideIpAddress"u8)),
                ("Routes", Phrase.List(detail["routes"u8], 3, route => route.Scalar ?? route["destinationCidrBlock"u8].Words))),
            Links = Known.Links(words.StartsWith("VPN", StringComparison.Ordinal)
                ? ConsolePage.Link("Open the VPN connections", region, "vpcconsole/home", "VpnConnections:")
                : detail["coreNetworkArn"u8].Exists ? ConsolePage.Link("Open the core networks", region, "networkmanager/home", "/networks")
                : ConsolePage.Link("Open the transit gateways", region, "vpcconsole/home", "TransitGateways:")),
        });
    }

    /// <summary>"VPN-CONNECTION-IPSEC-DOWN" and "…-UP" are about one session.</summary>
    private static string Family(string change) => change.LastIndexOf('-') is var dash and > 0 ? change[..dash] : change;

    private static bool EndsInLoss(string change)
    {
        foreach (var ending in (ReadOnlySpan<string>)["DELETED", "DETACHED", "DEREGISTERED", "UNINSTALLED", "DISASSOCIATED", "REMOVED", "FAILED"])
        {
            if (change.EndsWith(ending, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static string? Either(Json detail, ReadOnlySpan<byte> older, ReadOnlySpan<byte> newer) => detail[older].Words ?? detail[newer].Words;
}
