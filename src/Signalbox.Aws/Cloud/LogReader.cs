using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.Aws.Cloud;

/// <summary>Which lines of logs are wanted.</summary>
/// <param name="Functions">The functions: their names as people type them, and in AWS.</param>
/// <param name="Since">The earliest time.</param>
/// <param name="Pattern">A filter pattern of CloudWatch Logs; null for every line.</param>
public sealed record LogQuestion(ValueList<(string Name, string Deployed)> Functions, DateTimeOffset Since, string? Pattern);

/// <summary>Reads the logs of functions, all as one.</summary>
/// <param name="cloud">Where.</param>
/// <param name="question">What is wanted.</param>
/// <param name="now">The time.</param>
public sealed class LogReader(AwsCloud cloud, LogQuestion question, Now now)
{
    /// <summary>The pause of one who follows: shortest after a line came, longer while nothing does. CloudWatch Logs allows a handful of calls a
    /// second.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromSeconds(5);

    private readonly string?[] tokens = new string?[question.Functions.Count];
    private readonly bool[] isMissing = new bool[question.Functions.Count];
    private LogMerge merge = LogMerge.Since(question.Since, question.Functions.Count);

    /// <summary>The functions that have no log group, as far as was seen.</summary>
    public ValueList<string> Missing => [.. question.Functions.Where((_, place) => isMissing[place]).Select(function => function.Name)];

    /// <summary>All lines that there are now.</summary>
    /// <param name="say">Hears of lines as soon as none that is still to come is earlier.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="CloudException">CloudWatch Logs said no.</exception>
    public async Task<bool> Read(Action<ValueList<LogEvent>> say, CancellationToken stop)
    {
        var until = now();
        var said = false;
        while (merge.Wanting is [var place, ..])
        {
            var (page, next) = await Page(place, until, stop);
            tokens[place] = next;
            (merge, var lines) = merge.With(place, page, isLast: next is null);
            if (lines.Count is 0) continue;
            said = true;
            say(lines);
        }
        return said;
    }

    /// <summary>All lines that there are, and those that come, until it is stopped.</summary>
    /// <param name="say">Hears of lines.</param>
    /// <param name="look">Hears after each round whether it brought anything.</param>
    /// <param name="stop">Stops it.</param>
    public async Task Follow(Action<ValueList<LogEvent>> say, Action<bool> look, CancellationToken stop)
    {
        for (var pause = Shortest; ;)
        {
            var said = await Read(say, stop);
            look(said);
            pause = said ? Shortest : TimeSpan.FromTicks(Math.Min(Longest.Ticks, pause.Ticks * 3 / 2));
            await cloud.Wait(pause, stop);
            merge = merge.Again();
        }
    }

    private async Task<(ValueList<LogEvent> Page, string? Next)> Page(int place, DateTimeOffset until, CancellationToken stop)
    {
        var (name, deployed) = question.Functions[place];
        var answer = await cloud.Calls.Find(CloudCall.Json(cloud.Places.Logs, "Logs_20140328", "FilterLogEvents", "1.1", json =>
        {
            json.WriteString("logGroupName", Site.LogGroupName(deployed));
            json.WriteNumber("startTime", merge.Lanes[place].Asked.ToUnixTimeMilliseconds());
            json.WriteNumber("endTime", until.ToUnixTimeMilliseconds() + 1);
            if (question.Pattern is { } pattern) json.WriteString("filterPattern", pattern);
            if (tokens[place] is { } token) json.WriteString("nextToken", token);
        }), stop);
        isMissing[place] = answer is null;
        if (answer is null) return ([], null);
        var events = new List<LogEvent>();
        foreach (var line in answer.Json["events"u8].Items)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds((long)(line["timestamp"u8].Number ?? 0));
            events.Add(new(name, line["logStreamName"u8].Text ?? "", line["eventId"u8].Text ?? "", at, line["message"u8].Text ?? ""));
        }
        return ([.. events], answer.Json["nextToken"u8].Text is { Length: > 0 } next ? next : null);
    }
}
