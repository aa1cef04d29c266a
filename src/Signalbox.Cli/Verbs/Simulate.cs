using System.CommandLine;
using System.Globalization;
using System.Text;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>A timeline through the real engine, on a clock of its own.</summary>
internal static class Simulate
{
    private const int MostMessages = 60;

    public static readonly Verb Row = new("simulate", "Play a timeline of events, people and faults, and show what each room would have seen.", """
        Examples:
          signalbox simulate samples/timelines/rolls-back.jsonl
          signalbox simulate storm.jsonl --config signalbox.yaml --why
          signalbox simulate samples/timelines/*.jsonl --speed 60x     live, a minute in a second

        A timeline has one JSON object on each line; settings stand in a file of the same name that ends in .yaml, unless
        --config names others.
          {"start": "2026-11-22T12:00:00Z"}
          {"at": "+0s", "event": {...} or "file.json", "times": 100, "every": "1s"}
          {"at": "+2m", "ack": "payments-5xx", "by": "anna"}
          {"at": "+3m", "silence": {"when": "source = rds", "for": "1h"}, "by": "anna", "comment": "maintenance"}
          {"at": "+4m", "expire": "silence-1"}
          {"at": "+5m", "fault": {"room": "deploys", "for": "10m", "answer": "503"}}
          {"at": "+9m", "expect": {"deploys": ["rolled back"]}, "silent": ["payments"], "messages": {"deploys": 1}}
        In events {now}, {now-5m}, {epoch} and {n} are filled in. Answers of a fault: a status, 429, refused or gone.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var files = new Argument<string[]>("TIMELINE") { Description = "Files with timelines, JSON lines.", Arity = ArgumentArity.OneOrMore };
        var config = Inputs.Config();
        var speed = new Option<string?>("--speed") { Description = "Play live, so many times as fast as it was: 1x, 60x.", HelpName = "N" };
        var why = new Option<bool>("--why") { Description = "Show every decision and its reason too." };
        command.Add(files);
        command.Add(config);
        command.Add(speed);
        command.Add(why);
        return async parsed =>
        {
            double? rate = null;
            if (parsed.GetValue(speed) is { } text)
            {
                if (!double.TryParse(text.TrimEnd('x'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number is not > 0)
                {
                    shell.Error.WriteLine($"signalbox: expected a speed as in 60x, found \"{text}\".");
                    return Exit.Usage;
                }
                rate = number;
            }
            var worst = Exit.Fine;
            foreach (var file in parsed.GetValue(files) ?? [])
                worst = Math.Max(worst, await Play(file, parsed.GetValue(config), rate, parsed.GetValue(why), shell));
            return worst;
        };
    }

    private static async Task<int> Play(string file, string? config, double? rate, bool why, Shell shell)
    {
        if (Inputs.Read(file, shell) is not { } bytes) return Exit.NoInput;
        var beside = Path.ChangeExtension(file, ".yaml");
        if (Inputs.Load(config ?? (File.Exists(shell.Full(beside)) ? beside : null), shell) is not { } settings) return Exit.Usage;

        var (stage, timeline, misses) =
            await Played(file, Encoding.UTF8.GetString(bytes), settings, Path.GetDirectoryName(shell.Full(file)) ?? shell.Folder, shell, rate, why);
        foreach (var fault in timeline.Faults) shell.Error.WriteLine($"signalbox: {fault}");
        if (timeline.Faults.Count > 0) return Exit.Usage;

        shell.Out.WriteLine($"{file}");
        foreach (var (name, room) in stage.Rooms.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            shell.Out.WriteLine();
            shell.Out.WriteLine($"── {name} ({room.Room.Chat}): {Counted(room.Messages.Count, "message")}, {Counted(room.Posts.Count, "post")} ──");
            var lines = Theatre.Text(room).TrimEnd('\n').Split('\n');
            foreach (var line in lines.Take(MostMessages * 5)) shell.Out.WriteLine(line);
            if (lines.Length > MostMessages * 5) shell.Out.WriteLine($"… {lines.Length - MostMessages * 5} more lines");
        }
        if (stage.Refusals > 0) shell.Out.WriteLine($"\n{Counted(stage.Refusals, "refusal")} by chats with trouble");
        var missed = misses.Select(miss => miss.Split(": ")[0]).Distinct().Count();
        if (timeline.Expectations > 0) shell.Out.WriteLine($"\n{timeline.Expectations - missed} of {Counted(timeline.Expectations, "expectation")} met");
        foreach (var miss in misses) shell.Error.WriteLine($"signalbox: expected: {miss}");
        return misses.Count is 0 ? Exit.Fine : Exit.Failed;
    }

    /// <summary>Plays a timeline.</summary>
    internal static async Task<(Stage Stage, Timeline Timeline, List<string> Misses)> Played(
        string name, string text, Settings settings, string folder, Shell shell, double? rate, bool why)
    {
        var stage = new Stage
        {
            Seen = (at, room, post) =>
            {
                if (rate is null) return;
                var sign = post.Placing switch { Placing.Begin => " ", Placing.Change => "~", _ => "↳" };
                shell.Out.WriteLine($"{Theatre.Clock(at)} {room} {sign} {Theatre.Card(post.Routed.Notice).First()}");
                shell.Out.Flush();
            },
        };
        var timeline = Timeline.Read(name, text, folder, stage);
        if (timeline.Faults.Count > 0) return (stage, timeline, []);
        var last = timeline.Start;
        var simulation = new Simulation(settings, MemoryStore.Open(), stage, timeline.Start, timeline.Replicas, Zones.Offset)
        {
            Decided = (at, reading, decisions) =>
            {
                if (!why) return;
                foreach (var (routed, decision) in decisions)
                    shell.Out.WriteLine($"{Theatre.Clock(at)} {routed.Room.Name}: {decision.What}: {decision.Because} ({Cut.OneLine(routed.Notice.Title)})");
            },
            Moved = async now =>
            {
                if (rate is { } times) await Task.Delay((now - last) / times);
                last = now;
            },
        };
        await simulation.Play(timeline.Entries, TimeSpan.FromHours(2), CancellationToken.None);
        return (stage, timeline, timeline.Misses);
    }

    private static string Counted(int count, string noun) => count is 1 ? $"1 {noun}" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} {noun}s";
}
