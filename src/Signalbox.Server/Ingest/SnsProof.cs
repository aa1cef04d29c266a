using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Signalbox.Server.Ingest;

/// <summary>Whether a request comes from SNS, for a topic that may send here, and now.</summary>
internal static class SnsProof
{
    /// <summary>The clocks of two machines may differ by so much.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(15);

    /// <summary>Why a message is not taken; null when it is what it says. What costs nothing is looked at first: nobody makes this server
    /// fetch anything for a topic that may not send.</summary>
    public static async Task<Refusal?> Refused(Json message, Station station, CancellationToken stop)
    {
        var (intake, now) = (station.Now.Settings.Serving.Intake, station.Now.World.Now());
        if (message["TopicArn"u8].Text is not { } topic || SnsSigning.Canonical(message) is not { } signed)
            return new(400, "this is no message of SNS: one of Type, MessageId, TopicArn, Message, Timestamp and the like is missing");
        if (NotAllowed(topic, intake) is { } refusal) return refusal;
        if (Instants.Read(message["Timestamp"u8].Text) is not { } at) return new(400, "the Timestamp of the message is no time");
        if (now - at > intake.Replay) return Old(now - at, intake.Replay, topic);
        if (at - now > Ahead) return new(403, "the Timestamp of the message is more than 15 minutes in the future") { Detail = topic };

        var version = message["SignatureVersion"u8].Text;
        if (version is not ("1" or "2")) return new(403, "the SignatureVersion of the message is neither 1 nor 2") { Detail = topic };
        var address = message["SigningCertURL"u8].Text ?? message["SigningCertUrl"u8].Text;
        if (SnsAddress.CertificateFault(address, topic) is { } fault)
            return new(403, $"the SigningCertURL of the message {fault}: it is not fetched") { Detail = address ?? "" };
        if (Signature(message) is not { } signature) return new(403, "the Signature of the message is not base64") { Detail = topic };

        var (key, untrusted) = await station.Inlet.Certificates.Key(address!, now, stop);
        if (untrusted is not null) return untrusted with { Detail = address! };
        return Verified(key!, signed, signature, version) ? null
            : new(403, "the Signature of the message is not that of SNS: it was forged or changed on its way") { Detail = topic };
    }

    /// <summary>Why a topic may not send; null when it may.</summary>
    public static Refusal? NotAllowed(string topic, Intake intake) =>
        intake.Topics.Count is 0
            ? new(403, "no topic may send here yet: name those that may in the settings, as in server: { topics: [\"arn:aws:sns:*:123456789012:*\"] }")
            { Detail = topic }
        : intake.Allows(topic) ? null
        : new(403, "this topic may not send here: server.topics in the settings names those that may") { Detail = topic };

    private static Refusal Old(TimeSpan age, TimeSpan most, string topic) =>
        new(403, $"the message is {Quantity.Duration(age)} old, more than the {Quantity.Duration(most)} of server.replay: it is a replay or came very late")
        { Detail = topic };

    private static byte[]? Signature(Json message)
    {
        var text = message["Signature"u8].Text ?? "";
        var bytes = new byte[text.Length];
        return text.Length > 0 && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    [SuppressMessage("Security", "CA5350", Justification = "SignatureVersion 1 of SNS is SHA-1, and is the default of a topic.")]
    private static bool Verified(RSA key, byte[] signed, byte[] signature, string version) => key.VerifyData(
        signed, signature, version is "2" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);
}
