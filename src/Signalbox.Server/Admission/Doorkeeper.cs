using System.Net;

namespace Signalbox.Server.Admission;

/// <summary>Decides who comes in by which door.</summary>
internal static class Doorkeeper
{
    /// <summary>True when the request may go on; otherwise it has been answered.</summary>
    public static async Task<bool> Admit(HttpContext http, Gate gate, Station station)
    {
        Cookies.Prepare(http, station);
        switch (gate.Door)
        {
            case Door.Open:
                return true;
            case Door.Key when !Csrf.IsOurs(http, station):
                // A program says nothing of a site. A page of another one that sends events to this machine does.
                station.Journal.Doubts("refused", ("path", http.Request.Path.Value ?? ""), ("reason", "a page of another site sent it"));
                await Reply.Text(http, 403, "pages of other sites may not send events\n");
                return false;
            case Door.Key:
                return await Keys.Admit(http, station);
            default:
                return await People.Admit(http, gate.Door, station);
        }
    }

    /// <summary>True when the request comes from this machine to this machine.</summary>
    public static bool IsLocal(HttpContext http) =>
        http.Connection is { RemoteIpAddress: { } from, LocalIpAddress: { } to } && IPAddress.IsLoopback(from) && IPAddress.IsLoopback(to);
}
