using System.Net;
using System.Text;
using Signalbox.Server.Ingest;

namespace Signalbox.Server.Admission;

/// <summary>Programs that bring events.</summary>
internal static class Keys
{
    private static readonly object Item = new();
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    /// <summary>The key that a request came with; null for a program on this machine where no keys are set, and behind every other door.</summary>
    public static KeyGrant? Of(HttpContext http) => http.Items[Item] as KeyGrant;

    /// <summary>True when the request may bring events; otherwise it has been answered.</summary>
    public static async Task<bool> Admit(HttpContext http, Station station)
    {
        if (await Refused(http, station) is not { } refusal) return true;
        await refusal.Tell(http, station);
        return false;
    }

    private static async Task<Refusal?> Refused(HttpContext http, Station station)
    {
        var grants = await station.Inlet.Keys.Grants(station, http.RequestAborted);
        if (grants.Count is 0)
        {
            // A key that was revoked opens nothing, even when it was the last one.
            return Shown(http) is null && IsOfThisMachine(http) ? null : new(401,
                "this server has no keys, so only programs on its own machine may bring events: add "
                + "server: { keys: { NAME: { key: env:NAME } } } to its settings, or make one with signalbox key add NAME");
        }
        if (Shown(http) is not { } shown)
            return new(401, "a key is needed: Authorization: Bearer KEY, X-Api-Key: KEY, or KEY as the password of a basic authorization");
        if (await KeyRing.Find(shown, grants, station, http.RequestAborted) is not { } grant) return new(401, "this key is not known here, or was revoked");
        if (station.Inlet.Keys.Wait(grant, station.Now.World.Now()) is { } wait)
            return new(429, $"the key {grant.Name} brings more events than the {grant.PerSecond} a second that it may") { After = wait };
        http.Items[Item] = grant;
        return null;
    }

    /// <summary>True when a program on this machine asks by itself: neither for somebody behind a proxy, nor because a web page made a browser do it.</summary>
    private static bool IsOfThisMachine(HttpContext http)
    {
        if (!Doorkeeper.IsLocal(http)) return false;
        var headers = http.Request.Headers;
        if (Forwarding.Any(headers.ContainsKey)) return false;
        var host = http.Request.Host;
        if (!(host.Host is "localhost" || IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))) return false;
        return headers.Origin is not [{ Length: > 0 } origin] || Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.Authority == host.Value;
    }

    private static string? Shown(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)) return authorization["Bearer ".Length..].Trim();
        if (authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return Password(authorization["Basic ".Length..].Trim());
        return http.Request.Headers.TryGetValue("X-Api-Key", out var key) && key.ToString() is { Length: > 0 } text ? text : null;
    }

    private static string? Password(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length)) return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var cut = text.IndexOf(':');
        return cut < 0 ? null : text[(cut + 1)..];
    }
}
