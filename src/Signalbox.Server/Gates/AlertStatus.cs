using Signalbox.Server.Alerting;

namespace Signalbox.Server.Gates;

/// <summary>What Alertmanager says of itself: its programs ask for it before they do anything.</summary>
internal static class AlertStatus
{
    /// <summary>Answers with the version; there is no cluster to speak of, and the settings are nobody's business.</summary>
    public static readonly Gate Row = new("GET", "/api/v2/status", Door.Key, (http, station) => AlertView.Answer(http, 200, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("cluster");
        json.WriteString("status", "disabled");
        json.WriteStartArray("peers");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("versionInfo");
        json.WriteString("version", typeof(AlertStatus).Assembly.GetName().Version?.ToString(3) ?? "");
        foreach (var name in (string[])["revision", "branch", "buildUser", "buildDate", "goVersion"]) json.WriteString(name, "signalbox");
        json.WriteEndObject();
        json.WriteStartObject("config");
        json.WriteString("original", "");
        json.WriteEndObject();
        json.WriteString("uptime", station.StartedAt);
        json.WriteEndObject();
    }));
}
