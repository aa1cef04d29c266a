using System.Collections.Concurrent;
using System.Diagnostics;

namespace Signalbox.Server;

/// <summary>What the server counts and times: for /metrics, for telemetry, and for whoever watches rooms.</summary>
internal sealed class Meters
{
    /// <summary>The least upper bounds of how long a chat takes for a post, in seconds.</summary>
    public static readonly ValueList<double> Bounds = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800];

    /// <summary>Spans of what is done.</summary>
    public static readonly ActivitySource Spans = new("Signalbox");

    private readonly ConcurrentDictionary<(string Source, string Outcome), long> events = new();
    private readonly ConcurrentDictionary<(string Room, string Chat, string Outcome), long> posts = new();
    private readonly ConcurrentDictionary<(string Gate, int Status), long> requests = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, string Why)> refused = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, string Outcome, string Why)> last = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> beats = new();
    private readonly long[] delivering = new long[Bounds.Count + 1];
    private long delivered;
    private long deliveringTicks;

    /// <summary>Heartbeats that are looked for in every event.</summary>
    public ValueList<Heartbeat> Expected { get; set; }

    /// <summary>Events that were decided, by source and outcome.</summary>
    public IEnumerable<KeyValuePair<(string Source, string Outcome), long>> Events => events;

    /// <summary>Posts that were tried, by room, chat and outcome.</summary>
    public IEnumerable<KeyValuePair<(string Room, string Chat, string Outcome), long>> Posts => posts;

    /// <summary>Requests that were answered, by gate and status.</summary>
    public IEnumerable<KeyValuePair<(string Gate, int Status), long>> Requests => requests;

    /// <summary>How many deliveries took at most how long, cumulated by <see cref="Bounds"/>, how many there were, and how long they took together.</summary>
    public (ValueList<long> AtMost, long Count, double Seconds) Delivering
    {
        get
        {
            long sum = 0;
            return ([.. delivering.Take(Bounds.Count).Select((_, place) => sum += Interlocked.Read(ref delivering[place]))],
                Interlocked.Read(ref delivered), TimeSpan.FromTicks(Interlocked.Read(ref deliveringTicks)).TotalSeconds);
        }
    }

    /// <summary>Since when a room has refused everything, and what its chat says; null when it takes what it gets.</summary>
    public (DateTimeOffset At, string Why)? RefusedSince(string room) => refused.TryGetValue(room, out var since) ? since : null;

    /// <summary>What became of the last post to a room: when, and one word, and why where it was not made.</summary>
    public (DateTimeOffset At, string Outcome, string Why)? LastAnswer(string room) => last.TryGetValue(room, out var answer) ? answer : null;

    /// <summary>When a heartbeat was seen last by this process; null for never.</summary>
    public DateTimeOffset? LastBeat(Heartbeat heartbeat) => beats.TryGetValue(heartbeat.Name, out var at) ? at : null;

    /// <summary>Counts a request.</summary>
    public void Answered(string gate, int status) => Count(requests, (gate, status));

    /// <summary>Counts an event that was decided, and sees whether it is a heartbeat.</summary>
    public void Decided(Reading reading, IReadOnlyList<Decided> decided, DateTimeOffset now)
    {
        // A timer is no event.
        if (reading.Envelope.Transport is "timer") return;
        Count(events, (reading.Source, decided.Count is 0 ? "quiet" : decided[0].Decision.What));
        foreach (var heartbeat in Expected)
        {
            if (reading.Notices.Any(heartbeat.When.Holds)) beats[heartbeat.Name] = now;
        }
    }

    /// <summary>Counts a post that was tried.</summary>
    public void Tried(Post post, Delivery delivery, DateTimeOffset now)
    {
        var room = post.Routed.Room.Name;
        var (outcome, why) = delivery.Match(made: _ => ("made", ""), later: later => ("later", later.Why), refused: gone => ("refused", gone.Why));
        Count(posts, (room, post.Routed.Room.Chat, outcome));
        last[room] = (now, outcome, why);
        if (delivery is Delivery.Made) refused.TryRemove(room, out _);
        else refused.AddOrUpdate(room, _ => (now, why), (_, since) => (since.At, why));
    }

    /// <summary>The same deliveries, timed, each in a span of its own.</summary>
    public Deliver Timed(Deliver deliver) => async (post, within, stop) =>
    {
        using var span = Spans.StartActivity("deliver", ActivityKind.Client);
        span?.SetTag("signalbox.room", post.Routed.Room.Name);
        span?.SetTag("signalbox.chat", post.Routed.Room.Chat);
        var began = Stopwatch.GetTimestamp();
        var delivery = await deliver(post, within, stop);
        var took = Stopwatch.GetElapsedTime(began);
        var place = 0;
        while (place < Bounds.Count && took.TotalSeconds > Bounds[place]) place++;
        Interlocked.Increment(ref delivering[place]);
        Interlocked.Increment(ref delivered);
        Interlocked.Add(ref deliveringTicks, took.Ticks);
        if (delivery is not Delivery.Made) span?.SetStatus(ActivityStatusCode.Error, delivery.Match(_ => "", later => later.Why, gone => gone.Why));
        return delivery;
    };

    private static void Count<T>(ConcurrentDictionary<T, long> counts, T key) where T : notnull => counts.AddOrUpdate(key, 1, (_, count) => count + 1);
}
