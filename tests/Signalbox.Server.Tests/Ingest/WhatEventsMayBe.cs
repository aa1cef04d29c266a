using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Signalbox.ServerTests.Ingest;

public sealed class WhatEventsMayBe
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/json", """{"detail-type":"X","source":"my.app","id":"1","detail":{"a":1}}""", 1)]
    [InlineData("application/json", """[{"a":1},{"a":2},{"a":1}]""", 3)]
    [InlineData("application/x-ndjson", "{\"a\":1}\n\n{\"a\":2}\r\nnot json\n", 3)]
    [InlineData("application/jsonl", "{\"a\":1}", 1)]
    [InlineData("text/plain", "the disk is full", 1)]
    [InlineData("text/plain", "{\"a\":1}\n{\"a\":2}", 2)]
    [InlineData("application/cloudevents+json", """{"specversion":"1.0","type":"x.y","source":"/s","id":"1","data":{}}""", 1)]
    [InlineData("application/cloudevents-batch+json", """[{"specversion":"1.0","type":"x.y","source":"/s","id":"1"},{"specversion":"1.0","type":"x.y","source":"/s","id":"2"}]""", 2)]
    [InlineData("application/json", """{"Records":[{"eventSource":"aws:s3","eventName":"x","s3":{}},{"eventSource":"aws:s3","eventName":"y","s3":{}}]}""", 2)]
    public async Task Each_kind_is_parted_into_its_events(string type, string body, int events)
    {
        await using var served = await Served.With();
        Assert.Equal((200, $"{events} accepted, 0 known already\n"), await served.Post("/events", body, type));
        Assert.Equal((200, $"{events} accepted, {events} known already\n"), await served.Post("/events", body, type));
    }

    [Fact]
    public async Task An_event_of_a_batch_costs_what_it_would_cost_alone()
    {
        await using var served = await Served.With();
        var batch = $"[{string.Join(',', Enumerable.Range(0, 64).Select(number => $$"""{"id":{{number}},"text":"{{new string('x', 500)}}"}"""))}]";
        await served.Post("/events", batch);
        await Served.Until(async () => (await served.Store.Count(Stop)).Events is 64);
        foreach (var line in await served.Store.History(new() { Most = 64 }, Stop))
            Assert.InRange((await served.Store.Came(line.Event, Stop))!.Body.Length, 500, 600);
    }

    [Fact]
    public async Task The_attributes_of_a_binary_CloudEvent_are_its_headers()
    {
        await using var served = await Served.With();
        async Task<string> Send(string id)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/events", UriKind.Relative))
            {
                Content = new StringContent("""{"disk":"full"}""", Encoding.UTF8, "application/json"),
            };
            foreach (var (name, value) in new[] { ("ce-specversion", "1.0"), ("ce-type", "com.example.disk.filled"), ("ce-source", "/disks"), ("ce-id", id), ("ce-subject", "sda%201") })
                request.Headers.Add(name, value);
            using var answer = await served.Http.SendAsync(request, Stop);
            return await answer.Content.ReadAsStringAsync(Stop);
        }
        Assert.Equal("1 accepted, 0 known already\n", await Send("1"));
        Assert.Equal("1 accepted, 1 known already\n", await Send("1"));
        Assert.Equal("1 accepted, 0 known already\n", await Send("2"));
        await Served.Until(async () => (await Told(served)).Contains("sda 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_may_be_packed()
    {
        await using var served = await Served.With();
        Assert.Equal((200, "2 accepted, 0 known already\n"), await Packed(served, Gzip("""[{"a":1},{"a":2}]""")));
    }

    [Fact]
    public async Task A_packed_body_that_breaks_off_or_is_none_is_refused_in_words()
    {
        await using var served = await Served.With();
        var whole = Gzip(string.Join('\n', Enumerable.Range(0, 500).Select(number => $"{{\"a\":{number}}}")));
        Assert.Contains("gzip", (await Packed(served, whole[..^300])).Text, StringComparison.Ordinal);
        Assert.Contains("gzip", (await Packed(served, whole[..^8])).Text, StringComparison.Ordinal);
        Assert.Contains("not gzip", (await Packed(served, "hello"u8.ToArray())).Text, StringComparison.Ordinal);
        Assert.Equal(415, (await Packed(served, whole, "br")).Status);
        Assert.Equal(415, (await Packed(served, whole, "gzip, gzip")).Status);
        Assert.Equal(0, (await served.Store.Count(Stop)).Events);
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_a_huge_one_is_refused_with_the_limit()
    {
        await using var served = await Served.With();
        var (status, text) = await Packed(served, Gzip(new string('x', 100 * 1024 * 1024)));
        Assert.Equal(413, status);
        Assert.Contains("16 MiB", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_with_the_limit()
    {
        await using var served = await Served.With();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/events", UriKind.Relative)) { Content = new ByteArrayContent(new byte[5 * 1024 * 1024]) };
        // As curl does with a body of that size.
        request.Headers.ExpectContinue = true;
        using var answer = await served.Http.SendAsync(request, Stop);
        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Contains("4194304 bytes (4 MiB)", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_events_than_are_taken_at_once_are_refused_with_the_limit()
    {
        await using var served = await Served.With();
        var lines = string.Join('\n', Enumerable.Repeat("{}", 10_001));
        Assert.Equal(413, (await served.Post("/events", lines)).Status);
        // Events inside one text cannot be kept apart: each would be kept with all of it.
        var inside = $"\"[{string.Join(',', Enumerable.Repeat("{}", 9_000))},{{\\\"x\\\":\\\"{new string('x', 900_000)}\\\"}}]\"";
        var (status, text) = await served.Post("/events", inside);
        Assert.Equal(413, status);
        Assert.Contains("at most 10000", text, StringComparison.Ordinal);
        Assert.Equal(0, (await served.Store.Count(Stop)).Events);
    }

    [Fact]
    public async Task An_empty_body_is_no_event()
    {
        await using var served = await Served.With();
        Assert.Equal(400, (await served.Post("/events", " \n")).Status);
    }

    [Fact]
    public async Task Nobody_makes_the_server_post_to_an_address_of_theirs()
    {
        using var trap = new Standin(_ => Said.Http(200, "ok"));
        await using var served = await Served.With();
        var direct = $$"""{"subject":"x","message":"y","webhook":"{{trap.Address}}"}""";
        foreach (var body in new[] { direct, $"[{direct}]", $"{direct}\n{direct}", $"{{\"Records\":[{direct},{direct}]}}" })
            Assert.Equal(200, (await served.Post("/events", body)).Status);
        await served.Post("/events", direct, "application/x-ndjson");
        await Served.Until(async () => (await served.Store.Count(Stop)) is { Undecided: 0, Waiting: 0 });
        Assert.Empty(trap.AllHeard);
    }

    internal static async Task<string> Told(Served served)
    {
        var lines = await served.Store.History(new() { Room = "local" }, Stop);
        return string.Join('\n', lines.Select(line => Encoding.UTF8.GetString(line.Body.Span)));
    }

    private static byte[] Gzip(string text)
    {
        using var into = new MemoryStream();
        using (var gzip = new GZipStream(into, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return into.ToArray();
    }

    private static async Task<(int Status, string Text)> Packed(Served served, byte[] body, string packing = "gzip")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", packing);
        using var answer = await served.Http.PostAsync(new Uri("/events", UriKind.Relative), content, Stop);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
