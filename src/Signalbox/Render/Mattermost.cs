namespace Signalbox;

/// <summary>Mattermost by an incoming webhook or a bot: an attachment with a coloured bar, in its own Markdown.</summary>
public static class Mattermost
{
    private const int MaxBytes = 14_000;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "mattermost",
        [
            new("webhook", RoomKeyKind.SecretUrl, "Address of an incoming webhook: https://HOST/hooks/KEY."),
            new("channel", RoomKeyKind.Text,
                "For a webhook another channel than its own, by its name in addresses, where the server allows it. For a bot the id of its channel."),
            new("server", RoomKeyKind.Url, "Address of the server, for a bot that posts by the API: https://HOST."),
            new("token", RoomKeyKind.Secret, "The bot's token.", "env:MATTERMOST_BOT_TOKEN"),
        ],
        Render,
        room => (room["webhook"], room["server"], room["channel"]) switch
        {
            (null, null, _) => "a mattermost room needs a webhook, or a server and a channel",
            ({ }, { }, _) => "a mattermost room has a webhook or a server, not both",
            (null, _, null) => "a mattermost room with a server needs the id of a channel, which stands in the channel's info",
            _ => null,
        },
        "https://developers.mattermost.com/integrate/webhooks/incoming/")
    {
        About = "An attachment in the channel of a webhook, or of a bot that is a member of the channel. "
            + "Other servers that speak Slack's old form take a webhook's messages too.",
        Conversations = "a bot's message is changed in place and answered in its thread; what the whole channel has to see is a message of its own. "
            + "A webhook posts each message anew",
        Limits = "14,000 bytes for everything (Mattermost parts a post at 16,383 characters)",
        Mentions = "`@name`, `@here`, `@channel` or `@all`; several are parted by blanks",
        MentionFault = mention => Mentions.Fault(mention, part => part is ['@', .. var name] && Mentions.IsName(name),
            "a Mattermost mention (@name, @here, @channel or @all)", "Mattermost rings people and groups by name."),
        Pace = new(1, 5),
        Can = room => room["webhook"] is null ? new(Updates: true, Threads: true) : default,
    };

    /// <summary>The message with its attachment.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var parts = new CardParts(card, Escaping.Markdown, room);
        json.Raw("{"u8);
        var facts = parts.FactsAs(Escaping.Markdown);
        if (routed.Room["server"] is not null)
        {
            json.Pair("channel_id"u8, routed.Room["channel"] ?? "");
            // Always there: without it a change would leave the words of the message before.
            json.Pair("message"u8, routed.Mention ?? "");
            json.Next("\"props\":{"u8);
            Attachment.Write(ref json, card, parts, null, facts);
            json.Raw("}}"u8);
            return;
        }
        if (routed.Room["channel"] is { } channel) json.Pair("channel"u8, channel);
        Attachment.Write(ref json, card, parts, routed.Mention, facts);
        json.Raw("}"u8);
    }
}

/// <summary>An attachment as Slack once had them, and as Mattermost and Rocket.Chat still do.</summary>
internal static class Attachment
{
    /// <summary>Writes <c>text</c>, when somebody is to be rung, and <c>attachments</c>.</summary>
    public static void Write(ref JsonOut json, Card card, CardParts parts, string? mention, IEnumerable<Fact> facts)
    {
        var plain = parts with { Escape = Escaping.Quiet };
        if (mention is not null) json.Pair("text"u8, mention);
        json.Next("\"attachments\":[{"u8);
        json.Pair("fallback"u8, $"{card.Mark} {plain.Title()}");
        json.Pair("color"u8, card.Color);
        json.Pair("title"u8, $"{card.Mark} {plain.Title()}");
        foreach (var link in parts.Links.Take(1)) json.Pair("title_link"u8, link.Url);
        json.Pair("text"u8, Text(parts));
        json.Next("\"fields\":["u8);
        foreach (var (fact, name) in facts.Zip(plain.Facts, (fact, other) => (fact, other.Name)))
        {
            json.Next(CardParts.IsNarrow(fact) ? "{\"short\":true"u8 : "{\"short\":false"u8);
            json.Pair("title"u8, name);
            json.Pair("value"u8, fact.Value);
            json.Raw("}"u8);
        }
        json.Raw("]}]"u8);
    }

    private static string Text(CardParts parts)
    {
        var links = string.Join(" · ", parts.Links.Select(link => $"[{link.Text}]({Escaping.Address(link.Url)})"));
        return string.Join("\n\n", ((string?[])[parts.Summary, parts.Spark, links, parts.Foot]).Where(part => part is { Length: > 0 }));
    }
}
