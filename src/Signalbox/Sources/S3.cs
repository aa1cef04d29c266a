namespace Signalbox;

/// <summary>Objects created, deleted, restored, moved or lost in a bucket.</summary>
/// <remarks>
/// Input: notification records (<c>ObjectCreated:Put</c>, the key percent-encoded with "+" for a blank) and the EventBridge form
/// (<c>Object Created</c>, the key as it is). Severity: an object lost or not replicated is an error, a late replication a warning, all else info.
/// The message by which S3 tests whether it may publish is quiet.
/// </remarks>
public static class S3
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "s3", [new Key.Event("aws:s3"), new Key.Event("aws.s3"), new Key.Members("Service", ["Event", "Bucket"], "Amazon S3")], Read,
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (body["Event"u8].TextIs("s3:TestEvent"u8)) return new Parsed.Quiet("S3 only tests whether it may publish here");
        return body["s3"u8].IsObject ? ReadRecord(envelope, body) : ReadEvent(envelope, body);
    }

    private static Parsed ReadRecord(Envelope envelope, Json record)
    {
        var s3 = record["s3"u8];
        var name = record["eventName"u8].Words;
        if (name is null) return Statement.Lacks(envelope, "eventName", "the name of the event");
        var key = s3["object"u8]["key"u8].Text;
        var restored = record["glacierEventData"u8]["restoreEventData"u8]["lifecycleRestorationExpiryTime"u8];
        var tier = record["intelligentTieringEventData"u8]["destinationAccessTier"u8].Words
            ?? record["lifecycleEventData"u8]["transitionEventData"u8]["destinationStorageClass"u8].Words;
        return Tell(envelope, s3["bucket"u8]["name"u8].Words, key is null ? null : Uri.UnescapeDataString(key.Replace('+', ' ')),
            S3Events.OfRecord(name.StartsWith("s3:", StringComparison.Ordinal) ? name[3..] : name), s3["object"u8],
            ("By", Who(record["userIdentity"u8]["principalId"u8].Words)),
            ("From", Who(record["requestParameters"u8]["sourceIPAddress"u8].Words)),
            ("Storage class", tier),
            ("Restored until", Phrase.At(Instants.Read(restored))),
            ("Reason", record["replicationEventData"u8]["failureReason"u8].Words),
            ("To bucket", Arn.Read(record["replicationEventData"u8]["destinationBucket"u8].Words)?.Name));
    }

    private static Parsed ReadEvent(Envelope envelope, Json detail)
    {
        if (envelope.DetailType is not { } type) return Statement.Lacks(envelope, "detail-type", "the name of the event");
        return Tell(envelope, detail["bucket"u8]["name"u8].Words ?? Arn.Read(Statement.Resource(envelope))?.Name, detail["object"u8]["key"u8].Words,
            S3Events.OfDetailType(type, detail["deletion-type"u8].Words, detail["reason"u8].TextIs("Lifecycle Expiration"u8)), detail["object"u8],
            ("How", detail["reason"u8].Words),
            ("By", Who(detail["requester"u8].Words)),
            ("From", detail["source-ip-address"u8].Words),
            ("Storage class", detail["destination-storage-class"u8].Words ?? detail["destination-access-tier"u8].Words
                ?? detail["source-storage-class"u8].Words),
            ("Restored until", Phrase.At(Instants.Read(detail["restore-expiry-time"u8]))));
    }

    private static Parsed.Told Tell(
        Envelope envelope, string? bucket, string? key, S3Events.Meaning meaning, Json thing, params ReadOnlySpan<(string, string?)> facts)
    {
        var name = NameOf(key);
        var title = $"{name} {meaning.Phrase} bucket {Phrase.Short(bucket ?? "of unknown name")}{meaning.More}";
        return Statement.Told(Statement.Of(envelope, "s3", "object", (meaning.Severity, meaning.Status), title) with
        {
            Subject = key ?? bucket,
            Arn = bucket is null ? null : Statement.Resource(envelope) ?? $"arn:aws:s3:::{bucket}",
            Thread = $"s3/{bucket}/{key}/{meaning.Family}",
            Facts = Known.Facts(
            [
                ("Object", key == name ? null : key),
                ("Size", thing["size"u8].Number is { } size ? Quantity.Size(size) : null),
                .. facts,
                ("Version", thing["versionId"u8].Words ?? thing["version-id"u8].Words),
            ]),
            Links = Known.Links(PageOf(bucket, key, envelope.Region)),
        });
    }

    /// <summary>The session of a role, an account, an address. S3 itself and bare ids of users tell nobody anything.</summary>
    private static string? Who(string? principal)
    {
        if (principal is null or "s3.amazonaws.com" || principal.StartsWith("AWS:AIDA", StringComparison.Ordinal)) return null;
        var colon = principal.LastIndexOf(':');
        if (principal.StartsWith("AWS:AROA", StringComparison.Ordinal)) return colon > 4 ? principal[(colon + 1)..] : null;
        return principal.Length == 12 && principal.All(char.IsAsciiDigit) ? $"account {principal}" : principal;
    }

    /// <summary>The last part of a key: what people call the object.</summary>
    private static string NameOf(string? key)
    {
        if (key is null) return "An object";
        var trimmed = key.TrimEnd('/');
        var name = trimmed[(trimmed.LastIndexOf('/') + 1)..];
        return Cut.Line(name.Length > 0 ? name : key, 36);
    }

    private static Link? PageOf(string? bucket, string? key, string? region)
    {
        if (bucket is null) return null;
        if (key is null) return ConsolePage.Link("Open the bucket", region, $"s3/buckets/{ConsolePage.Escape(bucket)}");
        var page = ConsolePage.Link("Open the object", region, $"s3/object/{ConsolePage.Escape(bucket)}");
        return page is { } link ? link with { Url = $"{link.Url}&prefix={ConsolePage.Escape(key)}" } : null;
    }
}
