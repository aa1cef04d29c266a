namespace Signalbox;

/// <summary>Monitors of Datadog. People write the body of its webhooks themselves; these are the members that Datadog's own examples use.</summary>
/// <remarks>
/// Severity: by the transition (Recovered and No longer info; Warn and No Data warning; Triggered and the rest by the type), then by the type
/// (error error, warning warning, success and info info), then by the priority (P1 critical). Status by the transition; one thread for each alert.
/// Errors: garbled without a title and a message.
/// </remarks>
public static class Datadog
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "datadog",
        [
            new Key.Members("alert_transition", []),
            new Key.Members("alertTransition", []),
            new Key.Members("ALERT_TRANSITION", []),
            new Key.Members("alert_cycle_key", []),
            new Key.Members("event_type", ["org", "last_updated"]),
            new Key.Members("last_updated", ["org", "event_type"]),
            new Key.Members("alert_type", ["alert_id"]),
            new Key.Members("alert_id", ["alert_type"]),
            new Key.Members("alert_id", ["alert_title"]),
        ],
        Read,
        "https://docs.datadoghq.com/integrations/webhooks/");

    private static Parsed Read(Envelope envelope)
    {
        var scalars = Telling.Of(envelope.Body);
        var text = Telling.First(scalars, ["textonlymsg", "eventmsg", "alertmessage", "body", "message", "msg", "text"]);
        var title = Telling.First(scalars, ["alerttitle", "eventtitle", "title", "alertname", "monitorname", "subject"]);
        if (title is null && text is null) return Statement.Lacks(envelope, "title", "a title or a message");

        var transition = Telling.First(scalars, ["alerttransition", "transition"]);
        var type = Telling.First(scalars, ["alerttype", "alertstatus"]);
        var priority = Telling.First(scalars, ["alertpriority", "priority"]);
        var (severity, status) = Standing(transition, type, priority);
        var key = Telling.First(scalars, ["alertcyclekey", "aggregkey", "aggregationkey", "alertid", "monitorid"]);
        var host = Telling.First(scalars, ["hostname", "host", "alertscope", "scope"]);
        var subject = Plain(Cut.OneLine(title ?? text!));
        return new Parsed.Told([
            new()
            {
                Source = "datadog",
                Kind = "monitor",
                Severity = severity,
                Status = status,
                Title = Cut.Line(status is Status.Cleared ? $"Recovered: {subject}" : subject, 80),
                Summary = text is null || text == title ? null : Cut.Text(Cut.Readable(text.Replace("%%%", "", StringComparison.Ordinal)).Trim(), 1500),
                Subject = host ?? subject,
                Account = envelope.Account,
                Region = envelope.Region,
                At = Instants.Read(Telling.First(scalars, ["date", "lastupdated", "timestamp", "time"])) ?? envelope.At,
                Thread = key is null ? null : $"datadog/{key}",
                Facts = Known.Facts(
                    ("State", transition ?? type),
                    ("Scope", host),
                    ("Metric", Telling.First(scalars, ["alertmetric", "metric"])),
                    ("Priority", priority),
                    ("Query", Telling.First(scalars, ["alertquery", "query"]) is { } query ? Cut.Line(query, 200) : null),
                    ("Tags", Telling.First(scalars, ["tags"]) is { } tags ? Cut.Line(tags, 200) : null),
                    ("Organization", Telling.First(scalars, ["orgname"]) ?? envelope.Body["org"u8]["name"u8].Words)),
                Links = Known.Links(
                    Known.Page("Open the monitor", Telling.First(scalars, ["link", "alerturl", "url", "eventurl"])),
                    Known.Page("Open the picture", Telling.First(scalars, ["snapshot"]))),
            },
        ]);
    }

    private static (Severity, Status) Standing(string? transition, string? type, string? priority)
    {
        var bad = type?.ToLowerInvariant() switch
        {
            _ when priority is "P1" => Severity.Critical,
            "warning" or "warn" => Severity.Warning,
            "info" or "success" or "ok" => Severity.Info,
            _ => Severity.Error,
        };
        return transition?.ToLowerInvariant() switch
        {
            "recovered" or "no data recovered" or "ok" or "no longer" or "warn recovered" => (Severity.Info, Status.Cleared),
            "warn" or "re-warn" or "no data" or "re-no data" => (Severity.Warning, Status.Raised),
            "triggered" or "re-triggered" or "renotify" => (bad is Severity.Info ? Severity.Error : bad, Status.Raised),
            null when type?.ToLowerInvariant() is "success" or "ok" or "recovery" => (Severity.Info, Status.Cleared),
            null when type is null && priority is null => (Severity.Info, Status.Stated),
            _ => (bad, bad is Severity.Info ? Status.Stated : Status.Raised),
        };
    }

    /// <summary>"[Triggered on {host:web-1}] CPU is high" is "CPU is high": the state stands beside it.</summary>
    private static string Plain(string title)
    {
        var rest = title;
        while (rest.StartsWith('[') && rest.IndexOf(']', StringComparison.Ordinal) is var end and > 0) rest = rest[(end + 1)..].TrimStart();
        return rest.Length > 0 ? rest : title;
    }
}
