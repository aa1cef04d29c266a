using System.Text;

namespace Signalbox;

/// <summary>Zulip by a bot: a message in a stream, one topic for each thing that notices are about.</summary>
/// <remarks>Zulip's Markdown has no backslash: a text that would format goes into code. The API takes a form, which delivery makes of the JSON.</remarks>
public static class Zulip
{
    private const int MaxLength = 10_000;
    private const int MaxTopic = 60;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "zulip",
        [
            new("site", RoomKeyKind.Url, "Address of the organisation: https://NAME.zulipchat.com."),
            new("stream", RoomKeyKind.Text, "Name of the stream (channel)."),
            new("topic", RoomKeyKind.Text, "One topic for everything; without it each thing has its own, named after it."),
            new("bot", RoomKeyKind.Text, "Mail address of the bot."),
            new("key", RoomKeyKind.Secret, "API key of the bot.", "env:ZULIP_API_KEY"),
        ],
        Render,
        room => room["site"] is null || room["stream"] is null || room["bot"] is null ? "a zulip room needs a site, a stream and a bot" : null,
        "https://zulip.com/api/send-message")
    {
        About = "A message of a bot. The topic is the name of the thing, so that everything about one database or stack stands together.",
        Limits = "10,000 characters for the message, 60 for the topic",
        Mentions = "`@**Full Name**`, `@*group*`, `@**channel**` or `@**all**`",
        MentionFault = mention => Rings(mention.Trim()) ? null : Sentence.Of(
            "one Zulip mention (@**Full Name**, @*group*, @**channel** or @**all**)", $"\"{mention}\"",
            "Zulip rings people by their full name, between two stars on each side."),
        Conversations = "a message is changed in place for as long as the organisation lets its author, else posted anew; the topic is the thread. "
            + "With one topic for everything there are no threads",
        Can = room => new(Updates: true, Threads: room["topic"] is null),
        Pace = new(2, 10),
    };

    /// <summary>The fields of the form, as JSON: type, to, topic, content.</summary>
    public static byte[] Render(Routed routed, Rendering rendering)
    {
        var card = Card.Of(routed.Notice, rendering);
        var json = new JsonOut(stackalloc byte[4096]);
        json.Raw("{\"type\":\"stream\""u8);
        json.Pair("to"u8, routed.Room["stream"] ?? "");
        json.Pair("topic"u8, Topic(routed));
        for (var room = 3000; ; room /= 2)
        {
            var content = Content(routed, card, new(card, Escaping.Code, room));
            if (content.Length > MaxLength && room >= 20) continue;
            json.Pair("content"u8, content);
            json.Raw("}"u8);
            return json.ToArray();
        }
    }

    private static string Topic(Routed routed)
    {
        var words = Cut.Line(routed.Room["topic"] ?? routed.Notice.Subject ?? routed.Notice.Source, MaxTopic);
        return words.Length > 0 ? words : "events";
    }

    private static string Content(Routed routed, Card card, CardParts parts)
    {
        var text = new StringBuilder(1024);
        var title = parts.Title(500);
        text.Append(card.Mark).Append(title.Contains('`') ? $" {title}" : $" **{title}**");
        if (routed.Mention is { } mention) text.Append(' ').Append(mention);
        text.Append("\n\n");
        if (parts.SummaryAs(Escaping.Prose) is { } summary) text.Append(summary).Append("\n\n");
        foreach (var fact in parts.Facts)
        {
            var gap = fact.Value.StartsWith("```", StringComparison.Ordinal) ? "\n" : " ";
            text.Append("* ").Append(fact.Name).Append(':').Append(gap).Append(fact.Value).Append('\n');
        }
        if (parts.Spark.Length > 0) text.Append('\n').Append(parts.Spark).Append('\n');
        var links = string.Join(" · ", parts.Links.Select(link => $"[{link.Text}]({Escaping.Address(link.Url)})"));
        if (links.Length > 0) text.Append('\n').Append(links).Append('\n');
        text.Append('\n').Append(parts.Where);
        if (NoticeJson.Instant(card.Notice.At) is { } at) text.Append(" · <time:").Append(at).Append('>');
        return text.ToString();
    }

    private static bool Rings(string mention) =>
        (mention is ['@', '*', '*', .. { Length: > 0 } name, '*', '*'] && !name.Contains('*'))
        || (mention is ['@', '*', not '*', .. var rest, '*'] && !rest.Contains('*'));
}
