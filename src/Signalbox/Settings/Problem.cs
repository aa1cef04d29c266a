namespace Signalbox;

/// <summary>Something in a settings file that somebody has to mend, or should.</summary>
/// <param name="At">Where.</param>
/// <param name="Says">Expected, found and how to mend it, in a sentence or two.</param>
public sealed record Problem(Spot At, string Says)
{
    /// <summary>How many characters it is about; at least 1.</summary>
    public int Length { get; init; } = 1;

    /// <summary>The scalar at <see cref="At"/> in whose text the spot lies; null when it is the beginning.</summary>
    public Tree.Scalar? Inside { get; init; }

    /// <summary>The character of that text, counted from zero.</summary>
    public int Offset { get; init; }

    /// <summary>True when the settings hold all the same.</summary>
    public bool IsWarning { get; init; }
}
