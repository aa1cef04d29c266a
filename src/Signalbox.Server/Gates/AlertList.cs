using Signalbox.Server.Alerting;

namespace Signalbox.Server.Gates;

/// <summary>The alerts that hold, as <c>amtool alert query</c> asks for them.</summary>
internal static class AlertList
{
    /// <summary>Answers with a list.</summary>
    public static readonly Gate Row = new("GET", "/api/v2/alerts", Door.Key, (http, station) => AlertView.List(http, station, (json, alerts) =>
    {
        foreach (var alert in alerts) alert.Write(json);
    }));
}
