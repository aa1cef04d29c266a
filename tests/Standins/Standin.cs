using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Signalbox.Standins;

/// <summary>A request that a stand-in heard, in full.</summary>
public sealed record Heard(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body, int Connection);

/// <summary>What a stand-in says, byte by byte, and what it does to the connection afterwards.</summary>
public sealed record Said(byte[] Bytes, Ending Ending)
{
    /// <summary>A whole HTTP answer; the connection stays open.</summary>
    public static Said Http(int status, string body, params (string Name, string Value)[] headers)
    {
        var head = new StringBuilder($"HTTP/1.1 {status} Said\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        foreach (var (name, value) in headers) head.Append(name).Append(": ").Append(value).Append("\r\n");
        return new(Encoding.UTF8.GetBytes(head.Append("\r\n").Append(body).ToString()), Ending.StaysOpen);
    }

    /// <summary>These very characters, then the ending.</summary>
    public static Said Raw(string text, Ending ending) => new(Encoding.UTF8.GetBytes(text), ending);
}

/// <summary>What becomes of a connection after an answer.</summary>
public enum Ending
{
    /// <summary>It waits for the next request.</summary>
    StaysOpen,

    /// <summary>It is closed in good order.</summary>
    Closes,

    /// <summary>It is reset.</summary>
    Resets,

    /// <summary>It stays open and silent.</summary>
    Stalls,
}

/// <summary>A server on the loopback that says exactly what it is told to say, over TCP or TLS.</summary>
public sealed class Standin : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Func<Heard, Task<Said>> answer;
    private readonly SslStreamCertificateContext? certificate;
    private readonly List<Heard> heard = [];
    private int connections;

    public Standin(Func<Heard, Task<Said>> answer, X509Certificate2? certificate = null, X509Certificate2Collection? intermediates = null)
    {
        this.answer = answer;
        this.certificate = certificate is null ? null : SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
        listener.Start();
        _ = Accept();
    }

    public Standin(Func<Heard, Said> answer, X509Certificate2? certificate = null)
        : this(request => Task.FromResult(answer(request)), certificate)
    {
    }

    /// <summary>Where a CONNECT leads, when this is a proxy.</summary>
    public int? TunnelTo { get; init; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Address => certificate is null ? $"http://127.0.0.1:{Port}" : $"https://localhost:{Port}";

    public int Connections => Volatile.Read(ref connections);

    public IReadOnlyList<Heard> AllHeard
    {
        get { lock (heard) return [.. heard]; }
    }

    public void Dispose()
    {
        over.Cancel();
        listener.Stop();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(over.Token);
                _ = Serve(client, Interlocked.Increment(ref connections));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task Serve(TcpClient client, int connection)
    {
        using var mine = client;
        client.NoDelay = true;
        try
        {
            await using var stream = await Secured(client.GetStream());
            while (await Read(stream, connection) is { } request)
            {
                lock (heard) heard.Add(request);
                var said = await answer(request);
                await stream.WriteAsync(said.Bytes, over.Token);
                await stream.FlushAsync(over.Token);
                if (request.Method == "CONNECT" && TunnelTo is { } port) await Tunnel(stream, port);
                if (said.Ending is Ending.StaysOpen) continue;
                if (said.Ending is Ending.Stalls) await Task.Delay(Timeout.Infinite, over.Token);
                if (said.Ending is Ending.Resets) client.Client.Close(0);
                return;
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException
            or System.Security.Authentication.AuthenticationException)
        {
            return;
        }
    }

    private async Task Tunnel(Stream near, int port)
    {
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, port, over.Token);
        await Task.WhenAny(near.CopyToAsync(far.GetStream(), over.Token), far.GetStream().CopyToAsync(near, over.Token));
    }

    private async Task<Stream> Secured(Stream stream)
    {
        if (certificate is null) return stream;
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = certificate }, over.Token);
        return tls;
    }

    private async Task<Heard?> Read(Stream stream, int connection)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16 * 1024];
        var end = -1;
        while (end < 0)
        {
            var length = await stream.ReadAsync(buffer, over.Token);
            if (length == 0) return null;
            bytes.AddRange(buffer.AsSpan(0, length));
            end = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes).IndexOf("\r\n\r\n"u8);
        }

        var lines = Encoding.UTF8.GetString([.. bytes[..end]]).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0].ToLowerInvariant(), parts => parts[1].Trim());
        var wanted = int.Parse(headers.GetValueOrDefault("content-length", "0"), System.Globalization.CultureInfo.InvariantCulture);
        while (bytes.Count - end - 4 < wanted)
        {
            var length = await stream.ReadAsync(buffer, over.Token);
            if (length == 0) return null;
            bytes.AddRange(buffer.AsSpan(0, length));
        }
        var first = lines[0].Split(' ');
        return new(first[0], first[1], headers, Encoding.UTF8.GetString([.. bytes.GetRange(end + 4, wanted)]), connection);
    }
}
