namespace Signalbox;

/// <summary>One message that names everything that would take too long to say one by one.</summary>
public static class Digest
{
    private const int LongestName = 110;
    private const int LongestPage = 640;

    /// <summary>The digest of these.</summary>
    /// <param name="named">What it names, in the order in which it would be said, with what it says of each; none for its title.</param>
    /// <param name="more">How many wait besides.</param>
    /// <param name="now">The time.</param>
    public static Notice Of(ValueList<(Notice Notice, ValueList<string> Lines)> named, int more, DateTimeOffset now)
    {
        var lines = named.SelectMany(each => LinesOf(each.Lines, each.Notice)).ToValueList();
        var notices = named.Select(each => each.Notice).ToValueList();
        return new()
        {
            Source = "signalbox",
            Kind = "digest",
            Severity = notices.Max(notice => notice.Severity),
            Status = Status.Stated,
            Title = $"{lines.Count} at once{(more > 0 ? $", {more} more to come" : "")}: {Counts(notices, notice => Words.Of(notice.Severity))}",
            Summary = $"By source: {Counts(notices, notice => notice.Source)}{Teams(notices)}",
            At = now,
            Facts = Roll.Pages(lines, LongestPage, 1),
        };
    }

    /// <summary>How much of a message it takes to name something, in bytes as a chat counts that escapes the most.</summary>
    public static int Length(ValueList<string> lines, Notice notice) => LinesOf(lines, notice).Sum(line => Roll.Length(line) + 1);

    private static IEnumerable<string> LinesOf(ValueList<string> lines, Notice notice) =>
        (lines.Count > 0 ? lines : [notice.Title]).Select(line => $"{Sign(notice)} {Cut.Line(line, LongestName)}");

    private static string Teams(ValueList<Notice> named) =>
        named.Any(notice => notice.Owners.Count > 0) ? $". By team: {Counts(named, notice => notice.Owners.Count > 0 ? notice.Owners[0] : "nobody")}" : "";

    private static string Counts(ValueList<Notice> notices, Func<Notice, string> by) =>
        string.Join(", ", notices.GroupBy(by).OrderByDescending(group => group.Count()).Take(6).Select(group => $"{group.Count()} {group.Key}"));

    private static string Sign(Notice notice) => Card.MarkOf(notice);
}
