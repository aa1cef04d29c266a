namespace Signalbox.Effects;

/// <summary>What outlives a process: accepted events, conversations, posts that wait, silences and history. One contract, four engines.</summary>
/// <remarks>
/// <para>Every operation is atomic by itself, safe from several processes at once, and durable when it has returned. Times come from the
/// caller, never from the engine, so that tests and replays have a clock of their own. Bodies and states are bytes that the engine does
/// not look into.</para>
/// <para>An engine throws only what its driver throws for trouble (a full disk, a lost connection); whoever calls decides what that means.
/// A conflict is an answer, not an exception.</para>
/// </remarks>
public sealed record Store
{
    /// <summary>Keeps events that came in. Answers for each, in order: true when it is new, false when its id is known already.</summary>
    /// <remarks>An id counts as known until <see cref="Prune"/> takes it away, also after its event was decided. The same id twice in one call
    /// is new the first time.</remarks>
    public required Func<ValueList<Arrival>, CancellationToken, Task<ValueList<bool>>> Accept { get; init; }

    /// <summary>Hands out events that nobody has decided yet, oldest first, and keeps them from everybody else until the lease ends.</summary>
    /// <remarks>A worker whose lease ended may still commit: the first commit that marks an event as decided wins.</remarks>
    public required Func<Lease, int, CancellationToken, Task<ValueList<Arrival>>> Claim { get; init; }

    /// <summary>Which of some events nobody has decided yet, by their ids in the order asked: false for what was decided, and for what nobody
    /// knows.</summary>
    public required Func<ValueList<string>, CancellationToken, Task<ValueList<bool>>> Undecided { get; init; }

    /// <summary>An event as it came, by its id; null for one that nobody knows. An engine may keep no bodies of what was decided: it is null then
    /// too.</summary>
    public required Func<string, CancellationToken, Task<Arrival?>> Came { get; init; }

    /// <summary>What is known of some conversations, in the order asked; version 0 and no state where nothing is.</summary>
    public required Func<ValueList<Place>, CancellationToken, Task<ValueList<Saved>>> Load { get; init; }

    /// <summary>Saves a decision whole, or nothing of it. False when a conversation has another version than the one decided on, or the event
    /// is unknown or was decided by somebody else.</summary>
    public required Func<Change, CancellationToken, Task<bool>> Commit { get; init; }

    /// <summary>Conversations that asked to be woken by now, earliest first.</summary>
    public required Func<DateTimeOffset, int, CancellationToken, Task<ValueList<Saved>>> Due { get; init; }

    /// <summary>Conversations that are open, the latest change first.</summary>
    public required Func<int, CancellationToken, Task<ValueList<Saved>>> Open { get; init; }

    /// <summary>Rooms with posts that may go out now, by name, each with how many wait in all.</summary>
    public required Func<DateTimeOffset, CancellationToken, Task<ValueList<Backlog>>> Backlogs { get; init; }

    /// <summary>Takes a room for one courier, or extends its lease: while it lasts nobody else delivers there. Null when another has it, else how the
    /// room was left.</summary>
    public required Func<string, Lease, CancellationToken, Task<HeldRoom?>> Hold { get; init; }

    /// <summary>Gives a room back and notes its pace. Nothing happens when somebody else has it.</summary>
    public required Func<string, string, ReadOnlyMemory<byte>, CancellationToken, Task> Release { get; init; }

    /// <summary>Posts that wait for a room and may go out now: the highest priority first, then in the order in which they were committed.</summary>
    public required Func<string, DateTimeOffset, int, CancellationToken, Task<ValueList<Waiting>>> Waiting { get; init; }

    /// <summary>Notes what became of posts: gone from the queue when made or dead, back in it when postponed. Posts that are gone already are
    /// skipped.</summary>
    public required Func<ValueList<Settlement>, CancellationToken, Task> Settle { get; init; }

    /// <summary>Posts that could not be made, newest first.</summary>
    public required Func<int, CancellationToken, Task<ValueList<DeadLetter>>> Dead { get; init; }

