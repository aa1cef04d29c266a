using Signalbox.Server.Admission;
using Signalbox.Server.Alerting;

namespace Signalbox.Server.Gates;

/// <summary>Where <c>amtool silence expire</c> ends a silence.</summary>
internal static class SilenceEnd
{
    /// <summary>Answers 200 when it holds no more, and what it held back is looked at again.</summary>
    public static readonly Gate Row = new("DELETE", "/api/v2/silence/{id}", Door.Key, async (http, station) =>
    {
        var id = (string)http.Request.RouteValues["id"]!;
        if (SilencePost.Forbidden(http) is { } refusal)
        {
            await AlertView.Refuse(http, station, refusal);
            return;
        }
        var isEnded = await station.Now.Engine.EndSilence(id, http.RequestAborted);
        await station.Store.Keep(SilenceForm.Kind, id, default, http.RequestAborted);
        if (!isEnded)
        {
            await AlertView.Refuse(http, station, new(404, "there is no silence of that id that can be ended here"));
            return;
        }
        station.Journal.Says("silence ended", ("silence", id), ("key", Keys.Of(http)?.Name ?? ""));
        http.Response.StatusCode = 200;
    });
}
