using Signalbox.Server.Alerting;

namespace Signalbox.Server.Gates;

/// <summary>The alerts that hold, as <c>amtool alert query</c> asks for them.</summary>
internal static class AlertList
{
    /// <summary>Answers with a list.</summary>
    public static readonly Gate Row = new("GET", "/api/v2/alerts", Door.Key, async (http, station) =>
    {
        var (alerts, fault) = await AlertView.Asked(http, station);
        if (fault is not null)
        {
            await AlertView.Refuse(http, station, new(400, fault));
            return;
        }
        await AlertView.Answer(http, 200, json =>
        {
            json.WriteStartArray();
            foreach (var alert in alerts) alert.Write(json);
            json.WriteEndArray();
        });
    });
}
