namespace Signalbox;

/// <summary>What a server needs to know beyond who hears what; the function and the tool look past it.</summary>
public sealed record Serving
{
    /// <summary>Where it listens unless the command line says; null for its default.</summary>
    public string? Listen { get; init; }

    /// <summary>Under which address people reach it, for links to it; null when it has none.</summary>
    public string? Url { get; init; }

    /// <summary>Who may bring events.</summary>
    public Intake Intake { get; init; } = Intake.Usual;

    /// <summary>What holds when nothing is set.</summary>
    public static readonly Serving Usual = new();
}
