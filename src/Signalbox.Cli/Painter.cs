using Signalbox.Deploy;

namespace Signalbox.Cli;

/// <summary>Lines in colour on a terminal, plain where they are piped or nobody wants colour.</summary>
/// <param name="shell">Where they go.</param>
/// <param name="noColor">True for plain lines on a terminal too.</param>
internal sealed class Painter(Shell shell, bool noColor)
{
    private readonly bool isPlain = noColor || shell.Columns is null || shell.Variable("NO_COLOR") is { Length: > 0 } || shell.Variable("TERM") is "dumb";

    /// <summary>Writes a line.</summary>
    public void Line(ValueList<Paint> line)
    {
        if (isPlain)
        {
            shell.Out.WriteLine(Paint.Plain(line));
            return;
        }
        foreach (var (tone, text) in line) shell.Out.Write(tone is Tone.Plain || text.Length is 0 ? text : $"\e[{Code(tone)}m{text}\e[0m");
        shell.Out.WriteLine();
    }

    private static string Code(Tone tone) => tone switch
    {
        Tone.Quiet => "90",
        Tone.Good => "32",
        Tone.Doubtful => "33",
        Tone.Bad => "31",
        _ => "1",
    };
}
