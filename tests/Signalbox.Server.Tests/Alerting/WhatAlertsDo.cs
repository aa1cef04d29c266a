using System.Text.Json;

namespace Signalbox.ServerTests.Alerting;

public sealed class WhatAlertsDo
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_that_is_repeated_every_minute_is_told_once()
    {
        await using var served = await Served.With();
        foreach (var minute in new[] { 0, 1, 2 })
            Assert.Equal((200, ""), await served.Post("/api/v2/alerts", Alert("DiskFull", ends: DateTimeOffset.UtcNow.AddMinutes(4 + minute))));
        await Served.Until(async () => (await Made(served)).Count is 1);
        Assert.Equal(1, (await served.Store.Count(Stop)).Events);
    }

    [Fact]
    public async Task An_alert_that_ended_is_told_as_resolved_once()
    {
        await using var served = await Served.With();
        await served.Post("/api/v2/alerts", Alert("DiskFull", ends: DateTimeOffset.UtcNow.AddMinutes(4)));
        for (var repeat = 0; repeat < 2; repeat++) await served.Post("/api/v2/alerts", Alert("DiskFull", ends: DateTimeOffset.UtcNow.AddSeconds(-1)));
        Assert.Equal(2, (await served.Store.Count(Stop)).Events);
        await Served.Until(async () => (await Made(served)).Any(text => text.Contains("Resolved: DiskFull", StringComparison.Ordinal)));
        Assert.Equal("[]", (await served.Get("/api/v2/alerts")).Text);
    }

    [Fact]
    public async Task An_alert_that_is_repeated_no_more_ends_by_itself()
    {
        await using var served = await Served.With();
        await served.Post("/api/v2/alerts", Alert("DiskFull", ends: DateTimeOffset.UtcNow.AddSeconds(2)));
        await Served.Until(async () => (await Made(served)).Any(text => text.Contains("Resolved: DiskFull", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_alert_that_begins_again_under_its_first_beginning_is_told_again()
    {
        await using var served = await Served.With();
        var began = DateTimeOffset.UtcNow.AddMinutes(-10);
        await served.Post("/api/v2/alerts", Alert("DiskFull", began, DateTimeOffset.UtcNow.AddMinutes(4)));
        await served.Post("/api/v2/alerts", Alert("DiskFull", began, DateTimeOffset.UtcNow.AddSeconds(-1)));
        await served.Post("/api/v2/alerts", Alert("DiskFull", began, DateTimeOffset.UtcNow.AddMinutes(4)));
        Assert.Equal(3, (await served.Store.Count(Stop)).Events);
        await served.Post("/api/v2/alerts", Alert("DiskFull", began, DateTimeOffset.UtcNow.AddSeconds(-1)));
        Assert.Equal(4, (await served.Store.Count(Stop)).Events);
    }

    [Fact]
    public async Task After_a_restart_an_alert_is_known_and_ends_when_nobody_repeats_it()
    {
        var store = MemoryStore.Open();
        await using (var first = await Served.With(store: store))
        {
            await first.Post("/api/v2/alerts", Alert("DiskFull", DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(3)));
            await Served.Until(async () => (await Made(first)).Count is 1);
        }
        await using var second = await Served.With(store: store);
        await Served.Until(async () => (await second.Get("/api/v2/alerts")).Text.Contains("DiskFull", StringComparison.Ordinal));
        await Served.Until(async () => (await Made(second)).Any(text => text.Contains("Resolved: DiskFull", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_alert_without_times_begins_now_and_lasts_five_minutes()
    {
        await using var served = await Served.With();
        Assert.Equal(200, (await served.Post("/api/v2/alerts", """[{"labels":{"alertname":"X"}}]""")).Status);
        Assert.Equal(200, (await served.Post("/api/v2/alerts", """[{"labels":{"alertname":"X"}}]""")).Status);
        Assert.Equal(1, (await served.Store.Count(Stop)).Events);
        using var list = JsonDocument.Parse((await served.Get("/api/v2/alerts")).Text);
        var alert = list.RootElement[0];
        Assert.Equal(TimeSpan.FromMinutes(5), alert.GetProperty("endsAt").GetDateTimeOffset() - alert.GetProperty("updatedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_fingerprint_is_that_of_Prometheus()
    {
        await using var served = await Served.With();
        // Taken from Alertmanager 0.25 for the same labels.
        await served.Post("/api/v2/alerts", """[{"labels":{"severity":"critical","alertname":"DiskFull","empty":"","instance":"db-1:9100"},"annotations":{}}]""");
        Assert.Contains("\"fingerprint\":\"bafaf1f2a64a6f67\"", (await served.Get("/api/v2/alerts")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "expected an array of alerts")]
    [InlineData("[1]", "expected labels in an alert")]
    [InlineData("""[{"labels":{}}]""", "at least one label")]
    [InlineData("""[{"labels":{"a b":"c"}}]""", "the name of a label")]
    [InlineData("""[{"labels":{"a":1}}]""", "to be a text")]
    [InlineData("""[{"labels":{"a":"b"},"startsAt":"2026-01-02T00:00:00Z","endsAt":"2026-01-01T00:00:00Z"}]""", "to end after it starts")]
    public async Task What_is_no_alert_is_refused_in_words(string body, string why)
    {
        await using var served = await Served.With();
        var (status, text) = await served.Post("/api/v2/alerts", body);
        Assert.Equal(400, status);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Contains(served.Log, line => line.Contains("refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_bad_alert_does_not_keep_the_others_out()
    {
        await using var served = await Served.With();
        Assert.Equal(400, (await served.Post("/api/v2/alerts", """[{"labels":{"alertname":"Good"}},{"labels":{"a b":"c"}}]""")).Status);
        Assert.Equal(1, (await served.Store.Count(Stop)).Events);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("?filter=alertname%3D%22DiskFull%22", 1)]
    [InlineData("?filter=alertname%3D~%22Disk.*%7CCpu.*%22", 2)]
    [InlineData("?filter=%7Balertname%3D~%22.*%22%2Cinstance!%3D%22%22%7D", 2)]
    [InlineData("?filter=team%3D%22%22", 2)]
    [InlineData("?filter=alertname!~%22Disk.*%22", 1)]
    [InlineData("?active=false", 0)]
    [InlineData("?receiver=other", 0)]
    [InlineData("?receiver=signal.*", 2)]
    public async Task Alerts_can_be_asked_for_by_their_labels(string query, int found)
    {
        await using var served = await Served.With();
        await served.Post("/api/v2/alerts", Alert("DiskFull", ends: DateTimeOffset.UtcNow.AddMinutes(4)));
        await served.Post("/api/v2/alerts", Alert("CpuHigh", ends: DateTimeOffset.UtcNow.AddMinutes(4)));
        using var list = JsonDocument.Parse((await served.Get($"/api/v2/alerts{query}")).Text);
        Assert.Equal(found, list.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task A_key_that_may_not_silence_is_told_so()
    {
        await using var served = await Served.With($$"""
            server: { keys: { prom: { sha256: {{KeyNote.HashOf("p")}} }, ops: { sha256: {{KeyNote.HashOf("o")}}, silences: true } } }
            """);
        var silence = $$"""
            {"matchers":[{"name":"alertname","value":"X","isRegex":false}],"startsAt":"{{DateTimeOffset.UtcNow:O}}","endsAt":"{{DateTimeOffset.UtcNow.AddHours(1):O}}","createdBy":"me","comment":"c"}
            """;
        served.Http.DefaultRequestHeaders.Add("X-Api-Key", "p");
        Assert.Equal(403, (await served.Post("/api/v2/silences", silence)).Status);
        served.Http.DefaultRequestHeaders.Remove("X-Api-Key");
        served.Http.DefaultRequestHeaders.Add("X-Api-Key", "o");
        Assert.Equal(200, (await served.Post("/api/v2/silences", silence)).Status);
    }

    internal static string Alert(string name, DateTimeOffset? began = null, DateTimeOffset? ends = null) => $$"""
        [{"labels":{"alertname":"{{name}}","instance":"db-1:9100","severity":"critical"},"annotations":{"description":"{{name}} since a while"},
        "startsAt":"{{began ?? new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero):O}}","endsAt":"{{ends:O}}","generatorURL":"http://prometheus:9090/graph"}]
        """;

    internal static async Task<IReadOnlyList<string>> Made(Served served) =>
        [.. from line in await served.Store.History(new() { Room = "local" }, Stop) where line.What is "made"
            select System.Text.Encoding.UTF8.GetString(line.Body.Span)];
}
