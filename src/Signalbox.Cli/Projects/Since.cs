using System.CommandLine;

namespace Signalbox.Cli.Projects;

/// <summary>A time in the past, as people type it.</summary>
internal static class Since
{
    /// <summary>The option.</summary>
    /// <param name="usual">What holds where it is left out.</param>
    public static Option<string> Option(string usual) => new("--since")
    {
        Description = "From then on: 30m, 24h, 7d ago, or 2026-11-22T12:00:00Z.",
        HelpName = "TIME|INSTANT",
        DefaultValueFactory = _ => usual,
    };

    /// <summary>The instant; null when the text is none, or none in the past, which was said then.</summary>
    public static DateTimeOffset? Read(string text, DateTimeOffset now, Shell shell)
    {
        var at = Durations.Read(text) is { } span ? now - span : Instants.Read(text);
        if (at is { } instant && instant < now) return instant;
        var found = at is null ? $"\"{text}\"" : $"\"{text}\", which is still to come";
        shell.Error.WriteLine($"signalbox: {Sentence.Of("a time in the past after --since, as 2h or 2026-11-22T12:00:00Z", found, null)}");
        return null;
    }
}
