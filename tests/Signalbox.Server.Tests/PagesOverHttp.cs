namespace Signalbox.ServerTests;

/// <summary>The pages of past and upkeep, as a browser gets them from a server that has heard something.</summary>
public sealed class PagesOverHttp
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private const string Settings = """
        rooms: { deploys: local, databases: local, broken: { slack: { webhook: "http://127.0.0.1:9/hook" } } }
        routes:
          - { when: "source = cloudwatch", to: databases }
          - { when: "source = rds", to: owner, otherwise: deploys }
          - { when: "kind = snapshot", quiet: "nightly <noise>" }
        """;

    private const string Alarm = """
        {"version":"0","id":"c4c1c1c9-6542-e61b-6ef0-8c4d36933a92","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch",
        "account":"123456789012","time":"2026-11-22T12:00:00Z","region":"us-east-1",
        "resources":["arn:aws:cloudwatch:us-east-1:123456789012:alarm:Cpu"],
        "detail":{"alarmName":"<i>Cpu</i>","state":{"value":"ALARM","reason":"Threshold Crossed","timestamp":"2026-11-22T12:00:00.000+0000"},
        "previousState":{"value":"OK"},"configuration":{}}}
        """;

    private static async Task<Served> Heard()
    {
        var served = await Served.With(Settings);
        await served.Post("/events", Alarm);
        await Served.Until(async () => (await served.Store.History(new() { Room = "databases" }, Stop)).Any(line => line.What is "made"));
        return served;
    }

    [Theory]
    [InlineData("/timeline", "1 event from")]
    [InlineData("/timeline?from=7d&to=1h", "Nothing happened")]
    [InlineData("/history?when=source+%3D+cloudwatch&from=1h", "&lt;i&gt;Cpu&lt;/i&gt;")]
    [InlineData("/history?when=source+%3D+rds", "Nothing in history is like that")]
    [InlineData("/routing", "1 message")]
    [InlineData("/health", "all decided")]
    [InlineData("/audit", "Nobody has done anything yet")]
    public async Task Each_page_shows_what_happened_and_nothing_of_it_as_markup(string path, string words)
    {
        await using var served = await Heard();
        var (status, text) = await served.Get(path);
        Assert.Equal(200, status);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>Cpu", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<noise>", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_cannot_be_read_is_answered_with_what_is_wrong()
    {
        await using var served = await Heard();
        var (status, text) = await served.Get("/history?when=sourc+%3D+x");
        Assert.Equal(400, status);
        Assert.Contains("^^^^^", text, StringComparison.Ordinal);
        Assert.Equal(400, (await served.Get("/history.csv?when=sourc+%3D+x")).Status);
    }

    [Fact]
    public async Task What_was_found_can_be_taken_along()
    {
        await using var served = await Heard();
        var csv = (await served.Get("/history.csv?what=made")).Text.Split("\r\n");
        Assert.Equal("at,what,room,source,severity,status,title,because,thread,event,by", csv[0]);
        Assert.Contains(",made,databases,cloudwatch,", csv[1], StringComparison.Ordinal);
        Assert.Contains("\"room\":\"databases\"", (await served.Get("/history.jsonl?what=made")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silence_is_ended_from_its_page_and_the_audit_log_knows_who_did()
    {
        await using var served = await Heard();
        await served.Store.Keep("silence", "K7Q2", StateJson.Write(new SilenceNote("K7Q2", "source = ecs", null, DateTimeOffset.UtcNow.AddHours(1), null, "anna", "why not")), Stop);
        using var browser = new Browser(served);
        var page = await browser.Open("/routing");
        Assert.Contains("K7Q2 by anna", page.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await browser.Submit(page, "/routing/end")).Status);
        Assert.Empty(await served.Store.Documents("silence", Stop));
        var audit = (await browser.Open("/audit")).Text;
        Assert.Contains("end silence K7Q2", audit, StringComparison.Ordinal);
        Assert.Contains("local", audit, StringComparison.Ordinal);
        Assert.Contains("Nothing is silenced", (await browser.Open("/routing")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_shows_its_reason_and_goes_out_again()
    {
        await using var served = await Heard();
        var note = new PostNote(Placing.Begin, new() { Source = "rds", Kind = "x", Severity = Severity.Error, Status = Status.Stated, Title = "orders-db is gone" }, null, "", "e9", null, null);
        await served.Store.Commit(new() { At = DateTimeOffset.UtcNow, Orders = [new(new("attic", "t9"), 5, StateJson.Write(note))] }, Stop);
        await Served.Until(async () => (await served.Store.Waiting("attic", DateTimeOffset.MaxValue, 1, Stop)).Count is 0);
        await served.Store.Commit(new() { At = DateTimeOffset.UtcNow, Orders = [new(new("attic", "t9"), 5, "{"u8.ToArray())] }, Stop);
        await Served.Until(async () => (await served.Store.Dead(1, Stop)).Count is 1);
        using var browser = new Browser(served);
        var page = await browser.Open("/health");
        Assert.Contains("it cannot be read any more", page.Text, StringComparison.Ordinal);
        Assert.Equal(303, (await browser.Submit(page, "/health/redrive")).Status);
        Assert.Contains("1 letter on the way again", (await browser.Open("/audit")).Text, StringComparison.Ordinal);
    }
}
