using System.Collections.Immutable;

namespace Signalbox.Deploy;

/// <summary>Lines of one log group that came so far, page by page, some of them perhaps again.</summary>
/// <param name="Asked">From when on the pages of this round are.</param>
/// <param name="From">From when on the next round has to ask.</param>
/// <param name="Seen">The lines since then that were taken.</param>
public sealed record LogLane(DateTimeOffset Asked, DateTimeOffset From, ImmutableDictionary<string, DateTimeOffset> Seen)
{
    /// <summary>A line reaches CloudWatch Logs some seconds after it was written: so far back every question looks again.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    /// <summary>Lines that wait until no other group can have earlier ones.</summary>
    public ImmutableSortedSet<LogEvent> Waiting { get; init; } = [];

    /// <summary>True when nothing more comes in this round.</summary>
    public bool IsDone { get; init; }

    /// <summary>A group of which nothing has come yet.</summary>
    /// <param name="from">The time from which its lines are wanted.</param>
    public static LogLane Since(DateTimeOffset from) => new(from, from, ImmutableDictionary<string, DateTimeOffset>.Empty);

    /// <summary>Takes a page: what is new in it waits, what was there already goes.</summary>
    public LogLane With(IEnumerable<LogEvent> page, bool isLast)
    {
        var (seen, waiting) = (Seen.ToBuilder(), Waiting.ToBuilder());
        var (oldest, newest) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        foreach (var line in page)
        {
            if (line.At < oldest) oldest = line.At;
            if (line.At > newest) newest = line.At;
            if (seen.TryAdd(line.Id, line.At)) waiting.Add(line);
        }
        var from = newest > From + Late ? newest - Late : From;
        // What is older than the next question is not asked for again, so nobody needs to remember it; but a page may come a second time.
        var kept = oldest < from ? oldest : from;
        if (kept > Asked) seen.RemoveRange(seen.Where(line => line.Value < kept).Select(line => line.Key).ToArray());
        return this with { From = from, Seen = seen.ToImmutable(), Waiting = waiting.ToImmutable(), IsDone = isLast };
    }
}

/// <summary>The lines of several log groups as one, by time, each of them once.</summary>
/// <param name="Lanes">The groups.</param>
public sealed record LogMerge(ValueList<LogLane> Lanes)
{
    /// <summary>So many groups of which nothing has come yet.</summary>
    public static LogMerge Since(DateTimeOffset from, int groups) => new([.. Enumerable.Repeat(LogLane.Since(from), groups)]);

    /// <summary>The groups whose next page is needed before anything can be said.</summary>
    public ValueList<int> Wanting => [.. from place in Enumerable.Range(0, Lanes.Count) where Lanes[place] is { IsDone: false, Waiting.Count: 0 } select place];

    /// <summary>Takes a page of a group.</summary>
    /// <param name="place">Which group.</param>
    /// <param name="page">Its lines, in the order of time.</param>
    /// <param name="isLast">True when nothing comes after it for now.</param>
    /// <returns>What waits now, and the lines that can be said: none that is yet to come is earlier.</returns>
    public (LogMerge Next, ValueList<LogEvent> Lines) With(int place, IEnumerable<LogEvent> page, bool isLast)
    {
        var lanes = Lanes.ToArray();
        lanes[place] = lanes[place].With(page, isLast);
        var lines = new List<LogEvent>();
        while (lanes.All(lane => lane.IsDone || lane.Waiting.Count > 0) && Earliest(lanes) is { } earliest)
        {
            lines.Add(lanes[earliest].Waiting[0]);
            lanes[earliest] = lanes[earliest] with { Waiting = lanes[earliest].Waiting.Remove(lanes[earliest].Waiting[0]) };
        }
        return (new([.. lanes]), [.. lines]);
    }

    /// <summary>The next round: each group is asked again from a little before its last line.</summary>
    public LogMerge Again() => new([.. Lanes.Select(lane => lane with { Asked = lane.From, IsDone = false })]);

    private static int? Earliest(LogLane[] lanes)
    {
        int? earliest = null;
        for (var place = 0; place < lanes.Length; place++)
        {
            if (lanes[place].Waiting.Count is 0) continue;
            if (earliest is not { } best || lanes[place].Waiting[0].CompareTo(lanes[best].Waiting[0]) < 0) earliest = place;
        }
        return earliest;
    }
}
