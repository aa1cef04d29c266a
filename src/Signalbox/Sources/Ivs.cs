namespace Signalbox;

/// <summary>Interactive Video Service: live streams, their health, recordings and limits; stages and compositions.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.ivs and aws.ivschat. Severity: a failure is an error, starvation and a limit that is passed are warnings, the rest is
/// info. Status: a stream, its health and its recording each have a conversation: it is raised by a failure or by starvation and cleared by their end; a stream
/// that runs is under way. Errors: none; an event without a name is told by its fields.
/// </remarks>
public static class Ivs
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("ivs", [new Key.Event("aws.ivs"), new Key.Event("aws.ivschat")], Read,
        "https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var limit = detail["limit_name"u8].Words;
        var what = detail["event_name"u8].Words ?? detail["recording_status"u8].Words ?? limit;
        if (what is null) return AsItCame.Told(envelope, "ivs");

        var arn = Statement.Resource(envelope);
        var (kind, thing) = envelope.DetailType switch
        {
            { } type when type.Contains("Stage", StringComparison.OrdinalIgnoreCase) => ("stage", "Stage"),
            { } type when type.Contains("Composition", StringComparison.OrdinalIgnoreCase) => ("composition", "Composition"),
            { } type when type.Contains("Recording", StringComparison.OrdinalIgnoreCase) => ("recording", "Channel"),
            { } type when type.Contains("Health", StringComparison.OrdinalIgnoreCase) => ("health", "Channel"),
            _ when limit is not null => ("limit", "Channel"),
            _ => ("stream", "Channel"),
        };
        var name = detail["channel_name"u8].Words is { Length: > 0 } said ? said : detail["stage_name"u8].Words ?? Phrase.Name(arn) ?? "of unknown name";
        var (standing, phrase) = limit is not null ? ((Severity.Warning, Status.Stated), $"passed a limit: {Cut.Line(Phrase.Of(limit), 30)}") : Saying(what);
        var title = $"{thing} {Phrase.Short(name)} {phrase}";
        return Statement.Told(Statement.Of(envelope, "ivs", kind, standing, title) with
        {
            Summary = Phrase.Sentence(detail["reason"u8].Words ?? detail["recording_status_reason"u8].Words ?? detail["error_message"u8].Words),
            Subject = name,
            Arn = arn,
            Thread = $"ivs/{arn ?? name}/{kind}",
            Facts = Known.Facts(
                ("Limit", detail["limit_value"u8].Scalar),
                ("Exceeded by", detail["exceeded_by"u8].Scalar),
                ("Participant", detail["participant_id"u8].Words ?? detail["user_id"u8].Words),
                ("Stream", detail["stream_id"u8].Words),
                ("Lasted", detail["recording_duration_ms"u8].Number is { } ms and > 0 and < 1e12 ? Quantity.Duration(TimeSpan.FromMilliseconds(ms)) : null)),
            Links = Known.Links(arn?.Contains(":channel/", StringComparison.Ordinal) is true
                ? ConsolePage.Link("Open the channel", envelope.Region, "ivs/home", "/channels/", Phrase.Name(arn))
                : ConsolePage.Link("Open IVS", envelope.Region, "ivs/home")),
        });
    }

    private static ((Severity, Status), string) Saying(string what) => Phrase.Of(what) switch
    {
        "stream start" => ((Severity.Info, Status.Ongoing), "went live"),
        "stream end" => ((Severity.Info, Status.Cleared), "went off the air"),
        "session created" => ((Severity.Info, Status.Ongoing), "has a new session"),
        "session ended" => ((Severity.Info, Status.Cleared), "ended its session"),
        "stream takeover" => ((Severity.Warning, Status.Stated), "was taken over by another broadcast"),
        "stream takeover failure" => ((Severity.Warning, Status.Stated), "could not be taken over"),
        "starvation start" => ((Severity.Warning, Status.Raised), "starves: its stream comes too slowly"),
        "starvation end" => ((Severity.Info, Status.Cleared), "no longer starves"),
        "recording start" => ((Severity.Info, Status.Ongoing), "is being recorded"),
        "recording end" => ((Severity.Info, Status.Cleared), "was recorded"),
        "recording start failure" => ((Severity.Error, Status.Raised), "could not be recorded"),
        "recording end failure" => ((Severity.Error, Status.Raised), "could not end its recording"),
        "stream failure" => ((Severity.Error, Status.Raised), "failed: its stream broke"),
        var other when other.Contains("failure", StringComparison.Ordinal) || other.Contains("error", StringComparison.Ordinal) =>
            ((Severity.Error, Status.Stated), $"reports: {Cut.Line(other, 30)}"),
        var other => ((Severity.Info, Status.Stated), $"reports: {Cut.Line(other, 30)}"),
    };
}
