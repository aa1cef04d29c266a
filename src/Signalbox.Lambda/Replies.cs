using System.Buffers;
using System.Text.Json;
using Signalbox.Effects;

namespace Signalbox.Lambda;

/// <summary>What a call is answered with: a body, or a failure.</summary>
/// <param name="Body">The body, JSON; null for a failure.</param>
/// <param name="Failure">The failure; null when there is a body.</param>
internal sealed record Reply(byte[]? Body, Failure? Failure);

/// <summary>Answers in the form that whoever called the function understands.</summary>
/// <remarks>
/// A queue is told which records to hand out again, an HTTP caller gets a status, and everybody else success or an error of the call,
/// which makes
/// SNS, EventBridge and Lambda itself try again and dead-letter. The partial answer to a queue needs <c>ReportBatchItemFailures</c>
/// in its event source mapping.
/// </remarks>
internal static class Replies
{
    public static Reply To(Handled handled)
    {
        var transport = handled.Events.Count > 0 ? handled.Events[0].Reading.Envelope.Transport : "";
        var isQueue = IsUnder("sqs", transport) && handled.Events.All(each => each.Reading.Envelope.Record is not null);

        if (isQueue) return new(Queue(handled), null);
        if (IsUnder("http", transport)) return new(Http(handled), null);
        return handled.Succeeded
            ? new(Json(json => Summary(json, handled)), null)
            : new(null, new("Signalbox.DeliveryFailed", string.Join("; ", handled.Faults)));
    }

    /// <summary>An answer to an HTTP caller, in the form of a Function URL.</summary>
    public static Reply Http(int status, ReadOnlySpan<byte> body, string type)
    {
        var text = System.Text.Encoding.UTF8.GetString(body);
        return new(Json(json =>
        {
            json.WriteNumber("statusCode", status);
            json.WriteStartObject("headers");
            json.WriteString("content-type", type);
            json.WriteEndObject();
            json.WriteString("body", text);
        }), null);
    }

    /// <summary>The body that the Runtime API wants with an error.</summary>
    public static byte[] Error(Failure failure) => Json(json =>
    {
        json.WriteString("errorMessage", failure.Message);
        json.WriteString("errorType", failure.Type);
        json.WriteStartArray("stackTrace");
        json.WriteEndArray();
    });

    private static byte[] Queue(Handled handled) => Json(json =>
    {
        json.WriteStartArray("batchItemFailures");
        foreach (var record in handled.FailedRecords)
        {
            json.WriteStartObject();
            json.WriteString("itemIdentifier", record);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    // The reasons are in the log: a URL may be open to the world, which has no need to know the rooms.
    private static byte[] Http(Handled handled) => Json(json =>
    {
        json.WriteNumber("statusCode", handled.Succeeded ? 200 : 503);
        json.WriteStartObject("headers");
        json.WriteString("content-type", "application/json");
        json.WriteEndObject();
        json.WriteString("body", Json(body => Summary(body, handled)));
    });

    private static void Summary(Utf8JsonWriter json, Handled handled)
    {
        var sent = handled.Events.SelectMany(each => each.Sent).ToList();
        json.WriteBoolean("ok", handled.Succeeded);
        json.WriteNumber("events", handled.Events.Count);
        json.WriteNumber("posts", sent.Count(each => !each.Failed && !each.Repeat));
        json.WriteNumber("repeats", sent.Count(each => each.Repeat));
        json.WriteNumber("failed", sent.Count(each => each.Failed));
    }

    private static bool IsUnder(string wrapping, string transport) =>
        transport == wrapping || transport.StartsWith(wrapping + "/", StringComparison.Ordinal);

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
