namespace Signalbox;

/// <summary>Jobs that Rekognition and Textract run on videos and documents.</summary>
/// <remarks>
/// Input: what both publish to SNS when a job ends, <c>{JobId, Status, API, …}</c>. Severity: a failed job is an error, a partly done one a warning, else info.
/// Status: each job reports once, at its end, so it is a statement. Errors: garbled without a status.
/// </remarks>
public static class MediaAnalysis
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("media-analysis", [new Key.Members("JobId", ["Status", "API"])], Read,
        "https://docs.aws.amazon.com/textract/latest/dg/async-notification-payload.html");

    private static Parsed Read(Envelope envelope)
    {
        var job = envelope.Body;
        if (job["Status"u8].Words is not { } state) return Statement.Lacks(envelope, "Status", "a status");
        var (severity, phrase) = Phrase.Of(state) switch
        {
            "succeeded" => (Severity.Info, "succeeded"),
            "failed" => (Severity.Error, "failed"),
            "partial success" => (Severity.Warning, "was done in part"),
            var other => (Severity.Info, $"is {Cut.Line(other, 20)}"),
        };
        var place = job["Video"u8].IsObject ? job["Video"u8] : job["DocumentLocation"u8];
        var key = place["S3ObjectName"u8].Words;
        var file = key is null ? "a file" : key[(key.TrimEnd('/').LastIndexOf('/') + 1)..];
        // "StartLabelDetection" is a label detection.
        var what = Phrase.Of(job["API"u8]) is ['s', 't', 'a', 'r', 't', ' ', .. var rest] ? rest : Phrase.Of(job["API"u8]) ?? "job";
        var id = job["JobId"u8].Words;
        return Statement.Told(Statement.Of(envelope, "media-analysis", "job", (severity, Status.Stated),
            $"{Phrase.Capital(Cut.Line(what, 30))} of {Cut.Line(file, 30)} {phrase}") with
        {
            Summary = Phrase.Sentence(job["StatusMessage"u8].Words),
            Subject = key ?? id,
            At = Instants.Read(job["Timestamp"u8]) ?? envelope.At,
            Facts = Known.Facts(
                ("Bucket", place["S3Bucket"u8].Words),
                ("Object", key),
                ("Tag", job["JobTag"u8].Words),
                ("Job", id)),
            Links = Known.Links(place["S3Bucket"u8].Words is { } bucket
                ? ConsolePage.Link("Open the bucket", envelope.Region, $"s3/buckets/{ConsolePage.Escape(bucket)}") : null),
        });
    }
}
