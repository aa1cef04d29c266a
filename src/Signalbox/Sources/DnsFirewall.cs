namespace Signalbox;

/// <summary>Route 53 Resolver DNS Firewall: names that somebody in a VPC asked for and that a rule blocks or reports.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.route53resolver. Severity: a query that only an alert rule met was answered all the same, so that one which looks like
/// generated names or a tunnel is an error; all others are warnings. Status: stated, for nothing says that it is over.
/// Errors: garbled without <c>query-name</c>.
/// </remarks>
public static class DnsFirewall
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("dns-firewall", [new Key.Event("aws.route53resolver")], Read,
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/events-detail-reference.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["query-name"u8].Words is not { } query) return Statement.Lacks(envelope, "detail.query-name", "the name that was asked for");

        var isBlocked = detail["firewall-rule-action"u8].Words is { } action
            ? string.Equals(action, "BLOCK", StringComparison.OrdinalIgnoreCase)
            : string.Equals(envelope.DetailType, "DNS Firewall Block", StringComparison.OrdinalIgnoreCase);
        var threat = detail["firewall-protection"u8].Words;
        var asker = AskerOf(detail["resources"u8]) ?? detail["src-addr"u8].Words ?? detail["vpc-id"u8].Words;
        var name = query.Length > 1 ? query.TrimEnd('.') : query;
        var severity = threat is not null && !isBlocked ? Severity.Error : Severity.Warning;
        var title = $"{Cut.Line(asker ?? "Somebody", 24)} asked for {Cut.Line(name, 32)}: {(isBlocked ? "blocked" : "not blocked")}";
        return Statement.Told(Statement.Of(envelope, "dns-firewall", isBlocked ? "block" : "alert", (severity, Status.Stated), title) with
        {
            Summary = threat switch
            {
                null => null,
                "DGA" => "The name looks like one that malware generates",
                "DICTIONARY_DGA" => "The name looks like one that malware generates from a dictionary",
                "DNS_TUNNELING" => "The query looks like data that leaves through DNS",
                _ => $"DNS Firewall sees {Phrase.Of(threat, 60)} in it",
            },
            Subject = asker ?? name,
            Account = detail["account-id"u8].Words ?? envelope.Account,
            At = Instants.Read(detail["last-observed-at"u8]) ?? envelope.At,
            Facts = Known.Facts(
                ("Name", name),
                ("Record type", detail["query-type"u8].Words),
                ("Asked from", detail["src-addr"u8].Words),
                ("VPC", detail["vpc-id"u8].Words),
                ("Rule group", detail["firewall-rule-group-id"u8].Words),
                ("Domain list", detail["firewall-domain-list-id"u8].Words)),
            Links = Known.Links(ConsolePage.Link("Open the rule groups", envelope.Region, "vpcconsole/home", "DNSFirewallRuleGroups:")),
        });
    }

    /// <summary>The instance that asked, else the endpoint that the query came through: each stands under the name of its type.</summary>
    private static string? AskerOf(Json resources)
    {
        string? other = null;
        foreach (var resource in resources.Items)
        {
            if (resource["instance-details"u8]["id"u8].Words is { } instance) return instance;
            other ??= resource["resolver-endpoint-details"u8]["id"u8].Words;
        }
        return other;
    }
}
