namespace Signalbox.Deploy;

/// <summary>A line of a log group, as CloudWatch Logs has it.</summary>
/// <param name="Function">The function that wrote it, as people type it.</param>
/// <param name="Stream">Its log stream: one for each sandbox.</param>
/// <param name="Id">What tells it from every other line of its group.</param>
/// <param name="At">When it was written, to the millisecond.</param>
/// <param name="Text">What it says; may have several lines.</param>
public sealed record LogEvent(string Function, string Stream, string Id, DateTimeOffset At, string Text) : IComparable<LogEvent>
{
    /// <summary>By time; at the same millisecond by function and stream, and in one stream as CloudWatch Logs counted them.</summary>
    public int CompareTo(LogEvent? other)
    {
        if (other is null) return 1;
        var order = At.CompareTo(other.At);
        if (order is 0) order = string.CompareOrdinal(Function, other.Function);
        if (order is 0) order = string.CompareOrdinal(Stream, other.Stream);
        if (order is 0) order = Id.Length.CompareTo(other.Id.Length);
        return order is 0 ? string.CompareOrdinal(Id, other.Id) : order;
    }
}
