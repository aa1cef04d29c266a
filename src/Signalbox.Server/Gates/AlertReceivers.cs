using Signalbox.Server.Alerting;

namespace Signalbox.Server.Gates;

/// <summary>The receivers of Alertmanager: one, since routes decide for each alert anew.</summary>
internal static class AlertReceivers
{
    /// <summary>Answers with a list.</summary>
    public static readonly Gate Row = new("GET", "/api/v2/receivers", Door.Key, (http, _) => AlertView.Answer(http, 200, json =>
    {
        json.WriteStartArray();
        AlertView.WriteReceiver(json);
        json.WriteEndArray();
    }));
}
