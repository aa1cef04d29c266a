namespace Signalbox;

/// <summary>Matrix by the client-server API: an <c>m.room.message</c> with HTML and plain text.</summary>
public static class Matrix
{
    // An event may have 65,536 bytes with everything that the server adds.
    private const int MaxBytes = 30_000;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "matrix",
        [
            new("room", RoomKeyKind.Text, "Id of the room, as in \"!abc:example.org\"; an alias (#name) is not enough. The bot must be a member."),
            new("homeserver", RoomKeyKind.Url, "Address of the homeserver.", "https://matrix-client.matrix.org"),
            new("token", RoomKeyKind.Secret, "Access token of the bot.", "env:MATRIX_TOKEN"),
        ],
        Render,
        room => room["room"] is not { } id ? "a matrix room needs a room"
            : id[0] is not '!' ? "the room of a matrix room is an id that begins with \"!\"; it stands in the room's settings under Advanced" : null,
        "https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid")
    {
        About = "A message of a bot in a room without encryption. The same post sent twice is one message: its transaction id is the same.",
        Limits = "30,000 bytes for the event (Matrix allows 65,536 with what servers add)",
        Mentions = "`@name:server` or `@room`; several are parted by blanks",
        MentionFault = mention => Mentions.Fault(mention, Rings, "a Matrix mention (@name:server or @room)", "Matrix rings people by their full id."),
        Conversations = "a message is changed in place and answered in its thread; what the whole room has to see answers it in the room",
        Can = _ => new(Updates: true, Threads: true),
        Pace = new(1, 5),
    };

    /// <summary>The content of the event. Its <c>m.mentions</c> names the room's own mention and nobody else.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var people = Mentions.Of(routed);
        json.Raw("{\"msgtype\":\"m.text\""u8);
        json.Pair("body"u8, Cut.Text(Escaping.Quiet(PlainText.Of(card)), room * 3) + (people.Length > 0 ? "\n" + string.Join(' ', people) : ""));
        json.Pair("format"u8, "org.matrix.custom.html");
        json.Pair("formatted_body"u8, HtmlCard.Of(card, new(card, Escaping.QuietHtml, room), string.Join(' ', people.Select(Pill))));
        json.Next("\"m.mentions\":{"u8);
        if (people.Contains("@room")) json.Raw("\"room\":true"u8);
        var named = 0;
        foreach (var person in people.Where(person => person is not "@room"))
        {
            json.Next(named++ == 0 ? "\"user_ids\":["u8 : ""u8);
            json.Text(person);
        }
        if (named > 0) json.Raw("]"u8);
        json.Raw("}}"u8);
    }

    private static string Pill(string person) =>
        person is "@room" ? person : $"<a href=\"https://matrix.to/#/{Uri.EscapeDataString(person)}\">{Escaping.Html(person)}</a>";

    private static bool Rings(string part) => part is "@room"
        || (part is ['@', ..] && part.IndexOf(':') is > 1 and var at
            && Mentions.IsName(part.AsSpan(1, at - 1), "._-=/+") && Mentions.IsName(part.AsSpan(at + 1), ".-:"));
}
