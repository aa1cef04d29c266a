namespace Signalbox;

/// <summary>A finding in the Open Cybersecurity Schema Framework, as the newer Security Hub sends it.</summary>
/// <remarks>
/// severity_id: 1 informational, 2 low, 3 medium, 4 high, 5 critical, 6 fatal.
/// status_id: 1 new, 2 in progress, 3 suppressed, 4 resolved, 5 archived.
/// </remarks>
internal static class SecurityHubOcsf
{
    public static Notice Of(Envelope envelope, Json finding)
    {
        var info = finding["finding_info"u8];
        var resource = finding["resources"u8].IsArray ? finding["resources"u8][0] : finding["resource"u8];
        var arn = resource["uid"u8].Words;
        var name = resource["name"u8].Words ?? Phrase.Name(arn);
        var label = finding["severity"u8].Words ?? Label(finding["severity_id"u8].Number);
        var status = finding["status"u8].Words ?? StatusWord(finding["status_id"u8].Number);
        var compliance = finding["compliance"u8]["status"u8].Words;
        var isOver = finding["status_id"u8].Number is 3 or 4 or 5 || status?.ToLowerInvariant() is "suppressed" or "resolved" or "archived"
            || compliance?.ToLowerInvariant() is "pass" or "passed";
        var title = info["title"u8].Words ?? finding["message"u8].Words ?? finding["class_name"u8].Words ?? "A finding without a title";
        var uid = info["uid"u8].Words ?? finding["metadata"u8]["uid"u8].Words;
        var cloud = finding["cloud"u8];
        var region = cloud["region"u8].Words ?? resource["region"u8].Words ?? Arn.RegionOf(arn) ?? envelope.Region;
        var product = finding["metadata"u8]["product"u8];
        return new()
        {
            Source = "securityhub",
            Kind = "finding",
            Severity = isOver ? Severity.Info : SecurityHubFinding.SeverityOf(label),
            Status = isOver ? Status.Cleared : Status.Raised,
            Title = Cut.Line(name is null || title.Contains(name, StringComparison.Ordinal) || title.Length + name.Length > 76 ? title : $"{title} ({name})",
                80),
            Summary = info["desc"u8].Words is { } text && text != title ? Cut.Text(Cut.Readable(text), 1500) : null,
            Subject = name,
            Arn = Arn.Read(arn) is null ? null : arn,
            Account = cloud["account"u8]["uid"u8].Words ?? Arn.AccountOf(arn) ?? envelope.Account,
            Region = region,
            At = Instants.Read(info["modified_time"u8]) ?? Instants.Read(info["modified_time_dt"u8]) ?? Instants.Read(finding["time"u8])
                ?? Instants.Read(finding["time_dt"u8]) ?? envelope.At,
            Thread = uid is null ? null : $"securityhub/{uid}",
            Facts = Known.Facts(
                ("Severity", label?.ToLowerInvariant()),
                ("Resource", resource["type"u8].Words is { } type ? $"{type} {name}".Trim() : null),
                ("Compliance", compliance?.ToLowerInvariant()),
                ("Control", finding["compliance"u8]["control"u8].Words),
                ("Vulnerability", finding["vulnerabilities"u8][0]["cve"u8]["uid"u8].Words),
                ("Status", status is "New" ? null : status?.ToLowerInvariant()),
                ("Found by", product["name"u8].Words),
                ("What to do", finding["remediation"u8]["desc"u8].Words is { } todo ? Cut.Line(todo, 300) : null)),
            Links = Known.Links(
                SecurityHub.PageOf(uid, region),
                Known.Page("How to mend it", finding["remediation"u8]["references"u8][0].Words)),
        };
    }

    private static string? Label(double? id) => id switch
    {
        1 => "Informational",
        2 => "Low",
        3 => "Medium",
        4 => "High",
        5 => "Critical",
        6 => "Fatal",
        _ => null,
    };

    private static string? StatusWord(double? id) => id switch
    {
        1 => "New",
        2 => "In progress",
        3 => "Suppressed",
        4 => "Resolved",
        5 => "Archived",
        _ => null,
    };
}
