using YamlDotNet.Core;

namespace Signalbox.Effects;

/// <summary>Says in our words what the YAML parser says in its own.</summary>
internal static class YamlFaults
{
    private const string Quotes = "Inside { } and [ ] a text with , [ ] { } or a colon goes in quotes.";

    /// <summary>What the parser's messages hold, and what we say instead: the first that fits.</summary>
    private static readonly ValueList<(string Theirs, string Ours)> Words =
    [
        ("multiline plain scalar, found invalid mapping",
            "expected the end of a text that began above, found a colon. Does a line above lack its colon, or the space after it?"),
        ("found invalid mapping",
            "expected the end of the text, found a colon. Is the line indented too far? A text with a colon in it goes in quotes."),
        ("found unexpected end of stream", "expected a closing quote, found none up to the end of the file."),
        ("anchor or alias", "expected a value, found a lone * or &. A text that begins with * or & goes in quotes."),
        ("cannot start any token", "expected a value, found a character that none begins with. Put the text in quotes."),
        ("unknown escape", "expected a known escape after \\, found another one. In 'single quotes' a backslash is just a backslash."),
        ("scanning a tag", "expected a value, found a ! that YAML takes for a tag. Put the text in quotes."),
        ("flow mapping", $"expected a comma or a closing }}, found something else. {Quotes}"),
        ("flow sequence", $"expected a comma or a closing ], found something else. {Quotes}"),
        ("expected '-' indicator",
            "expected an item that begins with -, found something else. Everything in a list begins with - in the same column."),
        ("did not find expected key",
            "expected a name with a colon, found something else. Names that belong together begin in the same column; "
            + "after a closing quote or bracket nothing may follow but a comment."),
        ("incompatible", "expected YAML 1.1 or 1.2, found another version."),
    ];

    /// <summary>The fault as a problem, with what most often is behind it.</summary>
    public static Problem Explain(YamlException fault, string text)
    {
        var spot = new Spot(Math.Max(1, (int)fault.Start.Line), Math.Max(1, (int)fault.Start.Column));
        if (fault.Message.Contains("tab", StringComparison.Ordinal) && Tab(text) is { } tab)
            return new(tab, "This is not YAML: expected spaces before the first word, found a tab. YAML indents with spaces only.");
        foreach (var (theirs, ours) in Words)
        {
            if (fault.Message.Contains(theirs, StringComparison.Ordinal)) return new(spot, "This is not YAML: " + ours);
        }
        return Open(text) ?? new(spot, "This is not YAML: expected a value, found something else. "
            + "Look for a quote, colon or bracket that is missing or too many.");
    }

    /// <summary>What a bracket that is never closed makes of everything after it.</summary>
    public static Problem Unclosed(string text) =>
        Open(text) ?? new(new(1, 1), "This is not YAML: expected every bracket closed, found one that is not.");

    private static Spot? Tab(string text)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var at = line.IndexOf('\t', StringComparison.Ordinal);
            if (at >= 0 && line.AsSpan(0, at).Trim(' ').IsEmpty) return new(number, at + 1);
        }
        return null;
    }

    /// <summary>The quote or the first bracket without its partner, comments left out.</summary>
    private static Problem? Open(string text)
    {
        var open = new List<(char Bracket, Spot At)>();
        var advice = "";
        var (line, column, quote, quoted) = (1, 0, '\0', new Spot(1, 1));
        for (var at = 0; at < text.Length; at++)
        {
            var unit = text[at];
            column++;
            if (unit is '\n')
            {
                (line, column) = (line + 1, 0);
            }
            else if (quote is not '\0')
            {
                if (unit == quote) quote = '\0';
            }
            else if (unit is '"' or '\'' && (at is 0 || " \n[{,:(".Contains(text[at - 1], StringComparison.Ordinal)))
            {
                (quote, quoted) = (unit, new(line, column));
            }
            else if (unit is '#' && (at is 0 || char.IsWhiteSpace(text[at - 1])))
            {
                var end = text.IndexOf('\n', at);
                if (open.Count > 0) advice = $" From the # in line {line} on it is a comment: a text that begins with # goes in quotes.";
                at = (end < 0 ? text.Length : end) - 1;
            }
            else if (unit is '{' or '[')
            {
                open.Add((unit, new(line, column)));
            }
            else if (unit is '}' or ']' && open.Count > 0)
            {
                open.RemoveAt(open.Count - 1);
            }
        }
        if (quote is not '\0')
            return new(quoted, "This is not YAML: expected a closing quote for this one, found none up to the end of the file.");
        if (open.Count is 0) return null;
        var (bracket, spot) = open[0];
        return new(spot, $"This is not YAML: expected a {(bracket is '{' ? '}' : ']')} for this {bracket}, found none.{advice}");
    }
}
