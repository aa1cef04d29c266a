namespace Signalbox;

/// <summary>PagerDuty by the Events API v2: what is wrong triggers, what is over resolves, the rest is a change event.</summary>
public static class PagerDuty
{
    private const int MaxBytes = 100_000;

    /// <summary>Its row.</summary>
    public static readonly Chat Row = new(
        "pagerduty",
        [
            new("routing-key", RoomKeyKind.Secret, "Integration key of the service (Events API v2).", "env:PAGERDUTY_ROUTING_KEY"),
            new("api", RoomKeyKind.Url, "Base address of the Events API.", "https://events.pagerduty.com"),
        ],
        Render,
        _ => null,
        "https://developer.pagerduty.com/docs/events-api-v2-overview")
    {
        About = "Warnings and worse trigger an alert; more about the same thing joins it, and its end resolves it. Everything else, such as a "
            + "deployment that went well, is sent as a change event: "
            + "it stands beside the next incident and wakes nobody. An end can only resolve what reaches the room, so let the route "
            + "take both: `severity >= warning or status = cleared`.",
        Limits = "summary 1,024 characters, dedup key 255, 100,000 bytes (PagerDuty documents 512 KB)",
        MentionFault = Mentions.None("pagerduty", "Who is rung is for PagerDuty's escalation policy to say."),
        Conversations = "all about one thing is one alert by its dedup key: worse news joins it, the end resolves it",
        Pace = new(2, 20),
    };

    /// <summary>The event without its routing key, which delivery adds. Without an <c>event_action</c> it is a change event.</summary>
    public static byte[] Render(Routed routed, Rendering rendering) => Fitting.Within(MaxBytes, routed, rendering, Write);

    private static void Write(ref JsonOut json, Routed routed, Card card, int room)
    {
        var notice = card.Notice;
        var parts = new CardParts(card, Escaping.Nothing, room);
        var action = notice.Status is Status.Cleared && (notice.Thread ?? notice.Arn) is not null ? "resolve"
            : notice.Severity >= Severity.Warning && notice.Status is not Status.Cleared ? "trigger" : null;
        json.Raw("{"u8);
        if (action is not null)
        {
            json.Pair("event_action"u8, action);
            json.Pair("dedup_key"u8, Identity.Of(notice, 255));
            json.Pair("client"u8, "Signalbox");
        }
        json.Next("\"payload\":{"u8);
        json.Pair("summary"u8, parts.Title(1000));
        json.Pair("source"u8, Cut.Line(notice.Subject ?? notice.Arn ?? notice.Source, 250) is { Length: > 0 } source ? source : "signalbox");
        if (action is not null)
        {
            json.Pair("severity"u8, Words.Of(notice.Severity));
            json.Pair("component"u8, Cut.Line(notice.Kind, 250));
            json.Pair("group"u8, parts.Where);
            json.Pair("class"u8, Cut.Line(notice.Source, 250));
        }
        if (NoticeJson.Instant(notice.At) is { } at) json.Pair("timestamp"u8, at);
        json.Next("\"custom_details\":{"u8);
        if (parts.Summary is { } summary) json.Pair("Summary"u8, summary);
        foreach (var fact in parts.Members.Where(fact => fact.Name is not ("Summary" or "Where" or "Series")))
        {
            json.Next(""u8);
            json.Text(fact.Name);
            json.Raw(":"u8);
            json.Text(fact.Value);
        }
        if (parts.Spark.Length > 0) json.Pair("Series"u8, parts.Spark);
        json.Pair("Where"u8, parts.Where);
        json.Raw("}}"u8);
        WriteLinks(ref json, parts);
        json.Raw("}"u8);
    }

    private static void WriteLinks(ref JsonOut json, CardParts parts)
    {
        json.Next("\"links\":["u8);
        foreach (var link in parts.Links)
        {
            json.Next("{"u8);
            json.Pair("href"u8, link.Url);
            json.Pair("text"u8, link.Text);
            json.Raw("}"u8);
        }
        json.Raw("]"u8);
    }
}
