namespace Signalbox;

/// <summary>Google Chat by a webhook: a card (cards v2), one conversation for each thread of notices.</summary>
public static class GoogleChat
{
    private const int MaxBytes = 30_000;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "googlechat",
        [new("webhook", RoomKeyKind.SecretUrl, "Address of a webhook of the space, with its key and token.")],
        Render,
        room => room["webhook"] is null ? "a googlechat room needs a webhook" : null,
        "https://developers.google.com/workspace/chat/quickstart/webhooks")
    {
        About = "A card in a space. What belongs together stands in one thread.",
        Limits = "30,000 bytes for the message (Google documents 32,000), one message a second",
        Mentions = "`<users/all>` or `<users/ID>`; several are parted by blanks",
        MentionFault = mention => Mentions.Fault(mention,
            part => part is "<users/all>" || (part is ['<', 'u', 's', 'e', 'r', 's', '/', .. var id, '>'] && Mentions.IsNumber(id)),
            "a Google Chat mention (<users/all> or <users/ID>)", "Google Chat rings people by number, and by no name."),
        Conversations = "all about one thing stands in one thread; a webhook cannot change a message",
        Can = _ => new(Updates: false, Threads: true),
        Pace = new(1, 1),
    };

    /// <summary>The message with its card.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var parts = new CardParts(card, Escaping.Html, room);
        var title = $"{card.Mark} {(parts with { Escape = Escaping.Quiet }).Title()}";
        json.Raw("{"u8);
        if (routed.Mention is { } mention) json.Pair("text"u8, mention);
        else json.Pair("fallbackText"u8, title);
        if (routed.Notice.Thread is not null)
        {
            json.Next("\"thread\":{"u8);
            json.Pair("threadKey"u8, Identity.Of(routed.Notice, 200));
            json.Raw("}"u8);
        }
        json.Next("\"cardsV2\":[{\"cardId\":\"signalbox\",\"card\":{\"sections\":[{\"widgets\":["u8);
        Paragraph(ref json, $"<font color=\"{card.Color}\"><b>{card.Mark} {parts.Title()}</b></font>");
        if (parts.Summary is { } summary) Paragraph(ref json, summary.Replace("\n", "<br>", StringComparison.Ordinal));
        foreach (var fact in parts.Facts)
        {
            json.Next("{\"decoratedText\":{\"wrapText\":true"u8);
            json.Pair("topLabel"u8, fact.Name);
            json.Pair("text"u8, fact.Value.Replace("\n", "<br>", StringComparison.Ordinal));
            json.Raw("}}"u8);
        }
        if (parts.Spark.Length > 0) Paragraph(ref json, parts.Spark);
        WriteLinks(ref json, parts);
        Paragraph(ref json, $"<font color=\"#80868B\">{parts.Foot}</font>");
        json.Raw("]}]}}]}"u8);
    }

    private static void Paragraph(ref JsonOut json, string html)
    {
        json.Next("{\"textParagraph\":{"u8);
        json.Pair("text"u8, html);
        json.Raw("}}"u8);
    }

    private static void WriteLinks(ref JsonOut json, CardParts parts)
    {
        var count = 0;
        foreach (var link in (parts with { Escape = Escaping.Nothing }).Links)
        {
            json.Next(count++ == 0 ? "{\"buttonList\":{\"buttons\":[{"u8 : "{"u8);
            json.Pair("text"u8, link.Text);
            json.Next("\"onClick\":{\"openLink\":{"u8);
            json.Pair("url"u8, link.Url);
            json.Raw("}}}"u8);
        }
        if (count > 0) json.Raw("]}}"u8);
    }
}
