using System.Buffers;
using System.Text.Json;

namespace Signalbox.Server;

/// <summary>The server's log: one JSON object a line, with ids, rooms, outcomes, times and reasons, but no secret and no words of an event.</summary>
/// <param name="write">Takes a whole line, its end included; called by one thread at a time.</param>
/// <param name="now">The time.</param>
internal sealed class Journal(Action<ReadOnlyMemory<byte>> write, Now now)
{
    private const int LongestId = 128;
    private readonly Lock guard = new();

    /// <summary>Something that is as it should be.</summary>
    public void Says(string what, params ReadOnlySpan<(string Name, string Value)> facts) => Line("info", what, facts);

    /// <summary>Something doubtful that stops nothing: a request that was refused.</summary>
    public void Doubts(string what, params ReadOnlySpan<(string Name, string Value)> facts) => Line("warn", what, facts);

    /// <summary>Something that somebody has to look at.</summary>
    public void Complains(string what, params ReadOnlySpan<(string Name, string Value)> facts) => Line("error", what, facts);

    /// <summary>What an event or a timer has led to: a line for each room, or one that says why there is none.</summary>
    public void Decided(string id, Reading reading, IReadOnlyList<Decided> decided)
    {
        if (decided.Count is 0)
            Says("decided", ("event", Short(id)), ("source", reading.Source), ("kind", reading.Kind), ("outcome", "quiet"), ("reason", reading.Why));
        foreach (var (routed, decision) in decided)
        {
            Says("decided", ("event", Short(id)), ("source", routed.Notice.Source), ("kind", routed.Notice.Kind), ("room", routed.Room.Name),
                ("outcome", decision.What), ("reason", decision.Because));
        }
    }

    /// <summary>A post that was tried.</summary>
    public void Tried(Post post, Delivery delivery)
    {
        var word = delivery.Match(made: _ => "made", later: _ => "later", refused: _ => "refused");
        var why = delivery.Match(made: _ => "", later: later => later.Why, refused: refused => refused.Why);
        Line(delivery is Delivery.Made ? "info" : "error", "post",
            [("event", Short(post.EventId)), ("room", post.Routed.Room.Name), ("outcome", word), ("reason", why)]);
    }

    private static string Short(string id) => id.Length > LongestId ? id[..LongestId] : id;

    private void Line(string level, string what, ReadOnlySpan<(string Name, string Value)> facts)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", now());
            json.WriteString("level", level);
            json.WriteString("what", what);
            foreach (var (name, value) in facts)
            {
                if (value.Length > 0) json.WriteString(name, value);
            }
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        lock (guard) write(buffer.WrittenMemory);
    }
}
