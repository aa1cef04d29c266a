using System.CommandLine;
using Signalbox.Aws.Cloud;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;

namespace Signalbox.Cli.Verbs;

/// <summary>How functions did, in numbers.</summary>
internal static class FunctionNumbers
{
    public static readonly Verb Row = new("metrics", "Show how functions did: calls, errors, durations, queues and cost.", $"""
        Examples:
          signalbox metrics                       all functions of the project, the last day
          signalbox metrics api --since 7d
          signalbox metrics --env prod --json | jq .cost.thirtyDays

        All numbers come from CloudWatch in one call. Half of the calls are below the one figure of duration; the other is what one call of a
        hundred took in the worst step. Cost is an estimate: {Prices.About};
        each message of a queue counts as a request by itself.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var names = CloudInputs.Names();
        var since = Since.Option("24h");
        var json = new Option<bool>("--json") { Description = "One line of JSON for each function, with every number." };
        command.Add(names);
        foreach (var option in (Option[])[since, json]) command.Add(option);
        var inputs = new ProjectInputs(command);
        var cloud = new CloudInputs(command);
        return async parsed =>
        {
            if (inputs.Load(parsed, shell) is not { } project) return Exit.Usage;
            if (CloudInputs.Chosen(project, parsed.GetValue(names) ?? [], shell) is not { } functions) return Exit.Usage;
            var now = shell.Cloud().Now();
            if (Since.Read(parsed.GetValue(since)!, now, shell) is not { } from) return Exit.Usage;
            var span = MetricSpan.Of(from, now);
            return await cloud.With(parsed, project, shell, async (aws, stop) =>
            {
                var root = inputs.Root(parsed, shell);
                var all = functions.Select(function => new FunctionMetrics(CloudInputs.Plain(project, function, root, aws, Release.UsualAlias))).ToList();
                var read = await MetricReader.Read(aws, all.SelectMany(function => function.Queries), span, stop);
                MetricSeries Answer(MetricQuery query) => read.GetValueOrDefault(query, MetricSeries.None);
                if (parsed.GetValue(json))
                {
                    foreach (var function in all) shell.Out.WriteLine(Line(function, span, Answer));
                    return Exit.Fine;
                }
                var painter = new Painter(shell, parsed.GetValue(Inputs.NoColor));
                foreach (var function in all)
                {
                    foreach (var line in MetricPage.Of(function, span, Answer)) painter.Line(line);
                    painter.Line([]);
                }
                painter.Line([new(Tone.Quiet, $"Cost is an estimate: {Prices.About}.")]);
                return Exit.Fine;
            });
        };
    }

    private static string Line(FunctionMetrics function, MetricSpan span, Func<MetricQuery, MetricSeries> answers) => CanonicalJson.Written(json =>
    {
        var usage = function.Usage(answers);
        json.WriteStartObject();
        json.WriteString("function", function.Release.Spec.Name);
        json.WriteString("deployed", function.Release.Spec.DeployedName);
        json.WriteString("from", span.From.UtcDateTime);
        json.WriteString("until", span.Until.UtcDateTime);
        json.WriteNumber("stepSeconds", span.Step.TotalSeconds);
        json.WriteNumber("invocations", usage.Invocations);
        json.WriteNumber("errors", answers(function.Errors).Total);
        json.WriteNumber("throttles", answers(function.Throttles).Total);
        json.WriteStartArray("series");
        foreach (var query in function.Queries)
        {
            json.WriteStartObject();
            json.WriteString("namespace", query.Space);
            json.WriteString("metric", query.Metric);
            json.WriteString("of", query.Of);
            json.WriteString("stat", query.Stat);
            json.WriteStartArray("values");
            foreach (var value in answers(query).Values)
            {
                if (value is { } number) json.WriteNumberValue(number);
                else json.WriteNullValue();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("cost");
        json.WriteString("currency", "USD");
        json.WriteString("prices", Prices.About);
        json.WriteNumber("span", usage.Cost);
        json.WriteNumber("thirtyDays", usage.Projected(span.Length));
        json.WriteStartObject("parts");
        foreach (var (name, dollars) in usage.Costs) json.WriteNumber(name, dollars);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
