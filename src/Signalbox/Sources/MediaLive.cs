namespace Signalbox;

/// <summary>MediaLive: channels and multiplexes, and their alerts.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.medialive. Severity: an alert is an error, any other event info. Status: an alert is raised while its
/// alarm_state is SET and cleared with CLEARED, one conversation for each alarm; a channel's own states only say what it does.
/// Errors: garbled when an alert has no alarm_state.
/// </remarks>
public static class MediaLive
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("medialive", [new Key.Event("aws.medialive")], Read,
        "https://docs.aws.amazon.com/medialive/latest/ug/monitoring-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var arn = Statement.Resource(envelope) ?? detail["channel_arn"u8].Words ?? detail["multiplex_arn"u8].Words;
        var thing = arn?.Contains(":multiplex:", StringComparison.Ordinal) is true ? "Multiplex" : "Channel";
        var name = $"{thing} {Phrase.Short(Phrase.Name(arn) ?? "of unknown id")}";
        if ((detail["alarm_state"u8].Words ?? detail["state"u8].Words) is not { } state)
        {
            return detail["alert_type"u8].Exists
                ? Statement.Lacks(envelope, "detail.alarm_state", "SET or CLEARED") : AsItCame.Told(envelope, "medialive");
        }
        var message = Phrase.Sentence(detail["message"u8].Words);
        var isAlert = detail["alarm_state"u8].Exists;
        var isOver = state.Equals("CLEARED", StringComparison.OrdinalIgnoreCase);
        var standing = !isAlert ? (Severity.Info, Status.Stated) : isOver ? (Severity.Info, Status.Cleared) : (Severity.Error, Status.Raised);
        var alert = detail["alert_type"u8].Words ?? "alert";
        var title = isAlert ? $"{name}: {Phrase.Short(alert)}{(isOver ? " is over" : "")}" : $"{name} is {Phrase.Of(state, 30)}";
        return Statement.Told(Statement.Of(envelope, "medialive", isAlert ? "alert" : "state", standing, title) with
        {
            Summary = Phrase.Beyond(title, message),
            Subject = Phrase.Name(arn),
            Arn = arn,
            Thread = isAlert ? $"medialive/{arn}/{detail["alarm_id"u8].Scalar ?? alert}" : null,
            Facts = Known.Facts(
                ("Pipeline", detail["pipeline"u8].Scalar),
                ("Pipelines running", detail["pipelines_running_count"u8].Scalar)),
            Links = Known.Links(
                arn?.Contains(":channel:", StringComparison.Ordinal) is true
                    ? ConsolePage.Link("Open the channel", envelope.Region, "medialive/home", "/channels/", Phrase.Name(arn)) : null),
        });
    }
}
