namespace Signalbox;

/// <summary>Files that a gateway has uploaded, caches it has refreshed, and whether it is up.</summary>
/// <remarks>Severity: an event type that ends in "failed" is an error, "unavailable" and "offline" are errors, all else is info.</remarks>
public static class StorageGateway
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("storagegateway", [new Key.Event("aws.storagegateway")], Read,
        "https://docs.aws.amazon.com/filegateway/latest/files3/monitoring-file-gateway.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var type = detail["event-type"u8].Words ?? detail["state"u8].Words ?? envelope.DetailType;
        if (type is null) return Statement.Lacks(envelope, "detail.event-type", "the type of the event");

        string? share = null, gateway = null;
        foreach (var resource in envelope.Resources)
        {
            if (resource.Contains(":share/", StringComparison.Ordinal)) share = resource;
            else if (resource.Contains(":gateway/", StringComparison.Ordinal)) gateway = resource;
        }
        var arn = share ?? gateway ?? Statement.Resource(envelope);
        var name = Arn.Read(arn)?.Name;
        var thing = share is not null ? $"File share {name}" : name is null ? "A storage gateway" : $"Storage gateway {name}";
        var (severity, status, phrase) = type switch
        {
            "upload-complete" => (Severity.Info, Status.Cleared, "has uploaded its files"),
            "file-upload-complete" => (Severity.Info, Status.Stated, "has uploaded a file"),
            "refresh-complete" => (Severity.Info, Status.Cleared, "has refreshed its cache"),
            "unavailable" or "offline" => (Severity.Error, Status.Raised, $"is {type}"),
            "available" or "online" => (Severity.Info, Status.Cleared, $"is {type} again"),
            _ when type.EndsWith("failed", StringComparison.OrdinalIgnoreCase) => (Severity.Error, Status.Raised, $"reports: {Phrase.Of(type)}"),
            _ => (Severity.Info, Status.Stated, $"reports: {Phrase.Of(type)}"),
        };
        return Statement.Told(Statement.Of(envelope, "storagegateway", share is null ? "gateway" : "file-share", (severity, status), $"{thing} {phrase}") with
        {
            Subject = name,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Thread = $"storagegateway/{arn}/{detail["notification-id"u8].Words}",
            At = Instants.Read(detail["completed"u8]) ?? envelope.At,
            Facts = Known.Facts(
                ("Gateway", share is null ? null : Arn.Read(gateway)?.Name),
                ("Folders", Phrase.List(detail["folderList"u8], 3)),
                ("File", detail["object-name"u8].Words),
                ("Bucket", detail["bucket-name"u8].Words),
                ("Size", detail["object-size"u8].Number is { } size ? Quantity.Size(size) : null),
                ("Took", Phrase.Exactly(
                    Instants.Read(detail["request-received"u8]) ?? Instants.Read(detail["started"u8]), Instants.Read(detail["completed"u8])))),
            Links = Known.Links(share is null
                ? ConsolePage.Link("Open Storage Gateway", envelope.Region, "storagegateway/home", "/gateways")
                : ConsolePage.Link("Open the file share", envelope.Region, "storagegateway/home", "/file-shares/", name)),
        });
    }
}
