namespace Signalbox;

/// <summary>Microsoft Teams by a Workflows webhook: an Adaptive Card 1.2.</summary>
/// <remarks>What an event says stands in text runs, which Teams reads as they are; only the two columns of facts know Markdown, and are escaped.</remarks>
public static class Teams
{
    private const int MaxBytes = 20_000;
    private const int MostLines = 25;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "teams",
        [new("webhook", RoomKeyKind.SecretUrl, "Address of a workflow that begins with \"When a Teams webhook request is received\".")],
        Render,
        room => room["webhook"] is null ? "a teams room needs a webhook" : null,
        "https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook")
    {
        About = "A card in the channel or chat of a workflow. A workflow belongs to a person: give it a second owner, or it ends when that person leaves.",
        Limits = "20,000 bytes for the whole request (Teams documents 28 KB, and refuses some cards below it)",
        Mentions = "the sign-in name of a person, as in `ada@example.com`; several are parted by blanks",
        MentionFault = mention => Mentions.Fault(mention, IsPerson, "the sign-in name of a person (ada@example.com)",
            "A workflow can ring people, but neither teams nor channels."),
        Conversations = "each message is a new one: a workflow names no message that could be changed or answered",
        Pace = new(1, 4),
    };

    /// <summary>The message with its card.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var parts = new CardParts(card, Escaping.Nothing, room);
        json.Raw("{\"type\":\"message\",\"attachments\":[{\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"contentUrl\":null,\"content\":{"u8);
        json.Raw("\"$schema\":\"http://adaptivecards.io/schemas/adaptive-card.json\",\"type\":\"AdaptiveCard\",\"version\":\"1.2\""u8);
        json.Pair("fallbackText"u8, $"{card.Mark} {parts.Title()}");
        json.Next("\"body\":["u8);
        WriteHead(ref json, card, parts);
        var people = Mentions.Of(routed);
        if (people.Length > 0) WriteNames(ref json, people);
        if (parts.Summary is { } summary) WriteLines(ref json, null, summary);
        WriteFacts(ref json, parts);
        if (parts.Spark.Length > 0) WriteLines(ref json, null, parts.Spark);
        json.Next("{\"type\":\"RichTextBlock\",\"spacing\":\"medium\",\"inlines\":[{\"type\":\"TextRun\",\"isSubtle\":true,\"size\":\"small\""u8);
        json.Pair("text"u8, parts.Foot);
        json.Raw("}]}]"u8);
        WriteLinks(ref json, parts);
        json.Next("\"msteams\":{\"width\":\"Full\""u8);
        if (people.Length > 0) WriteEntities(ref json, people);
        json.Raw("}}}]}"u8);
    }

    private static void WriteHead(ref JsonOut json, Card card, CardParts parts)
    {
        json.Next("{\"type\":\"Container\",\"bleed\":true"u8);
        json.Pair("style"u8, Style(card.Notice));
        json.Next("\"items\":[{\"type\":\"RichTextBlock\",\"inlines\":[{\"type\":\"TextRun\",\"weight\":\"bolder\",\"size\":\"medium\""u8);
        json.Pair("text"u8, $"{card.Mark} {parts.Title()}");
        json.Raw("}]}]}"u8);
    }

    private static string Style(Notice notice) => (notice.Status, notice.Severity) switch
    {
        (Status.Cleared, _) => "good",
        (_, Severity.Critical or Severity.Error) => "attention",
        (_, Severity.Warning) => "warning",
        (Status.Ongoing, _) => "accent",
        _ => "emphasis",
    };

    private static void WriteFacts(ref JsonOut json, CardParts parts)
    {
        var narrow = 0;
        foreach (var fact in (parts with { Escape = Escaping.Markdown }).Facts.Where(CardParts.IsNarrow))
        {
            json.Next(narrow++ == 0 ? "{\"type\":\"FactSet\",\"facts\":[{"u8 : "{"u8);
            json.Pair("title"u8, fact.Name);
            json.Pair("value"u8, fact.Value);
            json.Raw("}"u8);
        }
        if (narrow > 0) json.Raw("]}"u8);
        foreach (var fact in parts.Facts)
        {
            if (!CardParts.IsNarrow(fact with { Value = Escaping.Markdown(fact.Value) })) WriteLines(ref json, fact.Name, fact.Value);
        }
    }

    /// <summary>A text line by line: in one text run Teams would join the lines.</summary>
    private static void WriteLines(ref JsonOut json, string? name, string text)
    {
        if (name is not null) WriteLine(ref json, name, bold: true, close: false);
        var lines = 0;
        foreach (var line in text.Split('\n'))
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            WriteLine(ref json, ++lines == MostLines ? "…" : line.TrimEnd(), bold: false, close: lines > 1 || name is not null);
            if (lines == MostLines) return;
        }
    }

    private static void WriteLine(ref JsonOut json, string line, bool bold, bool close)
    {
        json.Next("{\"type\":\"RichTextBlock\""u8);
        if (close) json.Pair("spacing"u8, "none");
        json.Next("\"inlines\":[{\"type\":\"TextRun\""u8);
        if (bold) json.Pair("weight"u8, "bolder");
        json.Pair("text"u8, line);
        json.Raw("}]}"u8);
    }

    private static void WriteLinks(ref JsonOut json, CardParts parts)
    {
        var count = 0;
        foreach (var link in parts.Links)
        {
            json.Next(count++ == 0 ? "\"actions\":[{\"type\":\"Action.OpenUrl\""u8 : "{\"type\":\"Action.OpenUrl\""u8);
            json.Pair("title"u8, link.Text);
            json.Pair("url"u8, link.Url);
            json.Raw("}"u8);
        }
        if (count > 0) json.Raw("]"u8);
    }

    private static void WriteNames(ref JsonOut json, string[] people)
    {
        json.Next("{\"type\":\"TextBlock\",\"wrap\":true"u8);
        json.Pair("text"u8, string.Join(' ', people.Select(person => $"<at>{person}</at>")));
        json.Raw("}"u8);
    }

    private static void WriteEntities(ref JsonOut json, string[] people)
    {
        json.Next("\"entities\":["u8);
        foreach (var person in people)
        {
            json.Next("{\"type\":\"mention\""u8);
            json.Pair("text"u8, $"<at>{person}</at>");
            json.Next("\"mentioned\":{"u8);
            json.Pair("id"u8, person);
            json.Pair("name"u8, person);
            json.Raw("}}"u8);
        }
        json.Raw("]"u8);
    }

    private static bool IsPerson(string part) =>
        part.IndexOf('@') is > 0 and var at && Mentions.IsName(part.AsSpan(0, at), "._-+'") && Mentions.IsName(part.AsSpan(at + 1), ".-");
}
