namespace Signalbox;

/// <summary>The token bucket of a room: how many messages it takes at once, and since when it fills up.</summary>
/// <param name="Tokens">Messages that may go out at once; below zero when some are already promised to the future.</param>
/// <param name="At">The time for which that holds.</param>
public sealed record Bucket(double Tokens, DateTimeOffset At)
{
    /// <summary>A bucket that nobody has taken from.</summary>
    public static Bucket Full(Pace pace, DateTimeOffset now) => new(Math.Max(pace.Burst, 1), now);

    /// <summary>Takes a place for one message.</summary>
    /// <param name="pace">The room's pace.</param>
    /// <param name="now">The time; a clock that steps back counts as standing still.</param>
    /// <param name="most">The longest wait that is of use; zero or less for none.</param>
    /// <returns>
    /// The bucket from now on, and how long to wait first. Null, with the bucket untouched but for the time, when the wait would be
    /// longer than <paramref name="most"/>.
    /// </returns>
    public (Bucket After, TimeSpan? Wait) Take(Pace pace, DateTimeOffset now, TimeSpan most)
    {
        var rate = double.IsFinite(pace.PerSecond) && pace.PerSecond > 0 ? pace.PerSecond : 1;
        var passed = now > At ? (now - At).TotalSeconds : 0;
        var tokens = Math.Min(Tokens + passed * rate, Math.Max(pace.Burst, 1));
        var filled = new Bucket(tokens, now > At ? now : At);

        var seconds = tokens >= 1 ? 0 : (1 - tokens) / rate;
        var wait = seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        if (wait > TimeSpan.Zero && wait > most) return (filled, null);
        return (filled with { Tokens = tokens - 1 }, wait);
    }
}
