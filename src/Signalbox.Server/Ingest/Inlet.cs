using Signalbox.Server.Alerting;

namespace Signalbox.Server.Ingest;

/// <summary>What the gates that take events remember from one request to the next.</summary>
/// <param name="send">Makes requests to SNS.</param>
/// <param name="vouch">Judges certificates.</param>
internal sealed class Inlet(Send send, Vouch vouch)
{
    /// <summary>Keys of programs.</summary>
    public KeyRing Keys { get; } = new();

    /// <summary>Makes requests to SNS.</summary>
    public Send Send => send;

    /// <summary>Certificates of SNS.</summary>
    public SnsCertificates Certificates { get; } = new(send, vouch);

    /// <summary>Alerts that are there as long as their senders repeat them.</summary>
    public AlertBoard Alerts { get; } = new();
}
