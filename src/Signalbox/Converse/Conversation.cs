namespace Signalbox;

/// <summary>Where a conversation stands.</summary>
public enum Phase
{
    /// <summary>It is over: cleared, finished, or failed for good.</summary>
    Over,

    /// <summary>Something is under way.</summary>
    Ongoing,

    /// <summary>Something is wrong.</summary>
    Raised,
}

/// <summary>Everything that one room was told about one thing, as far as the next decision needs it. Immutable; saved as JSON.</summary>
public sealed record Conversation
{
    /// <summary>What its message says: the last notice that changed anything.</summary>
    public required Notice Notice { get; init; }

    /// <summary>Where it stands.</summary>
    public required Phase Phase { get; init; }

    /// <summary>When this episode began: the operation started, the alarm was raised.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>The time of the latest event that counted: older ones come too late.</summary>
    public required DateTimeOffset Latest { get; init; }

    /// <summary>When it was over; null while it is not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Why this room hears it.</summary>
    public string Because { get; init; } = "";

    /// <summary>Whom it rings when it gets worse, in the chat's syntax; null for nobody.</summary>
    public string? Mention { get; init; }

    /// <summary>True when the room has a message of this episode.</summary>
    public bool Said { get; init; }

    /// <summary>How bad it was when the room last heard of it.</summary>
    public Severity SaidAs { get; init; }

    /// <summary>True for an operation, which ends by itself; false for a state, which somebody has to clear.</summary>
    public bool IsOperation { get; init; }

    /// <summary>The parts of an operation in the order in which they were first heard of.</summary>
    public ValueList<Part> Parts { get; init; }

    /// <summary>The first part that failed, and why: what the message names. Null while none has.</summary>
    public Fact? Failure { get; init; }

    /// <summary>How often it was raised on the day of <see cref="Began"/>.</summary>
    public int Times { get; init; } = 1;

    /// <summary>When it was raised lately, oldest first: what flapping is told by.</summary>
    public ValueList<DateTimeOffset> Raises { get; init; }

    /// <summary>Since when it flaps; null when it does not.</summary>
    public DateTimeOffset? Flapping { get; init; }

    /// <summary>How often it was raised while it flapped.</summary>
    public int Flaps { get; init; }

    /// <summary>Who takes care of it; null for nobody yet.</summary>
    public Acknowledgement? Acknowledged { get; init; }

    /// <summary>What holds its messages back; null for nothing.</summary>
    public Hold? Held { get; init; }

    /// <summary>When the room last heard of it or was reminded.</summary>
    public DateTimeOffset Spoke { get; init; }

    /// <summary>How often the room was reminded in this episode.</summary>
    public int Reminders { get; init; }

    /// <summary>Identities of the last events: the same event is told once.</summary>
    public ValueList<string> Recent { get; init; }

    /// <summary>The things gathered in it, for a group; none otherwise.</summary>
    public ValueList<Member> Members { get; init; }

    /// <summary>When it wants to be woken; null for never.</summary>
    public DateTimeOffset? Wake { get; init; }
}

/// <summary>That somebody takes care of it.</summary>
/// <param name="By">Who, as people know them.</param>
/// <param name="At">When.</param>
public sealed record Acknowledgement(string By, DateTimeOffset At);

/// <summary>Why nothing is said.</summary>
/// <param name="Because">The reason in words: "silence by anna until 14:00 UTC: deploy".</param>
/// <param name="Until">When to look again; null when another event ends it.</param>
public sealed record Hold(string Because, DateTimeOffset? Until);

/// <summary>One of the things in a group.</summary>
/// <param name="Thread">Its own thread; empty for a mere statement.</param>
/// <param name="Title">What happened to it.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Status">How it stands.</param>
public sealed record Member(string Thread, string Title, Severity Severity, Status Status);
