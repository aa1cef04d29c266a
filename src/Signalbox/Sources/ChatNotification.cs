namespace Signalbox;

/// <summary>A notification in the custom schema of AWS's own chat service, version 1.0, published by somebody's own program.</summary>
/// <remarks>
/// Severity: the schema has none. An <c>eventType</c> or a value of <c>additionalContext</c> that is a plain severity or state word is believed, else a mark
/// that the title begins with (":warning:", "❌", "✅"), else it is info. A <c>threadId</c> is one conversation: raised from a warning on, over with "✅".
/// </remarks>
public static class ChatNotification
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("custom", [new Key.Members("source", ["version", "content"], "custom")], Read,
        "https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        var content = body["content"u8];
        var metadata = body["metadata"u8];
        var description = content["description"u8].Words;
        if ((content["title"u8].Words ?? metadata["summary"u8].Words ?? description) is not { } title)
            return Statement.Lacks(envelope, "content.description", "a text");

        var (marked, mark) = Unmarked(Plain(Shortcodes.Drawn(title)));
        var (severity, status) = Standing(metadata, mark);
        var thread = metadata["threadId"u8].Words;
        if (thread is not null && status is Status.Stated) status = severity >= Severity.Warning ? Status.Raised : Status.Ongoing;
        var resource = metadata["relatedResources"u8][0].Words;
        return new Parsed.Told([
            Statement.Of(envelope, "custom", "notification", (severity, status), marked) with
            {
                Summary = SummaryOf(content, description == title ? null : description),
                Subject = Arn.Read(resource)?.Name ?? resource ?? thread,
                Arn = Arn.Read(resource) is null ? null : resource,
                Account = Arn.AccountOf(resource) ?? envelope.Account,
                Region = Arn.RegionOf(resource) ?? envelope.Region,
                Thread = thread is null ? null : $"custom/{thread}",
                Facts = Known.Facts(
                [
                    ("Event", metadata["eventType"u8].Words),
                    ("Resources", metadata["relatedResources"u8].Count > 0 ? Phrase.List(metadata["relatedResources"u8], 3) : null),
                    .. ContextOf(metadata["additionalContext"u8]),
                    ("Keywords", Phrase.List(content["keywords"u8], 8)),
                ]),
                Links = Known.Links(Known.PageIn(description) ?? Known.PageIn(content["nextSteps"u8].ToString())),
            },
        ]);
    }

    private static (Severity, Status) Standing(Json metadata, (Severity Severity, Status Status)? mark)
    {
        if (metadata["eventType"u8].Words is { } type && StateWords.StandingOf(type) is { } standing) return standing;
        var context = metadata["additionalContext"u8];
        var state = context["status"u8].Words ?? context["state"u8].Words;
        var level = context["severity"u8].Words ?? context["priority"u8].Words ?? context["level"u8].Words;
        var known = state is null ? null : StateWords.StandingOf(state);
        var severity = level is null ? null : StateWords.SeverityOf(level);
        known ??= mark;
        return (severity ?? known?.Severity ?? Severity.Info, known?.Status ?? Status.Stated);
    }

    /// <summary>The description, then the next steps as a list.</summary>
    private static string? SummaryOf(Json content, string? description)
    {
        var lines = new List<string>();
        if (description is not null) lines.Add(Shortcodes.Drawn(Spelled(Cut.Readable(description))));
        foreach (var step in content["nextSteps"u8].Items)
        {
            if (step.Words is { } text) lines.Add($"• {Shortcodes.Drawn(Spelled(Cut.Readable(text)))}");
        }
        return lines.Count == 0 ? null : string.Join('\n', lines);
    }

    /// <summary>Links of client-markdown, "&lt;https://…|dashboard&gt;", spelled out: "dashboard (https://…)".</summary>
    private static string Spelled(string markdown)
    {
        var at = 0;
        while (at < markdown.Length && markdown.IndexOf("<http", at, StringComparison.Ordinal) is var start and >= 0)
        {
            var end = markdown.IndexOf('>', start);
            if (end < 0) break;
            var inside = markdown[(start + 1)..end];
            var bar = inside.IndexOf('|', StringComparison.Ordinal);
            var spelled = bar > 0 ? $"{inside[(bar + 1)..]} ({inside[..bar]})" : inside;
            markdown = $"{markdown[..start]}{spelled}{markdown[(end + 1)..]}";
            at = start + spelled.Length;
        }
        return markdown;
    }

    private static List<(string, string?)> ContextOf(Json context)
    {
        var known = new List<(string, string?)>();
        foreach (var (name, value) in context.Members)
        {
            var scalar = new Scalar(name.Text!, Telling.Plain(name.Text!), "", "", value.Scalar ?? "", 0);
            if (value.Scalar is not null) known.Add((Telling.Label(scalar.Name), Telling.IsSecret(scalar) ? "(not shown)" : Cut.Line(scalar.Value, 200)));
        }
        return known;
    }

    /// <summary>What a mark at the front of a title means, and the title without it: ours stands there.</summary>
    private static (string Title, (Severity, Status)? Mark) Unmarked(string title)
    {
        foreach (var (sign, standing) in Marks)
        {
            if (!title.StartsWith(sign, StringComparison.Ordinal)) continue;
            // Some signs are drawn in colour by a character of their own.
            var rest = title[sign.Length..].TrimStart('\uFE0F').Trim();
            return rest.Length > 0 ? (rest, standing) : (title, standing);
        }
        return (title, null);
    }

    private static readonly ValueList<(string Sign, (Severity, Status) Standing)> Marks =
    [
        ("🚨", (Severity.Critical, Status.Raised)), ("🆘", (Severity.Critical, Status.Raised)),
        ("❌", (Severity.Error, Status.Raised)), ("🔴", (Severity.Error, Status.Raised)), ("🔥", (Severity.Error, Status.Raised)),
        ("💥", (Severity.Error, Status.Raised)), ("⛔", (Severity.Error, Status.Raised)), ("🛑", (Severity.Error, Status.Raised)),
        ("‼", (Severity.Error, Status.Raised)), ("🟥", (Severity.Error, Status.Raised)),
        ("⚠", (Severity.Warning, Status.Raised)), ("🟠", (Severity.Warning, Status.Raised)), ("🟡", (Severity.Warning, Status.Raised)),
        ("❗", (Severity.Warning, Status.Raised)),
        ("✅", (Severity.Info, Status.Cleared)), ("✔", (Severity.Info, Status.Cleared)), ("🟢", (Severity.Info, Status.Cleared)),
        ("🟩", (Severity.Info, Status.Cleared)), ("🆗", (Severity.Info, Status.Cleared)),
    ];

    /// <summary>A title is one line without marks of client-markdown, which no title shows: "*web* is slow".</summary>
    private static string Plain(string title)
    {
        title = title.Trim().Trim('*', '_').Trim();
        foreach (var sign in "*`")
        {
            // Only in pairs around something: a lone one is what it says.
            if (title.AsSpan().Count(sign) is var count && count > 0 && count % 2 == 0) title = title.Replace(sign.ToString(), "", StringComparison.Ordinal);
        }
        return title;
    }
}
