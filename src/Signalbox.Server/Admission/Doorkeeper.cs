using System.Net;

namespace Signalbox.Server.Admission;

/// <summary>Decides who comes in by which door.</summary>
internal static class Doorkeeper
{
    /// <summary>True when the request may go on; otherwise it has been answered.</summary>
    public static Task<bool> Admit(HttpContext http, Gate gate, Station station) => gate.Door switch
    {
        Door.Open => Task.FromResult(true),
        Door.Key => Keys.Admit(http, station),
        _ => People.Admit(http, gate.Door, station),
    };

    /// <summary>True when the request comes from this machine to this machine.</summary>
    public static bool IsLocal(HttpContext http) =>
        http.Connection is { RemoteIpAddress: { } from, LocalIpAddress: { } to } && IPAddress.IsLoopback(from) && IPAddress.IsLoopback(to);
}
