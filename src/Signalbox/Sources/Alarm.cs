namespace Signalbox;

/// <summary>A CloudWatch alarm that changed its state: what the three forms of the event have in common.</summary>
internal sealed record Alarm
{
    public required string Name { get; init; }
    public required string State { get; init; }
    public string? Before { get; init; }
    public string? Arn { get; init; }
    public string? Account { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset? At { get; init; }
    public string? Description { get; init; }
    public string? Reason { get; init; }
    public Metric? Watched { get; init; }
    public double? Threshold { get; init; }
    public string? Operator { get; init; }
    public TimeSpan? Period { get; init; }
    public int? Periods { get; init; }
    public int? NeededPeriods { get; init; }
    public ValueList<double> Values { get; init; }

    /// <summary>Rule of a composite alarm; null for others.</summary>
    public string? Rule { get; init; }

    /// <summary>ARNs of the alarms that set off a composite one.</summary>
    public ValueList<string> Children { get; init; }

    /// <summary>Facts that only one form knows.</summary>
    public ValueList<Fact> More { get; init; }

    public bool IsComposite => Rule is not null || Children.Count > 0;

    /// <summary>What the alarm watches.</summary>
    /// <param name="Label">What a person calls it: metric name, label or expression.</param>
    /// <param name="NameSpace">"AWS/EC2"; null for an expression.</param>
    /// <param name="Statistic">"Average", "p99"; null for an expression.</param>
    /// <param name="Expression">The expression, for metric math.</param>
    /// <param name="Unit">How its values read.</param>
    /// <param name="Dimensions">Name and value of what it is measured on.</param>
    internal sealed record Metric(string Label, string? NameSpace, string? Statistic, string? Expression, string Unit, ValueList<Fact> Dimensions);
}
