namespace Signalbox.Tests.Deliver;

/// <summary>What a digest says of what would take too long one by one.</summary>
public class Digests
{
    private static Notice Of(string source, Severity severity, string title, params string[] owners) =>
        new() { Source = source, Kind = "k", Severity = severity, Status = Status.Raised, Title = title, Owners = [.. owners] };

    [Fact]
    public void It_counts_by_severity_source_and_team_the_most_first()
    {
        var digest = Digest.Of(
            [
                (Of("rds", Severity.Warning, "orders-db is slow", "payments", "shop"), []),
                (Of("cloudwatch", Severity.Critical, "5xx"), ["5xx: still raised", "5xx: cleared"]),
                (Of("cloudwatch", Severity.Critical, "latency"), []),
                (Of("cloudwatch", Severity.Warning, new string('x', 150), "payments"), []),
                (Of("cloudwatch", Severity.Critical, "queue", "payments"), []),
            ],
            3,
            Notices.Noon);
        Assert.Equal("6 at once, 3 more to come: 3 critical, 2 warning", digest.Title);
        Assert.Equal("By source: 4 cloudwatch, 1 rds. By team: 3 payments, 2 nobody", digest.Summary);
        Assert.Equal((Severity.Critical, Status.Stated, Notices.Noon), (digest.Severity, digest.Status, digest.At));
        var page = Assert.Single(digest.Facts);
        Assert.Equal("1–6", page.Name);
        Assert.Equal($"🟠 orders-db is slow\n🚨 5xx: still raised\n🚨 5xx: cleared\n🚨 latency\n🟠 {new string('x', 109)}…\n🚨 queue", page.Value);
    }

    [Fact]
    public void It_says_nothing_of_teams_where_there_are_none_and_names_six_sources()
    {
        var digest = Digest.Of([.. "abcdefgh".Select(letter => (Of($"{letter}", Severity.Info, "t"), (ValueList<string>)[]))], 0, Notices.Noon);
        Assert.Equal("8 at once: 8 info", digest.Title);
        Assert.Equal("By source: 1 a, 1 b, 1 c, 1 d, 1 e, 1 f", digest.Summary);
    }

    [Theory]
    [InlineData("plain", 11)]
    [InlineData("ü", 8)]
    [InlineData("<b>", 17)]
    [InlineData("&*_`~\\\"", 41)]
    public void Room_is_made_for_what_a_chat_escapes(string line, int length) =>
        Assert.Equal(2 * length, Digest.Length([line, line], Of("s", Severity.Error, "t")));
}
