using Signalbox.Server.Gates;
using Signalbox.Server.Pages.Explained;
using Signalbox.Server.Pages.Now;
using Signalbox.Server.Pages.Past;
using Signalbox.Server.Pages.Rooms;
using Signalbox.Server.Pages.Upkeep;

namespace Signalbox.Server;

/// <summary>A way into the server: one file and one row.</summary>
/// <param name="Methods">The HTTP methods it takes, parted by blanks.</param>
/// <param name="Path">Where it is, in the pattern language of routing.</param>
/// <param name="Door">Who may use it.</param>
/// <param name="Handle">Answers a request.</param>
internal sealed record Gate(string Methods, string Path, Door Door, Func<HttpContext, Station, Task> Handle);

/// <summary>Who may use a gate.</summary>
internal enum Door
{
    /// <summary>Anybody: it shows nothing, or the request proves itself by its signature.</summary>
    Open,

    /// <summary>Programs with a key, where the server has keys or listens beyond loopback.</summary>
    Key,

    /// <summary>People who may read.</summary>
    Viewer,

    /// <summary>People who may act: acknowledge, silence.</summary>
    Responder,

    /// <summary>People who may change what the server does: redrive, try, keys.</summary>
    Admin,
}

/// <summary>Every way into the server.</summary>
internal static class GateTable
{
    /// <summary>The rows.</summary>
    public static readonly ValueList<Gate> All =
    [
        Liveness.Live, Liveness.Ready, Liveness.Healthy, Liveness.ReadyToo, Metrics.Row,
        Events.Row, SnsTopics.Row, GitHubHook.Row, GitLabHook.Row, StandardHook.Row, SlackHooks.Actions, SlackHooks.Commands, SlackHooks.Events,
        AlertPost.Row, AlertList.Row, AlertGroups.Row, AlertReceivers.Row, AlertStatus.Row,
        SilenceList.Row, SilencePost.Row, SilenceShow.Row, SilenceEnd.Row,
        Files.Style, Files.Script, Files.Sign, Live.Row, RoomsPage.Row, RoomPage.Row, RoomPage.Act, NowPage.Row, EventPage.Row, TryPage.Row, TryPage.Act,
        SignInGates.Ask, SignInGates.Take, SignInGates.Leave, SignInGates.Return, SignInGates.Out, AuditPage.Row,
        TimelinePage.Row, HistoryPage.Row, HistoryExport.Csv, HistoryExport.JsonLines, RoutingPage.Row, RoutingPage.End, HealthPage.Row, HealthPage.Redrive,
    ];
}
