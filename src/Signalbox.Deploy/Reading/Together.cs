using System.Text;

namespace Signalbox.Deploy;

/// <summary>What is wrong with a function's fields taken together, wherever each of them stands.</summary>
internal static class Together
{
    /// <summary>Finds it.</summary>
    /// <param name="fields">Its fields and those that it inherits, each at the place where it stands.</param>
    /// <param name="spec">What they came to.</param>
    /// <param name="papers">Where it is noted.</param>
    public static void Check(Tree fields, FunctionSpec spec, Papers papers)
    {
        if (spec.Layers.Count > 5) papers.Findings.Expected("at most five layers", fields["layers"]!, shown: $"{spec.Layers.Count}");
        Size(fields, spec, papers);
        Fifo(fields, spec, papers);
        Names(fields["rules"], "rule", [.. spec.Rules.Select(rule => rule.Name)], spec, papers);
        Names(fields["schedules"], "schedule", [.. spec.Schedules.Select(schedule => schedule.Name)], spec, papers);
        Names(fields["queues"], "queue", [.. spec.Queues], null, papers);
        Names(fields["topics"], "topic", [.. spec.Topics], null, papers);
    }

    private static void Size(Tree fields, FunctionSpec spec, Papers papers)
    {
        var size = spec.Environment.Sum(pair => Encoding.UTF8.GetByteCount(pair.Name) + Encoding.UTF8.GetByteCount(pair.Value));
        if (size <= FieldChecks.MostEnvironment) return;
        var largest = spec.Environment.MaxBy(pair => Encoding.UTF8.GetByteCount(pair.Value)).Name;
        var says = Sentence.Of(
            $"an environment of {spec.Name} of at most 4,096 bytes", $"{size:N0}",
                $"The largest is {largest}. Put what is long into a file of the package, or into a parameter of SSM.");
        if (fields["environment"] is { } environment) papers.Findings.Says(environment, says);
        else papers.Says(says);
    }

    private static void Fifo(Tree fields, FunctionSpec spec, Papers papers)
    {
        if (spec.OwnQueue?.EndsWith(".fifo", StringComparison.Ordinal) is true) return;
        foreach (var topic in (fields["topics"]?.OneOrMany ?? []).Where(topic => topic.Word?.EndsWith(".fifo", StringComparison.Ordinal) is true
            && spec.OwnQueue is null))
        {
            papers.Findings.Expected("a topic that can call a function", topic,
                "A first-in-first-out topic calls queues only: give the function one of its own, \"queues\": [\"NAME.fifo\"].");
        }
    }

    private static void Names(Tree? list, string what, ValueList<string> names, FunctionSpec? named, Papers papers)
    {
        var items = list?.OneOrMany ?? [];
        for (var at = 0; at < Math.Min(items.Count, names.Count); at++)
        {
            var spot = items[at].At;
            if (papers.Findings.Problems.Any(problem => problem.At == spot)) continue;
            if (names.Take(at).Contains(names[at]))
            {
                papers.Findings.Expected($"a name of its own for each {what}", items[at], named is null ? null : "Give it one: { \"name\": … }.",
                    $"\"{names[at]}\" a second time");
            }
            else if (named is not null && named.DeployedName.Length + 1 + names[at].Length > 64)
            {
                papers.Findings.Expected($"a name for the {what} of at most 64 characters after the function's", items[at],
                    "Give it a shorter one: { \"name\": … }.",
                    $"\"{named.DeployedName}-{names[at]}\"");
            }
        }
    }
}
