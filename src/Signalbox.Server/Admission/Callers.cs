using System.Net;

namespace Signalbox.Server.Admission;

/// <summary>Where a request comes from.</summary>
internal static class Callers
{
    /// <summary>The headers by which proxies tell that somebody else is behind them.</summary>
    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>True when somebody at this machine calls a server that only this machine can call: nobody has to sign in then.</summary>
    /// <remarks>A proxy on this machine calls from this machine too, for whoever is in front of it. So an address for others in the settings, or a proxy's
    /// headers, are enough to ask.</remarks>
    public static bool IsAtThisMachine(HttpContext http, Station station) =>
        !station.IsExposed && Doorkeeper.IsLocal(http) && !Forwarded.Any(http.Request.Headers.ContainsKey)
        && (!Uri.TryCreate(station.Now.Settings.Serving.Url, UriKind.Absolute, out var url) || IsLoopback(url.Host));

    /// <summary>True for a name that means this machine: a page of another site that lets its own name lead here is told by this.</summary>
    public static bool IsLoopback(string host) =>
        host is "localhost" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>True when the connection comes from one of these networks, as in 10.0.0.0/8.</summary>
    public static bool IsFrom(HttpContext http, ValueList<string> networks) =>
        Plain(http.Connection.RemoteIpAddress) is { } from && networks.Any(text => IPNetwork.TryParse(text, out var network) && network.Contains(from));

    /// <summary>Who is at the other end: what a trusted proxy says, else the connection.</summary>
    public static IPAddress? Of(HttpContext http, Station station)
    {
        var direct = Plain(http.Connection.RemoteIpAddress);
        if (station.Now.Settings.Serving.SignIn?.Proxy is not { } proxy || !IsFrom(http, proxy.From)) return direct;
        // The last one is the proxy's own word; those before it are what it was told.
        var said = http.Request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        return IPAddress.TryParse(said, out var address) ? Plain(address) : direct;
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
