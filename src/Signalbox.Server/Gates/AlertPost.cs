using Signalbox.Server.Admission;
using Signalbox.Server.Alerting;
using Signalbox.Server.Ingest;

namespace Signalbox.Server.Gates;

/// <summary>Where Prometheus and amtool post alerts: the interface of Alertmanager, version 2.</summary>
internal static class AlertPost
{
    /// <summary>Answers 200 when what is new is in the store. Alerts that are none are named; the others are taken all the same.</summary>
    public static readonly Gate Row = new("POST", "/api/v2/alerts", Door.Key, async (http, station) =>
    {
        var (bytes, refusal) = await Body.Read(http);
        var list = refusal is null ? Json.Parse(bytes).Value : default;
        if (refusal is null && !list.IsArray) refusal = new(400, "expected an array of alerts");
        if (refusal is null && list.Count > Taking.MostEvents) refusal = new(413, $"expected at most {Taking.MostEvents} alerts, found {list.Count}");
        if (refusal is not null)
        {
            await AlertView.Refuse(http, station, refusal);
            return;
        }
        var (now, key) = (station.Now.World.Now(), Keys.Of(http));
        var alerts = new List<PostedAlert>();
        string? wrong = null;
        foreach (var item in list.Items)
        {
            var (alert, fault) = PostedAlert.Read(item, now);
            if (alert is null) wrong ??= fault;
            else alerts.Add(key?.Source is null ? alert : alert with { Source = key.Source });
        }
        await station.Inlet.Alerts.Post(alerts, station, http.RequestAborted);
        if (key is not null) station.Inlet.Keys.Charge(key, alerts.Count, now);
        if (wrong is not null) await AlertView.Refuse(http, station, new(400, wrong));
        else http.Response.StatusCode = 200;
    });
}
