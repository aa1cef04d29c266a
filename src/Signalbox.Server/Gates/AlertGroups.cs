using Signalbox.Server.Alerting;

namespace Signalbox.Server.Gates;

/// <summary>The alerts that hold, gathered by their name.</summary>
internal static class AlertGroups
{
    /// <summary>Answers with a list of groups.</summary>
    public static readonly Gate Row = new("GET", "/api/v2/alerts/groups", Door.Key, (http, station) => AlertView.List(http, station, (json, alerts) =>
    {
        foreach (var group in alerts.GroupBy(alert => alert.Alert.Label("alertname")))
        {
            json.WriteStartObject();
            json.WriteStartObject("labels");
            json.WriteString("alertname", group.Key);
            json.WriteEndObject();
            json.WritePropertyName("receiver");
            AlertView.WriteReceiver(json);
            json.WriteStartArray("alerts");
            foreach (var alert in group) alert.Write(json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }));
}
