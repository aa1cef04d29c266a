using System.Globalization;

namespace Signalbox.Deploy;

/// <summary>How a function did, as people read it.</summary>
public static class MetricPage
{
    /// <summary>Everything about one function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="span">The time.</param>
    /// <param name="answers">The numbers.</param>
    public static ValueList<ValueList<Paint>> Of(FunctionMetrics function, MetricSpan span, Func<MetricQuery, MetricSeries> answers)
    {
        var (spec, usage) = (function.Release.Spec, function.Usage(answers));
        var called = spec.Name == spec.DeployedName ? "" : $" ({spec.DeployedName})";
        ValueList<Paint> title =
        [
            new(Tone.Strong, spec.Name),
            new(Tone.Quiet, $"{called}  {When(span.From)} to {When(span.Until)} UTC, each mark {Quantity.Duration(span.Step)}"),
        ];
        var (calls, errors) = (answers(function.Invocations), answers(function.Errors));
        var counts = Row(calls.Total > 0, "calls", Quantity.Of(calls.Total), calls, Tone.Good);
        if (!calls.Values.Any(value => value is not null))
            return [title, [new(Tone.Quiet, "  no calls in this time")], .. Queues(function, answers), .. Costs(usage, span)];
        return
        [
            title,
            counts,
            Row(errors.Total > 0, "errors", errors.Total > 0 ? $"{Quantity.Of(errors.Total)} ({Share(errors.Total, calls.Total)})" : "none", errors, Tone.Bad),
            Row(answers(function.Throttles).Total > 0, "throttled", Count(answers(function.Throttles).Total), answers(function.Throttles), Tone.Doubtful),
            Row(true, "half below", Milliseconds(answers(function.Typical).Middle), answers(function.Typical), Tone.Plain),
            Row(true, "1 % above", Milliseconds(answers(function.Slowest).Most), answers(function.Slowest), Tone.Plain),
            Row(true, "at once", Quantity.Of(answers(function.Running).Most ?? 0), answers(function.Running), Tone.Plain),
            .. Queues(function, answers),
            [],
            [new(Tone.Quiet, errors.Total > 0 ? "  calls, those that failed in red" : "  calls")],
            .. BarChart.Of(calls, errors, span).Select(line => (ValueList<Paint>)["  ", .. line]),
            [],
            .. Costs(usage, span),
        ];
    }

    private static IEnumerable<ValueList<Paint>> Queues(FunctionMetrics function, Func<MetricQuery, MetricSeries> answers)
    {
        foreach (var queue in function.Feeding)
        {
            var age = answers(FunctionMetrics.Age(queue));
            yield return Row(age.Most > 0, "waited", age.Most is > 0 and var most ? Quantity.Of(most, "s") : "none", age, Tone.Plain, $"oldest in {queue}");
        }
        foreach (var queue in function.DeadLetters)
        {
            var depth = answers(FunctionMetrics.Depth(queue));
            yield return Row(depth.Most > 0, "failed", Count(depth.Last ?? 0), depth, depth.Last > 0 ? Tone.Bad : Tone.Plain, $"in {queue} now");
        }
    }

    private static IEnumerable<ValueList<Paint>> Costs(Usage usage, MetricSpan span)
    {
        yield return
        [
            $"  {"cost",-Label}", new(Tone.Strong, Usage.Dollars(usage.Cost)), $" in {Quantity.Duration(span.Length)}; thirty days like this ",
            new(Tone.Strong, Usage.Dollars(usage.Projected(span.Length))),
        ];
        if (usage.Costs.Count is 0) yield break;
        var parts = string.Join(", ", usage.Costs.Select(part => $"{part.Name} {Usage.Dollars(part.Dollars)}"));
        yield return [new(Tone.Quiet, $"  {"",-Label}{parts}")];
    }

    private const int Label = 12;
    private const int Figure = 16;

    /// <summary>A name, a figure, and a line of bars when there is something to be seen.</summary>
    private static ValueList<Paint> Row(bool isSeen, string name, string figure, MetricSeries series, Tone tone, string note = "") =>
    [
        $"  {name,-Label}", new(isSeen && tone is Tone.Bad or Tone.Doubtful ? tone : Tone.Plain, figure.PadRight(Figure)),
        new(tone is Tone.Plain ? Tone.Quiet : tone, isSeen ? BarChart.Spark(series) : ""),
        .. note.Length > 0 ? (Paint[])[new(Tone.Quiet, isSeen ? $"  {note}" : note)] : [],
    ];

    private static string Count(double number) => number > 0 ? Quantity.Of(number) : "none";

    private static string Share(double part, double all) => all > 0 ? Quantity.Of(Math.Round(part / all * 100, 2), "%") : "100 %";

    private static string Milliseconds(double? number) => number is { } milliseconds ? Quantity.Of(milliseconds, "ms") : "";

    private static string When(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
