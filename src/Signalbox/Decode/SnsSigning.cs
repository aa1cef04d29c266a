using System.Text;

namespace Signalbox;

/// <summary>What SNS signs of a message that it sends to an HTTP endpoint.</summary>
/// <remarks>Message attributes are not signed: nothing that matters may hang on them.</remarks>
public static class SnsSigning
{
    private static readonly string[] OfNotification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] OfSubscription = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    /// <summary>The bytes that were signed: each name and each value on a line of its own, escapes of JSON undone; null when one is missing.</summary>
    /// <param name="message">The body of the request.</param>
    public static byte[]? Canonical(Json message)
    {
        var names = message["Type"u8].Text switch
        {
            "Notification" => OfNotification,
            "SubscriptionConfirmation" or "UnsubscribeConfirmation" => OfSubscription,
            _ => null,
        };
        if (names is null) return null;
        var signed = new StringBuilder();
        foreach (var name in names)
        {
            var value = message[Encoding.UTF8.GetBytes(name)];
            // Only a subject may be left out, and is then no part of it.
            if (!value.Exists && name is "Subject") continue;
            if (value.Text is not { } text) return null;
            signed.Append(name).Append('\n').Append(text).Append('\n');
        }
        return Encoding.UTF8.GetBytes(signed.ToString());
    }
}
