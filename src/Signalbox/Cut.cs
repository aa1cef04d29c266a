using System.Buffers;
using System.Globalization;
using System.Text;

namespace Signalbox;

/// <summary>Makes text fit: at a word where one is near, never inside a character, and saying how much is left out.</summary>
public static class Cut
{
    /// <summary>What misleads in a text of several lines: all control characters but those that part lines and columns, and the turns of direction.</summary>
    private static readonly SearchValues<char> Misleading = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(unit => (char)unit).Where(unit => unit is not ('\n' or '\t') && Misleads(unit)),
            .. "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u061C\uFEFF"]);

    /// <summary>One line of at most so many UTF-16 units; what is left out is shown by "…".</summary>
    public static string Line(string text, int limit)
    {
        var line = OneLine(text);
        return line.Length <= limit ? line : line[..Place(line, limit - 1)].TrimEnd() + "…";
    }

    /// <summary>Text of at most so many UTF-16 units; what is left out is counted: "… (1,234 more characters)".</summary>
    public static string Text(string text, int limit)
    {
        if (text.Length <= limit) return text;
        const int Note = 40;
        if (limit <= Note) return text[..Place(text, int.Max(0, limit - 1))] + "…";
        var place = Place(text, limit - Note);
        return $"{text[..place].TrimEnd()}… ({(text.Length - place).ToString("N0", CultureInfo.InvariantCulture)} more characters)";
    }

    /// <summary>White space of any kind becomes single blanks; control characters and direction overrides go.</summary>
    public static string OneLine(string text)
    {
        if (IsPlain(text)) return text;
        var line = new StringBuilder(text.Length);
        foreach (var unit in text)
        {
            if (char.IsWhiteSpace(unit) || unit is '\u0085')
            {
                if (line.Length > 0 && line[^1] is not ' ') line.Append(' ');
            }
            else if (!Misleads(unit))
            {
                line.Append(unit);
            }
        }
        return line.ToString().TrimEnd();
    }

    /// <summary>Lines are kept; control characters and direction overrides go.</summary>
    public static string Readable(string text)
    {
        if (text.AsSpan().IndexOfAny(Misleading) < 0) return text;
        var readable = new StringBuilder(text.Length);
        foreach (var unit in text)
        {
            if (!Misleading.Contains(unit)) readable.Append(unit);
        }
        return readable.ToString();
    }

    /// <summary>Control characters and what turns the direction of text: they can make a message read as something else.</summary>
    private static bool Misleads(char unit) =>
        char.IsControl(unit) || unit is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\uFEFF';

    private static bool IsPlain(string text)
    {
        // Most lines are printable ASCII without blanks at their ends or side by side, which is seen at once.
        if (text is [not ' ', .., not ' '] && text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && !text.Contains("  ", StringComparison.Ordinal))
            return true;
        var blank = true;
        foreach (var unit in text)
        {
            if (unit is < ' ' or > '~' && (char.IsWhiteSpace(unit) || Misleads(unit))) return false;
            if (blank && unit is ' ') return false;
            blank = unit is ' ';
        }
        return !blank || text.Length == 0;
    }

    /// <summary>The last word boundary before a place, when there is one in the last quarter; else a place between two characters.</summary>
    private static int Place(string text, int limit)
    {
        var blank = text.AsSpan(0, limit).LastIndexOfAny(' ', '\n');
        if (blank >= limit * 3 / 4) return blank;
        return BetweenCharacters(text, limit);
    }

    /// <summary>Steps back until the place parts neither a surrogate pair nor a cluster of joined or combining characters.</summary>
    public static int BetweenCharacters(string text, int place)
    {
        var start = int.Max(0, place - 64);
        if (start > 0 && char.IsLowSurrogate(text[start])) start--;
        var at = start;
        while (at < place)
        {
            var next = at + StringInfo.GetNextTextElementLength(text.AsSpan(at));
            if (next > place) break;
            at = next;
        }
        return at > start ? at : char.IsLowSurrogate(text[place]) ? place - 1 : place;
    }
}
