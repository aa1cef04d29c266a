namespace Signalbox;

/// <summary>Fault Injection Service: experiments that break things on purpose.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.fis. Severity: a failed experiment is an error; one that runs, was stopped or cancelled is a warning, since whoever
/// is on call has to know that faults are made; the rest is info. Status: an experiment is under way until it completed; failed and stopped raise; one
/// conversation for each. Errors: garbled without a state.
/// </remarks>
public static class FaultInjection
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("fis", [new Key.Event("aws.fis")], Read,
        "https://docs.aws.amazon.com/fis/latest/userguide/monitoring-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var now = detail["new-state"u8].IsObject ? detail["new-state"u8] : detail["state"u8];
        if ((now["status"u8].Words ?? now.Words) is not { } state)
        {
            return envelope.DetailType is "FIS Experiment State Change" ? Statement.Lacks(envelope, "detail.new-state.status", "a state")
                : AsItCame.Told(envelope, "fis");
        }

        var arn = Statement.Resource(envelope);
        var id = detail["experiment-id"u8].Words ?? Phrase.Name(arn) ?? "of unknown id";
        var (severity, status, phrase) = Phrase.Of(state) switch
        {
            "pending" => (Severity.Info, Status.Ongoing, "is about to start"),
            "initiating" => (Severity.Info, Status.Ongoing, "is starting"),
            "running" => (Severity.Warning, Status.Ongoing, "is running: faults are made on purpose"),
            "completed" => (Severity.Info, Status.Cleared, "completed"),
            "stopping" => (Severity.Warning, Status.Ongoing, "is being stopped"),
            "stopped" => (Severity.Warning, Status.Raised, "was stopped"),
            "cancelled" or "canceled" => (Severity.Warning, Status.Raised, "was cancelled"),
            "failed" => (Severity.Error, Status.Raised, "failed"),
            var other => (Severity.Info, Status.Ongoing, $"is {Cut.Line(other, 24)}"),
        };
        var title = $"Experiment {Cut.Line(id, 24)} {phrase}";
        return Statement.Told(Statement.Of(envelope, "fis", "experiment", (severity, status), title) with
        {
            Summary = Phrase.Beyond(title, Phrase.Sentence(now["reason"u8].Words)),
            Subject = id,
            Arn = arn,
            Thread = $"fis/{id}",
            Facts = Known.Facts(
                ("Template", detail["experiment-template-id"u8].Words),
                ("Before", Phrase.Of(detail["old-state"u8]["status"u8]))),
            Links = Known.Links(ConsolePage.Link("Open the experiment", envelope.Region, "fis/home", "ExperimentDetails:experimentId=", id)),
        });
    }
}
