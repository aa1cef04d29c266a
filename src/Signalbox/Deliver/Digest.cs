using System.Text;

namespace Signalbox;

/// <summary>One message that names everything that would take too long to say one by one.</summary>
public static class Digest
{
    private const int LongestName = 110;

    /// <summary>The digest of as many notices as fit.</summary>
    /// <param name="waiting">What waits, in the order in which it would be said.</param>
    /// <param name="total">How many wait in all.</param>
    /// <param name="room">How many characters the message may take.</param>
    /// <param name="now">The time.</param>
    /// <returns>The message, and how many it names: the first ones of the list, at least one.</returns>
    public static (Notice Notice, int Named) Of(ValueList<Notice> waiting, int total, int room, DateTimeOffset now)
    {
        var lines = new List<(Notice Notice, string Line)>();
        var length = 0;
        foreach (var notice in waiting)
        {
            var line = $"{Sign(notice)} {Cut.Line(notice.Title, LongestName)}";
            if (lines.Count > 0 && length + line.Length + 1 > room) break;
            length += line.Length + 1;
            lines.Add((notice, line));
        }
        var named = lines.Select(line => line.Notice).ToValueList();
        var more = total > lines.Count ? $", {total - lines.Count} more to come" : "";
        return (new()
        {
            Source = "signalbox",
            Kind = "digest",
            Severity = named.Max(notice => notice.Severity),
            Status = Status.Stated,
            Title = $"{lines.Count} at once{more}: {Counts(named, notice => Words.Of(notice.Severity))}",
            Summary = $"By source: {Counts(named, notice => notice.Source)}{Teams(named)}",
            At = now,
            Facts = Pages([.. lines.Select(line => line.Line)]),
        }, lines.Count);
    }

    private static string Teams(ValueList<Notice> named) =>
        named.Any(notice => notice.Owners.Count > 0) ? $". By team: {Counts(named, notice => notice.Owners.Count > 0 ? notice.Owners[0] : "nobody")}" : "";

    /// <summary>The list in pieces that every chat shows whole.</summary>
    private static ValueList<Fact> Pages(ValueList<string> lines)
    {
        const int longest = 640;
        var (pages, page, first) = (new List<Fact>(), new StringBuilder(), 1);
        for (var place = 0; place < lines.Count; place++)
        {
            if (page.Length > 0 && page.Length + lines[place].Length + 1 > longest)
            {
                pages.Add(new($"{first}–{place}", page.ToString()));
                page.Clear();
                first = place + 1;
            }
            if (page.Length > 0) page.Append('\n');
            page.Append(lines[place]);
        }
        if (page.Length > 0) pages.Add(new($"{first}–{lines.Count}", page.ToString()));
        return [.. pages];
    }

    private static string Counts(ValueList<Notice> notices, Func<Notice, string> by) =>
        string.Join(", ", notices.GroupBy(by).OrderByDescending(group => group.Count()).Take(6).Select(group => $"{group.Count()} {group.Key}"));

    private static string Sign(Notice notice) => Card.MarkOf(notice);
}
