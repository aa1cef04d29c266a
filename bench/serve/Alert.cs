using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Signalbox.Bench.Serve;

/// <summary>Alerts as Prometheus posts them, each of its own, and a client that costs little beside whom it measures.</summary>
internal static class Alert
{
    /// <summary>What stands before the number of an alert in all that is said of it.</summary>
    public static ReadOnlySpan<byte> Mark => "bench-"u8;

    /// <summary>Posts alerts in batches over some connections.</summary>
    /// <returns>How many were accepted.</returns>
    public static async Task<int> Post(int port, int from, int count, int batch, int connections)
    {
        var requests = new List<(byte[] Bytes, int Alerts)>();
        for (var first = from; first < from + count; first += batch)
        {
            var alerts = Math.Min(batch, from + count - first);
            var body = $"[{string.Join(",", Enumerable.Range(first, alerts).Select(Of))}]";
            requests.Add((Encoding.UTF8.GetBytes("POST /api/v2/alerts HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"), alerts));
        }
        var (next, accepted) = (-1, 0);
        Began = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            var answer = new byte[64 * 1024];
            for (int mine; (mine = Interlocked.Increment(ref next)) < requests.Count;)
            {
                for (var sent = 0; sent < requests[mine].Bytes.Length;) sent += await socket.SendAsync(requests[mine].Bytes.AsMemory(sent));
                var filled = 0;
                while (Framing.Whole(answer.AsSpan(0, filled)) is null)
                {
                    var read = await socket.ReceiveAsync(answer.AsMemory(filled));
                    if (read is 0) return;
                    filled += read;
                }
                if (answer.AsSpan(0, filled).StartsWith("HTTP/1.1 200"u8)) Interlocked.Add(ref accepted, requests[mine].Alerts);
            }
        }));
        return accepted;
    }

    /// <summary>When the last posting began, its requests written before.</summary>
    public static long Began { get; private set; }

    private static string Of(int number)
    {
        var name = number.ToString("0000000", CultureInfo.InvariantCulture);
        return $$"""
            {"labels":{"alertname":"HighLatency","instance":"bench-{{name}}","job":"api","severity":"warning","team":"checkout"},"annotations":{
            "summary":"Latency of bench-{{name}} is high","description":"The 99th percentile over five minutes is 1.8 s, the objective is 0.5 s."},
            "startsAt":"{{Start}}","generatorURL":"http://prometheus.example.com/graph?g0.expr=latency"}
            """;
    }

    private static readonly string Start = DateTimeOffset.UtcNow.AddSeconds(-30).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
