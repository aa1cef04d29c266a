namespace Signalbox;

/// <summary>Discord by a webhook: one embed with a coloured bar.</summary>
public static class Discord
{
    // Discord counts 6,000 characters over all of an embed; no character takes less than a byte.
    private const int MaxBytes = 6_000;
    private const int MaxDescription = 4_096;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "discord",
        [new("webhook", RoomKeyKind.SecretUrl, "Address of a webhook, from the settings of the channel; thread_id=… in it posts to a thread.")],
        Render,
        room => room["webhook"] is null ? "a discord room needs a webhook" : null,
        "https://discord.com/developers/docs/resources/webhook")
    {
        About = "An embed in the channel of a webhook. Nothing that an event says can ring anybody: the message allows the room's own mention, and no other.",
        Limits = "6,000 characters over the embed, title 256, description 4,096, 25 fields of 256 and 1,024, footer 2,048, content 2,000",
        Mentions = "`<@ID>`, `<@&ROLE>`, `@here` or `@everyone`; several are parted by blanks",
        MentionFault = mention => Mentions.Fault(mention, Rings, "a Discord mention (<@ID>, <@&ROLE>, @here or @everyone)",
            "Discord rings people and roles by number: copy the id with developer mode on."),
        Conversations = "a message is changed in place; what has to be heard is posted anew",
        Can = _ => new(Updates: true, Threads: false),
        Pace = new(1, 5),
    };

    /// <summary>The message with its embed.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var parts = new CardParts(card, Escaping.Markdown, room);
        json.Raw("{"u8);
        WriteMention(ref json, routed);
        json.Next("\"embeds\":[{"u8);
        json.Pair("title"u8, $"{card.Mark} {parts.Title(250)}");
        json.Next("\"color\":"u8);
        json.Inner(Convert.ToInt32(card.Color[1..], 16).ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (Description(parts) is { Length: > 0 } description) json.Pair("description"u8, description);
        json.Next("\"fields\":["u8);
        foreach (var fact in parts.Facts)
        {
            json.Next("{"u8);
            json.Pair("name"u8, fact.Name);
            json.Pair("value"u8, fact.Value);
            json.Raw(CardParts.IsNarrow(fact) ? ",\"inline\":true}"u8 : ",\"inline\":false}"u8);
        }
        json.Raw("],\"footer\":{"u8);
        json.Pair("text"u8, (parts with { Escape = Escaping.Nothing }).Where);
        json.Raw("}"u8);
        if (NoticeJson.Instant(card.Notice.At) is { } at) json.Pair("timestamp"u8, at);
        json.Raw("}]}"u8);
    }

    /// <summary>What it says and where to look. Links that no longer fit are left out whole, the last first: an address cut short leads nowhere.</summary>
    private static string Description(CardParts parts)
    {
        var links = parts.Links.Select(link => $"[{link.Text}]({Escaping.Address(link.Url)})").ToList();
        for (; ; links.RemoveAt(links.Count - 1))
        {
            var said = string.Join("\n\n", ((string?[])[parts.Summary, parts.Spark, string.Join(" · ", links)]).Where(part => part is { Length: > 0 }));
            if (said.Length <= MaxDescription || links.Count == 0) return said;
        }
    }

    /// <summary>Whom it rings, and that it rings nobody else.</summary>
    private static void WriteMention(ref JsonOut json, Routed routed)
    {
        var parts = Mentions.Of(routed);
        if (parts.Length > 0) json.Pair("content"u8, string.Join(' ', parts));
        json.Next("\"allowed_mentions\":{\"parse\":["u8);
        if (parts.Any(part => part[0] is '@')) json.Raw("\"everyone\""u8);
        json.Raw("]"u8);
        WriteIds(ref json, "\"users\":["u8, from part in parts where part is ['<', '@', not '&', ..] select part[2..^1]);
        WriteIds(ref json, "\"roles\":["u8, from part in parts where part is ['<', '@', '&', ..] select part[3..^1]);
        json.Raw("}"u8);
    }

    private static void WriteIds(ref JsonOut json, ReadOnlySpan<byte> open, IEnumerable<string> ids)
    {
        var count = 0;
        foreach (var id in ids)
        {
            json.Next(count++ == 0 ? open : ""u8);
            json.Text(id);
        }
        if (count > 0) json.Raw("]"u8);
    }

    private static bool Rings(string part) => part is "@here" or "@everyone"
        || (part is ['<', '@', '&', .. var role, '>'] && Mentions.IsNumber(role))
        || (part is ['<', '@', .. var person, '>'] && Mentions.IsNumber(person));
}
