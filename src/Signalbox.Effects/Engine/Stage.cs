namespace Signalbox.Effects;

/// <summary>A chat that exists only here: every room as people in it see it. For simulations and tests.</summary>
public sealed class Stage
{
    private readonly Dictionary<string, StagedRoom> rooms = [];
    private readonly List<Fault> faults = [];
    private int last;

    /// <summary>Trouble with a chat for a time.</summary>
    /// <param name="Room">The room; null for all.</param>
    /// <param name="From">When it begins.</param>
    /// <param name="Until">When it ends.</param>
    /// <param name="Answer">What posts are answered meanwhile.</param>
    public sealed record Fault(string? Room, DateTimeOffset From, DateTimeOffset Until, Delivery Answer);

    /// <summary>Every room that heard anything, by name.</summary>
    public IReadOnlyDictionary<string, StagedRoom> Rooms => rooms;

    /// <summary>How many posts were refused because the chat had trouble.</summary>
    public int Refusals { get; private set; }

    /// <summary>Called when somebody in a room would see something.</summary>
    public Action<DateTimeOffset, string, Post> Seen { get; init; } = (_, _, _) => { };

    /// <summary>Breaks a chat for a time.</summary>
    public void Break(Fault fault) => faults.Add(fault);

    /// <summary>Takes a post.</summary>
    public Delivery Deliver(Post post, DateTimeOffset now)
    {
        var name = post.Routed.Room.Name;
        if (faults.Find(fault => (fault.Room is null || fault.Room == name) && fault.From <= now && now < fault.Until) is { } broken)
        {
            Refusals++;
            return broken.Answer is Delivery.Later { After: not null } later ? later with { After = broken.Until - now } : broken.Answer;
        }
        if (!rooms.TryGetValue(name, out var room)) rooms[name] = room = new(post.Routed.Room);
        room.Posts.Add(now);
        Seen(now, name, post);
        var message = room.Messages.Find(each => each.Id == post.Reference);
        switch (post.Placing)
        {
            case Placing.Change when message is not null:
                message.Notice = post.Routed.Notice;
                message.Edits.Add(now);
                return new Delivery.Made(message.Id);
            case Placing.Reply or Placing.Shout when message is not null:
                message.Replies.Add(new(now, post.Routed.Notice, post.Routed.Mention, post.Placing is Placing.Shout));
                return new Delivery.Made($"{++last}");
            case not Placing.Begin when post.Reference.Length > 0:
                return new Delivery.Refused("there is no such message") { MessageIsGone = true };
            default:
                room.Messages.Add(new($"{++last}", now, post.Routed.Mention) { Notice = post.Routed.Notice });
                return new Delivery.Made($"{last}");
        }
    }
}

/// <summary>A room as people in it see it.</summary>
public sealed class StagedRoom(Room room)
{
    /// <summary>The room.</summary>
    public Room Room { get; } = room;

    /// <summary>Its messages, oldest first.</summary>
    public List<StagedMessage> Messages { get; } = [];

    /// <summary>When anything was posted or changed.</summary>
    public List<DateTimeOffset> Posts { get; } = [];
}

/// <summary>A message as it stands.</summary>
public sealed class StagedMessage(string id, DateTimeOffset at, string? mention)
{
    /// <summary>The chat's id of it.</summary>
    public string Id { get; } = id;

    /// <summary>When it was posted.</summary>
    public DateTimeOffset At { get; } = at;

    /// <summary>Whom it rang; null for nobody.</summary>
    public string? Mention { get; } = mention;

    /// <summary>What it says now.</summary>
    public required Notice Notice { get; set; }

    /// <summary>When it was changed.</summary>
    public List<DateTimeOffset> Edits { get; } = [];

    /// <summary>Its thread.</summary>
    public List<StagedReply> Replies { get; } = [];
}

/// <summary>A line in a thread.</summary>
public sealed record StagedReply(DateTimeOffset At, Notice Notice, string? Mention, bool IsShout);
