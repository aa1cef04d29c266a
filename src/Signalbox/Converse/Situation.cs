namespace Signalbox;

/// <summary>Everything besides the conversation that a decision depends on.</summary>
public sealed record Situation
{
    /// <summary>The time.</summary>
    public required Moment Moment { get; init; }

    /// <summary>How conversations behave.</summary>
    public required Conduct Conduct { get; init; }

    /// <summary>What the room's chat can do.</summary>
    public required Abilities Abilities { get; init; }

    /// <summary>What holds the notice back: a silence, or a mute whose cause is raised. Null for nothing.</summary>
    public Hold? Hold { get; init; }

    /// <summary>The time.</summary>
    public DateTimeOffset Now => Moment.Now;
}
