namespace Signalbox;

/// <summary>Transfer Family: files that partners send and fetch over SFTP, FTPS, FTP and AS2.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.transfer; the detail-type says what was done and whether it worked. Severity: what failed is an error, the rest info.
/// Status: each file is a statement of its own. Errors: none; a detail-type without an outcome is told by its fields.
/// </remarks>
public static class TransferFamily
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("transfer", [new Key.Event("aws.transfer")], Read,
        "https://docs.aws.amazon.com/transfer/latest/userguide/events-detail-reference.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var type = envelope.DetailType ?? "";
        var hasFailed = type.EndsWith(" Failed", StringComparison.OrdinalIgnoreCase);
        var hasEnded = type.EndsWith(" Completed", StringComparison.OrdinalIgnoreCase);
        if (!hasFailed && !hasEnded) return AsItCame.Told(envelope, "transfer");

        var arn = Statement.Resource(envelope);
        var path = detail["file-path"u8].Words ?? detail["s3-attributes"u8]["file-key"u8].Words ?? detail["remote-directory-path"u8].Words;
        var file = Cut.Line(path?[(path.TrimEnd('/').LastIndexOf('/') + 1)..] ?? "a file", 34);
        var partner = detail["username"u8].Words ?? HostOf(detail["url"u8].Words) ?? Partner(detail, type);
        var title = Saying(type, file, Phrase.With("", partner, 24), hasFailed);
        return Statement.Told(Statement.Of(envelope, "transfer", KindOf(type), (hasFailed ? Severity.Error : Severity.Info, Status.Stated), title) with
        {
            Summary = Phrase.Sentence(detail["failure-message"u8].Words),
            Subject = path ?? partner,
            Arn = arn,
            At = Instants.Read(detail["end-timestamp"u8]) ?? envelope.At,
            Facts = Known.Facts(
                ("Error", Phrase.Of(detail["failure-code"u8])),
                ("File", path),
                ("Partner", partner),
                ("From address", detail["client-ip"u8].Words),
                ("Size", detail["bytes"u8].Number is { } bytes and > 0 ? Quantity.Size(bytes) : null),
                ("Items", detail["item-count"u8].Scalar),
                ("Server", IsOf(arn, ":server/") ? Phrase.Name(arn) : null),
                ("Connector", IsOf(arn, ":connector/") ? Phrase.Name(arn) : null),
                ("Took", Phrase.Between(Instants.Read(detail["start-timestamp"u8]), Instants.Read(detail["end-timestamp"u8])))),
            Links = Known.Links(PageOf(envelope.Region, arn)),
        });
    }

    private static string Saying(string type, string file, string partner, bool hasFailed)
    {
        var of = partner.Length > 0 ? partner : "A partner";
        var to = partner.Length > 0 ? $" {partner}" : " a partner";
        var said = type switch
        {
            _ when type.Contains("Download", StringComparison.Ordinal) => hasFailed ? $"{of} could not download {file}" : $"{of} downloaded {file}",
            _ when type.Contains("Upload", StringComparison.Ordinal) => hasFailed ? $"{of} could not upload {file}" : $"{of} uploaded {file}",
            _ when type.Contains("Directory Listing", StringComparison.Ordinal) => $"The list of files at{to} {(hasFailed ? "could not be" : "was")} fetched",
            _ when type.Contains("Retrieve", StringComparison.Ordinal) => hasFailed ? $"{file} could not be fetched from{to}" : $"{file} was fetched from{to}",
            _ when type.Contains("MDN Send", StringComparison.Ordinal) => $"The receipt (MDN) for{to} {(hasFailed ? "could not be" : "was")} sent",
            _ when type.Contains("MDN Receive", StringComparison.Ordinal) => $"The receipt (MDN) of{to} {(hasFailed ? "could not be taken" : "came")}",
            _ when type.Contains("Receive", StringComparison.Ordinal) => hasFailed ? $"A message of{to} could not be taken" : $"A message of{to} came",
            _ when type.Contains("Delete", StringComparison.Ordinal) => hasFailed ? $"{file} could not be deleted at{to}" : $"{file} was deleted at{to}",
            _ when type.Contains("Move", StringComparison.Ordinal) => hasFailed ? $"{file} could not be moved at{to}" : $"{file} was moved at{to}",
            _ when type.Contains("Send", StringComparison.Ordinal) => hasFailed ? $"{file} could not be sent to{to}" : $"{file} was sent to{to}",
            _ => $"{file}: {Phrase.Of(type, 44)}",
        };
        return said.StartsWith("a file ", StringComparison.Ordinal) ? Phrase.Capital(said) : said;
    }

    /// <summary>The other side of an AS2 message, which is the sender of what we receive; a receipt that we receive is from whom we sent to.</summary>
    private static string? Partner(Json detail, string type) =>
        type.Contains("Receive", StringComparison.Ordinal) ? detail["as2-from"u8].Words : detail["as2-to"u8].Words;

    private static string? HostOf(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Host.Length > 0 ? address.Host : url;

    private static string KindOf(string type) => type.StartsWith("AS2", StringComparison.OrdinalIgnoreCase) ? "message"
        : type.Contains("Connector", StringComparison.OrdinalIgnoreCase) ? "connector-file" : "file";

    private static bool IsOf(string? arn, string kind) => arn?.Contains(kind, StringComparison.Ordinal) is true;

    private static Link? PageOf(string? region, string? arn) =>
        IsOf(arn, ":server/") ? ConsolePage.Link("Open the server", region, "transfer/home", "/servers/", Phrase.Name(arn))
        : IsOf(arn, ":connector/") ? ConsolePage.Link("Open the connector", region, "transfer/home", "/connectors/", Phrase.Name(arn))
        : ConsolePage.Link("Open Transfer Family", region, "transfer/home");
}
