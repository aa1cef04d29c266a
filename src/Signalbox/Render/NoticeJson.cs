using System.Globalization;

namespace Signalbox;

/// <summary>A notice as JSON, for programs: the names that conditions and <c>signalbox explain --json</c> have.</summary>
internal static class NoticeJson
{
    /// <summary>How programs can follow what belongs together.</summary>
    public const string Conversations = "`thread` in the notice is the same for all about one thing. A statement beside it says so with "
        + "`\"placing\":\"reply\"`; each message of its own has no `placing`";

    /// <summary>Writes the notice as an object.</summary>
    public static void Write(ref JsonOut json, Routed routed, Card card, int room) => Write(ref json, routed, card, room, null);

    /// <summary>The same with a mark.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="routed">What to say.</param>
    /// <param name="card">The same as a card.</param>
    /// <param name="room">How much of it.</param>
    /// <param name="echo">How a Signalbox that hears it again knows it; null where none can.</param>
    public static void Write(ref JsonOut json, Routed routed, Card card, int room, string? echo)
    {
        var notice = routed.Notice;
        var parts = new CardParts(card, Escaping.Nothing, room);
        json.Next("{"u8);
        json.Pair("source"u8, Cut.Line(notice.Source, 100));
        json.Pair("kind"u8, Cut.Line(notice.Kind, 100));
        json.Pair("severity"u8, Words.Of(notice.Severity));
        json.Pair("status"u8, Words.Of(notice.Status));
        json.Pair("title"u8, parts.Title());
        Known(ref json, "summary"u8, parts.Summary);
        Known(ref json, "subject"u8, notice.Subject);
        Known(ref json, "arn"u8, notice.Arn);
        Known(ref json, "account"u8, notice.Account);
        Known(ref json, "region"u8, notice.Region);
        Known(ref json, "at"u8, Instant(notice.At));
        Known(ref json, "actor"u8, notice.Actor);
        if (notice.Thread is not null) json.Pair("thread"u8, Identity.Of(notice, 500));
        WriteOwners(ref json, notice.Owners);
        WriteTags(ref json, notice.Tags, room);
        WriteFacts(ref json, parts);
        WriteLinks(ref json, parts);
        if (notice.Series is { } series) WriteSeries(ref json, series);
        json.Pair("room"u8, routed.Room.Name);
        json.Pair("because"u8, Cut.Line(routed.Because, 300));
        if (echo is not null) json.Pair("signalbox"u8, echo);
        json.Raw("}"u8);
    }

    /// <summary>An instant in UTC: "2026-03-01T12:00:00Z".</summary>
    public static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Writes facts as <c>"facts":[{"name","value"}]</c>.</summary>
    public static void WriteFacts(ref JsonOut json, CardParts parts)
    {
        json.Next("\"facts\":["u8);
        foreach (var fact in parts.Facts)
        {
            json.Next("{"u8);
            json.Pair("name"u8, fact.Name);
            json.Pair("value"u8, fact.Value);
            json.Raw("}"u8);
        }
        json.Raw("]"u8);
    }

    private static void WriteOwners(ref JsonOut json, ValueList<string> owners)
    {
        if (owners.Count == 0) return;
        json.Next("\"owners\":["u8);
        foreach (var owner in owners)
        {
            json.Next(""u8);
            json.Text(Cut.Line(owner, 100));
        }
        json.Raw("]"u8);
    }

    private static void WriteTags(ref JsonOut json, ValueList<Tag> tags, int room)
    {
        if (tags.Count == 0) return;
        json.Next("\"tags\":["u8);
        foreach (var tag in tags.Take(room / 50))
        {
            json.Next("{"u8);
            json.Pair("key"u8, Cut.Line(tag.Key, 128));
            json.Pair("value"u8, Cut.Line(tag.Value, 256));
            json.Raw("}"u8);
        }
        json.Raw("]"u8);
    }

    private static void WriteLinks(ref JsonOut json, CardParts parts)
    {
        json.Next("\"links\":["u8);
        foreach (var link in parts.Links)
        {
            json.Next("{"u8);
            json.Pair("text"u8, link.Text);
            json.Pair("url"u8, link.Url);
            json.Raw("}"u8);
        }
        json.Raw("]"u8);
    }

    private static void WriteSeries(ref JsonOut json, Series series)
    {
        json.Next("\"series\":{\"values\":["u8);
        foreach (var value in series.Values.Where(double.IsFinite).TakeLast(30)) WriteNumber(ref json, value);
        json.Raw("]"u8);
        if (series.Threshold is { } threshold && double.IsFinite(threshold))
        {
            json.Next("\"threshold\":"u8);
            WriteNumber(ref json, threshold);
        }
        json.Pair("unit"u8, Cut.Line(series.Unit, 30));
        json.Raw("}"u8);
    }

    private static void WriteNumber(ref JsonOut json, double number)
    {
        json.Next(""u8);
        json.Inner(number.ToString("R", CultureInfo.InvariantCulture));
    }

    private static void Known(ref JsonOut json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is { Length: > 0 }) json.Pair(name, Cut.Text(Cut.Readable(value), 3000));
    }
}
