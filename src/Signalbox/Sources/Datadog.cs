namespace Signalbox;

/// <summary>Monitors of Datadog. People write the body of its webhooks themselves; these are the members that Datadog's own examples use.</summary>
/// <remarks>
/// Severity: by the transition (Recovered and No longer info; Warn and No Data warning; Triggered and the rest by the type), then by the type
/// (error error, warning warning, success and info info), then by the priority (P1 critical). Status by the transition; one thread for each alert.
/// What no member says stands in brackets before the title: "[P1] [Triggered on {host:web-1}]".
/// Errors: garbled without a title and a message.
/// </remarks>
public static class Datadog
{
    private static readonly string[] Titles = ["alerttitle", "eventtitle", "title", "alertname", "monitorname", "subject"];

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
            new Key.Members("alertId", ["alertTitle"]),
            new Key.Members("alertType", ["alertId"]),
        ],
        Read,
        "https://docs.datadoghq.com/integrations/webhooks/");

    private static Parsed Read(Envelope envelope)
    {
        var scalars = Telling.Of(envelope.Body);
        var text = Telling.First(scalars, ["textonlymsg", "eventmsg", "alertmessage", "body", "message", "msg", "text"]);
        var title = Telling.First(scalars, Titles);
        if (title is null && text is null) return Statement.Lacks(envelope, "title", "a title or a message");

        var marks = MarksOf(scalars);
        var state = Telling.FirstNear(scalars, ["alertstatus", "status", "state"]);
        var level = Telling.FirstNear(scalars, ["severity"]);
        var transition = Telling.First(scalars, ["alerttransition", "transition"]) ?? (DatadogWords.Turn(state) is null ? marks.Transition : state);
        var type = Telling.First(scalars, ["alerttype"]) ?? TypeOf(state) ?? TypeOf(level);
        var priority = Telling.First(scalars, ["alertpriority", "priority"]) is { } said && (DatadogWords.IsPriority(said) || marks.Priority is null) ? said
            : DatadogWords.IsPriority(level) ? level : marks.Priority;
        var (severity, status) = Standing(transition, type, priority);
        var host = Telling.First(scalars, ["hostname", "host", "alertscope", "scope"]) ?? marks.Scope;
        var link = Telling.First(scalars, ["link", "alerturl", "url", "eventurl"]);
        var monitor = DatadogWords.Monitor(link) is { Id: not null } linked ? linked : DatadogWords.Monitor(text);
        var subject = Cut.OneLine(DatadogWords.Of(title ?? text!).Name);
        return new Parsed.Told([
            new()
            {
                Source = "datadog",
                Kind = "monitor",
                Severity = severity,
                Status = status,
                Title = Cut.Line(
                    status is Status.Cleared ? $"Recovered: {subject}" : DatadogWords.Turn(transition) is "no data" ? $"No data: {subject}" : subject, 80),
                Summary = text is null || text == title ? null : Cut.Text(DatadogWords.Message(text), 1500),
                Subject = host ?? subject,
                Account = envelope.Account,
                Region = envelope.Region,
                At = Instants.Read(Telling.First(scalars, ["date", "lastupdated", "timestamp", "time"])) ?? envelope.At,
                Thread = ThreadOf(scalars, monitor.Id, marks.Scope ?? host),
                Facts = Known.Facts(
                    ("State", transition ?? type),
                    ("Scope", host),
                    ("Metric", Telling.First(scalars, ["alertmetric", "metric"])),
                    ("Priority", priority),
                    ("Query", Telling.First(scalars, ["alertquery", "query"]) is { } query ? Cut.Line(query, 200) : null),
                    ("Tags", Telling.First(scalars, ["tags"]) is { } tags ? Cut.Line(tags, 200) : null),
                    ("Organization", Telling.First(scalars, ["orgname"]) ?? envelope.Body["org"u8]["name"u8].Words)),
                Links = Known.Links(
                    Known.Page("Open the monitor", monitor.Page ?? link),
                    Known.Page("Open the picture", Telling.First(scalars, ["snapshot"]))),
            },
        ]);
    }

    /// <summary>The brackets of the first title that says what became of the alert: the name of the monitor often stands beside it without any.</summary>
    private static DatadogWords.Marks MarksOf(List<Scalar> scalars)
    {
        var found = default(DatadogWords.Marks);
        foreach (var scalar in scalars)
        {
            if (scalar.Depth > 1) break;
            if (Array.IndexOf(Titles, scalar.Plain) < 0) continue;
            var marks = DatadogWords.Of(scalar.Value);
            if (marks.Transition is not null) return marks;
            if (found.Priority is null) found = marks;
        }
        return found;
    }

    /// <summary>A word that can stand for the type where there is none; null for a sentence.</summary>
    private static string? TypeOf(string? word) => word is not null && !DatadogWords.IsPriority(word)
        && (word.ToLowerInvariant() is "success" or "recovery" || StateWords.SeverityOf(word) is not null) ? word : null;

    /// <summary>One for each alert: Datadog's key of the alert, else the monitor and where it watches, as one monitor watches many hosts.</summary>
    private static string? ThreadOf(List<Scalar> scalars, string? monitor, string? scope)
    {
        if (Telling.First(scalars, ["alertcyclekey", "aggregkey", "aggregationkey"]) is { } key) return $"datadog/{key}";
        var id = Telling.First(scalars, ["alertid", "monitorid"]) ?? monitor;
        return id is null ? null : scope is null ? $"datadog/{id}" : $"datadog/{id}/{scope}";
    }

    private static (Severity, Status) Standing(string? transition, string? type, string? priority)
    {
        var bad = type?.ToLowerInvariant() switch
        {
            _ when priority is "P1" or "p1" => Severity.Critical,
            "warning" or "warn" => Severity.Warning,
            "info" or "success" or "ok" or "recovery" => Severity.Info,
            { } word => StateWords.SeverityOf(word) ?? Severity.Error,
            _ => Severity.Error,
        };
        return DatadogWords.Turn(transition) switch
        {
            "recovered" => (Severity.Info, Status.Cleared),
            "warn" or "no data" => (Severity.Warning, Status.Raised),
            "triggered" => (bad is Severity.Info ? Severity.Error : bad, Status.Raised),
            _ when transition is null && type?.ToLowerInvariant() is "success" or "ok" or "recovery" => (Severity.Info, Status.Cleared),
            _ when transition is null && type is null && priority is null => (Severity.Info, Status.Stated),
            _ => (bad, bad is Severity.Info ? Status.Stated : Status.Raised),
        };
    }
}
