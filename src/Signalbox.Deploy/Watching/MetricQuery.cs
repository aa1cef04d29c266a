namespace Signalbox.Deploy;

/// <summary>What is asked of CloudWatch: one number for each step of a time.</summary>
/// <param name="Space">The namespace: "AWS/Lambda".</param>
/// <param name="Metric">The metric: "Invocations".</param>
/// <param name="Dimension">The name of its one dimension: "FunctionName".</param>
/// <param name="Of">The value of that dimension.</param>
/// <param name="Stat">Sum, Maximum, p50, p99.</param>
public sealed record MetricQuery(string Space, string Metric, string Dimension, string Of, string Stat);

/// <summary>A time in equal steps.</summary>
/// <param name="From">Where it begins, at a whole step.</param>
/// <param name="Step">How long a step is: whole minutes.</param>
/// <param name="Count">How many steps.</param>
public sealed record MetricSpan(DateTimeOffset From, TimeSpan Step, int Count)
{
    /// <summary>Most steps of a chart.</summary>
    public const int MostSteps = 60;

    /// <summary>Lengths that people can count by; CloudWatch keeps minutes for 15 days, five minutes for 63, hours for 15 months.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html"/>
    private static readonly ValueList<int> Minutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 7 * 1440, 14 * 1440];

    /// <summary>Where it ends: now, or a little after.</summary>
    public DateTimeOffset Until => From + (Step * Count);

    /// <summary>How long it is.</summary>
    public TimeSpan Length => Step * Count;

    /// <summary>The time from an instant until now, in steps that are few enough to be seen and long enough to be kept.</summary>
    public static MetricSpan Of(DateTimeOffset since, DateTimeOffset now)
    {
        var length = now - since;
        var least = length.TotalDays switch { > 62 => 60, > 14 => 5, _ => 1 };
        var minutes = Minutes.FirstOrDefault(minutes => minutes >= least && length.TotalMinutes / minutes <= MostSteps, Minutes[^1]);
        var step = TimeSpan.FromMinutes(minutes);
        var from = new DateTimeOffset(since.UtcTicks / step.Ticks * step.Ticks, TimeSpan.Zero);
        return new(from, step, (int)Math.Ceiling((now - from) / step));
    }

    /// <summary>The step that an instant is in; null for none.</summary>
    public int? Place(DateTimeOffset at) => at >= From && at < Until ? (int)((at - From) / Step) : null;
}

/// <summary>The numbers of one metric: one for each step, null where CloudWatch has none.</summary>
/// <param name="Values">The numbers.</param>
public sealed record MetricSeries(ValueList<double?> Values)
{
    /// <summary>No numbers.</summary>
    public static readonly MetricSeries None = new([]);

    /// <summary>Their sum.</summary>
    public double Total => Values.Sum() ?? 0;

    /// <summary>The greatest; null for none.</summary>
    public double? Most => Values.Max();

    /// <summary>The last one that there is; null for none.</summary>
    public double? Last => Values.LastOrDefault(value => value is not null);

    /// <summary>The one in the middle of those that there are; null for none.</summary>
    public double? Middle => Values.OfType<double>().Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : null;

    /// <summary>Both together, step by step.</summary>
    public static MetricSeries operator +(MetricSeries one, MetricSeries other) => one.Values.Count is 0 ? other : other.Values.Count is 0 ? one
        : new([.. one.Values.Zip(other.Values, (left, right) => left is null && right is null ? null : (double?)((left ?? 0) + (right ?? 0)))]);
}
