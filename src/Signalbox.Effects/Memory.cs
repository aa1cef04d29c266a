namespace Signalbox.Effects;

/// <summary>What a process that lives on remembers: which posts have arrived, and how full each room's bucket is. Safe to share.</summary>
/// <remarks>
/// A repeat of an event is not told again in the rooms that have it. What counts as a repeat:
/// the same real id (of EventBridge, SNS, SQS or the sender) around the same words, for as long as it is remembered. An id that is a mere hash of the
/// words (<c>body-…</c>) counts only after a call of which a part failed, and only for ten minutes, in which Lambda tries again: the same
/// words
/// may be said again later, and must then be heard again.
/// </remarks>
/// <param name="capacity">How many posts are remembered; beyond that the oldest are forgotten.</param>
public sealed class Memory(int capacity = 10_000)
{
    private const int MostBuckets = 1_000;
    private static readonly TimeSpan Owed = TimeSpan.FromMinutes(10);
    private readonly int capacity = capacity;
    private readonly Lock guard = new();
    private readonly Dictionary<PostKey, DateTimeOffset> arrived = [];
    private readonly Queue<PostKey> oldestFirst = new();
    private readonly Dictionary<Room, Bucket> buckets = [];

    /// <summary>True when that post has arrived.</summary>
    public bool Has(PostKey key, DateTimeOffset now)
    {
        lock (guard) return arrived.TryGetValue(key, out var at) && (!key.IsHash || now - at < Owed);
    }

    /// <summary>Remembers that a post has arrived.</summary>
    public void Keep(PostKey key, DateTimeOffset now)
    {
        lock (guard)
        {
            if (arrived.TryAdd(key, now)) oldestFirst.Enqueue(key);
            else arrived[key] = now;
            while (oldestFirst.Count > capacity) arrived.Remove(oldestFirst.Dequeue());
        }
    }

    /// <summary>Forgets a post, so that the same words can be said again.</summary>
    public void Drop(PostKey key)
    {
        lock (guard) arrived.Remove(key);
    }

    /// <summary>Takes a place in a room's pace.</summary>
    /// <returns>How long to wait first; null when that is longer than <paramref name="most"/>.</returns>
    public TimeSpan? Take(Room room, DateTimeOffset now, TimeSpan most)
    {
        if (room.Pace is not { } pace) return TimeSpan.Zero;
        lock (guard)
        {
            // Only events that bring their own webhooks can make this grow; a bucket lost is a burst too many, no more.
            if (buckets.Count >= MostBuckets && !buckets.ContainsKey(room)) buckets.Clear();
            var (after, wait) = buckets.GetValueOrDefault(room, Bucket.Full(pace, now)).Take(pace, now, most);
            buckets[room] = after;
            return wait;
        }
    }
}

/// <summary>Identity of a post.</summary>
/// <param name="Event">Identity of its event.</param>
/// <param name="Room">Where it goes.</param>
/// <param name="Place">Which of the event's posts to that room it is, from 0.</param>
public readonly record struct PostKey(string Event, Room Room, int Place)
{
    /// <summary>True when the event has no id of its own.</summary>
    public bool IsHash => Event.StartsWith("body-", StringComparison.Ordinal);
}
