namespace Signalbox;

/// <summary>Issues and alerts of Sentry, by its integration webhooks and by the older webhook plugin.</summary>
/// <remarks>
/// Severity by the level (fatal critical, error error, warning warning, info and debug info), of a metric alert by its action (critical critical,
/// warning warning, resolved info). Resolved, archived and ignored issues are info and cleared; one thread for each issue or metric alert.
/// A comment, and whatever else Sentry tells without an issue or an error, is info.
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

        if (data["comment"u8].Words is not null || data["comment_id"u8].Exists) return new Parsed.Told([CommentOf(envelope, body, data)]);
        if (IsOther(body, data)) return new Parsed.Told([OtherOf(envelope, body, data)]);

        var issue = data["issue"u8].IsObject ? data["issue"u8] : data["event"u8].IsObject ? data["event"u8] : data["error"u8].IsObject ? data["error"u8] : body;
        var action = body["action"u8].Words;
        var title = issue["title"u8].Words ?? body["message"u8].Words ?? issue["message"u8].Words ?? issue["event"u8]["title"u8].Words
            ?? "An error without a title";
        var isOver = action is "resolved" or "archived" or "ignored";
        var level = issue["level"u8].Words ?? body["level"u8].Words;
        var project = issue["project"u8]["name"u8].Words ?? issue["project"u8]["slug"u8].Words ?? body["project_name"u8].Words ?? body["project"u8].Words
            ?? issue["project_name"u8].Words ?? data["project_slug"u8].Words ?? ProjectIn(issue["issue_url"u8]) ?? ProjectIn(issue["url"u8]);
        var inner = issue["event"u8];
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
                At = Instants.Read(issue["lastSeen"u8]) ?? Instants.Read(issue["datetime"u8]) ?? Instants.Read(issue["timestamp"u8])
                    ?? Instants.Read(inner["datetime"u8]) ?? Instants.Read(inner["timestamp"u8]) ?? envelope.At,
                Actor = WhoOf(body),
                Thread = id is null ? null : $"sentry/{id}",
                Facts = Known.Facts(
                    ("Project", project),
                    ("Level", level),
                    ("Environment", issue["environment"u8].Words ?? inner["environment"u8].Words ?? Tag(issue, "environment") ?? Tag(inner, "environment")),
                    ("Release", issue["release"u8].Words ?? inner["release"u8].Words),
                    ("Rule", data["triggered_rule"u8].Words ?? body["triggering_rules"u8][0].Words),
                    ("Times", issue["count"u8].Scalar),
                    ("Users", issue["userCount"u8].Scalar),
                    ("Issue", issue["shortId"u8].Words)),
                Links = Known.Links(Known.Page("Open the issue", issue["web_url"u8].Words ?? issue["permalink"u8].Words ?? body["url"u8].Words)),
            },
        ]);
    }

    /// <summary>True for what is about neither an issue nor an error, as a report of Sentry's own agents, whose form is not ours to know.</summary>
    private static bool IsOther(Json body, Json data) =>
        !data["issue"u8].IsObject && !data["event"u8].IsObject && !data["error"u8].IsObject && !body["event"u8].IsObject
            && body["title"u8].Words is null && body["message"u8].Words is null && body["culprit"u8].Words is null;

    private static Notice CommentOf(Envelope envelope, Json body, Json data)
    {
        var (who, project) = (WhoOf(body), data["project_slug"u8].Words ?? data["project"u8].Words);
        var did = body["action"u8].Words switch { "updated" => "changed a comment", "deleted" => "deleted a comment", _ => "commented" };
        var notice = Statement.Of(envelope, "sentry", "comment", (Severity.Info, Status.Ongoing),
            $"{Cut.Line(who ?? "Somebody", 30)} {did} on an issue{Phrase.With(" of ", project, 30)}");
        return notice with
        {
            // What somebody took back is not told again.
            Summary = did is "deleted a comment" || data["comment"u8].Words is not { } comment ? null : Cut.Text(Cut.Readable(comment), 1500),
            Subject = project,
            At = Instants.Read(data["timestamp"u8]) ?? envelope.At,
            Actor = who,
            Thread = data["issue_id"u8].Scalar is { } id ? $"sentry/{id}" : null,
            Facts = Known.Facts(("Project", project)),
        };
    }

    private static Notice OtherOf(Envelope envelope, Json body, Json data)
    {
        var id = data["issue_id"u8].Scalar ?? data["group_id"u8].Scalar;
        var notice = Statement.Of(envelope, "sentry", "event", (Severity.Info, id is null ? Status.Stated : Status.Ongoing),
            $"Sentry: {Phrase.Of(body["action"u8].Words ?? envelope.Attribute("sentry-hook-resource")) ?? "something happened"}");
        return notice with
        {
            Summary = Telling.Message(Telling.Of(data)) is { } text ? Cut.Text(Cut.Readable(text), 1500) : null,
            Subject = data["project_slug"u8].Words,
            At = Instants.Read(data["timestamp"u8]) ?? envelope.At,
            Actor = WhoOf(body),
            Thread = id is null ? null : $"sentry/{id}",
            Facts = Known.Facts(("Project", data["project_slug"u8].Words)),
        };
    }

    private static string? WhoOf(Json body) => body["actor"u8]["type"u8].TextIs("user"u8) ? body["actor"u8]["name"u8].Words : null;

    /// <summary>"front-end" of ".../projects/acme/front-end/events/…": an event names its project by a mere number otherwise.</summary>
    private static string? ProjectIn(Json url)
    {
        const string Path = "/projects/";
        if (url.Words is not { } address || address.IndexOf(Path, StringComparison.Ordinal) is not (var at and >= 0)) return null;
        return address[(at + Path.Length)..].Split('/') is [_, { Length: > 0 } slug, ..] ? slug : null;
    }

    /// <summary>A tag of an event: a pair of name and value, or an object of both.</summary>
    private static string? Tag(Json about, string name)
    {
        foreach (var tag in about["tags"u8].Items)
        {
            if ((tag[0].Words ?? tag["key"u8].Words) == name) return tag[1].Words ?? tag["value"u8].Words;
        }
        return null;
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
