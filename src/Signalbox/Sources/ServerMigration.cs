namespace Signalbox;

/// <summary>Replication jobs of the Server Migration Service.</summary>
/// <remarks>Severity: a state that ends in "Failed" is an error, all others are info.</remarks>
public static class ServerMigration
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("server-migration", [new Key.Event("aws.sms", "Server Migration Job State Change")], Read,
        "https://docs.aws.amazon.com/server-migration-service/latest/userguide/monitoring-events.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["state"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.state", "a state");
        var job = detail["replication-job-id"u8].Words;
        var run = detail["replication-run-id"u8].Words;
        var (severity, status, phrase) = state switch
        {
            "Completed" => (Severity.Info, Status.Cleared, "is done"),
            "Deleted" => (Severity.Warning, Status.Stated, "was deleted"),
            _ when state.EndsWith("Failed", StringComparison.OrdinalIgnoreCase) => (Severity.Error, Status.Raised, Phrase.Of(state)),
            _ => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state)}"),
        };
        var title = $"Server migration {Phrase.Short(job ?? run ?? "of unknown id")} {phrase}";
        return Statement.Told(Statement.Of(envelope, "server-migration", "job", (severity, status), title) with
        {
            Summary = detail["status-message"u8].Words,
            Subject = job ?? run,
            Arn = Statement.Resource(envelope),
            Thread = $"server-migration/{run ?? job}",
            Facts = Known.Facts(("Image", detail["ami-id"u8].Words), ("Run", run)),
            Links = Known.Links(ConsolePage.Link("Open the jobs", envelope.Region, "servermigration/home", "jobs")),
        });
    }
}
