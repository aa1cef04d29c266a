namespace Signalbox;

/// <summary>Findings that Security Hub gathers from all products: a notice for each, insights, and announcements.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.securityhub (ASFF and, under "Findings Imported V2", OCSF), a bare finding, announcements by SNS.
/// Severity: CRITICAL critical, HIGH error, MEDIUM warning, LOW and INFORMATIONAL info; where only the number stands, from 90 critical,
/// from 70 high, from 40 medium. A finding that passed, was resolved, suppressed or archived is info and cleared; every other is raised.
/// All events about one finding are one thread.
/// Errors: garbled without a finding.
/// </remarks>
public static class SecurityHub
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "securityhub",
        [
            new Key.Event("aws.securityhub"),
            new Key.Members("ProductArn", ["AwsAccountId", "GeneratorId"]),
            new Key.Members("SchemaVersion", ["ProductArn", "AwsAccountId"]),
            new Key.Members("findings", ["findings.ProductArn"]),
            new Key.Members("findings", ["findings.finding_info"]),
            new Key.Members("finding_info", ["class_uid"]),
            new Key.Members("AnnouncementType", ["Title"]),
        ],
        Read,
        "https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-integration-types.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (body["AnnouncementType"u8].Exists) return ReadNews(envelope);
        if (body["insightName"u8].Exists || body["insightArn"u8].Exists) return ReadInsight(envelope);
        if (body["finding_info"u8].IsObject) return new Parsed.Told([SecurityHubOcsf.Of(envelope, body)]);
        if (body["ProductArn"u8].Exists || body["AwsAccountId"u8].Exists) return new Parsed.Told([SecurityHubFinding.Of(envelope, body, null)]);

        var action = body["actionName"u8].Words;
        var notices = new List<Notice>();
        foreach (var finding in body["findings"u8].Items)
        {
            if (!finding.IsObject) continue;
            notices.Add(finding["finding_info"u8].IsObject ? SecurityHubOcsf.Of(envelope, finding) : SecurityHubFinding.Of(envelope, finding, action));
        }
        return notices.Count > 0 ? new Parsed.Told([.. notices]) : Statement.Lacks(envelope, "detail.findings", "at least one finding");
    }

    private static Parsed.Told ReadInsight(Envelope envelope)
    {
        var detail = envelope.Body;
        var name = detail["insightName"u8].Words ?? Phrase.Name(detail["insightArn"u8].Words) ?? "an insight";
        var results = new List<string>();
        foreach (var result in detail["insightResults"u8].Items)
        {
            foreach (var (what, count) in result.Members) results.Add($"{Cut.Line(what.Text!, 60)}: {count.Scalar}");
        }
        return new([
            new()
            {
                Source = "securityhub",
                Kind = "insight",
                Severity = Severity.Info,
                Status = Status.Stated,
                Title = Cut.Line($"Security Hub insight: {name}", 80),
                Summary = name.Length > 58 ? name : null,
                Subject = name,
                Arn = detail["insightArn"u8].Words,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(
                    ("Results", Phrase.List(results, 6) ?? detail["number of results"u8].Scalar),
                    ("Counted by", Phrase.Of(detail["resultType"u8].Words)),
                    ("Sent by action", detail["actionName"u8].Words)),
                Links = Known.Links(detail["insightArn"u8].Words is { } arn
                    ? ConsolePage.Link("Open the insight", envelope.Region, "securityhub/home", "/insights/", arn) : null),
            },
        ]);
    }

    private static Parsed.Told ReadNews(Envelope envelope)
    {
        var body = envelope.Body;
        var title = body["Title"u8].Words ?? "Security Hub announcement";
        return new([
            new()
            {
                Source = "securityhub",
                Kind = "announcement",
                Severity = Severity.Info,
                Status = Status.Stated,
                Title = Cut.Line(title, 80),
                Summary = body["Description"u8].Words is { } text && text != title ? Cut.Text(Cut.Readable(text), 1500) : null,
                Subject = "Security Hub",
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(("About", Phrase.Of(body["AnnouncementType"u8].Words))),
                Links = Known.Links(Known.PageIn(body["Description"u8].Words)),
            },
        ]);
    }

    /// <summary>The page that shows one finding by its id.</summary>
    internal static Link? PageOf(string? id, string? region) => id is null ? null
        : ConsolePage.Link("Open the finding", region, "securityhub/home", "/findings?search=Id%3D%255Coperator%255C%253AEQUALS%255C%253A",
            ConsolePage.Escape(id));
}
