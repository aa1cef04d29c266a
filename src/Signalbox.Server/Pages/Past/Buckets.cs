namespace Signalbox.Server.Pages.Past;

/// <summary>Events of a stretch of time.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="BySeverity">How many of each severity, the lowest first.</param>
internal sealed record Bucket(DateTimeOffset From, ValueList<int> BySeverity)
{
    /// <summary>How many in all.</summary>
    public int Count => BySeverity.Sum();
}

/// <summary>Events of one source over time.</summary>
/// <param name="Name">The source.</param>
/// <param name="Bars">The same stretches as those of all sources.</param>
internal sealed record SourceBars(string Name, ValueList<Bucket> Bars)
{
    /// <summary>How many in all.</summary>
    public int Count => Bars.Sum(bar => bar.Count);
}

/// <summary>Events over time, in stretches that people count in.</summary>
/// <param name="Span">The whole, from the beginning of the first stretch to the end of the last.</param>
/// <param name="Step">How long each is.</param>
/// <param name="All">Of every source.</param>
/// <param name="Sources">Of each source, the busiest first.</param>
internal sealed record Buckets(Span Span, TimeSpan Step, ValueList<Bucket> All, ValueList<SourceBars> Sources)
{
    private const int Most = 60;

    private static readonly ValueList<TimeSpan> Steps =
    [
        .. ((int[])[1, 2, 5, 10, 15, 30]).Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. ((int[])[1, 2, 5, 10, 15, 30]).Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. ((int[])[1, 2, 3, 6, 12]).Select(hours => TimeSpan.FromHours(hours)), .. ((int[])[1, 2, 7, 14, 30]).Select(days => TimeSpan.FromDays(days)),
    ];

    /// <summary>The shortest step by which a span has at most sixty stretches.</summary>
    public static TimeSpan StepOf(Span span) =>
        Steps.FirstOrDefault(step => span.Length / step <= Most, TimeSpan.FromDays(Math.Ceiling(span.Length.TotalDays / Most)));

    /// <summary>Counts events.</summary>
    public static Buckets Of(Span span, IEnumerable<(DateTimeOffset At, string Source, Severity Severity)> events)
    {
        var step = StepOf(span);
        var first = new DateTimeOffset(span.From.UtcTicks - span.From.UtcTicks % step.Ticks, TimeSpan.Zero);
        var count = (int)Math.Clamp(Math.Ceiling((span.To - first) / step), 1, 2 * Most);
        var sources = new Dictionary<string, int[][]>(StringComparer.Ordinal);
        foreach (var (at, source, severity) in events)
        {
            if (at < first || at >= first + step * count) continue;
            if (!sources.TryGetValue(source, out var bars)) sources[source] = bars = [.. Enumerable.Range(0, count).Select(_ => new int[4])];
            bars[(int)((at - first) / step)][(int)severity]++;
        }
        ValueList<SourceBars> by = [.. sources.Select(pair => new SourceBars(pair.Key, Bars(pair.Value)))
            .OrderByDescending(bars => bars.Count).ThenBy(bars => bars.Name, StringComparer.Ordinal)];
        ValueList<Bucket> all = [.. Enumerable.Range(0, count).Select(place => new Bucket(first + step * place,
            [.. Enumerable.Range(0, 4).Select(severity => sources.Values.Sum(bars => bars[place][severity]))]))];
        return new(new(first, first + step * count), step, all, by);

        ValueList<Bucket> Bars(int[][] counts) => [.. counts.Select((bar, place) => new Bucket(first + step * place, [.. bar]))];
    }
}
