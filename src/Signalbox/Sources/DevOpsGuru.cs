namespace Signalbox;

/// <summary>Insights of DevOps Guru: what it takes for unusual, and what it would do about it.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.devops-guru, and the same object as SNS brings it. Severity: the insight's own (high is an error, medium a warning,
/// low is info); a proactive one, of what may come, is a warning at most. Status: an insight is raised until it is closed; a further anomaly, a
/// recommendation and a worse severity belong to its conversation. Errors: garbled without the insight's id.
/// </remarks>
public static class DevOpsGuru
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("devops-guru",
        [new Key.Event("aws.devops-guru"), new Key.Members("insightId", ["messageType", "insightType"])], Read,
        "https://docs.aws.amazon.com/devops-guru/latest/userguide/working-with-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var insight = envelope.Body;
        if (insight["insightId"u8].Words is not { } id) return Statement.Lacks(envelope, "detail.insightId", "the id of an insight");
        var isProactive = insight["insightType"u8].TextIs("PROACTIVE"u8);
        var said = insight["insightSeverity"u8].Words is { } word ? StateWords.SeverityOf(word) ?? Severity.Warning : Severity.Warning;
        var severity = isProactive && said > Severity.Warning ? Severity.Warning : said;
        var name = insight["insightName"u8].Words;
        var about = Cut.Line(name ?? (isProactive ? "something unusual ahead" : "something unusual"), 58);
        var (kind, standing, title) = insight["messageType"u8].Words switch
        {
            "CLOSED_INSIGHT" => ("insight", (Severity.Info, Status.Cleared), $"DevOps Guru: {about} is over"),
            "SEVERITY_UPGRADED" => ("insight", (severity, Status.Raised), $"DevOps Guru: {about} got worse"),
            "NEW_ASSOCIATION" => ("anomaly", (severity, Status.Raised), $"DevOps Guru, one more anomaly: {about}"),
            "NEW_RECOMMENDATION" => ("recommendation", (severity, Status.Raised), $"DevOps Guru advises: {about}"),
            _ => ("insight", (severity, Status.Raised), $"DevOps Guru: {about}"),
        };
        var account = insight["accountId"u8].Scalar ?? insight["accountid"u8].Scalar ?? envelope.Account;
        var region = insight["region"u8].Words ?? envelope.Region;
        return Statement.Told(Statement.Of(envelope, "devops-guru", kind, standing, title) with
        {
            Summary = Summary(insight, kind),
            Subject = name ?? id,
            Account = account,
            Region = region,
            At = Instants.Read(insight["endTime"u8]) ?? envelope.At ?? Instants.Read(insight["startTime"u8]),
            Thread = $"devops-guru/{id}",
            Facts = Known.Facts(
                ("Severity", Phrase.Of(insight["insightSeverity"u8])),
                ("Kind", isProactive ? "proactive: it may come" : null),
                ("Stacks", Phrase.List(insight["resourceCollection"u8]["cloudFormation"u8]["stackNames"u8], 3)),
                ("Metrics", Metrics(insight)),
                ("Since", Instants.Read(insight["startTime"u8]) is { } since ? Phrase.At(since) : null),
                ("Lasted", Phrase.Between(Instants.Read(insight["startTime"u8]), Instants.Read(insight["endTime"u8])))),
            Links = Known.Links(Known.Page("Open the insight", insight["insightUrl"u8].Words)),
        });
    }

    private static string? Summary(Json insight, string kind)
    {
        if (kind is "recommendation")
        {
            var first = insight["recommendations"u8][0];
            var reason = Phrase.Sentence(first["reason"u8].Words);
            return first["name"u8].Words is { } name ? reason is null ? name : $"{name}: {reason}" : reason;
        }
        var description = Phrase.Sentence(insight["insightDescription"u8].Words);
        return description == insight["insightName"u8].Words ? null : description;
    }

    /// <summary>The first metrics that are unusual: "AWS/ApiGateway 5XXError".</summary>
    private static string? Metrics(Json insight)
    {
        var metrics = new List<string>();
        foreach (var anomaly in insight["anomalies"u8].Items)
        {
            foreach (var source in anomaly["sourceDetails"u8].Items)
            {
                var metric = source["dataIdentifiers"u8];
                if (metric["name"u8].Words is { } name) metrics.Add($"{metric["namespace"u8].Words} {name}".Trim());
            }
        }
        var different = metrics.Distinct().ToList();
        return different.Count is 0 ? null : string.Join(", ", different.Take(3)) + (different.Count > 3 ? $" and {different.Count - 3} more" : "");
    }
}
