using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Signalbox.Effects;

/// <summary>Opens connections to chats, also ahead of time, so that the first post of a process finds its TLS done.</summary>
public sealed class Doors(Trust trust)
{
    /// <summary>How long a connection opened ahead is used. Lambda freezes processes, and what was open before may be gone after.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly Trust trust = trust;
    private readonly ConcurrentDictionary<string, (Stream Stream, long Opened)> ahead = new();

    /// <summary>Opens a connection that the next request to that host takes. A failure is of no account: the request itself will meet
    /// it.</summary>
    public async Task Open(Uri address, CancellationToken stop)
    {
        try
        {
            var stream = await Connect(address.IdnHost, address.Port, address.Scheme == "https", stop);
            if (!ahead.TryAdd(Key(address.IdnHost, address.Port), (stream, Environment.TickCount64))) await stream.DisposeAsync();
        }
        catch (Exception fault) when (fault is IOException or SocketException or System.Security.Authentication.AuthenticationException
            or OperationCanceledException or Untrusted)
        {
            return;
        }
    }

    /// <summary>A pooling handler that comes through these doors: no redirects, no cookies, no decompression.</summary>
    public SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = HasProxy(),
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 32,
            MaxResponseDrainSize = 0,
            ConnectCallback = Enter,
        };
        // Everybody else meets TLS in Connect, and OpenSSL is not loaded before it is needed.
        if (handler.UseProxy) handler.SslOptions = trust.Options(null);
        return handler;
    }

    private static bool HasProxy() =>
        ((string[])["https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"])
            .Any(name => Environment.GetEnvironmentVariable(name) is { Length: > 0 });

    private async ValueTask<Stream> Enter(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        if (ahead.TryRemove(Key(host, port), out var open))
        {
            if (Environment.TickCount64 - open.Opened < Freshness.TotalMilliseconds) return open.Stream;
            await open.Stream.DisposeAsync();
        }

        // Behind a proxy the end point is the proxy's, and the handler itself goes on to TLS.
        var target = context.InitialRequestMessage.RequestUri!;
        var direct = target.Port == port && string.Equals(target.IdnHost, host, StringComparison.OrdinalIgnoreCase);
        return await Connect(host, port, direct && target.Scheme is "https" or "wss", stop);
    }

    /// <summary>Opens a connection, whoever speaks over it.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="secure">True for TLS from the first byte.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<Stream> Connect(string host, int port, bool secure, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (IPAddress.TryParse(host, out var address)) await socket.ConnectAsync(new IPEndPoint(address, port), stop);
            else await socket.ConnectAsync(host, port, stop);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return secure ? await Secure(stream, host, stop) : stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Goes on in TLS over a connection that is open.</summary>
    public async Task<Stream> Secure(Stream stream, string host, CancellationToken stop)
    {
        var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsClientAsync(trust.Options(host), stop);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private static string Key(string host, int port) => $"{host}:{port}";
}