    /// <summary>Puts dead letters back into their rooms' queues: the one named, or all with null. Answers how many.</summary>
    public required Func<string?, DateTimeOffset, CancellationToken, Task<int>> Redrive { get; init; }

    /// <summary>Keeps a document under a kind and a name, in place of the one that was there; an empty body takes it away.</summary>
    /// <remarks>For what is small, read whole and changes seldom: silences.</remarks>
    public required Func<string, string, ReadOnlyMemory<byte>, CancellationToken, Task> Keep { get; init; }

    /// <summary>Every document of a kind, by name.</summary>
    public required Func<string, CancellationToken, Task<ValueList<Document>>> Documents { get; init; }

    /// <summary>What happened, newest first.</summary>
    public required Func<HistoryQuery, CancellationToken, Task<ValueList<HistoryLine>>> History { get; init; }

    /// <summary>Takes away what is older than a retention says. Open conversations, waiting posts and undecided events stay, however old.</summary>
    public required Func<Retention, DateTimeOffset, CancellationToken, Task<Pruned>> Prune { get; init; }

    /// <summary>How much of everything there is.</summary>
    public required Func<CancellationToken, Task<Census>> Count { get; init; }

    /// <summary>Waits until there may be something new to decide or deliver, or the time has passed. May end too early, never much too late.</summary>
    public required Func<TimeSpan, CancellationToken, Task> Await { get; init; }

    /// <summary>Closes it.</summary>
    public required Func<ValueTask> Close { get; init; }
}

/// <summary>An event that came in.</summary>
/// <param name="Id">Its identity: the same on every repeat. At most 500 characters.</param>
/// <param name="Body">The bytes in which it came.</param>
/// <param name="Part">Which of the events in these bytes it is, from 0.</param>
/// <param name="At">When it came.</param>
public sealed record Arrival(string Id, ReadOnlyMemory<byte> Body, int Part, DateTimeOffset At);

/// <summary>Who takes something, from when until when.</summary>
/// <param name="Worker">A name that no other process has.</param>
/// <param name="Now">The time.</param>
/// <param name="Until">When others may take it.</param>
public readonly record struct Lease(string Worker, DateTimeOffset Now, DateTimeOffset Until);

/// <summary>A room that somebody has, as it was left before.</summary>
/// <param name="Note">What the last courier who gave it back noted of its pace; empty for nothing.</param>
/// <param name="Unreleased">When the lease ends or ended of whoever had it last and did not give it back, the caller himself when he extends his own; as
/// early as can be where nobody can say. Null for a room that was given back, or that nobody ever had.</param>
public sealed record HeldRoom(ReadOnlyMemory<byte> Note, DateTimeOffset? Unreleased);

/// <summary>Where a conversation is: a room and a thread key. Both may hold any characters; a thread is at most 1,000 of them.</summary>
public readonly record struct Place(string Room, string Thread);

/// <summary>A conversation as it is stored.</summary>
/// <param name="Place">Where.</param>
/// <param name="Version">How often it was saved; 0 for never.</param>
/// <param name="State">Its state; empty for none.</param>
/// <param name="Reference">The chat's own id of its message; empty until the first post of it was made.</param>
public sealed record Saved(Place Place, long Version, ReadOnlyMemory<byte> State, string Reference);

/// <summary>A decision to be saved.</summary>
public sealed record Change
{
    /// <summary>The event that was decided with it; null when a timer or a person made it.</summary>
    public string? Event { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Conversations with their new state. A place stands here once at most.</summary>
    public ValueList<Revision> Revisions { get; init; }

    /// <summary>Posts to be made, in order.</summary>
    public ValueList<Order> Orders { get; init; }

    /// <summary>What is to be remembered of it.</summary>
    public ValueList<HistoryLine> History { get; init; }
}

/// <summary>A conversation's new state.</summary>
/// <param name="Place">Where.</param>
/// <param name="Expected">The version it was decided on; 0 for a conversation that is new.</param>
/// <param name="State">The new state; empty to forget the conversation.</param>
public sealed record Revision(Place Place, long Expected, ReadOnlyMemory<byte> State)
{
    /// <summary>When it wants to be woken; null for never.</summary>
    public DateTimeOffset? Wake { get; init; }

