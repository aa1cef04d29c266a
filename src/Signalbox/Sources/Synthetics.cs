namespace Signalbox;

/// <summary>CloudWatch Synthetics: canaries and their runs.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.synthetics. Severity: a failed run is an error, so is a canary in state ERROR; the rest is info.
/// Status: a failed run raises and a passed run clears, in one conversation for each canary; RUNNING, READY and STOPPED of the canary itself clear,
/// other states are under way, in a conversation of their own. Errors: garbled when there is neither a run's status nor a state.
/// </remarks>
public static class Synthetics
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("synthetics", [new Key.Event("aws.synthetics")], Read,
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitoring-events-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var run = detail["test-run-status"u8].Words;
        var state = detail["current-state"u8].Words;
        if ((run ?? state) is null) return Statement.Lacks(envelope, "detail", "test-run-status or current-state");

        var canary = detail["canary-name"u8].Words ?? "of unknown name";
        var (severity, status, phrase) = run is not null ? OfRun(run) : OfState(state!);
        var timeline = detail["canary-run-timeline"u8];
        return new Parsed.Told([
            new()
            {
                Source = "synthetics",
                Kind = run is not null ? "run" : "canary",
                Severity = severity,
                Status = status,
                Title = $"Canary {Cut.Line(canary, 50)} {phrase}",
                Summary = Phrase.Sentence(detail["state-reason"u8].Words) ?? (severity is Severity.Error ? Phrase.Sentence(detail["message"u8].Words) : null),
                Subject = canary,
                Account = detail["account-id"u8].Words ?? envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"synthetics/{detail["canary-id"u8].Words ?? canary}{(run is null ? "/state" : "")}",
                Facts = Known.Facts(
                    ("Before", Phrase.Of(detail["previous-state"u8])),
                    ("Took", Phrase.Between(Instants.Read(timeline["started"u8]), Instants.Read(timeline["completed"u8]))),
                    ("Artifacts", severity is Severity.Error && detail["artifact-location"u8].Words is { } place ? $"s3://{place}" : null)),
                Links = Known.Links(ConsolePage.Link("Open the canary", envelope.Region, "cloudwatch/home", "synthetics:canary/detail/", canary)),
            },
        ]);
    }

    private static (Severity, Status, string) OfRun(string run) => run.ToUpperInvariant() switch
    {
        "PASSED" => (Severity.Info, Status.Cleared, "passed"),
        "FAILED" => (Severity.Error, Status.Raised, "failed"),
        "RUNNING" => (Severity.Info, Status.Ongoing, "is running"),
        var other => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(other, 20)}"),
    };

    private static (Severity, Status, string) OfState(string state) => state.ToUpperInvariant() switch
    {
        "ERROR" => (Severity.Error, Status.Raised, "is broken"),
        "RUNNING" => (Severity.Info, Status.Cleared, "is running"),
        "READY" => (Severity.Info, Status.Cleared, "is ready"),
        "STOPPED" => (Severity.Info, Status.Cleared, "has stopped"),
        "DELETED" => (Severity.Info, Status.Cleared, "was deleted"),
        var other => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(other, 20)}"),
    };
}
