namespace Signalbox.Effects;

/// <summary>One courier's time in a room.</summary>
internal sealed class RoomSession(string room, RoomQueue queue, Bucket? bucket)
{
    public string Room { get; } = room;
    public RoomQueue Queue { get; } = queue;
    public Bucket? Bucket { get; set; } = bucket;
    public DateTimeOffset? Pause { get; set; }
    public DateTimeOffset Held { get; set; }
    public DateTimeOffset Glanced { get; set; }
    public int Made { get; set; }

    /// <summary>True when the message before, but for critical ones, was a digest.</summary>
    public bool IsFlooded { get; set; }

    public CancellationToken Hurry { get; init; }

    /// <summary>What has to be found out before anything is said; null for nothing.</summary>
    public Reconciliation? Inherited { get; set; }

    /// <summary>The chat's id of a message of the room, the latest known; null or empty for none.</summary>
    public string? Reference { get; set; }

    /// <summary>True when the room's chat can be asked what it got.</summary>
    public bool IsAskable { get; set; }

    /// <summary>How many messages were begun and not ended in good order.</summary>
    public int Open => Volatile.Read(ref open);

    private int open;

    public void Began() => Interlocked.Increment(ref open);

    public void Ended() => Interlocked.Decrement(ref open);
}
