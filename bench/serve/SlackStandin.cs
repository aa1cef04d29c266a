using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Signalbox.Bench.Serve;

/// <summary>A Slack that takes every webhook message at once and remembers which alerts it heard of; or one a second with a burst of five.</summary>
internal sealed class SlackStandin : IDisposable
{
    private const int Burst = 5;
    private static readonly byte[] Yes = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok");
    private static readonly byte[] Wait = Encoding.ASCII.GetBytes(
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Type: text/html\r\nContent-Length: 12\r\n\r\nrate_limited");

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly bool isLimited;
    private readonly Lock guard = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private double tokens = Burst;
    private double counted;
    private int taken;
    private int refused;

    public SlackStandin(bool isLimited = false)
    {
        this.isLimited = isLimited;
        listener.Start();
        _ = Listen();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Messages that were taken.</summary>
    public int Taken => Volatile.Read(ref taken);

    /// <summary>Messages that were answered 429.</summary>
    public int Refused => Volatile.Read(ref refused);

    /// <summary>Seconds from the first post of alerts to the last message.</summary>
    public double Last { get; private set; }

    /// <summary>Which alerts were heard of.</summary>
    public ConcurrentDictionary<int, bool> Alerts { get; } = [];

    public void Dispose() => listener.Stop();

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
        var buffer = new byte[256 * 1024];
        var filled = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and var read)
            {
                filled += read;
                while (Framing.Whole(buffer.AsSpan(0, filled)) is var (head, length))
                {
                    var isTaken = IsTaken();
                    if (isTaken) Hear(buffer.AsSpan(head, length - head));
                    buffer.AsSpan(length, filled - length).CopyTo(buffer);
                    filled -= length;
                    await socket.SendAsync(isTaken ? Yes : Wait);
                }
            }
        }
        catch (SocketException)
        {
            // Whoever posted was killed.
            return;
        }
    }

    private bool IsTaken()
    {
        if (!isLimited) return true;
        lock (guard)
        {
            var now = clock.Elapsed.TotalSeconds;
            tokens = Math.Min(Burst, tokens + now - counted);
            counted = now;
            if (tokens >= 1)
            {
                tokens--;
                return true;
            }
        }
        Interlocked.Increment(ref refused);
        return false;
    }

    private void Hear(ReadOnlySpan<byte> body)
    {
        Interlocked.Increment(ref taken);
        Last = Stopwatch.GetElapsedTime(Alert.Began).TotalSeconds;
        for (int at; (at = body.IndexOf(Alert.Mark)) >= 0; body = body[(at + Alert.Mark.Length)..])
        {
            if (int.TryParse(body.Slice(at + Alert.Mark.Length, 7), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) Alerts[number] = true;
        }
    }
}
