namespace Signalbox;

/// <summary>Where in a conversation something is said.</summary>
public enum Placing
{
    /// <summary>A message of its own: the beginning of an episode, or all that a room without threads can show.</summary>
    Begin,

    /// <summary>The conversation's message says this from now on. Rings nobody.</summary>
    Change,

    /// <summary>A line in the conversation's thread.</summary>
    Reply,

    /// <summary>A line in the thread that the whole room sees: it got worse, it failed.</summary>
    Shout,
}

/// <summary>Something that is to be said in a room.</summary>
/// <param name="Placing">Where.</param>
/// <param name="Notice">What it says.</param>
/// <param name="Mention">Whom it rings; null for nobody.</param>
/// <param name="Because">Why, in words.</param>
public sealed record Saying(Placing Placing, Notice Notice, string? Mention, string Because)
{
    /// <summary>What a digest says of it, and what it says where it stands by itself; none for the notice's title.</summary>
    public ValueList<string> Lines { get; init; }

    /// <summary>Another room to say it in: an escalation. Null for the conversation's own.</summary>
    public Room? Elsewhere { get; init; }
}

/// <summary>What was decided.</summary>
/// <param name="After">The conversation from now on; null to leave it as it is.</param>
/// <param name="Sayings">What is to be said, in order; none for silence.</param>
/// <param name="Because">The reason, also for silence.</param>
public sealed record Decision(Conversation? After, ValueList<Saying> Sayings, string Because)
{
    /// <summary>True when a new episode begins, with a message of its own.</summary>
    public bool Afresh { get; init; }

    /// <summary>One word for history: told, merged, quiet, held, reminded, acked.</summary>
    public required string What { get; init; }
}

/// <summary>What a room's chat can do with a message that is there already.</summary>
/// <param name="Updates">It can be changed.</param>
/// <param name="Threads">It can be answered in a thread.</param>
public readonly record struct Abilities(bool Updates, bool Threads);
