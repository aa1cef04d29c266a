namespace Signalbox;

/// <summary>Servers that are copied to AWS: Elastic Disaster Recovery and Application Migration Service.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.drs and aws.mgn. Severity: a launch or a failback that failed and copying that stalled are errors; copying that lags,
/// a server that is disconnected and a failback client that is gone are warnings; the rest is info. Status: stalled, lagging and disconnected are raised until
/// the same kind of event says otherwise, one conversation for each server and kind; the result of a launch is a statement.
/// Errors: none; an event of which nothing is known is told by its fields.
/// </remarks>
public static class DisasterRecovery
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("disaster-recovery", [new Key.Event("aws.drs"), new Key.Event("aws.mgn")], Read,
        "https://docs.aws.amazon.com/drs/latest/userguide/event-bridge-integration.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var type = Phrase.Of(envelope.DetailType) ?? "";
        var state = Phrase.Of(detail["state"u8]);
        var arn = Statement.Resource(envelope) ?? detail["sourceServerArn"u8].Words;
        if (arn is null && state is null) return AsItCame.Told(envelope, "disaster-recovery");

        var id = Phrase.Name(arn) ?? "of unknown id";
        var isInstance = type.Contains("recovery instance", StringComparison.Ordinal) || arn?.Contains(":recovery-instance/", StringComparison.Ordinal) is true;
        var server = $"{(isInstance ? "Recovery instance" : "Server")} {Cut.Line(id, 24)}";
        var (kind, standing, phrase) = Saying(type, state);
        if (phrase is null) return AsItCame.Told(envelope, "disaster-recovery");
        var service = envelope.Publisher is "aws.mgn" ? "mgn" : "drs";
        return Statement.Told(Statement.Of(envelope, "disaster-recovery", kind, standing, $"{server} {phrase}") with
        {
            Summary = Phrase.Sentence(detail["message"u8].Words ?? detail["error"u8].Words ?? detail["reason"u8].Words),
            Subject = id,
            Arn = arn,
            Thread = $"{service}/{id}/{kind}",
            Facts = Known.Facts(
                ("For", service is "mgn" ? "migration" : "disaster recovery"),
                ("Job", detail["job-id"u8].Words ?? detail["jobID"u8].Words),
                ("Lag", detail["lag"u8].Scalar)),
            Links = Known.Links(isInstance ? ConsolePage.Link("Open the recovery instances", envelope.Region, $"{service}/home", "/recoveryInstances")
                : ConsolePage.Link("Open the server", envelope.Region, $"{service}/home", "/sourceServers/", id)),
        });
    }

    private static (string Kind, (Severity, Status), string? Phrase) Saying(string type, string? state)
    {
        if (type.Contains("launch result", StringComparison.Ordinal) && state is not null)
        {
            var failed = state.EndsWith("failed", StringComparison.Ordinal);
            var what = state.StartsWith("drill", StringComparison.Ordinal) ? "for a drill"
                : state.StartsWith("test", StringComparison.Ordinal) ? "for a test"
                : state.StartsWith("cutover", StringComparison.Ordinal) ? "for the cutover" : "to recover";
            return ("launch", (failed ? Severity.Error : Severity.Info, Status.Stated), failed ? $"could not be launched {what}" : $"was launched {what}");
        }
        if (type.Contains("stalled", StringComparison.Ordinal))
        {
            return state is "stalled" ? ("replication", (Severity.Error, Status.Raised), "is no longer copied: replication stalled")
                : ("replication", (Severity.Info, Status.Cleared), "is copied again");
        }
        if (type.Contains("lag", StringComparison.Ordinal))
        {
            return state is "not lagging" ? ("lag", (Severity.Info, Status.Cleared), "is up to date again")
                : ("lag", (Severity.Warning, Status.Raised), "lags behind: its copy is out of date");
        }
        if (type.Contains("disconnect", StringComparison.Ordinal))
            return ("connection", (Severity.Warning, Status.Stated), "lost its failback client for long");
        if (state is null) return ("state", (Severity.Info, Status.Stated), null);
        var known = StateWords.StandingOfPhrase(state) is { Severity: > Severity.Info } bad ? (bad.Severity, Status.Raised) : state switch
        {
            "disconnected" => (Severity.Warning, Status.Raised),
            "cutover" or "failback completed" or "failback ready for launch" => (Severity.Info, Status.Cleared),
            _ => (Severity.Info, Status.Stated),
        };
        return ("state", known, $"is now: {Cut.Line(state, 36)}");
    }
}