    /// <summary>False when it is over: pruned after a while.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>True when a new message begins with it, so that the old message's id is forgotten.</summary>
    public bool Afresh { get; init; }
}

/// <summary>A post to be made.</summary>
/// <param name="Place">The conversation it belongs to.</param>
/// <param name="Priority">The higher, the earlier: 0 to 9.</param>
/// <param name="Body">What it says.</param>
public sealed record Order(Place Place, int Priority, ReadOnlyMemory<byte> Body);

/// <summary>A post that waits.</summary>
/// <param name="Id">Its identity in the store. Ids tell the order of commits: of two, the shorter or else the ordinally smaller is older.</param>
/// <param name="Order">The post.</param>
/// <param name="At">When it was committed.</param>
/// <param name="Attempts">How often it was postponed.</param>
/// <param name="Reference">The chat's own id of its conversation's message as it is now; empty for none.</param>
public sealed record Waiting(string Id, Order Order, DateTimeOffset At, int Attempts, string Reference);

/// <summary>How many posts wait for a room.</summary>
/// <param name="Room">Its name.</param>
/// <param name="Count">How many, those postponed included.</param>
/// <param name="Oldest">When the oldest of them was committed.</param>
public sealed record Backlog(string Room, int Count, DateTimeOffset Oldest);

/// <summary>What became of a post.</summary>
/// <param name="Id">Its identity in the store.</param>
/// <param name="Place">The conversation it belongs to.</param>
/// <param name="At">When.</param>
public sealed record Settlement(string Id, Place Place, DateTimeOffset At)
{
    /// <summary>When to try again; null when it is settled for good.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Why it can never be made; null when it was made or is tried again.</summary>
    public string? Dead { get; init; }

    /// <summary>The chat's id for the conversation's message from now on; null to leave it as it is. Left out when the conversation has begun
    /// afresh since this post was committed: the id is that of its old message.</summary>
    public string? Reference { get; init; }

    /// <summary>What is to be remembered of it; null for nothing.</summary>
    public HistoryLine? History { get; init; }
}

/// <summary>A post that could not be made.</summary>
/// <param name="Id">Its identity in the store.</param>
/// <param name="Order">The post.</param>
/// <param name="At">When it was given up.</param>
/// <param name="Why">The reason.</param>
public sealed record DeadLetter(string Id, Order Order, DateTimeOffset At, string Why);

/// <summary>A small thing that is kept under a name.</summary>
public sealed record Document(string Name, ReadOnlyMemory<byte> Body);

/// <summary>One thing that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Event">The event it came from; empty for none.</param>
/// <param name="Place">The conversation; empty texts for none.</param>
/// <param name="What">One word: told, held, quiet, merged, made, refused, postponed, acked, silenced.</param>
/// <param name="Body">The rest, as JSON.</param>
public sealed record HistoryLine(DateTimeOffset At, string Event, Place Place, string What, ReadOnlyMemory<byte> Body);

/// <summary>Which lines of history are asked for: those that fit everything that is set.</summary>
public sealed record HistoryQuery
{
    /// <summary>The most lines.</summary>
    public int Most { get; init; } = 100;

    /// <summary>Only of this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only before this time.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Only of this room.</summary>
    public string? Room { get; init; }

    /// <summary>Only of this thread.</summary>
    public string? Thread { get; init; }

    /// <summary>Only of this event.</summary>
    public string? Event { get; init; }
}

/// <summary>What was taken away.</summary>
public sealed record Pruned(int Events, int Conversations, int History, int Dead);

/// <summary>How much of everything there is.</summary>
/// <param name="Undecided">Events that nobody has decided yet.</param>
/// <param name="Events">Events in all whose ids are known.</param>
/// <param name="Open">Conversations that are open.</param>
/// <param name="Conversations">Conversations in all.</param>
/// <param name="Waiting">Posts that wait.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="History">Lines of history.</param>
public sealed record Census(int Undecided, int Events, int Open, int Conversations, int Waiting, int Dead, int History);
