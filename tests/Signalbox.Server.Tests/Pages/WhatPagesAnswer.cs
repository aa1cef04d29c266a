using System.Net;

namespace Signalbox.ServerTests.Pages;

public sealed class WhatPagesAnswer
{
    private const string Raised = """{"title": "payments-db is down", "severity": "error", "status": "raised", "subject": "payments-db"}""";

    [Fact]
    public async Task An_event_has_a_page_with_every_arrow()
    {
        await using var served = await Served.With();
        await served.Post("/events", Raised);
        await Served.Until(async () => (await served.Get("/rooms/local")).Text.Contains("/events/", StringComparison.Ordinal));
        var room = (await served.Get("/rooms/local")).Text;
        var at = room.IndexOf("/events/", StringComparison.Ordinal);
        var (status, page) = await served.Get(room[at..room.IndexOf('"', at)]);
        Assert.Equal(200, status);
        foreach (var step in (string[])["Came", "Decode", "Read", "Own", "Route", "Converse", "Deliver"])
            Assert.Contains($"<h2>{step}</h2>", page, StringComparison.Ordinal);
        Assert.Contains("no route is set: everything goes here", page, StringComparison.Ordinal);
        Assert.Contains(">made</span> as a message", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/events/none")]
    [InlineData("/rooms/none")]
    public async Task What_is_not_there_is_said_with_404(string path)
    {
        await using var served = await Served.With();
        Assert.Equal(404, (await served.Get(path)).Status);
    }

    [Fact]
    public async Task An_event_is_tried_and_nothing_is_kept()
    {
        await using var served = await Served.With();
        var page = await Try(served, Raised, "");
        Assert.Contains("local would hear of it", page, StringComparison.Ordinal);
        Assert.Contains("As slack would be sent it", page, StringComparison.Ordinal);
        Assert.Equal(0, (await served.Store.Count(TestContext.Current.CancellationToken)).Events);
    }

    [Fact]
    public async Task Other_settings_are_tried_and_the_server_keeps_its_own()
    {
        await using var served = await Served.With();
        Assert.Contains("oncall would hear of it", await Try(served, Raised, "rooms:\n  oncall: local\n"), StringComparison.Ordinal);
        Assert.Contains("href=\"/rooms/local\"", (await served.Get("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_do_not_hold_are_shown_with_a_caret()
    {
        await using var served = await Served.With();
        var page = WebUtility.HtmlDecode(await Try(served, Raised, "rooms:\n  oncall: local\nroutes:\n  - { when: sauce = rds, to: oncall }\n"));
        Assert.Contains("The settings do not hold", page, StringComparison.Ordinal);
        Assert.Contains("settings:4:", page, StringComparison.Ordinal);
        Assert.Contains("^", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sends_the_browser_back_to_the_room_with_its_answer_once()
    {
        await using var served = await Served.With();
        using var content = new FormUrlEncodedContent([new("text", "status"), new("csrf", await served.Token("/rooms/local"))]);
        using var answer = await served.Http.PostAsync(new Uri("/rooms/local", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal("/rooms/local", answer.RequestMessage!.RequestUri!.AbsolutePath);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Nothing is open in this room.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is open in this room.", (await served.Get("/rooms/local")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Style_and_script_may_be_kept_for_ever_under_the_address_that_pages_name()
    {
        await using var served = await Served.With();
        var page = (await served.Get("/")).Text;
        var at = page.IndexOf("/style.css?", StringComparison.Ordinal);
        using var answer = await served.Http.GetAsync(new Uri(page[at..page.IndexOf('"', at)], UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("text/css", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(300));
    }

    [Fact]
    public async Task A_watcher_hears_what_another_process_on_the_store_has_done()
    {
        await using var served = await Served.With();
        await served.Post("/events", Raised);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(20));
        await using var stream = await served.Http.GetStreamAsync(new Uri("/live?room=elsewhere", UriKind.Relative), stop.Token);
        using var reader = new StreamReader(stream);
        await Task.Delay(1500, stop.Token);
        var line = new HistoryLine(DateTimeOffset.UtcNow, "", new("elsewhere", "t"), "made", default);
        await served.Store.Commit(new() { At = line.At, History = [line] }, stop.Token);
        string? heard;
        while ((heard = await reader.ReadLineAsync(stop.Token)) is not null and not "data: elsewhere") continue;
        Assert.Equal("data: elsewhere", heard);
    }

    [Fact]
    public async Task The_demo_explains_a_rollback_in_a_room_of_its_own()
    {
        await using var served = await Served.With(change: options => options with { Demo = true });
        await Served.Until(async () => (await served.Get("/rooms/deploys")).Text.Contains("payments-api", StringComparison.Ordinal));
        var rooms = (await served.Get("/")).Text;
        foreach (var room in (string[])["deploys", "databases", "alarms", "security"]) Assert.Contains($"/rooms/{room}", rooms, StringComparison.Ordinal);
    }

    private static async Task<string> Try(Served served, string what, string settings)
    {
        using var content = new FormUrlEncodedContent([new("event", what), new("settings", settings), new("csrf", await served.Token("/try"))]);
        using var answer = await served.Http.PostAsync(new Uri("/try", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
