namespace Signalbox;

/// <summary>Opsgenie by its alert API: what is wrong creates an alert by its alias, what is over closes it.</summary>
public static class Opsgenie
{
    private const int MaxDetails = 7_500;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "opsgenie",
        [
            new("key", RoomKeyKind.Secret, "API key of an integration of the team.", "env:OPSGENIE_API_KEY"),
            new("api", RoomKeyKind.Url, "Base address of the API; https://api.eu.opsgenie.com in Europe.", "https://api.opsgenie.com"),
        ],
        Render,
        _ => null,
        "https://docs.opsgenie.com/docs/alert-api")
    {
        About = "An alert with priority P1 (critical), P2 (error), P3 (warning) or P5 (info); its end closes it. Opsgenie itself is being closed down.",
        Limits = "message 130 characters, alias 512, description 15,000, details 8,000 in all, 20 tags of 50, entity 512, note 25,000",
        MentionFault = Mentions.None("opsgenie", "Who is rung is for Opsgenie's routing rules to say."),
        Conversations = "all about one thing is one alert by its alias: worse news counts there, the end closes it",
        Pace = new(5, 20),
    };

    /// <summary>The alert; for an end the note to close it with, which has no <c>message</c>.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxDetails + 20_000, routed, rendering, Write);

    /// <summary>The alias by which everything about one thing is one alert.</summary>
    public static string Alias(Notice notice) => Identity.Of(notice, 500);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var notice = card.Notice;
        var parts = new CardParts(card, Escaping.Nothing, room);
        json.Raw("{\"source\":\"Signalbox\""u8);
        if (notice.Status is Status.Cleared)
        {
            json.Pair("note"u8, Cut.Text(PlainText.Of(card), int.Min(20_000, room * 6)));
            json.Raw("}"u8);
            return;
        }
        json.Pair("message"u8, Cut.Line(parts.Title(), 130));
        json.Pair("alias"u8, Alias(notice));
        json.Pair("description"u8, Cut.Text(PlainText.Of(card), int.Min(12_000, room * 4)));
        json.Pair("entity"u8, Cut.Line(notice.Subject ?? notice.Source, 500) is { Length: > 0 } entity ? entity : "signalbox");
        json.Pair("priority"u8, notice.Severity switch { Severity.Critical => "P1", Severity.Error => "P2", Severity.Warning => "P3", _ => "P5" });
        json.Next("\"tags\":["u8);
        foreach (var tag in (string?[])[notice.Source, notice.Region, notice.Account])
        {
            if (tag is null || Cut.Line(tag, 50) is not { Length: > 0 } word) continue;
            json.Next(""u8);
            json.Text(word);
        }
        json.Raw("],\"details\":{"u8);
        foreach (var fact in parts.Members.Take(8))
        {
            json.Next(""u8);
            json.Text(fact.Name);
            json.Raw(":"u8);
            json.Text(Cut.Text(fact.Value, 700));
        }
        json.Raw("}}"u8);
    }
}
