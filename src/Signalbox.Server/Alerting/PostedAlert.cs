using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Signalbox.Server.Alerting;

/// <summary>An alert as Prometheus and amtool post it.</summary>
/// <param name="Fingerprint">The identity of its labels, the same that Prometheus and Alertmanager give them.</param>
/// <param name="Labels">Its labels, an object of JSON without those that are empty.</param>
/// <param name="Annotations">Its annotations, an object of JSON.</param>
/// <param name="StartsAt">Since when it is so.</param>
/// <param name="EndsAt">Until when it counts as so unless it is posted again.</param>
/// <param name="UpdatedAt">When it was posted last.</param>
/// <param name="GeneratorUrl">Where it comes from; empty for nowhere.</param>
internal sealed record PostedAlert(
    string Fingerprint, ReadOnlyMemory<byte> Labels, ReadOnlyMemory<byte> Annotations, DateTimeOffset StartsAt, DateTimeOffset EndsAt,
    DateTimeOffset UpdatedAt, string GeneratorUrl)
{
    /// <summary>How long an alert lasts that is posted without an end.</summary>
    private static readonly TimeSpan ResolveAfter = TimeSpan.FromMinutes(5);

    /// <summary>The label of the key that it came with; null for none.</summary>
    public string? Source { get; init; }

    /// <summary>True when its end was told.</summary>
    public bool IsTold { get; init; }

    /// <summary>True when it is over.</summary>
    public bool IsResolved(DateTimeOffset now) => EndsAt <= now;

    /// <summary>Its identity as an event: the same on every repeat, another when it ends or begins again.</summary>
    public string Id(bool isResolved) => $"alert-{Fingerprint}-{StartsAt.UtcTicks:x}-{(isResolved ? "resolved" : "firing")}";

    /// <summary>Reads one, or says why it is none.</summary>
    public static (PostedAlert? Alert, string? Fault) Read(Json json, DateTimeOffset now)
    {
        var labels = json["labels"u8];
        if (!labels.IsObject) return (null, "expected labels in an alert, found none");
        if (Fault(labels) is { } fault) return (null, fault);
        var written = Texts(labels, withEmpty: false);
        if (written.Length <= 2) return (null, "expected at least one label in an alert, found none");
        if (json["annotations"u8] is { Exists: true, IsObject: false }) return (null, "expected annotations to be an object");
        var (start, end) = (TimeOf(json["startsAt"u8]), TimeOf(json["endsAt"u8]));
        var from = start ?? (end < now ? end.Value : now);
        var until = end ?? now + ResolveAfter;
        if (until < from) return (null, $"expected an alert to end after it starts, found startsAt {from:O} and endsAt {until:O}");
        return (new(PrintOf(labels), written, Texts(json["annotations"u8], withEmpty: true), from, until, now, json["generatorURL"u8].Text ?? ""), null);
    }

    /// <summary>One as it was kept.</summary>
    public static PostedAlert? Kept(Json json) => TimeOf(json["updatedAt"u8]) is { } at && Read(json, at).Alert is { } alert
        ? alert with { IsTold = json["status"u8].TextIs("resolved"u8), Source = json["from"u8].Text }
        : null;

    /// <summary>It as an event.</summary>
    public Arrival Arrival(bool isResolved, DateTimeOffset now)
    {
        var body = Write(isResolved, isKept: false);
        return new(Id(isResolved), Source is null ? body : Enveloping.Of("/api/v2/alerts", null, [new("x-signalbox-source", Source)], body), 0, now);
    }

    /// <summary>The bytes as which it is kept.</summary>
    public byte[] Kept() => Write(IsTold, isKept: true);

    private byte[] Write(bool isResolved, bool isKept)
    {
        var buffer = new ArrayBufferWriter<byte>(Labels.Length + Annotations.Length + GeneratorUrl.Length + 256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("status", isResolved ? "resolved" : "firing");
            Members(json);
            json.WriteString("fingerprint", Fingerprint);
            if (isKept)
            {
                json.WriteString("updatedAt", UpdatedAt);
                if (Source is not null) json.WriteString("from", Source);
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What every form of it has.</summary>
    public void Members(Utf8JsonWriter json)
    {
        json.WritePropertyName("labels");
        json.WriteRawValue(Labels.Span, skipInputValidation: true);
        json.WritePropertyName("annotations");
        json.WriteRawValue(Annotations.Span, skipInputValidation: true);
        json.WriteString("startsAt", StartsAt);
        json.WriteString("endsAt", EndsAt);
        json.WriteString("generatorURL", GeneratorUrl);
    }

    /// <summary>The value of a label; empty for one that it does not have.</summary>
    public string Label(string name) => Json.Parse(Labels.ToArray()).Value[Encoding.UTF8.GetBytes(name)].Text ?? "";

    private static string? Fault(Json labels)
    {
        foreach (var (name, value) in labels.Members)
        {
            if (!value.IsText) return "expected the value of a label to be a text";
            var raw = name.Raw;
            var isName = raw.Length > 0 && !(raw[0] is >= (byte)'0' and <= (byte)'9');
            foreach (var unit in raw) isName &= char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'_';
            if (!isName) return $"expected the name of a label (letters, digits and _), found \"{Cut.Line(name.Text ?? "", 60)}\"";
        }
        return null;
    }

    /// <summary>Labels as they were written where all of them hold something, and every value of annotations that is a text.</summary>
    private static ReadOnlyMemory<byte> Texts(Json json, bool withEmpty)
    {
        var isPlain = json.IsObject;
        foreach (var (_, value) in json.Members) isPlain &= value.IsText && (withEmpty || !value.Raw.IsEmpty);
        if (isPlain) return json.Raw.ToArray();
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in json.Members)
            {
                if (value.Text is { } text && (withEmpty || text.Length > 0)) writer.WriteString(name.Text!, text);
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>FNV-1a over names and values in the order of names, each ended by 0xFF: the fingerprint of a label set in Prometheus.</summary>
    private static string PrintOf(Json labels)
    {
        var pairs = new List<(byte[] Name, byte[] Value)>(16);
        foreach (var (name, value) in labels.Members)
        {
            if (!value.Raw.IsEmpty) pairs.Add((name.TextBytes(), value.TextBytes()));
        }
        pairs.Sort(static (left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
        var hash = 14695981039346656037UL;
        foreach (var (name, value) in pairs) hash = Add(Add(hash, name), value);
        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static ulong Add(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var unit in bytes) hash = unchecked((hash ^ unit) * 1099511628211UL);
        return unchecked((hash ^ 0xFF) * 1099511628211UL);
    }

    /// <summary>The year 1 stands for no time.</summary>
    private static DateTimeOffset? TimeOf(Json time) => Instants.Read(time) is { Year: > 1970 } at ? at.ToUniversalTime() : null;
}
