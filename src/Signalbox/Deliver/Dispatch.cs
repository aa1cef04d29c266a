namespace Signalbox;

/// <summary>A post that waits for its room, as far as the order of posts depends on it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Priority">The higher, the earlier.</param>
/// <param name="Placing">Where in the conversation it stands.</param>
/// <param name="HasMessage">True when the conversation has a message in the room.</param>
/// <param name="About">Equal for posts of which the newest says all.</param>
/// <param name="IsOwn">True when the conversation's message does not say what it says.</param>
public readonly record struct Queued(string Id, int Priority, Placing Placing, bool HasMessage, string About, bool IsOwn);

/// <summary>One message to be made of posts that wait.</summary>
/// <param name="Send">The post that is made.</param>
/// <param name="Says">The post whose words it has: a newer one that is merged into it, or itself.</param>
/// <param name="With">The posts that need not be made any more once it is.</param>
public sealed record Utterance(string Send, string Says, ValueList<string> With);

/// <summary>Decides what a room hears next of what waits for it: in order within a conversation, and as a digest when one by one would take too long.</summary>
public static class Dispatch
{
    /// <summary>How long the rest of a flood may take one by one.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>What a conversation says next.</summary>
    /// <param name="posts">What waits of it, in the order of commits; at least one.</param>
    public static Utterance First(ValueList<Queued> posts)
    {
        var head = posts[0];
        if (head.Placing is Placing.Reply or Placing.Shout) return new(head.Id, head.Id, []);
        var episode = posts.Skip(1).TakeWhile(post => post.Placing is not Placing.Begin).ToValueList();
        var says = head;
        foreach (var post in episode)
        {
            // Only the last state of a message is worth showing; before its message is made, it is the message.
            if (post.Placing is Placing.Change) says = post;
        }
        if (says.Placing is Placing.Begin) return new(head.Id, head.Id, []);
        var isNew = head.Placing is Placing.Begin || !head.HasMessage;
        return new(head.Id, says.Id, [.. episode.Where(post => post.Placing is Placing.Change || (isNew && !post.IsOwn)).Select(post => post.Id)]);
    }

    /// <summary>What a digest says of a conversation: the newest of everything that it is about.</summary>
    /// <param name="posts">What waits of it, in the order of commits.</param>
    public static ValueList<Utterance> Named(ValueList<Queued> posts) =>
        [.. posts.GroupBy(post => post.About).Select(same => same.ToValueList())
            .Select(same => new Utterance(same[^1].Id, same[^1].Id, [.. same.Take(same.Count - 1).Select(post => post.Id)]))];

    /// <summary>True when a digest is due: one by one everything would take longer than people should wait, and what comes first is not one of a few
    /// that are worth a message of their own.</summary>
    /// <param name="separate">How many messages it would be.</param>
    /// <param name="first">The priority of what comes first.</param>
    /// <param name="critical">The priority from which a post is worth a message of its own while there are few of its kind.</param>
    /// <param name="ofThem">How many conversations have that priority.</param>
    /// <param name="pace">The room's pace; null for none.</param>
    /// <param name="patience">The longest that all of it may take.</param>
    /// <param name="goesOn">True when the message before was a digest: its flood ends with one too, and not with a hundred messages.</param>
    public static bool IsDigestDue(int separate, int first, int critical, int ofThem, Pace? pace, TimeSpan patience, bool goesOn)
    {
        var longest = goesOn && Rest < patience ? Rest : patience;
        if (separate < 2 || pace is not { PerSecond: > 0 } || separate / pace.PerSecond <= longest.TotalSeconds) return false;
        return first < critical || ofThem > patience.TotalSeconds * pace.PerSecond / 4;
    }
}
