namespace Signalbox;

/// <summary>Says why an alarm changed its state, in one sentence of human words.</summary>
internal static class AlarmSentence
{
    /// <summary>"5xxErrorRate ≥ 1 % for 3 of 5 minutes: 4.2 %"; null when the event does not say enough.</summary>
    public static string? Of(Alarm alarm, AlarmReason reason)
    {
        if (alarm.IsComposite) return Composite(alarm);
        if (alarm.Watched is not { } metric) return null;
        var values = alarm.Values.Count > 0 ? alarm.Values : reason.Values;
        if (values.Count == 0) return null;

        var latest = Quantity.Of(values[^1], metric.Unit);
        var fine = alarm.State is "OK" ? "no longer " : "";
        if (reason is { Lower: { } lower, Upper: { } upper })
        {
            var band = $"{Quantity.Of(lower)} to {Quantity.Of(upper, metric.Unit)}";
            return $"{metric.Label} {fine}outside its expected band of {band}{Span(alarm, reason)}: {latest}";
        }

        if (alarm.Threshold is not { } threshold || SignOf(alarm.Operator ?? reason.Comparison) is not { } sign) return null;
        return $"{metric.Label} {fine}{sign} {Quantity.Of(threshold, metric.Unit)}{(alarm.State is "OK" ? "" : Span(alarm, reason))}: {latest}";
    }

    private static string? Composite(Alarm alarm) => alarm.Children switch
    {
        { Count: 0 } => null,
        { Count: 1 } children => $"Set off by {NameOf(children[0])}",
        var children => $"Set off by {string.Join(", ", children.Take(5).Select(NameOf))}{(children.Count > 5 ? $" and {children.Count - 5} more" : "")}",
    };

    /// <summary>The sign of a comparison, in the operator's or the reason's words.</summary>
    private static string? SignOf(string? comparison) => comparison switch
    {
        "GreaterThanOrEqualToThreshold" or "greater than or equal to" => "≥",
        "GreaterThanThreshold" or "greater than" or "GreaterThanUpperThreshold" => ">",
        "LessThanOrEqualToThreshold" or "less than or equal to" => "≤",
        "LessThanThreshold" or "less than" or "LessThanLowerThreshold" => "<",
        _ => null,
    };

    /// <summary>" for 3 of 5 minutes", " for 15 min", " for 2 of 3 datapoints".</summary>
    private static string Span(Alarm alarm, AlarmReason reason)
    {
        var all = alarm.Periods ?? reason.OutOf;
        var needed = alarm.NeededPeriods ?? (alarm.Periods is null ? reason.Crossed : alarm.Periods);
        if (all is not { } periods || needed is not { } crossed || periods < 1 || crossed < 1) return "";
        if (alarm.Period is not { } period || period <= TimeSpan.Zero)
            return crossed == periods ? "" : $" for {crossed} of {periods} datapoints";
        if (crossed == periods) return $" for {Quantity.Duration(period * periods)}";
        return period == TimeSpan.FromMinutes(1)
            ? $" for {crossed} of {periods} minutes"
            : $" for {crossed} of {periods} periods of {Quantity.Duration(period)}";
    }

    /// <summary>Name in an alarm's ARN: <c>…:alarm:NAME</c>.</summary>
    internal static string NameOf(string arn) =>
        Arn.Read(arn) is { Resource: var resource } && resource.StartsWith("alarm:", StringComparison.Ordinal) ? resource["alarm:".Length..] : arn;
}
