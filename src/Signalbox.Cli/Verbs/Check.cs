using System.CommandLine;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>Are the settings right, and do they say what their tests ask for?</summary>
internal static class Check
{
    public static readonly Verb Row = new("check", "Check the settings, and run the tests in them.", """
        Examples:
          signalbox check
          signalbox check production.yaml

        Every mistake is shown with its place. Tests stand in the settings:
          tests:
            - { event: samples/rds-failover.json, says: { databases: failover }, silent: deploys }
            - { timeline: samples/flaps.jsonl }       with what it expects in it; see signalbox simulate

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "The settings; as for --config when left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var config = Inputs.Config();
        command.Add(file);
        command.Add(config);
        return parsed => Of(parsed.GetValue(file) ?? parsed.GetValue(config), shell);
    }

    private static async Task<int> Of(string? config, Shell shell)
    {
        if (Inputs.Find(config, shell) is not { } path)
        {
            shell.Error.WriteLine(
                "signalbox: expected settings to check, found neither signalbox.yaml nor signalbox.json here. Name a file.");
            return Exit.Usage;
        }
        if (Inputs.Load(path, shell, whole: true) is not { } settings) return Exit.Usage;

        var worst = Exit.Fine;
        var failed = 0;
        foreach (var test in settings.Tests)
        {
            var code = test.Timeline is { } timeline ? await Play(timeline, test, path, settings, shell) : Try(test, path, settings, shell);
            if (code is not Exit.Fine) failed++;
            worst = Math.Max(worst, code);
        }
        var all = Counted(settings.Tests.Count, "test");
        var tests = settings.Tests.Count is 0 ? "no tests" : failed is 0 ? $"{all} passed" : $"{failed} of {all} failed";
        shell.Out.WriteLine($"{path}: {Counted(settings.Rooms.Count, "room")}, {Counted(settings.Routes.Count, "route")}, {tests}");
        return worst;
    }

    private static async Task<int> Play(string timeline, Example test, string path, Settings settings, Shell shell)
    {
        var beside = Path.GetDirectoryName(shell.Full(path)) ?? shell.Folder;
        var whole = Path.GetFullPath(timeline, beside);
        if (Inputs.Read(whole, shell) is not { } bytes) return Exit.NoInput;
        var (_, played, misses) = await Simulate.Played(
            timeline, System.Text.Encoding.UTF8.GetString(bytes), settings, Path.GetDirectoryName(whole) ?? beside, shell, rate: null, why: false);
        ValueList<string> faults = [.. played.Faults, .. misses.Select(miss => $"expected {miss}")];
        if (played.Faults.Count is 0 && played.Expectations is 0)
            faults = ["expected a line with expect, silent or messages, found none: this test cannot fail."];
        if (faults.Count is 0) return Exit.Fine;
        shell.Out.WriteLine($"{test.In ?? path}:{test.Line}: {timeline}");
        foreach (var fault in faults) shell.Out.WriteLine($"  - {fault}");
        return Exit.Failed;
    }

    private static int Try(Example test, string path, Settings settings, Shell shell)
    {
        var beside = Path.GetDirectoryName(shell.Full(path)) ?? shell.Folder;
        if (Inputs.Read(Path.Combine(beside, test.Event), shell) is not { } bytes) return Exit.NoInput;
        var flows = Flow.Of(bytes, settings);
        var heard = flows.SelectMany(flow => flow.Routing.Routed).ToLookup(routed => routed.Room.Name);
        var faults = new List<string>();
        foreach (var (room, words) in test.Says)
        {
            if (heard[room].Any(routed => Text(routed, settings).Contains(words, StringComparison.OrdinalIgnoreCase))) continue;
            faults.Add($"  - {room} says {(words.Length is 0 ? "something" : $"\"{words}\"")}");
            if (!heard[room].Any()) faults.Add($"  + {room} hears nothing{Elsewhere(flows)}");
            faults.AddRange(
                from routed in heard[room] from line in Text(routed, settings).Split('\n') select $"  + {room}: {line.TrimEnd()}");
        }
        foreach (var room in test.Silent)
        {
            foreach (var routed in heard[room])
            {
                faults.Add($"  - {room} hears nothing");
                faults.Add($"  + {room}: {Cut.OneLine(routed.Notice.Title)} ({routed.Because})");
            }
        }
        if (faults.Count is 0) return Exit.Fine;
        shell.Out.WriteLine($"{test.In ?? path}:{test.Line}: {test.Event} (- expected, + found)");
        foreach (var line in faults.Distinct()) shell.Out.WriteLine(line);
        return Exit.Failed;
    }

    private static string Text(Routed routed, Settings settings) => PlainText.Of(Card.Of(routed.Notice, settings.Rendering));

    private static string Elsewhere(ValueList<Flow> flows)
    {
        string[] others =
        [
            .. from flow in flows from routed in flow.Routing.Routed select $"{routed.Room.Name} does ({routed.Because})",
            .. from flow in flows from held in flow.Routing.Held select $"held back by {held.Because}",
            .. from flow in flows where flow.Reading.Outcome is Outcome.Quiet select $"nothing to say: {flow.Reading.Why}",
        ];
        return others.Length is 0 ? "" : "; " + string.Join("; ", others.Distinct());
    }

    private static string Counted(int count, string noun) => count is 1 ? $"1 {noun}" : $"{count} {noun}s";
}
