using System.Text;
using Signalbox.Server.Pages.Past;
using Signalbox.Server.Pages.Upkeep;

namespace Signalbox.ServerTests;

public sealed class PagesOfThePast
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly Notice Failover = new()
    {
        Source = "rds",
        Kind = "failover",
        Severity = Severity.Error,
        Status = Status.Raised,
        Title = "<b>orders-db</b> is failing over",
        Facts = [new("Engine", "postgres 16")],
        Tags = [new("team", "payments")],
    };

    private static HistoryLine Line(DateTimeOffset at, string what, Notice notice, string room = "databases", string id = "e1", bool whole = true) => new(at, id, new(room, "t1"), what,
        StateJson.Write(HistoryNote.Of(notice, "route 1: source = rds") with { Words = whole ? new(Placing.Begin, notice, null) : null }));

    private static async Task<Store> Filled(int count)
    {
        var store = MemoryStore.Open();
        await store.Commit(new() { At = Noon, History = [.. Enumerable.Range(0, count).Select(place => Line(Noon.AddMilliseconds(place / 7), "told", Failover, id: $"e{place}"))] }, Stop);
        return store;
    }

    [Fact]
    public async Task Going_on_shows_every_line_once_also_where_many_are_of_one_instant()
    {
        var store = await Filled(500);
        var (ids, mark) = (new List<string>(), (Mark?)null);
        do
        {
            var scanned = await Scan.Back(store, new(), mark, 33, 40, PastLine.Of, Stop);
            ids.AddRange(scanned.Found.Select(found => found.Line.Event));
            mark = Mark.Read(scanned.Next?.Text);
        }
        while (mark is not null);
        Assert.Equal(500, ids.Count);
        Assert.Equal(500, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_search_ends_after_so_many_lines_and_says_where_to_go_on()
    {
        var scanned = await Scan.Back<PastLine>(await Filled(500), new(), null, 10, 200, _ => null, Stop);
        Assert.Equal((0, 200), (scanned.Found.Count, scanned.Read));
        Assert.NotNull(scanned.Next);
    }

    [Theory]
    [InlineData("source = rds and fact.Engine ~ postgres*", "", true)]
    [InlineData("tag.team = payments", "FAILING orders", true)]
    [InlineData("tag.team = web", "", false)]
    [InlineData("", "nothing-like-it", false)]
    [InlineData("", "postgres", true)]
    public void Any_field_and_any_word_of_what_was_said_is_found(string when, string words, bool found)
    {
        var asking = new Server.Pages.Past.Question(when, words, "", "", "", "").Read([], Noon);
        Assert.Empty(asking.Faults);
        Assert.Equal(found, asking.Pick(Line(Noon, "made", Failover)) is not null);
    }

    [Fact]
    public void A_mistake_is_shown_with_a_caret_and_all_at_once()
    {
        var asking = new Server.Pages.Past.Question("severty >= error", "", "", "", "soon", "").Read([], Noon);
        Assert.Equal(2, asking.Faults.Count);
        Assert.StartsWith("severty >= error\n^^^^^^^\n", asking.Faults[0], StringComparison.Ordinal);
        Assert.Contains("severity", asking.Faults[0], StringComparison.Ordinal);
        Assert.Contains("found \"soon\"", asking.Faults[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM", "'@SUM")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("plain", "plain")]
    public void No_cell_of_an_export_is_a_formula(string value, string cell) => Assert.Equal(cell, HistoryExport.Cell(value));

    [Fact]
    public void An_export_as_JSON_lines_holds_the_whole_notice()
    {
        var text = Encoding.UTF8.GetString(HistoryExport.JsonLinesOf([PastLine.Of(Line(Noon, "made", Failover))!, PastLine.Of(Line(Noon, "held", Failover, whole: false))!]));
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal("postgres 16", Json.Parse(Encoding.UTF8.GetBytes(lines[0])).Value["note"u8]["words"u8]["notice"u8]["facts"u8][0]["value"u8].Text);
        Assert.Equal("held", Json.Parse(Encoding.UTF8.GetBytes(lines[1])).Value["what"u8].Text);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 60)]
    [InlineData(60 * 24, 1800)]
    [InlineData(60 * 24 * 7, 10800)]
    [InlineData(60 * 24 * 365, 604800)]
    public void Bars_are_lengths_that_people_count_in_and_at_most_sixty(int minutes, int seconds)
    {
        var span = new Span(Noon - TimeSpan.FromMinutes(minutes), Noon);
        Assert.Equal(TimeSpan.FromSeconds(seconds), Buckets.StepOf(span));
        Assert.InRange(Buckets.Of(span, []).All.Count, 1, 61);
    }

    [Fact]
    public void Every_event_of_the_time_is_in_one_bar_of_its_source()
    {
        var buckets = Buckets.Of(new(Noon - TimeSpan.FromHours(1), Noon),
            Enumerable.Range(0, 3600).Select(second => (Noon.AddSeconds(-1 - second), second % 3 is 0 ? "rds" : "ecs", second % 3 is 0 ? Severity.Critical : Severity.Info)));
        Assert.Equal(3600, buckets.All.Sum(bar => bar.Count));
        Assert.Equal([("ecs", 2400), ("rds", 1200)], buckets.Sources.Select(source => (source.Name, source.Count)));
        Assert.EndsWith("60 events, 20 critical, 40 info", Chart.Words(buckets.All[5]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(61, 80)]
    [InlineData(801, 1000)]
    public void The_scale_ends_in_a_round_number(int most, int top) => Assert.Equal(top, Chart.Top(most));

    [Theory]
    [InlineData("route 1: source = rds", 0)]
    [InlineData("it was raised", 0)]
    [InlineData("it was told of it before", 0)]
    public void What_went_where_is_known_by_its_route_also_within_a_conversation(string because, int route)
    {
        var settings = Served.SettingsOf("rooms: { databases: local, other: local }\nroutes: [{ when: source = rds, to: databases }, { when: source = ecs, to: other }]");
        var line = PastLine.Of(Line(Noon, "made", Failover))!;
        Assert.Equal(route, Traffic.RouteOf(line with { Note = line.Note with { Because = because } }, settings));
    }

    [Theory]
    [InlineData("silence K7Q2 by anna until Nov 22 14:00 UTC", "K7Q2")]
    [InlineData("a mute while \"x\"", null)]
    public void What_a_silence_held_back_is_known_by_its_name(string because, string? name) => Assert.Equal(name, Traffic.SilenceOf(because));
}
