namespace Signalbox;

/// <summary>Mail that SES sent, could not send, or received.</summary>
/// <remarks>
/// Input: feedback (<c>notificationType</c>) and published events (<c>eventType</c>), through SNS or EventBridge, and the receipt record of a
/// receiving rule. Severity: a complaint, a bounce for good, a mail held back, a delay and spam are warnings; a rejection, a rendering failure and a virus are
/// errors; all else, a bounce that may pass too, is info. The text of a mail is never shown.
/// </remarks>
public static class Ses
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "ses",
        [
            new Key.Members("notificationType", ["mail"]),
            new Key.Members("eventType", ["mail"]),
            new Key.Members("notificationType", [], "AmazonSnsSubscriptionSucceeded"),
            new Key.Words("Successfully", ["validated SNS topic for Amazon SES"]),
            new Key.Event("aws:ses"),
            new Key.Event("aws.ses"),
        ],
        Read,
        "https://docs.aws.amazon.com/ses/latest/dg/monitor-sending-activity-using-notifications.html");

    private const string NotSent = "was not sent: on the suppression list";
    private const string OfTheAccount = "on the account's suppression list";

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        var type = body["notificationType"u8].Words ?? body["eventType"u8].Words;
        if (envelope.Text is not null || type is "AmazonSnsSubscriptionSucceeded") return new Parsed.Quiet("SES only tests whether it may publish here");
        if (body["ses"u8]["receipt"u8].IsObject) return SesMail.Received(envelope, body["ses"u8]["mail"u8], body["ses"u8]["receipt"u8]);
        if (type is "Received") return SesMail.Received(envelope, body["mail"u8], body["receipt"u8]);
        if (type is null || !body["mail"u8].IsObject) return SesStanding.Read(envelope) ?? AsItCame.Told(envelope, "ses");

        var mail = body["mail"u8];
        return type switch
        {
            "Bounce" => Bounce(envelope, mail, body["bounce"u8]),
            "Complaint" => Complaint(envelope, mail, body["complaint"u8]),
            "Delivery" => SesMail.Tell(envelope, mail, "delivery", Severity.Info, "was delivered", body["delivery"u8]["recipients"u8], null,
                Instants.Read(body["delivery"u8]["timestamp"u8]),
                ("Took", body["delivery"u8]["processingTimeMillis"u8].Number is { } ms ? Quantity.Of(ms, "ms") : null),
                ("Answer", body["delivery"u8]["smtpResponse"u8].Words)),
            "Reject" => SesMail.Tell(envelope, mail, "reject", Severity.Error, "was rejected", default, body["reject"u8]["reason"u8].Words, null),
            "Rendering Failure" or "RenderingFailure" => SesMail.Tell(envelope, mail, "rendering-failure", Severity.Error, "could not be rendered", default,
                body["failure"u8]["errorMessage"u8].Words, null, ("Template", body["failure"u8]["templateName"u8].Words)),
            "DeliveryDelay" => SesMail.Tell(envelope, mail, "delivery-delay", Severity.Warning, "is delayed", body["deliveryDelay"u8]["delayedRecipients"u8],
                body["deliveryDelay"u8]["delayedRecipients"u8][0]["diagnosticCode"u8].Words, Instants.Read(body["deliveryDelay"u8]["timestamp"u8]),
                ("Why", body["deliveryDelay"u8]["delayType"u8].Words is { } why ? Phrase.Of(why) : null),
                ("Given up at", Phrase.At(Instants.Read(body["deliveryDelay"u8]["expirationTime"u8])))),
            "Send" => SesMail.Tell(envelope, mail, "send", Severity.Info, "was accepted", default, null, null),
            "Open" => SesMail.Tell(envelope, mail, "open", Severity.Info, "was opened", default, null, Instants.Read(body["open"u8]["timestamp"u8])),
            "Click" => SesMail.Tell(envelope, mail, "click", Severity.Info, "had a link followed", default, null, Instants.Read(body["click"u8]["timestamp"u8]),
                ("Link", body["click"u8]["link"u8].Words)),
            "Subscription" => SesMail.Subscription(envelope, mail, body["subscription"u8]),
            _ => SesMail.Tell(envelope, mail, Phrase.Of(type).Replace(' ', '-'), Severity.Info, $"({Phrase.Of(type)})", default, null, null),
        };
    }

    private static Parsed.Told Bounce(Envelope envelope, Json mail, Json bounce)
    {
        var subType = bounce["bounceSubType"u8].Words;
        var (severity, phrase) = bounce["bounceType"u8].Text switch
        {
            _ when subType is "Suppressed" or "OnAccountSuppressionList" => (Severity.Warning, NotSent),
            "Permanent" => (Severity.Warning, "bounced for good"),
            "Transient" => (Severity.Info, "bounced"),
            _ => (Severity.Warning, "bounced, nobody knows why"),
        };
        var first = bounce["bouncedRecipients"u8][0];
        return SesMail.Tell(envelope, mail, "bounce", severity, phrase, bounce["bouncedRecipients"u8], first["diagnosticCode"u8].Words,
            Instants.Read(bounce["timestamp"u8]),
            ("Why", subType switch
            {
                null or "General" or "Undetermined" => null,
                "NoEmail" => "no such mailbox",
                "Suppressed" => "on the suppression list of SES",
                "OnAccountSuppressionList" => OfTheAccount,
                "MailboxFull" => "mailbox full",
                _ => Phrase.Of(subType),
            }),
            ("Status", first["status"u8].Words));
    }

    private static Parsed.Told Complaint(Envelope envelope, Json mail, Json complaint)
    {
        // Nobody complained of this mail: the address is on the list because of an earlier one.
        var isSuppressed = complaint["complaintSubType"u8].TextIs("OnAccountSuppressionList"u8);
        return SesMail.Tell(envelope, mail, "complaint", Severity.Warning, isSuppressed ? NotSent : "drew a complaint", complaint["complainedRecipients"u8],
            null, Instants.Read(complaint["timestamp"u8]),
            ("Why", isSuppressed ? OfTheAccount : null),
            ("Complaint", complaint["complaintFeedbackType"u8].Words is { } type ? Phrase.Of(type) : null),
            ("Reported by", complaint["userAgent"u8].Words));
    }
}
