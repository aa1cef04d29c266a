using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Signalbox.Effects;

namespace Signalbox.Cli;

/// <summary>The lines of JSON that render and explain print: what CONTRIBUTING.md promises.</summary>
internal static class Lines
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One post.</summary>
    public static string OfPost(string file, Post post) => Line(json =>
    {
        json.WriteString("file", file);
        json.WriteString("room", post.Routed.Room.Name);
        json.WriteString("because", post.Routed.Because);
        Payload(json, post);
    });

    /// <summary>Everything in one file.</summary>
    public static string OfFile(string file, ValueList<Flow> flows, Settings settings) => Line(json =>
    {
        json.WriteString("file", file);
        Items(json, "envelopes", flows.Select(flow => flow.Reading.Envelope), envelope =>
        {
            json.WriteString("id", envelope.Id);
            json.WriteString("transport", envelope.Transport);
            json.WriteString("topic", envelope.Topic);
            json.WriteString("subject", envelope.Subject);
        });
        Items(json, "read", flows.Select(flow => flow.Reading), reading =>
        {
            json.WriteString("source", reading.Source);
            json.WriteString("kind", reading.Kind);
            json.WriteString("outcome", Words.Of(reading.Outcome));
            json.WriteString("why", reading.Why);
        });
        Items(json, "notices", flows.SelectMany(flow => flow.Owned(settings)), owned => Notice(json, owned.Notice));
        Items(json, "routed", flows.SelectMany(flow => flow.Routing.Routed), routed =>
        {
            json.WriteString("room", routed.Room.Name);
            json.WriteString("mention", routed.Mention);
            json.WriteString("because", routed.Because);
        });
        Items(json, "posts", flows.SelectMany(flow => flow.Posts(settings, null)), post =>
        {
            json.WriteString("room", post.Routed.Room.Name);
            Payload(json, post);
        });
        Items(json, "held", flows.SelectMany(flow => flow.Routing.Held), held =>
        {
            json.WriteString("title", held.Notice.Title);
            json.WriteString("because", held.Because);
        });
        Items(json, "asked", flows.SelectMany(flow => flow.Answers.All), answered =>
        {
            json.WriteString("question", Flow.Asked(answered.Question));
            json.WriteString("answer", Flow.Said(answered));
            json.WriteString("from", answered.From);
        });
    });

    /// <summary>An instant in UTC: "2026-03-01T12:00:00Z".</summary>
    public static string? Instant(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static void Notice(Utf8JsonWriter json, Notice notice)
    {
        json.WriteString("source", notice.Source);
        json.WriteString("kind", notice.Kind);
        json.WriteString("severity", Words.Of(notice.Severity));
        json.WriteString("status", Words.Of(notice.Status));
        json.WriteString("title", notice.Title);
        json.WriteString("summary", notice.Summary);
        json.WriteString("subject", notice.Subject);
        json.WriteString("arn", notice.Arn);
        json.WriteString("account", notice.Account);
        json.WriteString("region", notice.Region);
        json.WriteString("at", Instant(notice.At));
        json.WriteString("actor", notice.Actor);
        json.WriteString("thread", notice.Thread);
        json.WriteStartArray("owners");
        foreach (var owner in notice.Owners) json.WriteStringValue(owner);
        json.WriteEndArray();
        json.WriteStartObject("tags");
        foreach (var tag in notice.Tags.DistinctBy(tag => tag.Key)) json.WriteString(tag.Key, tag.Value);
        json.WriteEndObject();
        Items(json, "facts", notice.Facts, fact =>
        {
            json.WriteString("name", fact.Name);
            json.WriteString("value", fact.Value);
        });
        Items(json, "links", notice.Links, link =>
        {
            json.WriteString("text", link.Text);
            json.WriteString("url", link.Url);
        });
    }

    private static void Payload(Utf8JsonWriter json, Post post)
    {
        json.WriteString("chat", post.Routed.Room.Chat);
        json.WritePropertyName("payload");
        json.WriteRawValue(post.Payload.Span);
    }

    private static void Items<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Line(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
