namespace Signalbox;

/// <summary>What an event, a timer or a person means for a conversation.</summary>
internal enum Occasion
{
    /// <summary>Nothing that anybody has to hear; the state may change all the same.</summary>
    Nothing,

    /// <summary>The message changes, and that is all.</summary>
    Progress,

    /// <summary>A statement.</summary>
    Stated,

    /// <summary>An operation began.</summary>
    Began,

    /// <summary>An operation failed, and may go on.</summary>
    Failed,

    /// <summary>An operation ended, well or after it had failed.</summary>
    Finished,

    /// <summary>Something is wrong from now on.</summary>
    Raised,

    /// <summary>It is worse than the room knows.</summary>
    Worse,

    /// <summary>It is better than the room knows, but not over.</summary>
    Better,

    /// <summary>It is over.</summary>
    Cleared,

    /// <summary>It was raised and is over already: the events came in the wrong order.</summary>
    Late,

    /// <summary>It raises and clears so often that this is the news.</summary>
    Flaps,

    /// <summary>It has stopped to flap.</summary>
    Settled,

    /// <summary>It is still raised, and nobody has taken it.</summary>
    Reminder,

    /// <summary>Somebody has taken it.</summary>
    Taken,

    /// <summary>What held it back is over, it is not.</summary>
    Released,

    /// <summary>A group has one more.</summary>
    Joined,
}

/// <summary>A conversation's next state and what that means, before anybody decides whether and how to say it.</summary>
/// <param name="After">The next state.</param>
/// <param name="Turn">What it means.</param>
/// <param name="Because">The reason in words.</param>
internal sealed record Step(Conversation After, Occasion Turn, string Because)
{
    /// <summary>True when a new episode begins with it.</summary>
    public bool Afresh { get; init; }
}
