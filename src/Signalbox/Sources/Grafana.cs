namespace Signalbox;

/// <summary>Alerts of Grafana: the webhook of unified alerting, one notice for each alert, and of the legacy alerts.</summary>
/// <remarks>
/// Unified: severity by the label "severity" as for Alertmanager, an alert without one is an error; resolved is info and cleared.
/// A rule without data, or that fails, is told as just that: its own summary speaks of what it would have found.
/// Legacy, by its state: alerting error, no_data warning, pending info and under way, ok info and cleared, else info.
/// </remarks>
public static class Grafana
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "grafana",
        [
            new Key.Members("alerts", ["orgId", "receiver"]),
            new Key.Members("alerts", ["orgId", "alerts.labels"]),
            new Key.Members("alerts", ["alerts.silenceURL", "alerts.labels"]),
            new Key.Members("ruleName", ["state", "title"]),
            new Key.Members("evalMatches", ["title"]),
            new Key.Members("ruleUrl", ["state", "title"]),
            new Key.Members("ruleId", ["state", "title"]),
        ],
        Read,
        "https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (!body["alerts"u8].IsArray) return ReadLegacy(envelope, body);
        var notices = new List<Notice>();
        foreach (var alert in body["alerts"u8].Items)
        {
            if (alert.IsObject) notices.Add(Alertmanager.Of(envelope, body, alert, "grafana"));
        }
        return notices.Count > 0 ? new Parsed.Told([.. notices]) : new Parsed.Quiet("a group without alerts");
    }

    /// <summary>"High error rate gets no data": what Grafana tells in the name of a rule that it cannot judge; null for any other alert.</summary>
    internal static string? Unread(Json labels) => labels["alertname"u8].Words switch
    {
        "DatasourceNoData" => $"{Cut.Line(labels["rulename"u8].Words ?? "A rule", 50)} gets no data",
        "DatasourceError" => $"{Cut.Line(labels["rulename"u8].Words ?? "A rule", 50)} cannot be evaluated",
        _ => null,
    };

    private static Parsed.Told ReadLegacy(Envelope envelope, Json body)
    {
        var state = body["state"u8].Words?.ToLowerInvariant() ?? "unknown";
        var name = body["ruleName"u8].Words ?? body["title"u8].Words ?? "A rule";
        var (severity, status, phrase) = state switch
        {
            "alerting" => (Severity.Error, Status.Raised, "is alerting"),
            "no_data" or "nodata" => (Severity.Warning, Status.Raised, "gets no data"),
            "pending" => (Severity.Info, Status.Ongoing, "may soon alert"),
            "ok" => (Severity.Info, Status.Cleared, "is fine again"),
            _ => (Severity.Info, Status.Stated, $"is {Phrase.Of(state)}"),
        };
        var facts = new List<(string, string?)>();
        foreach (var match in body["evalMatches"u8].Items)
        {
            if (facts.Count == 7) break;
            var value = match["value"u8];
            facts.Add((Cut.Line(match["metric"u8].Words ?? "Value", 60), value.Number is { } number ? Quantity.Of(number) : value.Scalar));
        }
        return new([
            new()
            {
                Source = "grafana",
                Kind = "legacy-alert",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"{Cut.Line(name, 62)} {phrase}", 80),
                Summary = body["message"u8].Words is { } text ? Cut.Text(Cut.Readable(text), 1500) : null,
                Subject = name,
                At = envelope.At,
                Account = envelope.Account,
                Region = envelope.Region,
                Thread = $"grafana/{body["orgId"u8].Scalar}/{body["ruleId"u8].Scalar ?? name}",
                Tags = Known.Tags(body["tags"u8]),
                Facts = Known.Facts([.. facts]),
                Links = Known.Links(Known.Page("Open the rule", body["ruleUrl"u8].Words), Known.Page("Open the picture", body["imageUrl"u8].Words)),
            },
        ]);
    }
}
