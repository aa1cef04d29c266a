using System.Text;
using Microsoft.AspNetCore.Http;

namespace Signalbox.ServerTests.Ingest;

public sealed class WhoMayBringEvents
{
    private const string Keys = """
        server:
          keys:
            ci: { sha256: 2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b, source: pipeline }
            slow: { sha256: 52f5b2d0ba1a8ce4ec7d1c6cd2d44d5a5db02ff7eee5b3ceb9eb39ac96a3be1f, per-second: 2 }
        routes:
          - { when: "topic = pipeline", to: builds }
          - { to: rest }
        rooms: { rest: local, builds: local }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_there_are_keys_nobody_comes_in_without_one()
    {
        await using var served = await Served.With(Keys);
        Assert.Equal(401, (await Send(served)).Status);
        var (status, text) = await Send(served, ("Authorization", "Bearer wrong-key-value"));
        Assert.Equal((401, "this key is not known here, or was revoked\n"), (status, text));
        Assert.DoesNotContain(served.Log, line => line.Contains("wrong-key-value", StringComparison.Ordinal));
        Assert.Contains(served.Log, line => line.Contains("not known here", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Authorization", "Bearer secret")]
    [InlineData("Authorization", "bearer secret")]
    [InlineData("X-Api-Key", "secret")]
    [InlineData("Authorization", "Basic YW55Ym9keTpzZWNyZXQ=")]
    public async Task A_key_may_be_shown_in_each_usual_way(string name, string value)
    {
        await using var served = await Served.With(Keys);
        Assert.Equal(200, (await Send(served, (name, value))).Status);
    }

    [Theory]
    [InlineData("Basic ???")]
    [InlineData("Basic c2VjcmV0")]
    [InlineData("Digest secret")]
    [InlineData("Bearer")]
    [InlineData("Bearer secret secret")]
    public async Task A_key_in_another_way_is_none(string value)
    {
        await using var served = await Served.With(Keys);
        Assert.Equal(401, (await Send(served, ("Authorization", value))).Status);
    }

    [Fact]
    public async Task What_a_key_brings_can_be_routed_by_its_label()
    {
        await using var served = await Served.With(Keys);
        await Send(served, ("X-Api-Key", "secret"));
        await Served.Until(async () => (await served.Store.History(new() { Room = "builds" }, Stop)).Any(line => line.What is "made"));
    }

    [Fact]
    public async Task A_key_that_brings_too_much_hears_when_to_come_again()
    {
        await using var served = await Served.With(Keys.Replace("52f5b2d0ba1a8ce4ec7d1c6cd2d44d5a5db02ff7eee5b3ceb9eb39ac96a3be1f", KeyNote.HashOf("slow"), StringComparison.Ordinal));
        Assert.Equal(200, (await Send(served, "[{\"a\":1},{\"a\":2},{\"a\":3},{\"a\":4},{\"a\":5},{\"a\":6}]", ("X-Api-Key", "slow"))).Status);
        using var request = Request("{}", ("X-Api-Key", "slow"));
        using var answer = await served.Http.SendAsync(request, Stop);
        Assert.Equal(429, (int)answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 4);
        Assert.Equal(200, (await Send(served, ("X-Api-Key", "secret"))).Status);
    }

    [Fact]
    public async Task A_key_that_was_made_in_the_store_opens_until_it_is_revoked()
    {
        var store = MemoryStore.Open();
        var (key, note) = KeyNote.Make(DateTimeOffset.UtcNow);
        await store.Keep(KeyNote.Kind, "made", note.Write(), Stop);
        await using var served = await Served.With(store: store);
        Assert.Equal(200, (await Send(served, ("X-Api-Key", key))).Status);
        Assert.Equal(401, (await Send(served)).Status);
        await store.Keep(KeyNote.Kind, "made", default, Stop);
        // Without any key left, this machine alone comes in, and not with a key that was revoked.
        await Served.Until(async () => (await Send(served)).Status is 200);
        Assert.Equal(401, (await Send(served, ("X-Api-Key", key))).Status);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Host", "evil.example")]
    public async Task Without_keys_only_programs_of_this_machine_come_in_and_neither_proxies_nor_pages(string name, string value)
    {
        await using var served = await Served.With();
        // A page of somewhere else is refused at the door already, before anybody asks for keys.
        Assert.InRange((await Send(served, (name, value))).Status, 401, 403);
        Assert.Equal(0, (await served.Store.Count(Stop)).Events);
    }

    [Fact]
    public async Task A_page_of_the_server_itself_may_bring_events()
    {
        await using var served = await Served.With();
        Assert.Equal(200, (await Send(served, ("Origin", served.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)))).Status);
    }

    private static HttpRequestMessage Request(string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/events", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static Task<(int Status, string Text)> Send(Served served, params (string Name, string Value)[] headers) =>
        Send(served, $$"""{"disk":"{{Guid.NewGuid()}}"}""", headers);

    private static async Task<(int Status, string Text)> Send(Served served, string body, params (string Name, string Value)[] headers)
    {
        using var request = Request(body, headers);
        using var answer = await served.Http.SendAsync(request, Stop);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
