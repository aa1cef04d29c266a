using System.Buffers;
using System.Text.Json;
using Signalbox.Effects;

namespace Signalbox.Lambda;

/// <summary>One JSON object a line: ids, rooms, outcomes, times and reasons, but no secret, and no words of the event except in a local
/// room.</summary>
/// <param name="write">Takes a whole line, its end included.</param>
/// <param name="now">The time.</param>
internal sealed class Log(Action<ReadOnlyMemory<byte>> write, Now now)
{
    private const int LongestId = 128;

    /// <summary>A line for each post of an event, for each notice that is held back, and for an event that has neither.</summary>
    public void Event(string requestId, HandledEvent handled)
    {
        if (!handled.Begun)
            Silent("error", requestId, handled.Reading, "waiting", "an earlier event of the same queue failed, and order is kept");
        else if (handled.Sent.Count + handled.Held.Count == 0)
            Silent("info", requestId, handled.Reading, "quiet", handled.Reading.Why);
        foreach (var held in handled.Held) Silent("info", requestId, handled.Reading, "held", held.Because);
        foreach (var sent in handled.Sent)
        {
            Line(sent.Failed ? "error" : "info", requestId, json =>
            {
                About(json, handled.Reading);
                json.WriteString("room", sent.Routed.Room.Name);
                json.WriteString("because", sent.Routed.Because);
                json.WriteString("outcome", Outcome(sent));
                json.WriteNumber("attempts", sent.Attempts);
                json.WriteNumber("ms", Math.Round(sent.Took.TotalMilliseconds, 1));
                if (sent.Failed) json.WriteString("reason", sent.Why);
            });
        }
    }

    private void Silent(string level, string requestId, Reading reading, string outcome, string reason) => Line(level, requestId, json =>
    {
        About(json, reading);
        json.WriteString("outcome", outcome);
        json.WriteString("reason", reason);
    });

    /// <summary>A post of a local room: its card is what people read.</summary>
    public void Card(Post post) => Line("info", null, json =>
    {
        json.WriteString("room", post.Routed.Room.Name);
        json.WriteString("card", Signalbox.Json.Parse(post.Payload.ToArray()).Value["text"u8].Text ?? "");
    });

    /// <summary>Something doubtful that does not stop the function.</summary>
    public void Doubt(string reason) => Line("warn", null, json => json.WriteString("reason", reason));

    /// <summary>Something about the function itself.</summary>
    public void Trouble(string? requestId, string reason) => Line("error", requestId, json => json.WriteString("reason", reason));

    private static string Outcome(Sent sent) =>
        sent.Repeat ? "repeat" : sent.Delivery.Match(made: _ => "made", later: _ => "later", refused: _ => "refused");

    private static void About(Utf8JsonWriter json, Reading reading)
    {
        var id = reading.Envelope.Id;
        json.WriteString("event", id.Length > LongestId ? id[..LongestId] : id);
        json.WriteString("transport", reading.Envelope.Transport);
        json.WriteString("source", reading.Source);
        json.WriteString("kind", reading.Kind);
    }

    private void Line(string level, string? requestId, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", now());
            json.WriteString("level", level);
            if (requestId is not null) json.WriteString("requestId", requestId);
            members(json);
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        write(buffer.WrittenMemory);
    }
}
