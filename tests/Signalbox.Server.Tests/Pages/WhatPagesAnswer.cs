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
    public async Task A_copy_of_the_settings_has_no_other_file_read()
    {
        var folder = Directory.CreateTempSubdirectory("signalbox").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "team.yaml"), "rooms:\n  oncall: local\nroutes:\n  - { to: oncall }\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "other.yaml"), "words that nobody may read\n", TestContext.Current.CancellationToken);
        const string main = "include: team.yaml\nrooms:\n  rest: local\ndefaults: { room: rest }\n";
        var path = Path.Combine(folder, "signalbox.yaml");
        await File.WriteAllTextAsync(path, main, TestContext.Current.CancellationToken);
        await using var served = await Served.With(change: options => options with { SettingsPath = path, Settings = SettingsFile.Load(path).Settings! });

        Assert.Contains("oncall would hear of it", await Try(served, Raised, main + "# changed\n"), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await Try(served, Raised, main.Replace("team.yaml", "other.yaml", StringComparison.Ordinal)));
        Assert.Contains("a copy can include no other files", page, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody may read", page, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_viewer_tries_with_the_settings_in_force_and_is_not_shown_them()
    {
        const string settings = "rooms:\n  oncall: local\nserver:\n  sign-in:\n    proxy: { header: X-User, from: [127.0.0.1/32, \"::1/128\"], role: viewer }\n";
        await using var served = await Served.With(settings);
        served.Http.DefaultRequestHeaders.Add("X-User", "vera");
        Assert.DoesNotContain("X-User", (await served.Get("/try")).Text, StringComparison.Ordinal);
        var page = await Try(served, Raised, "rooms:\n  elsewhere: local\n");
        Assert.Contains("oncall would hear of it", page, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", page, StringComparison.Ordinal);
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
        var (address, page) = await Submit(served, "/rooms/local", ("text", "status"));
        Assert.Equal("/rooms/local", address);
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

    [Fact]
    public async Task A_form_that_did_not_come_from_a_page_does_nothing()
    {
        await using var served = await Served.With();
        using var content = new FormUrlEncodedContent([new("text", "silence 1h source = rds")]);
        using var answer = await served.Http.PostAsync(new Uri("/rooms/local", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(await served.Store.Documents("silence", TestContext.Current.CancellationToken));
    }

    private static async Task<string> Try(Served served, string what, string settings) =>
        (await Submit(served, "/try", ("event", what), ("settings", settings))).Page;

    /// <summary>Fills in the form of a page and sends it, as a browser without scripts does.</summary>
    private static async Task<(string Address, string Page)> Submit(Served served, string path, params (string Name, string Value)[] fields)
    {
        var page = (await served.Get(path)).Text;
        const string field = "name=\"csrf\" value=\"";
        var at = page.IndexOf(field, StringComparison.Ordinal) + field.Length;
        var token = new KeyValuePair<string, string>("csrf", page[at..page.IndexOf('"', at)]);
        using var content = new FormUrlEncodedContent([token, .. fields.Select(each => new KeyValuePair<string, string>(each.Name, each.Value))]);
        using var answer = await served.Http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (answer.RequestMessage!.RequestUri!.AbsolutePath, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
