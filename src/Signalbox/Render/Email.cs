namespace Signalbox;

/// <summary>E-mail by SMTP: a text part and an HTML part, conversations by their headers.</summary>
public static class Email
{
    private const int MaxBytes = 100_000;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "email",
        [
            new("host", RoomKeyKind.Text, "The server that takes mail in: smtp.example.com."),
            new("to", RoomKeyKind.Addresses, "Who gets it."),
            new("from", RoomKeyKind.Addresses, "The sender: one address that the server lets this user send from."),
            new("port", RoomKeyKind.Port, "Its port.", "587"),
            new("security", RoomKeyKind.Text, "starttls, tls (from the first byte, mostly port 465), or none (for a server on the same machine).", "starttls"),
            new("user", RoomKeyKind.Text, "Name to sign in with; nobody signs in without it."),
            new("password", RoomKeyKind.Secret, "The password for it.", "env:SMTP_PASSWORD"),
        ],
        Render,
        room => room["host"] is not { } host || room["to"] is null || room["from"] is null ? "an email room needs a host, a from and a to"
            : !Mentions.IsName(host, ".-:") ? "the host of an email room is a name without http:// or port"
            : room["from"]!.Contains(',') ? "an email room has one from"
            : room["security"] is not ("starttls" or "tls" or "none") ? "the security of an email room is starttls, tls or none" : null,
        "https://www.rfc-editor.org/rfc/rfc6409")
    {
        About = "A mail with a text part and an HTML part. Everything about one thing is one conversation; errors and worse are marked important.",
        Limits = "a subject of 200 characters without line breaks, 100,000 bytes of text",
        MentionFault = Mentions.None("email", "A mail rings whom it goes to: put them into to."),
        Conversations = "each mail answers the one before it; what is sent stays as it is",
        Can = _ => new(Updates: false, Threads: true),
        Pace = new(1, 10),
    };

    /// <summary>What the mail says, as JSON: from, to, subject, important, thread, text, html. Delivery makes a mail of it.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var parts = new CardParts(card, Escaping.Html, room);
        json.Raw("{"u8);
        json.Pair("from"u8, routed.Room["from"] ?? "");
        json.Pair("to"u8, routed.Room["to"] ?? "");
        json.Pair("subject"u8, Cut.Line($"{card.Mark} {(parts with { Escape = Escaping.Nothing }).Title()}", 200));
        json.Raw(card.Notice is { Severity: >= Severity.Error, Status: not Status.Cleared } ? ",\"important\":true"u8 : ",\"important\":false"u8);
        if (card.Notice.Thread is not null) json.Pair("thread"u8, Identity.Hash(Identity.Of(card.Notice, 10_000)));
        json.Pair("text"u8, Cut.Text(PlainText.Of(card), room * 10));
        json.Pair("html"u8, $"<div style=\"border-left:6px solid {card.Color};padding:2px 14px;font-family:sans-serif\">{HtmlCard.Of(card, parts, "")}</div>");
        json.Raw("}"u8);
    }
}
