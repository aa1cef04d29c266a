namespace Signalbox;

/// <summary>A settings file as text: shows the line that a problem is about, without the secrets on it.</summary>
/// <param name="File">Its name, for the head of each message.</param>
/// <param name="Text">What stands in it.</param>
public sealed record SourceText(string File, string Text)
{
    private const int Widest = 110;

    /// <summary>A problem as people read it: place and sentence, the line, and a caret under the spot.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="secrets">Texts that must not be shown.</param>
    public string Show(Problem problem, IEnumerable<string> secrets)
    {
        var spot = problem.Inside is { } scalar ? Locate(scalar, problem.Offset) : problem.At;
        var line = LineAt(spot.Line);
        var column = Math.Clamp(spot.Column - 1, 0, line.Length);
        line = Secrets.Mask(line, secrets);
        var says = Secrets.Mask(problem.Says, secrets);
        var head = $"{File}:{spot.Line}:{spot.Column}: {(problem.IsWarning ? "warning: " : "")}{says}";
        if (line.AsSpan().Trim().IsEmpty) return head;

        var (from, to) = Window(line, column);
        var before = from > 0 ? "…" : "";
        var number = spot.Line.ToString();
        var pad = before + string.Concat(line[from..column].EnumerateRunes().Select(rune => rune.Value is '\t' ? "\t" : " "));
        var carets = new string('^', Math.Clamp(problem.Length, 1, Math.Max(1, to - column)));
        var shown = before + line[from..to] + (to < line.Length ? "…" : "");
        return $"{head}\n  {number} | {shown}\n  {new string(' ', number.Length)} | {pad.Replace('…', ' ')}{carets}";
    }

    private static (int From, int To) Window(string line, int column)
    {
        if (line.Length <= Widest) return (0, line.Length);
        var from = Math.Clamp(column - Widest / 2, 0, line.Length - Widest);
        if (from > 0 && char.IsLowSurrogate(line[from])) from--;
        var to = Math.Min(line.Length, from + Widest);
        return (from, to < line.Length && char.IsLowSurrogate(line[to]) ? to - 1 : to);
    }

    private string LineAt(int number)
    {
        var from = StartOf(number);
        var end = Text.AsSpan(from).IndexOfAny('\n', '\r');
        return end < 0 ? Text[from..] : Text.Substring(from, end);
    }

    private int StartOf(int number)
    {
        var at = 0;
        for (var line = 1; line < number; line++)
        {
            var end = Text.AsSpan(at).IndexOfAny('\n', '\r');
            if (end < 0) return Text.Length;
            at += end + (Text.AsSpan(at + end).StartsWith("\r\n") ? 2 : 1);
        }
        return at;
    }

    /// <summary>Walks source and value side by side, since quotes, escapes and folded lines make them differ.</summary>
    private Spot Locate(Tree.Scalar scalar, int offset)
    {
        var at = Math.Min(Text.Length, StartOf(scalar.At.Line) + scalar.At.Column - 1);
        var quote = scalar.Quoted && at < Text.Length ? Text[at] : '\0';
        if (quote is '|' or '>') at += Math.Max(0, Text.AsSpan(at).IndexOf('\n'));
        else if (quote is '"' or '\'') at++;

        var value = scalar.Text;
        for (var i = 0; i < offset && i < value.Length && at < Text.Length;)
        {
            var gap = Text.AsSpan(at).IndexOfAnyExcept(" \t\r\n");
            if (char.IsWhiteSpace(value[i]) && gap > 0)
            {
                at += gap;
                while (i < offset && char.IsWhiteSpace(value[i])) i++;
            }
            else if (gap > 0)
            {
                at += gap;
            }
            else
            {
                at += Taken(Text.AsSpan(at), quote);
                i++;
            }
        }
        var blank = Text.AsSpan(Math.Min(at, Text.Length)).IndexOfAnyExcept(" \t\r\n");
        if (blank > 0 && offset < value.Length && !char.IsWhiteSpace(value[offset])) at += blank;
        return SpotAt(Math.Min(at, Text.Length));
    }

    private static int Taken(ReadOnlySpan<char> source, char quote) => quote switch
    {
        '"' when source.StartsWith("\\u") => 6,
        '"' when source.StartsWith("\\x") => 4,
        '"' when source.StartsWith("\\") => 2,
        '\'' when source.StartsWith("''") => 2,
        _ => 1,
    };

    private Spot SpotAt(int at)
    {
        var line = 1;
        var start = 0;
        while (true)
        {
            var next = StartOfNext(start);
            if (next > at || next == start) return new(line, at - start + 1);
            start = next;
            line++;
        }
    }

    private int StartOfNext(int start)
    {
        var end = Text.AsSpan(start).IndexOfAny('\n', '\r');
        return end < 0 ? Text.Length + 1 : start + end + (Text.AsSpan(start + end).StartsWith("\r\n") ? 2 : 1);
    }
}
