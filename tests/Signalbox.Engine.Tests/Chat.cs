namespace Signalbox.EngineTests;

/// <summary>Something that became visible in a room.</summary>
/// <param name="At">When.</param>
/// <param name="Post">What.</param>
internal sealed record Shown(DateTimeOffset At, Post Post)
{
    public Notice Notice => Post.Routed.Notice;

    public string Room => Post.Routed.Room.Name;

    public bool IsDigest => Notice is { Source: "signalbox", Kind: "digest" };

    /// <summary>The lines of a digest.</summary>
    public IEnumerable<string> Lines => IsDigest ? Notice.Facts.SelectMany(fact => fact.Value.Split('\n')) : [];
}

/// <summary>Kinds of trouble that a chat can have.</summary>
internal enum Trouble
{
    /// <summary>It answers 429 and names a time.</summary>
    Busy,

    /// <summary>It answers 500.</summary>
    Broken,

    /// <summary>It takes the post, and its answer is lost.</summary>
    Stalls,

    /// <summary>It has lost the message that is to be changed.</summary>
    Forgets,
}

/// <summary>Chats with people in front of them, who remember everything that they ever saw.</summary>
internal sealed class Chat
{
    private readonly Stage stage = new();
    private readonly List<(string Room, Trouble Kind, DateTimeOffset Until)> troubles = [];

    /// <summary>Everything that became visible, in order.</summary>
    public List<Shown> Log { get; } = [];

    /// <summary>How many posts a room has seen whose answers were lost.</summary>
    public Dictionary<string, int> Unanswered { get; } = [];

    /// <summary>Every room as it stands.</summary>
    public IReadOnlyDictionary<string, StagedRoom> Rooms => stage.Rooms;

    public void Break(string room, Trouble kind, DateTimeOffset until)
    {
        if (kind is not Trouble.Forgets) troubles.Add((room, kind, until));
        else if (stage.Rooms.TryGetValue(room, out var there) && there.Messages.Count > 0) there.Messages.RemoveAt(there.Messages.Count - 1);
    }

    public Delivery Deliver(Post post, DateTimeOffset now)
    {
        var name = post.Routed.Room.Name;
        var trouble = troubles.FindLast(trouble => trouble.Room == name && now < trouble.Until);
        switch (trouble)
        {
            case (not null, Trouble.Busy, _):
                return new Delivery.Later(TimeSpan.FromSeconds(7), "answered 429");
            case (not null, Trouble.Broken, _):
                return new Delivery.Later(null, "answered 500");
            case (not null, Trouble.Stalls, _):
                Show(post, now);
                Unanswered[name] = Unanswered.GetValueOrDefault(name) + 1;
                return new Delivery.Later(null, "no answer within 5 s");
            default:
                return Show(post, now);
        }
    }

    private Delivery Show(Post post, DateTimeOffset now)
    {
        var delivery = stage.Deliver(post, now);
        if (delivery is Delivery.Made) Log.Add(new(now, post));
        return delivery;
    }
}
