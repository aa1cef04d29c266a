using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Signalbox.Effects;

namespace Signalbox.Bench.Stores;

/// <summary>Events through a whole engine: accepted, decided, and posted to a server on the loopback that says yes at once.</summary>
internal static class EngineRun
{
    /// <summary>Prints events accepted, decided and delivered per second, each event an alert of its own, and what all of it takes in memory.</summary>
    public static async Task Measure(Store store, int events, int rooms)
    {
        using var chat = new YesSayer();
        var settings = SettingsReader.Read(JsonTree.Read(Encoding.UTF8.GetBytes($$"""
            { "rooms": { {{string.Join(", ", Enumerable.Range(0, rooms).Select(room => $$"""
              "room{{room}}": { "slack": { "webhook": "http://127.0.0.1:{{chat.Port}}/{{room}}" }, "pace": "none" }
              """))}} },
              "routes": [ {{string.Join(", ", Enumerable.Range(0, rooms)
                  .Select(room => $$"""{ "when": "tag.team = team{{room}}", "to": "room{{room}}" }"""))}} ] }
            """)).Tree!).Settings!;
        using var outside = Outside.Open(settings, new Trust(() => "", () => []), _ => { });
        var engine = new Engine(settings, store, outside.World, "bench");
        var deliveries = new Deliveries(settings, store, outside.World, "bench");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine("| | per second | CPU µs each |");
        Console.WriteLine("| --- | ---: | ---: |");
        await Time("accept, 64 callers", events, () => Parallel.ForEachAsync(Enumerable.Range(0, events),
            new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, stop) => await engine.Accept(Alert(number, rooms), stop)));
        await Time("decide", events, async () =>
        {
            while (await engine.Decide(256, default) > 0) { }
        });
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        await Time($"deliver, {rooms} {(rooms > 1 ? "rooms" : "room")} without pace", events,
            () => deliveries.ServeAll(DateTimeOffset.MaxValue, default));
        var left = await store.Count(default);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{chat.Count:N0} posts taken, {left.Waiting} wait, {left.Dead} dead; the process held {bytes / events:N0} bytes for each event before"));
    }

    private static async Task Time(string what, int count, Func<Task> act)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await act();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {what} | {count / clock.Elapsed.TotalSeconds:N0} | {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count:N0} |"));
    }

    private static byte[] Alert(int number, int rooms) => Encoding.UTF8.GetBytes($$"""
        {"version":"4","status":"firing","receiver":"signalbox","alerts":[{"status":"firing","labels":{"alertname":"disk-{{number}}","severity":"error",
        "team":"team{{number % rooms}}","instance":"10.0.{{number / 250 % 250}}.{{number % 250}}:9100","job":"node"},
        "annotations":{"summary":"Disk {{number}} is nearly full","description":"Less than 5 % of the disk is free."},
        "startsAt":"2026-11-22T12:00:00.{{number % 1000:000}}Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"{{number:x16}}"}]}
        """);
}

/// <summary>A chat that takes everything: the least that HTTP/1.1 asks of a server.</summary>
internal sealed class YesSayer : IDisposable
{
    private static readonly byte[] Yes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private int count;

    public YesSayer()
    {
        listener.Start(512);
        _ = Listen();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Count => Volatile.Read(ref count);

    public void Dispose() => listener.Dispose();

    private async Task Listen()
    {
        try
        {
            while (true) _ = Serve(await listener.AcceptSocketAsync());
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task Serve(Socket socket)
    {
        using var mine = socket;
        socket.NoDelay = true;
        var buffer = new byte[64 * 1024];
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read is 0) return;
            filled += read;
            while (Whole(buffer.AsSpan(0, filled)) is { } length)
            {
                buffer.AsSpan(length, filled - length).CopyTo(buffer);
                filled -= length;
                Interlocked.Increment(ref count);
                await socket.SendAsync(Yes);
            }
        }
    }

    /// <summary>The length of the first request when all of it is there.</summary>
    private static int? Whole(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return null;
        var head = Encoding.ASCII.GetString(bytes[..end]);
        var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        var length = at < 0 ? 0 : int.Parse(head.AsSpan(at + 16).ToString().Split('\r')[0], CultureInfo.InvariantCulture);
        return bytes.Length >= end + 4 + length ? end + 4 + length : null;
    }
}
