using System.Text;

namespace Signalbox;

/// <summary>A list of names in pieces that every chat shows whole.</summary>
internal static class Roll
{
    /// <summary>The lines as facts, each named by the numbers of its lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="longest">How long a piece may be, as <see cref="Length"/> counts.</param>
    /// <param name="first">The number of the first line.</param>
    public static ValueList<Fact> Pages(ValueList<string> lines, int longest, int first)
    {
        var (pages, page, length, from) = (new List<Fact>(), new StringBuilder(), 0, first);
        for (var place = 0; place < lines.Count; place++)
        {
            var more = Length(lines[place]) + 1;
            if (page.Length > 0 && length + more > longest)
            {
                pages.Add(new($"{from}–{first + place - 1}", page.ToString()));
                page.Clear();
                (from, length) = (first + place, 0);
            }
            if (page.Length > 0) page.Append('\n');
            page.Append(lines[place]);
            length += more;
        }
        if (page.Length > 0) pages.Add(new($"{from}–{first + lines.Count - 1}", page.ToString()));
        return [.. pages];
    }

    /// <summary>How long a line is at most when a chat has escaped it and counts bytes.</summary>
    public static int Length(string line)
    {
        var length = Encoding.UTF8.GetByteCount(line);
        foreach (var sign in line)
        {
            if (sign is '&' or '<' or '>' or '*' or '_' or '`' or '~' or '\\' or '"') length += 4;
        }
        return length;
    }
}
