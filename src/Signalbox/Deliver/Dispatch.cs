namespace Signalbox;

/// <summary>A post that waits for its room, as far as the order of posts depends on it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Thread">The conversation it belongs to.</param>
/// <param name="Priority">The higher, the earlier.</param>
/// <param name="Placing">Where in the conversation it stands.</param>
/// <param name="HasMessage">True when the conversation has a message in the room.</param>
public readonly record struct Queued(string Id, string Thread, int Priority, Placing Placing, bool HasMessage);

/// <summary>What a courier does next.</summary>
/// <param name="Send">The post to be made now; null for a digest or nothing.</param>
/// <param name="Says">The post whose words it has: a newer one that is merged into it, or itself.</param>
/// <param name="Digest">The posts that one message names together; none for a single post.</param>
/// <param name="Dropped">The posts that need not be made any more, because a newer one says all.</param>
public sealed record Errands(string? Send, string? Says, ValueList<string> Digest, ValueList<string> Dropped);

/// <summary>Decides what a room hears next of all that waits for it: in order within a conversation, the worst first, and as a digest when one by one would
/// take too long.</summary>
public static class Dispatch
{
    /// <summary>Decides.</summary>
    /// <param name="waiting">What waits, the highest priority first, then in order.</param>
    /// <param name="total">How many wait in all, those not in the list included.</param>
    /// <param name="pace">The room's pace; null for none.</param>
    /// <param name="patience">The longest that all of it may take one by one.</param>
    /// <param name="critical">The priority from which a post is never merged into a digest while there are few of its kind.</param>
    public static Errands Next(ValueList<Queued> waiting, int total, Pace? pace, TimeSpan patience, int critical)
    {
        var (threads, newest, dropped) = (new Dictionary<string, Standing>(), new Dictionary<string, Queued>(), new HashSet<string>());
        foreach (var post in InOrder(waiting))
        {
            var known = threads.GetValueOrDefault(post.Thread);
            switch (post.Placing)
            {
                case Placing.Begin:
                    threads[post.Thread] = new(post.Id, null);
                    break;
                case Placing.Change when known.Begin is null && !post.HasMessage:
                    dropped.Add(post.Id);
                    break;
                case Placing.Change:
                    // Only the last state of a message is worth showing; before its message is made, it is the message.
                    if (known.Change is { } older) dropped.Add(older);
                    threads[post.Thread] = known with { Change = post.Id };
                    if (known.Begin is { } message) newest[message] = post;
                    break;
                case Placing.Reply or Placing.Shout when known is { Begin: not null, Change: not null }:
                    // A message that is not made yet will say all that was to be added to it.
                    dropped.Add(post.Id);
                    break;
            }
        }
        var heads = Heads(waiting, dropped);
        if (heads.Count is 0) return new(null, null, [], [.. dropped]);

        var rate = pace is { PerSecond: > 0 } ? pace.PerSecond : double.PositiveInfinity;
        var separate = waiting.Count - dropped.Count + Math.Max(total - waiting.Count, 0);
        if (separate > 1 && separate / rate > patience.TotalSeconds)
        {
            var few = heads.Count(head => head.Priority >= critical) <= patience.TotalSeconds * rate / 4;
            if (!few || heads[0].Priority < critical) return new(null, null, [.. heads.Select(head => head.Id)], [.. dropped]);
        }
        var send = heads[0];
        var says = newest.GetValueOrDefault(send.Id, send);
        if (says.Id != send.Id) dropped.Add(says.Id);
        return new(send.Id, says.Id, [], [.. dropped]);
    }

    /// <summary>What waits for a conversation so far: the message that is to be made, and the last change of it.</summary>
    private readonly record struct Standing(string? Begin, string? Change);

    /// <summary>The order of commits, which the ids of a store have: numbers, or texts of one length.</summary>
    private static IEnumerable<Queued> InOrder(ValueList<Queued> waiting) =>
        waiting.OrderBy(post => post.Id.Length).ThenBy(post => post.Id, StringComparer.Ordinal);

    /// <summary>The first post of each conversation, in the order of the list: none overtakes another of its own conversation.</summary>
    private static ValueList<Queued> Heads(ValueList<Queued> waiting, HashSet<string> dropped)
    {
        var first = new Dictionary<string, string>();
        foreach (var post in InOrder(waiting))
        {
            if (!dropped.Contains(post.Id)) first.TryAdd(post.Thread.Length is 0 ? post.Id : post.Thread, post.Id);
        }
        var heads = first.Values.ToHashSet();
        return [.. waiting.Where(post => heads.Contains(post.Id))];
    }
}
