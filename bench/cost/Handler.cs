namespace Signalbox.Bench.Cost;

/// <summary>What a function costs in processor time on a whole core, measured.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Start">Milliseconds for a start and its first event.</param>
/// <param name="Event">Milliseconds for each further event.</param>
/// <param name="Batched">True when one call takes a batch of a queue; else SNS calls it for each event.</param>
internal sealed record Handler(string Name, double Start, double Event, bool Batched)
{
    /// <summary>A core is what 1,769 MB bring; less memory brings as much less.</summary>
    private const double WholeCore = 1_769;

    /// <summary>How long some processor time takes.</summary>
    /// <param name="milliseconds">On a whole core.</param>
    /// <param name="memory">MB.</param>
    public static double Seconds(double milliseconds, int memory) => milliseconds / 1e3 / Math.Min(1, memory / WholeCore);
}
