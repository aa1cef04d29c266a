using System.CommandLine;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>What Signalbox understands, and how a message of each source looks.</summary>
internal static class SourceList
{
    public static readonly Verb Row = new("sources", "List the events that Signalbox understands, and show how they are told.", """
        Examples:
          signalbox sources              every source, one line each
          signalbox sources rds          how its events are known, and a sample as a message

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var name = new Argument<string?>("NAME") { Description = "The source.", Arity = ArgumentArity.ZeroOrOne };
        command.Add(name);
        return parsed => Task.FromResult(parsed.GetValue(name) is { } wanted ? Show(wanted, shell, parsed.GetValue(Inputs.NoColor)) : List(shell));
    }

    private static int List(Shell shell)
    {
        var width = Sources.All.Max(source => source.Name.Length);
        foreach (var source in Sources.All.OrderBy(source => source.Name, StringComparer.Ordinal))
            shell.Out.WriteLine($"{source.Name.PadRight(width)}  {Cut.Line(string.Join("; ", source.Keys.Select(key => key.Described)), 100)}");
        return Exit.Fine;
    }

    private static int Show(string wanted, Shell shell, bool noColor)
    {
        if (Sources.All.FirstOrDefault(source => source.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) is not { } source)
        {
            var near = Nearest.Hint(wanted, [.. Sources.All.Select(known => known.Name)]);
            shell.Error.WriteLine($"signalbox: no source is called \"{Cut.Line(wanted, 60)}\". {near ?? "signalbox sources lists them."}");
            return Exit.Usage;
        }
        shell.Out.WriteLine(source.Name);
        foreach (var key in source.Keys) shell.Out.WriteLine($"  known by  {key.Described}");
        shell.Out.WriteLine($"  described {source.Docs}");
        if (source.Note is { } note) shell.Out.WriteLine($"  {note}");
        if (Sample(source.Name) is not { } bytes) return Exit.Fine;

        shell.Out.WriteLine();
        var screen = new Screen(shell, noColor);
        foreach (var flow in Flow.Of(bytes, Settings.None))
        {
            foreach (var routed in flow.Routing.Routed) screen.Show(routed with { Because = "a sample" }, Settings.None);
        }
        return Exit.Fine;
    }

    /// <summary>The sample of a source that the tool carries with it.</summary>
    internal static byte[]? Sample(string source)
    {
        using var stream = typeof(SourceList).Assembly.GetManifestResourceStream($"sample.{source}");
        if (stream is null) return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
