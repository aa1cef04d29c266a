namespace Signalbox;

/// <summary>Video conversion jobs.</summary>
/// <remarks>Severity: ERROR is an error, CANCELED and NEW_WARNING are warnings, all other states are info.</remarks>
public static class MediaConvert
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("mediaconvert", [new Key.Event("aws.mediaconvert")], Read,
        "https://docs.aws.amazon.com/mediaconvert/latest/ug/mediaconvert_event_list.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["status"u8].Words is not { } state) return AsItCame.Told(envelope, "mediaconvert");
        var id = detail["jobId"u8].Words;
        var input = detail["inputDetails"u8][0];
        var video = input["video"u8][0];
        var warning = detail["warnings"u8][0];
        var (severity, status, phrase) = state switch
        {
            "NEW_WARNING" => (Severity.Warning, Status.Ongoing, "has a warning"),
            "INPUT_INFORMATION" => (Severity.Info, Status.Ongoing, "has read its input"),
            "QUEUE_HOP" => (Severity.Info, Status.Ongoing, "moved to another queue"),
            _ => MediaJobs.Of(state),
        };
        var progress = detail["jobProgress"u8]["jobPercentComplete"u8].Number;
        var arn = Statement.Resource(envelope);
        var region = Arn.RegionOf(arn) ?? envelope.Region;
        var title = $"Video conversion {Phrase.Short(id ?? "of unknown id")} {phrase}";
        return Statement.Told(Statement.Of(envelope, "mediaconvert", "job", (severity, status), title) with
        {
            Summary = detail["errorMessage"u8].Words ?? detail["warningMessage"u8].Words ?? warning["message"u8].Words,
            Subject = id,
            Arn = arn,
            Account = detail["accountId"u8].Scalar ?? envelope.Account,
            Region = region,
            At = Instants.Read(detail["timestamp"u8]) ?? envelope.At,
            Thread = $"mediaconvert/{id}",
            Facts = Known.Facts(
                ("Error", detail["errorCode"u8].Scalar),
                ("Warning", detail["warningCode"u8].Scalar ?? warning["code"u8].Scalar),
                ("Done", progress is { } percent ? $"{Quantity.Of(percent)} %" : null),
                ("Queue", Arn.Read(detail["queue"u8].Words)?.Name),
                ("Input", input["uri"u8].Words),
                ("Picture", video["width"u8].Scalar is { } width ? $"{width} × {video["height"u8].Scalar}, {video["codec"u8].Words}" : null),
                ("Output", detail["outputGroupDetails"u8][0]["outputDetails"u8][0]["outputFilePaths"u8][0].Words)),
            Links = Known.Links(id is null ? null : ConsolePage.Link("Open the job", region, "mediaconvert/home", "/jobs/summary/", id)),
        });
    }
}
