namespace Signalbox;

/// <summary>Glacier vaults: jobs that fetch an archive or list a vault.</summary>
/// <remarks>
/// Input: what Glacier publishes to SNS when a job ends. Severity: a failed job is an error, else info. Status: each job reports once, at its end, so it is a
/// statement. Errors: garbled without a status.
/// </remarks>
public static class Glacier
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("glacier", [new Key.Members("VaultARN", ["JobId", "StatusCode"])], Read,
        "https://docs.aws.amazon.com/amazonglacier/latest/dev/api-describe-job-get.html");

    private static Parsed Read(Envelope envelope)
    {
        var job = envelope.Body;
        if (job["StatusCode"u8].Words is not { } state) return Statement.Lacks(envelope, "StatusCode", "a status");
        var arn = job["VaultARN"u8].Words;
        var vault = Phrase.Name(arn) ?? "of unknown name";
        var region = Arn.RegionOf(arn) ?? envelope.Region;
        var what = job["Action"u8].Words switch
        {
            "ArchiveRetrieval" => "An archive of vault",
            "InventoryRetrieval" => "The list of vault",
            _ => "A job of vault",
        };
        var (severity, phrase) = Phrase.Of(state) switch
        {
            "succeeded" => (Severity.Info, "is ready to fetch"),
            "failed" => (Severity.Error, "could not be fetched"),
            var other => (Severity.Info, $"is {Cut.Line(other, 20)}"),
        };
        return Statement.Told(Statement.Of(envelope, "glacier", "job", (severity, Status.Stated), $"{what} {Phrase.Short(vault)} {phrase}") with
        {
            Summary = Phrase.Sentence(job["StatusMessage"u8].Words) is { } message && message != state ? message : null,
            Subject = vault,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Region = region,
            At = Instants.Read(job["CompletionDate"u8]) ?? envelope.At,
            Facts = Known.Facts(
                ("What", job["JobDescription"u8].Words ?? job["ArchiveDescription"u8].Words),
                ("Size", (job["ArchiveSizeInBytes"u8].Number ?? job["InventorySizeInBytes"u8].Number) is { } size and > 0 ? Quantity.Size(size) : null),
                ("Took", Phrase.Between(Instants.Read(job["CreationDate"u8]), Instants.Read(job["CompletionDate"u8])))),
            Links = Known.Links(ConsolePage.Link("Open Glacier", region, "glacier/home")),
        });
    }
}
