using System.CommandLine;
using Signalbox.Aws.Cloud;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;

namespace Signalbox.Cli.Verbs;

/// <summary>What functions wrote.</summary>
internal static class FunctionLogs
{
    public static readonly Verb Row = new("logs", "Show what functions wrote, and what they write now.", """
        Examples:
          signalbox logs                               of all functions of the project, the last ten minutes
          signalbox logs -f                            and what comes, until Ctrl-C
          signalbox logs 'api-*' --since 2h --filter refused
          signalbox logs signalbox --since 2026-11-22T12:00:00Z --filter '{ $.level = "error" }' --json

        Times are UTC. The lines of all functions come as one, by time. Those that Signalbox writes are told in words; what Lambda says around
        a call is one line: how long it ran, what is paid, how much memory it took. --json prints each line as it is in CloudWatch Logs.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var names = CloudInputs.Names();
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what comes, until Ctrl-C." };
        var since = Since.Option("10m");
        var filter = new Option<string?>("--filter")
        {
            Description = "Lines with this text only; or a filter pattern of CloudWatch Logs, which begins with { [ \" % ? or -.",
            HelpName = "TEXT|PATTERN",
        };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each line, as it came." };
        command.Add(names);
        foreach (var option in (Option[])[follow, since, filter, json]) command.Add(option);
        var inputs = new ProjectInputs(command);
        var cloud = new CloudInputs(command);
        return async parsed =>
        {
            if (inputs.Load(parsed, shell) is not { } project) return Exit.Usage;
            if (CloudInputs.Chosen(project, parsed.GetValue(names) ?? [], shell) is not { } functions) return Exit.Usage;
            var world = shell.Cloud();
            if (Since.Read(parsed.GetValue(since)!, world.Now(), shell) is not { } from) return Exit.Usage;
            if (parsed.GetValue(filter) is { Length: > LogPattern.Longest })
            {
                shell.Error.WriteLine($"signalbox: expected at most {LogPattern.Longest} characters after --filter, which is what CloudWatch Logs takes.");
                return Exit.Usage;
            }
            var pattern = parsed.GetValue(filter) is { Length: > 0 } text ? LogPattern.Of(text) : null;
            var question = new LogQuestion([.. functions.Select(function => (function.Name, function.DeployedName))], from, pattern);
            var say = parsed.GetValue(json) ? AsJson(shell) : AsText(new(shell, parsed.GetValue(Inputs.NoColor)), functions);
            return await cloud.With(parsed, project, shell, (aws, stop) => parsed.GetValue(follow)
                ? Follow(new(aws, question, world.Now), say, shell, stop)
                : Show(new(aws, question, world.Now), question, say, shell, stop));
        };
    }

    private static async Task<int> Show(LogReader reader, LogQuestion question, Action<ValueList<LogEvent>> say, Shell shell, CancellationToken stop)
    {
        var said = await reader.Read(say, stop);
        foreach (var name in reader.Missing) shell.Error.WriteLine($"signalbox: {NoGroup(name, question)}");
        if (reader.Missing.Count == question.Functions.Count) return Exit.Failed;
        if (!said) shell.Error.WriteLine("signalbox: nothing was written in this time. --since looks further back, -f waits for what comes.");
        return Exit.Fine;
    }

    private static async Task<int> Follow(LogReader reader, Action<ValueList<LogEvent>> say, Shell shell, CancellationToken stop)
    {
        var waited = "";
        try
        {
            await reader.Follow(
                lines =>
                {
                    say(lines);
                    shell.Out.Flush();
                },
                _ =>
                {
                    var missing = string.Join(", ", reader.Missing);
                    if (missing.Length > 0 && missing != waited) shell.Error.WriteLine($"signalbox: {missing}: no log group yet; waiting for the first call.");
                    waited = missing;
                },
                stop);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how a person says that it is enough.
            shell.Out.Flush();
        }
        return Exit.Fine;
    }

    private static string NoGroup(string name, LogQuestion question)
    {
        var deployed = question.Functions.First(function => function.Name == name).Deployed;
        return $"{name}: there is no log group {Site.LogGroupName(deployed)} yet: deploy makes it (signalbox deploy {name}), in this region and account.";
    }

    private static Action<ValueList<LogEvent>> AsText(Painter painter, ValueList<FunctionSpec> functions)
    {
        var name = functions.Count > 1 ? functions.Max(function => function.Name.Length) : 0;
        return lines =>
        {
            foreach (var line in lines)
            {
                if (LogLine.Of(line, name) is { Count: > 0 } parts) painter.Line(parts);
            }
        };
    }

    private static Action<ValueList<LogEvent>> AsJson(Shell shell) => lines =>
    {
        foreach (var line in lines)
        {
            shell.Out.WriteLine(CanonicalJson.Written(json =>
            {
                json.WriteStartObject();
                json.WriteString("function", line.Function);
                json.WriteString("logStreamName", line.Stream);
                json.WriteNumber("timestamp", line.At.ToUnixTimeMilliseconds());
                json.WriteString("eventId", line.Id);
                json.WriteString("message", line.Text);
                json.WriteEndObject();
            }));
        }
    };
}
