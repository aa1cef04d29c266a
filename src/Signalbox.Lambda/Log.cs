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

    /// <summary>What an event that was accepted, or a timer, has led to: a line for each room, or one that says why there is none.</summary>
    public void Decided(string requestId, string id, Reading reading, IReadOnlyList<Decided> decided)
    {
        if (decided.Count is 0) Silent("info", requestId, reading, "quiet", reading.Why);
        foreach (var (routed, decision) in decided)
        {
            Line("info", requestId, json =>
            {
                json.WriteString("event", Short(id));
                json.WriteString("source", routed.Notice.Source);
                json.WriteString("kind", routed.Notice.Kind);
                json.WriteString("room", routed.Room.Name);
                json.WriteString("outcome", decision.What);
                json.WriteString("reason", decision.Because);
            });
        }
    }

    /// <summary>A post that was tried.</summary>
    public void Tried(string requestId, Post post, Delivery delivery) => Line(delivery is Delivery.Made ? "info" : "error", requestId, json =>
    {
        json.WriteString("event", Short(post.EventId));
        json.WriteString("room", post.Routed.Room.Name);
        json.WriteString("because", post.Routed.Because);
        json.WriteString("outcome", Word(delivery));
        if (delivery.Match(_ => "", later => later.Why, refused => refused.Why) is { Length: > 0 } why) json.WriteString("reason", why);
    });

    /// <summary>An event that the store knew already.</summary>
    public void Known(string requestId, string id) => Line("info", requestId, json =>
    {
        json.WriteString("event", Short(id));
        json.WriteString("outcome", "repeat");
    });

    /// <summary>What somebody in Slack asked for, or somebody who says so.</summary>
    public void Slack(string requestId, string request, string outcome, string reason = "") =>
        Line(reason.Length > 0 ? "warn" : "info", requestId, json =>
        {
            json.WriteString("slack", request);
            json.WriteString("outcome", outcome);
            if (reason.Length > 0) json.WriteString("reason", reason);
        });

    /// <summary>A post of a local room: its card is what people read.</summary>
    public void Card(Post post) => Line("info", null, json =>
    {
        json.WriteString("room", post.Routed.Room.Name);
        json.WriteString("card", Signalbox.Json.Parse(post.Payload.ToArray()).Value["text"u8].Text ?? "");
    });

    /// <summary>Which settings hold from now on, where they do not come with the function.</summary>
    public void Settings(string place, string version, string outcome) => Line("info", null, json =>
    {
        json.WriteString("settings", place);
        json.WriteString("version", version);
        json.WriteString("outcome", outcome);
    });

    /// <summary>Something doubtful that does not stop the function.</summary>
    public void Doubt(string reason) => Line("warn", null, json => json.WriteString("reason", reason));

    /// <summary>Something about the function itself.</summary>
    public void Trouble(string? requestId, string reason) => Line("error", requestId, json => json.WriteString("reason", reason));

    private static string Outcome(Sent sent) =>
        sent.Repeat ? "repeat" : Word(sent.Delivery);

    private static string Word(Delivery delivery) => delivery.Match(made: _ => "made", later: _ => "later", refused: _ => "refused");

    private static string Short(string id) => id.Length > LongestId ? id[..LongestId] : id;

    private static void About(Utf8JsonWriter json, Reading reading)
    {
        json.WriteString("event", Short(reading.Envelope.Id));
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
