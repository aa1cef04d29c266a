using Signalbox.Deploy;

namespace Signalbox.Cli.Examining;

/// <summary>Findings as they are made: a line each, for people or for scripts.</summary>
/// <param name="shell">Where they go.</param>
/// <param name="isJson">True for JSON.</param>
/// <param name="noColor">True for no colour on a terminal.</param>
internal sealed class Sheet(Shell shell, bool isJson, bool noColor)
{
    private readonly Painter painter = new(shell, noColor);
    private string function = "";
    private int doubtful;
    private int all;

    /// <summary>How many things do not work.</summary>
    public int Wrong { get; private set; }

    /// <summary>What follows is about this function.</summary>
    public void Head(string name)
    {
        function = name;
        if (!isJson) painter.Line([new(Tone.Strong, name)]);
    }

    /// <summary>Notes a finding.</summary>
    public void Note(Finding finding)
    {
        all++;
        if (finding.Mark is Mark.Wrong) Wrong++;
        if (finding.Mark is Mark.Doubtful) doubtful++;
        if (!isJson)
        {
            painter.Line(finding.Line);
            shell.Out.Flush();
            return;
        }
        shell.Out.WriteLine(CanonicalJson.Written(json =>
        {
            json.WriteStartObject();
            if (function.Length > 0) json.WriteString("function", function);
            json.WriteString("check", finding.Check);
            json.WriteString("mark", finding.Mark switch { Mark.Well => "well", Mark.Doubtful => "doubtful", _ => "wrong" });
            json.WriteString("found", finding.Found);
            if (finding.Mend.Length > 0) json.WriteString("mend", finding.Mend);
            json.WriteEndObject();
        }));
    }

    /// <summary>Ends it.</summary>
    public void Sum()
    {
        if (isJson) return;
        var rest = doubtful > 0 ? $", {doubtful} to look at" : "";
        painter.Line(Wrong > 0
            ? [new(Tone.Bad, $"{Quantity.Count(Wrong, "thing")} of {all} {(Wrong is 1 ? "does" : "do")} not work{rest}")]
            : [new(Tone.Good, $"nothing is wrong in {Quantity.Count(all, "check")}{rest}")]);
    }
}
