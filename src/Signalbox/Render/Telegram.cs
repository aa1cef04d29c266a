using System.Text;

namespace Signalbox;

/// <summary>Telegram by a bot: one message in Telegram's HTML.</summary>
public static class Telegram
{
    private const int MaxLength = 4_096;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "telegram",
        [
            new("chat", RoomKeyKind.Text, "Id of the chat, as in \"-1001234567890\", or \"@name\" of a public channel."),
            new("token", RoomKeyKind.Secret, "The bot's token.", "env:TELEGRAM_BOT_TOKEN"),
            new("topic", RoomKeyKind.Text, "Number of the topic (message_thread_id) in a group that has topics."),
            new("api", RoomKeyKind.Url, "Base address of the Bot API.", "https://api.telegram.org"),
        ],
        Render,
        room => room["chat"] is null ? "a telegram room needs a chat"
            : room["topic"] is { } topic && !Mentions.IsNumber(topic) ? "the topic of a telegram room is a number" : null,
        "https://core.telegram.org/bots/api#sendmessage")
    {
        About = "A message of a bot, which has to be a member of the group. Pages are not previewed.",
        Limits = "4,096 characters, tags included",
        Mentions = "`@name`, or the number of a person; several are parted by blanks",
        MentionFault = mention => Mentions.Fault(mention,
            part => Mentions.IsNumber(part) || (part is ['@', .. { Length: >= 4 } name] && Mentions.IsName(name, "_")),
            "a Telegram mention (@name, or the number of a person)", "Telegram has no mention that rings a whole group."),
        Conversations = "a message is changed in place, and what follows answers it; lines that nobody has to see at once make no sound",
        Can = _ => new(Updates: true, Threads: true),
        Pace = new(0.3, 5),
    };

    /// <summary>The message with its markup.</summary>
    public static byte[] Render(Routed routed, Rendering rendering)
    {
        var card = Card.Of(routed.Notice, rendering);
        for (var room = 3000; ; room /= 2)
        {
            var text = Text(routed, card, new(card, Escaping.QuietHtml, room));
            if (text.Length <= MaxLength || room < 20) return Message(routed, text, ",\"parse_mode\":\"HTML\""u8);
        }
    }

    /// <summary>The same without markup, for when Telegram cannot read it.</summary>
    public static byte[] RenderPlain(Routed routed, Rendering rendering) =>
        Message(routed, Cut.Text(Escaping.Quiet(PlainText.Of(Card.Of(routed.Notice, rendering))), 4_000), ""u8);

    private static string Text(Routed routed, Card card, CardParts parts)
    {
        var text = new StringBuilder(1024);
        text.Append(card.Mark).Append(" <b>").Append(parts.Title(400)).Append("</b>");
        foreach (var person in Mentions.Of(routed))
            text.Append(' ').Append(person[0] is '@' ? person : $"<a href=\"tg://user?id={person}\">{person}</a>");
        text.Append('\n');
        if (parts.Summary is { } summary) text.Append(summary).Append('\n');
        foreach (var fact in parts.Facts) text.Append("<b>").Append(fact.Name).Append("</b>: ").Append(fact.Value).Append('\n');
        if (parts.Spark.Length > 0) text.Append(parts.Spark).Append('\n');
        var links = string.Join(" · ", parts.Links.Select(link => $"<a href=\"{Escaping.Html(link.Url)}\">{link.Text}</a>"));
        if (links.Length > 0) text.Append(links).Append('\n');
        return text.Append("<i>").Append(parts.Foot).Append("</i>").ToString();
    }

    private static byte[] Message(Routed routed, string text, ReadOnlySpan<byte> mode)
    {
        var json = new JsonOut(stackalloc byte[4096]);
        json.Raw("{"u8);
        json.Pair("chat_id"u8, routed.Room["chat"] ?? "");
        if (routed.Room["topic"] is { } topic && Mentions.IsNumber(topic))
        {
            json.Next("\"message_thread_id\":"u8);
            json.Inner(topic);
        }
        json.Pair("text"u8, text);
        json.Raw(mode);
        json.Raw(",\"link_preview_options\":{\"is_disabled\":true}}"u8);
        return json.ToArray();
    }
}
