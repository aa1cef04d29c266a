namespace Signalbox;

/// <summary>Text messages: answers that came in, and what became of those that were sent.</summary>
/// <remarks>
/// Severity: a message that was not delivered is a warning, all else info. Numbers are shown by their last four digits, and the text of a
/// message that was sent is never shown: it may hold a code.
/// </remarks>
public static class Sms
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "sms",
        [
            new Key.Members("originationNumber", ["destinationNumber", "messageBody"]),
            new Key.Members("delivery", ["notification", "status"]),
            new Key.Event("aws.sms-voice"),
        ],
        Read,
        "https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (body["originationNumber"u8].Words is { } from && body["messageBody"u8].Exists && envelope.Publisher is null)
        {
            var title = $"Text message from {Hidden(from)}: {body["messageBody"u8].Words}";
            return Statement.Told(Statement.Of(envelope, "sms", "inbound", (Severity.Info, Status.Stated), title) with
            {
                Subject = Hidden(from),
                Facts = Known.Facts(("To", body["destinationNumber"u8].Words), ("Keyword", body["messageKeyword"u8].Words)),
            });
        }

        var delivery = body["delivery"u8];
        var status = body["status"u8].Words ?? body["messageStatus"u8].Words ?? body["eventType"u8].Words;
        var to = delivery["destination"u8].Words ?? body["destinationPhoneNumber"u8].Words;
        if (status is null) return AsItCame.Told(envelope, "sms");
        var (severity, phrase) = status switch
        {
            "SUCCESS" or "SUCCESSFUL" or "DELIVERED" or "TEXT_DELIVERED" or "TEXT_SUCCESSFUL" => (Severity.Info, "was delivered"),
            "TEXT_SENT" or "SENT" or "QUEUED" or "PENDING" or "TEXT_QUEUED" or "TEXT_PENDING" => (Severity.Info, "was sent"),
            "FAILURE" or "UNREACHABLE" or "CARRIER_UNREACHABLE" or "BLOCKED" or "CARRIER_BLOCKED" or "INVALID" or "INVALID_MESSAGE" or "SPAM"
                or "UNKNOWN" or "TTL_EXPIRED" => (Severity.Warning, "was not delivered"),
            _ when status.StartsWith("TEXT_", StringComparison.Ordinal) => (Severity.Warning, "was not delivered"),
            _ => (Severity.Info, $"is {Phrase.Of(status)}"),
        };
        return Statement.Told(Statement.Of(envelope, "sms", "delivery", (severity, Status.Stated), $"Text message to {Hidden(to)} {phrase}") with
        {
            Summary = delivery["providerResponse"u8].Words ?? body["messageStatusDescription"u8].Words,
            Subject = Hidden(to),
            At = Instants.Read(body["notification"u8]["timestamp"u8]) ?? Instants.Read(body["eventTimestamp"u8]) ?? envelope.At,
            Facts = Known.Facts(
                ("Status", severity is Severity.Warning && status is not "FAILURE" ? Phrase.Of(status) : null),
                ("Kind", (delivery["smsType"u8].Words ?? body["messageType"u8].Words) is { } kind ? Phrase.Of(kind) : null),
                ("Carrier", delivery["phoneCarrier"u8].Words ?? body["carrierName"u8].Words),
                ("Country", body["isoCountryCode"u8].Words),
                ("Price", (delivery["priceInUSD"u8].Number ?? body["totalMessagePrice"u8].Number) is { } price ? $"{Quantity.Of(price)} USD" : null),
                ("Took", delivery["dwellTimeMs"u8].Number is { } ms ? Quantity.Of(ms, "ms") : null)),
        });
    }

    private static string Hidden(string? number) => number is null ? "somebody" : number.Length > 4 ? $"…{number[^4..]}" : number;
}
