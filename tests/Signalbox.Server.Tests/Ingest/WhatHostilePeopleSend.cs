using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Signalbox.ServerTests.Ingest;

public sealed class WhatHostilePeopleSend
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET /nothing HTTP/1.1", 404, "there is nothing at this path")]
    [InlineData("GET /..%2f..%2fetc/passwd HTTP/1.1", 404, "there is nothing at this path")]
    [InlineData("GET /../../etc/passwd HTTP/1.1", 404, "there is nothing at this path")]
    [InlineData("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", 404, "there is nothing at this path")]
    [InlineData("POST //events HTTP/1.1", 404, "there is nothing at this path")]
    [InlineData("GET /events%00 HTTP/1.1", 400, "")]
    [InlineData("GET /\\..\\x HTTP/1.1", 404, "there is nothing at this path")]
    [InlineData("GET /api/v2/silence/..%2f..%2fx HTTP/1.1", 404, "no silence of that id")]
    [InlineData("GET /events HTTP/1.1", 405, "GET does nothing here: use POST")]
    [InlineData("DELETE /healthz HTTP/1.1", 405, "DELETE does nothing here: use GET")]
    [InlineData("BREW /events HTTP/1.1", 405, "BREW does nothing here")]
    [InlineData("GET /events HTTP/9.9", 505, "")]
    [InlineData("nonsense", 400, "")]
    public async Task A_path_or_method_that_is_none_is_answered_in_a_sentence(string first, int status, string says)
    {
        await using var served = await Served.With();
        var answer = await Raw(served, $"{first}\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status.ToString(CultureInfo.InvariantCulture)} ", answer, StringComparison.Ordinal);
        Assert.Contains(says, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_headers_is_cut_off()
    {
        await using var served = await Served.With();
        var many = string.Concat(Enumerable.Range(0, 200).Select(number => $"X-{number}: y\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", await Raw(served, $"GET /healthz HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await Raw(served, $"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: {new string('y', 40_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", await Raw(served, $"GET /{new string('y', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(200, (await served.Get("/healthz")).Status);
    }

    [Fact]
    public async Task A_body_that_hardly_moves_does_not_hold_its_connection()
    {
        await using var served = await Served.With();
        var started = DateTimeOffset.UtcNow;
        var answer = await Raw(served, "POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{\"a\":");
        Assert.True(answer.Length is 0 || answer.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal), answer);
        Assert.InRange((DateTimeOffset.UtcNow - started).TotalSeconds, 1, 20);
        Assert.Equal(0, (await served.Store.Count(Stop)).Events);
    }

    [Fact]
    public async Task A_promise_of_a_body_reserves_no_room_for_it()
    {
        await using var served = await Served.With();
        var before = GC.GetTotalAllocatedBytes();
        var clients = new List<TcpClient>();
        // So many that what other tests allocate meanwhile is little beside the promise.
        for (var number = 0; number < 250; number++)
        {
            var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", served.Http.BaseAddress!.Port, Stop);
            await client.GetStream().WriteAsync("POST /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n\r\n{"u8.ToArray(), Stop);
            clients.Add(client);
        }
        await Task.Delay(500, Stop);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 250_000_000);
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task Deep_nesting_is_an_event_like_any_other()
    {
        await using var served = await Served.With();
        foreach (var deep in new[] { new string('[', 100_000), new string('[', 100_000) + new string(']', 100_000), string.Concat(Enumerable.Repeat("{\"a\":", 50_000)) })
        {
            Assert.Equal(200, (await served.Post("/events", deep)).Status);
            Assert.Equal(400, (await served.Post("/api/v2/alerts", deep)).Status);
            Assert.Equal(400, (await served.Post("/api/v2/silences", deep)).Status);
            Assert.Equal(400, (await served.Post("/sns", deep)).Status);
        }
        await Served.Until(async () => (await served.Store.Count(Stop)).Undecided is 0);
    }

    [Fact]
    public async Task Many_idle_connections_leave_the_server_answering()
    {
        await using var served = await Served.With();
        var clients = new List<TcpClient>();
        for (var number = 0; number < 1_000; number++)
        {
            var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", served.Http.BaseAddress!.Port, Stop);
            clients.Add(client);
        }
        Assert.Equal(200, (await served.Post("/events", "{}")).Status);
        foreach (var client in clients) client.Dispose();
    }

    [Fact]
    public async Task Nothing_that_is_posted_anywhere_makes_the_server_fail()
    {
        await using var served = await Served.With("""server: { topics: "arn:aws:*" }""");
        var chance = new Random(20261122);
        var samples = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "samples")).Order().Select(File.ReadAllBytes).ToList();
        Assert.NotEmpty(samples);
        var gates = GateTablePaths();
        foreach (var sample in samples)
        {
            foreach (var path in gates)
            {
                foreach (var body in new[] { sample, Mutated(sample, chance), Mutated(sample, chance) })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
                    if (chance.Next(8) is 0) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
                    if (chance.Next(8) is 0) request.Headers.TryAddWithoutValidation("ce-type", "a.b");
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", ((string[])["application/json", "application/x-ndjson", "application/cloudevents+json", "x"])[chance.Next(4)]);
                    using var answer = await served.Http.SendAsync(request, Stop);
                    Assert.True((int)answer.StatusCode < 500, $"{path} answered {(int)answer.StatusCode} to {Convert.ToBase64String(body)}");
                }
            }
        }
        Assert.DoesNotContain(served.Log, line => line.Contains("\"what\":\"failed\"", StringComparison.Ordinal));
        await Served.Until(async () => (await served.Store.Count(Stop)).Undecided is 0);
    }

    private static IReadOnlyList<string> GateTablePaths() =>
        [.. from gate in Server.GateTable.All where gate.Methods.Contains("POST", StringComparison.Ordinal) select gate.Path];

    /// <summary>Bits turned, parts cut out, doubled and exchanged, bytes that are no text.</summary>
    private static byte[] Mutated(byte[] sample, Random chance)
    {
        var bytes = sample.ToArray();
        for (var change = chance.Next(1, 6); change > 0 && bytes.Length > 2; change--)
        {
            var (from, to) = (chance.Next(bytes.Length), chance.Next(bytes.Length));
            if (from > to) (from, to) = (to, from);
            switch (chance.Next(5))
            {
                case 0: bytes[from] = (byte)chance.Next(256); break;
                case 1: bytes = [.. bytes[..from], .. bytes[to..]]; break;
                case 2: bytes = [.. bytes[..to], .. bytes[from..]]; break;
                case 3: bytes = bytes[..to]; break;
                default: bytes[from] = ((byte[])[(byte)'{', (byte)'"', (byte)'[', 0, 0xFF, (byte)'\\', (byte)','])[chance.Next(7)]; break;
            }
        }
        return bytes;
    }

    private static async Task<string> Raw(Served served, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", served.Http.BaseAddress!.Port, Stop);
        await using var stream = client.GetStream();
        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Stop);
            await stream.CopyToAsync(answer, Stop);
        }
        catch (IOException)
        {
            // It was cut off while we were still writing or reading: what came before counts.
        }
        return Encoding.UTF8.GetString(answer.ToArray());
    }
}
