using Signalbox.Server.Alerting;

namespace Signalbox.Server.Gates;

/// <summary>One silence.</summary>
internal static class SilenceShow
{
    /// <summary>Answers with it.</summary>
    public static readonly Gate Row = new("GET", "/api/v2/silence/{id}", Door.Key, async (http, station) =>
    {
        var id = (string)http.Request.RouteValues["id"]!;
        var (form, state) = (await SilenceForm.All(station, http.RequestAborted)).FirstOrDefault(each => each.Form.Id == id);
        if (form is null) await AlertView.Refuse(http, station, new(404, "there is no silence of that id"));
        else await AlertView.Answer(http, 200, json => form.Write(json, state));
    });
}
