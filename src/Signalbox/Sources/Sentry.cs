namespace Signalbox;

/// <summary>Issues and alerts of Sentry, by its integration webhooks and by the older webhook plugin.</summary>
/// <remarks>
/// Severity by the level (fatal critical, error error, warning warning, info and debug info), of a metric alert by its action (critical critical,
/// warning warning, resolved info). Resolved, archived and ignored issues are info and cleared; one thread for each issue or metric alert.
/// Of the event neither request, user nor variables are shown: they may hold secrets.
/// </remarks>
public static class Sentry
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "sentry",
        [
            new Key.Attribute("sentry-hook-resource"),
            new Key.Members("data", ["action", "installation", "actor"]),
            new Key.Members("action", ["data", "installation", "actor"]),
            new Key.Members("culprit", ["project", "level"]),
            new Key.Members("project", ["culprit", "level"]),
            new Key.Members("id", ["culprit", "project_name", "level"]),
        ],
        Read,
        "https://docs.sentry.io/organization/integrations/integration-platform/webhooks/");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        var data = body["data"u8];
        var isInstallation = envelope.Attribute("sentry-hook-resource") is "installation" || data["installation"u8].IsObject;
        if (isInstallation) return new Parsed.Quiet("the integration was installed or removed in Sentry");
        if (data["metric_alert"u8].IsObject) return ReadMetric(envelope, body, data);

        var issue = data["issue"u8].IsObject ? data["issue"u8] : data["event"u8].IsObject ? data["event"u8] : data["error"u8].IsObject ? data["error"u8] : body;
        var action = body["action"u8].Words;
        var title = issue["title"u8].Words ?? body["message"u8].Words ?? issue["message"u8].Words ?? issue["event"u8]["title"u8].Words
            ?? "An error without a title";
        var isOver = action is "resolved" or "archived" or "ignored";
        var level = issue["level"u8].Words ?? body["level"u8].Words;
        var project = issue["project"u8]["name"u8].Words ?? issue["project"u8]["slug"u8].Words ?? body["project_name"u8].Words ?? body["project"u8].Words
            ?? issue["project_name"u8].Words;
        var id = (data["issue"u8].IsObject ? issue["id"u8].Scalar : issue["issue_id"u8].Scalar ?? issue["groupID"u8].Scalar) ?? body["id"u8].Scalar;
        return new Parsed.Told([
            new()
            {
                Source = "sentry",
                Kind = data["triggered_rule"u8].Exists ? "alert" : "issue",
                Severity = isOver ? Severity.Info : level is null ? Severity.Error : StateWords.SeverityOf(level) ?? Severity.Error,
                Status = isOver ? Status.Cleared : action is "assigned" ? Status.Ongoing : Status.Raised,
                Title = Cut.Line($"{(isOver || action is "assigned" ? $"{Phrase.Capital(action)}: " : "")}{title}", 80),
                Summary = issue["culprit"u8].Words ?? body["culprit"u8].Words,
                Subject = project,
                Account = envelope.Account,
                Region = envelope.Region,
                At = Instants.Read(issue["lastSeen"u8]) ?? Instants.Read(issue["datetime"u8]) ?? Instants.Read(issue["timestamp"u8]) ?? envelope.At,
                Actor = body["actor"u8]["type"u8].TextIs("user"u8) ? body["actor"u8]["name"u8].Words : null,
                Thread = id is null ? null : $"sentry/{id}",
                Facts = Known.Facts(
                    ("Project", project),
                    ("Level", level),
                    ("Environment", issue["environment"u8].Words),
                    ("Release", issue["release"u8].Words),
                    ("Rule", data["triggered_rule"u8].Words ?? body["triggering_rules"u8][0].Words),
                    ("Times", issue["count"u8].Scalar),
                    ("Users", issue["userCount"u8].Scalar),
                    ("Issue", issue["shortId"u8].Words)),
                Links = Known.Links(Known.Page("Open the issue", issue["web_url"u8].Words ?? issue["permalink"u8].Words ?? body["url"u8].Words)),
            },
        ]);
    }

    private static Parsed.Told ReadMetric(Envelope envelope, Json body, Json data)
    {
        var action = body["action"u8].Words;
        var rule = data["metric_alert"u8]["alert_rule"u8];
        var name = rule["name"u8].Words ?? data["description_title"u8].Words ?? "A metric alert";
        var over = action is "resolved";
        return new([
            new()
            {
                Source = "sentry",
                Kind = "metric-alert",
                Severity = action switch { "critical" => Severity.Critical, "resolved" => Severity.Info, _ => Severity.Warning },
                Status = over ? Status.Cleared : Status.Raised,
                Title = Cut.Line(over ? $"Resolved: {name}" : $"{name} is {action}", 80),
                Summary = data["description_text"u8].Words,
                Subject = name,
                Account = envelope.Account,
                Region = envelope.Region,
                At = Instants.Read(data["metric_alert"u8]["date_detected"u8]) ?? envelope.At,
                Thread = $"sentry/metric/{data["metric_alert"u8]["id"u8].Scalar ?? data["metric_alert"u8]["identifier"u8].Scalar ?? name}",
                Facts = Known.Facts(("Projects", Phrase.List(data["metric_alert"u8]["projects"u8])), ("Measures", rule["aggregate"u8].Words),
                    ("Environment", rule["environment"u8].Words)),
                Links = Known.Links(Known.Page("Open the alert", data["web_url"u8].Words)),
            },
        ]);
    }
}
