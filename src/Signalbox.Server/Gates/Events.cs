using Signalbox.Server.Ingest;

namespace Signalbox.Server.Gates;

/// <summary>Any event in any wrapping: EventBridge API destinations, CloudEvents, JSON, JSON lines, text.</summary>
internal static class Events
{
    private const int MostHeaders = 64;
    private static readonly string[] Lines = ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"];

    /// <summary>Answers 200 when the events are in the store, and not before.</summary>
    public static readonly Gate Row = new("POST", "/events", Door.Key, async (http, station) =>
    {
        var (bytes, refusal) = await Body.Read(http);
        if (refusal is not null) await refusal.Tell(http, station);
        else await Taking.Answer(http, station, Parcels(http, bytes));
    });

    private static ValueList<Parcel> Parcels(HttpContext http, byte[] bytes)
    {
        var type = (http.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (Array.IndexOf(Lines, type) >= 0) return [.. Parting.Lines(bytes).Select(line => new Parcel(line))];
        if (type.StartsWith("application/cloudevents", StringComparison.Ordinal)) return [.. Parting.Of(bytes).Select(CloudEvent)];
        if (http.Request.Headers.ContainsKey("ce-specversion") || http.Request.Headers.ContainsKey("ce-type")) return [Binary(http, bytes)];
        return [.. Parting.Of(bytes).Select(part => new Parcel(part))];
    }

    /// <summary>Of a CloudEvent, source and id together are its identity.</summary>
    private static Parcel CloudEvent(byte[] bytes) =>
        Json.Parse(bytes) is { Expected: null, Value: var value } && value["id"u8].Words is { } id && value["source"u8].Words is { } source
            ? new(bytes) { Id = $"{source}#{id}" }
            : new(bytes);

    private static Parcel Binary(HttpContext http, byte[] bytes)
    {
        var headers = new List<Fact>();
        foreach (var (name, value) in http.Request.Headers)
        {
            if (name.StartsWith("ce-", StringComparison.OrdinalIgnoreCase) && headers.Count < MostHeaders)
                headers.Add(new(name.ToLowerInvariant(), Uri.UnescapeDataString(value.ToString())));
        }
        var id = headers.Find(header => header.Name is "ce-id").Value;
        return new(bytes)
        {
            Headers = [.. headers, new("content-type", http.Request.ContentType ?? "")],
            Id = id is null ? null : $"{headers.Find(header => header.Name is "ce-source").Value}#{id}",
        };
    }
}
