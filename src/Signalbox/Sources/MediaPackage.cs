namespace Signalbox;

/// <summary>MediaPackage: what comes in, keys for encryption, and harvest jobs.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.mediapackage and aws.mediapackagev2. Severity: what is called an error and a failed job are errors, a switch of
/// inputs a warning, the rest info. Status: a harvest job and the ingest of an asset are under way until they succeed or fail, one conversation for each;
/// all else is a statement. Errors: none; an event without a name or a state is told by its fields.
/// </remarks>
public static class MediaPackage
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("mediapackage", [new Key.Event("aws.mediapackage"), new Key.Event("aws.mediapackagev2")], Read,
        "https://docs.aws.amazon.com/mediapackage/latest/ug/cloudwatch-events-example.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var job = detail["harvest_job"u8].IsObject ? detail["harvest_job"u8] : detail["harvestJob"u8];
        if (job["status"u8].Words is { } state) return Harvest(envelope, job, state);
        if (detail["event"u8].Words is not { } name) return AsItCame.Told(envelope, "mediapackage");

        var arn = Statement.Resource(envelope);
        var thing = $"{ThingOf(arn)} {Phrase.Short(Phrase.Name(arn) ?? "of unknown id")}";
        var (standing, phrase) = name switch
        {
            "MaxIngestStreamsError" => ((Severity.Error, Status.Stated), "gets more streams than it may"),
            "InputSwitchEvent" or "InputSwitch" => ((Severity.Warning, Status.Stated), "switched to its other input"),
            "IngestStart" => ((Severity.Info, Status.Ongoing), "is being taken in"),
            "IngestError" => ((Severity.Error, Status.Raised), "could not be taken in"),
            "IngestComplete" => ((Severity.Info, Status.Cleared), "was taken in"),
            "VodAssetPlayable" => ((Severity.Info, Status.Stated), "can be played"),
            "KeyProviderError" => ((Severity.Error, Status.Stated), "gets no keys from its provider"),
            _ when name.EndsWith("Error", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Failed", StringComparison.OrdinalIgnoreCase) =>
                ((Severity.Error, Status.Stated), $"reports: {Phrase.Of(name, 34)}"),
            _ => ((Severity.Info, Status.Stated), $"reports: {Phrase.Of(name, 34)}"),
        };
        return Statement.Told(Statement.Of(envelope, "mediapackage", KindOf(envelope.DetailType), standing, $"{thing} {phrase}") with
        {
            Summary = Phrase.Sentence(detail["message"u8].Words),
            Subject = Phrase.Name(arn),
            Arn = arn,
            Thread = $"mediapackage/{arn}",
            Facts = Known.Facts(
                ("Event", name),
                ("Packaging", Phrase.Name(detail["packaging_configuration_id"u8].Words)),
                ("Manifests", Phrase.List(detail["manifest_urls"u8], 2))),
            Links = Known.Links(PageOf(envelope)),
        });
    }

    private static Parsed.Told Harvest(Envelope envelope, Json job, string state)
    {
        var id = job["id"u8].Words ?? job["harvestJobName"u8].Words ?? "of unknown id";
        var (standing, phrase) = Phrase.Of(state) switch
        {
            "succeeded" or "completed" => ((Severity.Info, Status.Cleared), "succeeded"),
            "failed" => ((Severity.Error, Status.Raised), "failed"),
            "cancelled" or "canceled" => ((Severity.Warning, Status.Raised), "was cancelled"),
            "in progress" => ((Severity.Info, Status.Ongoing), "is under way"),
            var other => ((Severity.Info, Status.Ongoing), $"is {Cut.Line(other, 24)}"),
        };
        return Statement.Told(Statement.Of(envelope, "mediapackage", "harvest-job", standing, $"Harvest job {Phrase.Short(id)} {phrase}") with
        {
            Summary = Phrase.Sentence(envelope.Body["message"u8].Words) ?? Phrase.Sentence(job["errorMessage"u8].Words),
            Subject = id,
            Arn = job["arn"u8].Words ?? Statement.Resource(envelope),
            Thread = $"mediapackage/{job["arn"u8].Words ?? id}",
            Facts = Known.Facts(
                ("Endpoint", job["origin_endpoint_id"u8].Words ?? job["originEndpointName"u8].Words),
                ("Bucket", job["s3_destination"u8]["bucket_name"u8].Words),
                ("From", Phrase.At(Instants.Read(job["start_time"u8]))),
                ("To", Phrase.At(Instants.Read(job["end_time"u8])))),
            Links = Known.Links(PageOf(envelope)),
        });
    }

    private static string ThingOf(string? arn) => arn switch
    {
        null => "MediaPackage",
        _ when arn.Contains(":origin_endpoints/", StringComparison.Ordinal) => "Endpoint",
        _ when arn.Contains(":assets/", StringComparison.Ordinal) => "Asset",
        _ when arn.Contains(":packaging_configurations/", StringComparison.Ordinal) => "Packaging",
        _ => "Channel",
    };

    private static string KindOf(string? type) => type?.Contains("Key Provider", StringComparison.OrdinalIgnoreCase) is true ? "key-provider" : "input";

    private static Link? PageOf(Envelope envelope) => ConsolePage.Link("Open MediaPackage", envelope.Region, "mediapackage/home");
}
