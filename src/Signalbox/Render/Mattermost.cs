namespace Signalbox;

/// <summary>Mattermost by an incoming webhook: an attachment with a coloured bar, in its own Markdown.</summary>
public static class Mattermost
{
    private const int MaxBytes = 14_000;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "mattermost",
        [
            new("webhook", RoomKeyKind.SecretUrl, "Address of an incoming webhook: https://HOST/hooks/KEY."),
            new("channel", RoomKeyKind.Text, "Another channel than the webhook's own, by its name in addresses, where the server allows it."),
        ],
        Render,
        room => room["webhook"] is null ? "a mattermost room needs a webhook" : null,
        "https://developers.mattermost.com/integrate/webhooks/incoming/")
    {
        About = "An attachment in the channel of a webhook. Other servers that speak Slack's old form take it too.",
        Limits = "14,000 bytes for everything (Mattermost parts a post at 16,383 characters)",
        Mentions = "`@name`, `@here`, `@channel` or `@all`; several are parted by blanks",
        MentionFault = mention => Mentions.Fault(mention, part => part is ['@', .. var name] && Mentions.IsName(name),
            "a Mattermost mention (@name, @here, @channel or @all)", "Mattermost rings people and groups by name."),
        Pace = new(1, 5),
    };

    /// <summary>The message with its attachment.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var parts = new CardParts(card, Escaping.Markdown, room);
        json.Raw("{"u8);
        if (routed.Room["channel"] is { } channel) json.Pair("channel"u8, channel);
        Attachment.Write(ref json, card, parts, routed.Mention, parts.FactsAs(Escaping.Markdown));
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
