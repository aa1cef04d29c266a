namespace Signalbox.Deploy;

/// <summary>An alarm on the function itself: once in five minutes is enough, and silence is good news.</summary>
/// <param name="Name">Its name.</param>
/// <param name="About">What it means, and what to do.</param>
/// <param name="Namespace">Where its metric is.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Dimension">What the metric is kept by.</param>
/// <param name="Statistic">How values of a period become one.</param>
/// <param name="Queue">The queue that it watches; null for the function.</param>
internal sealed record Alarm(string Name, string About, string Namespace, string Metric, string Dimension, string Statistic, string? Queue)
{
    /// <summary>The period.</summary>
    public const string Seconds = "300";

    /// <summary>The alarms of a function. A deployment makes none: who hears of them is not in the files.</summary>
    /// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html"/>
    public static ValueList<Alarm> Of(Blueprint blueprint)
    {
        var name = blueprint.Spec.DeployedName;
        return
        [
            new($"{name}-errors", "The function failed or ran out of time: its log says why.", "AWS/Lambda", "Errors", "FunctionName", "Sum", null),
            new($"{name}-throttles", "Calls were turned away: too many at once for its concurrency or the account's.", "AWS/Lambda", "Throttles",
                "FunctionName", "Sum", null),
            .. from queue in blueprint.DeadLetters
               select new Alarm($"{queue}-depth", "Events could not be handled and wait here: read one, mend the cause, start a redrive.", "AWS/SQS",
                   "ApproximateNumberOfMessagesVisible", "QueueName", "Maximum", queue),
        ];
    }
}
