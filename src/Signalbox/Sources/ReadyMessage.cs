namespace Signalbox;

/// <summary>A message that already is a Slack payload, published by somebody who used to post it there.</summary>
internal static class ReadyMessage
{
    private static readonly string[] Members =
    [
        "text", "blocks", "attachments", "thread_ts", "reply_broadcast", "unfurl_links", "unfurl_media", "mrkdwn", "metadata",
        "channel", "username", "icon_emoji", "icon_url", "link_names", "parse",
    ];

    /// <summary>The notice of a Slack payload; null when the event is none.</summary>
    public static Notice? Read(Envelope envelope)
    {
        var body = envelope.Body;
        var blocks = body["blocks"u8];
        var attachments = body["attachments"u8];
        if (!body.IsObject || !(blocks.IsArray || attachments.IsArray || body["text"u8].IsText)) return null;
        foreach (var (name, _) in body.Members)
        {
            if (Array.IndexOf(Members, name.Text) < 0) return null;
        }
        if (body["text"u8].Exists && !body["text"u8].IsText) return null;

        var text = body["text"u8].Words ?? attachments[0]["fallback"u8].Words ?? attachments[0]["title"u8].Words ?? attachments[0]["pretext"u8].Words
            ?? attachments[0]["text"u8].Words ?? FirstText(blocks) ?? FirstText(attachments[0]["blocks"u8]);
        return new()
        {
            Source = "event",
            Kind = "slack-message",
            Severity = attachments[0]["color"u8].Text switch
            {
                "danger" => Severity.Error,
                "warning" => Severity.Warning,
                _ => Severity.Info,
            },
            Status = Status.Stated,
            Title = Cut.Line(envelope.Subject ?? text ?? "A Slack message", 80),
            Summary = text is null || text == envelope.Subject ? null : Cut.Readable(text),
            Account = envelope.Account,
            Region = envelope.Region,
            At = envelope.At,
            Facts = Known.Facts([.. FieldsOf(attachments[0]["fields"u8])]),
            Ready = new("slack", body.ToString()),
        };
    }

    private static string? FirstText(Json blocks)
    {
        foreach (var block in blocks.Items)
        {
            if (block["text"u8]["text"u8].Words is { } text) return text;
        }
        return null;
    }

    private static List<(string, string?)> FieldsOf(Json fields)
    {
        var known = new List<(string, string?)>();
        foreach (var field in fields.Items) known.Add((field["title"u8].Words ?? "Field", field["value"u8].Scalar));
        return known;
    }
}
