namespace Signalbox;

/// <summary>What Slack itself sends to an app: events, interactions, slash commands; and answers of its API.</summary>
/// <remarks>
/// Told: that the app was removed (error) and that Slack holds back events because there are too many (warning). All else is quiet: it is talk
/// inside of Slack, not something that happened to a system. Tokens, response and trigger addresses are never shown.
/// </remarks>
public static class SlackEvents
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "slack",
        [
            new Key.Members("api_app_id", ["token"]),
            new Key.Members("token", ["api_app_id"]),
            new Key.Members("type", ["api_app_id", "token", "team"]),
            new Key.Members("token", ["challenge", "type"]),
            new Key.Members("challenge", ["token", "type"]),
            new Key.Members("ok", ["channel"]),
            new Key.Members("ok", ["files"]),
            new Key.Members("ok", ["upload_url"]),
            new Key.Members("ok", ["response_metadata"]),
        ],
        Read,
        "https://docs.slack.dev/apis/events-api/");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        var type = body["event"u8]["type"u8].Words ?? body["type"u8].Words;
        return type switch
        {
            "app_uninstalled" => Tell(envelope, Severity.Error, "The Slack app was removed from its workspace",
                "Nothing can be posted there until it is installed again."),
            "tokens_revoked" => Tell(envelope, Severity.Error, "Tokens of the Slack app were revoked", "Posting with them fails from now on."),
            "app_rate_limited" => Tell(envelope, Severity.Warning, "Slack holds back events for the app", "More came in a minute than Slack hands on."),
            "url_verification" => new Parsed.Quiet("Slack checks the address of the app"),
            _ when body["ok"u8].Exists => new Parsed.Quiet("an answer of Slack's API, not an event"),
            _ when body["command"u8].Exists => new Parsed.Quiet("a slash command in Slack"),
            "block_actions" or "interactive_message" or "shortcut" or "message_action" => new Parsed.Quiet("somebody pressed a button or menu in Slack"),
            "view_submission" or "view_closed" => new Parsed.Quiet("somebody sent or closed a form in Slack"),
            null => new Parsed.Quiet("talk inside of Slack"),
            _ => new Parsed.Quiet($"talk inside of Slack ({Cut.Line(type, 40)})"),
        };
    }

    private static Parsed.Told Tell(Envelope envelope, Severity severity, string title, string summary)
    {
        var body = envelope.Body;
        return new([
            new()
            {
                Source = "slack",
                Kind = "app",
                Severity = severity,
                Status = Status.Raised,
                Title = title,
                Summary = summary,
                Subject = body["api_app_id"u8].Words,
                Account = envelope.Account,
                Region = envelope.Region,
                At = Instants.Read(body["event_time"u8]) ?? envelope.At,
                Thread = $"slack/{body["team_id"u8].Words}/{body["api_app_id"u8].Words}",
                Facts = Known.Facts(("Workspace", body["team_id"u8].Words), ("App", body["api_app_id"u8].Words)),
            },
        ]);
    }
}
