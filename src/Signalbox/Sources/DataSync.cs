namespace Signalbox;

/// <summary>Transfers between stores: tasks, their executions, agents and locations.</summary>
/// <remarks>Severity: ERROR is an error; OFFLINE, UNAVAILABLE and CANCELLED are warnings; all other states are info.</remarks>
public static class DataSync
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("datasync", [new Key.Event("aws.datasync")], Read,
        "https://docs.aws.amazon.com/datasync/latest/userguide/monitor-datasync.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if ((detail["State"u8].Words ?? detail["state"u8].Words ?? detail["Status"u8].Words) is not { } state)
            return Statement.Lacks(envelope, "detail.State", "a state");

        var arn = Statement.Resource(envelope);
        var kind = KindOf(envelope.DetailType);
        var parts = Arn.Read(arn)?.Resource.Split('/') ?? [];
        var task = parts.Length > 1 ? parts[1] : null;
        var region = Arn.RegionOf(arn) ?? envelope.Region;
        var (severity, status, phrase) = state switch
        {
            "ERROR" => (Severity.Error, Status.Raised, "failed"),
            "SUCCESS" => (Severity.Info, Status.Cleared, "succeeded"),
            "CANCELLED" or "CANCELLING" => (Severity.Warning, Status.Raised, "was cancelled"),
            "UNAVAILABLE" or "OFFLINE" => (Severity.Warning, Status.Raised, $"is {Phrase.Of(state)}"),
            "AVAILABLE" or "ONLINE" => (Severity.Info, Status.Cleared, $"is {Phrase.Of(state)}"),
            "LAUNCHING" or "PREPARING" or "TRANSFERRING" or "VERIFYING" or "QUEUED" or "RUNNING" or "CREATING" =>
                (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state)}"),
            _ => (Severity.Info, Status.Stated, $"is {Phrase.Of(state)}"),
        };
        var noun = kind is "task-execution" ? "DataSync task" : $"DataSync {kind}";
        return Statement.Told(Statement.Of(envelope, "datasync", kind, (severity, status), $"{noun} {task ?? "of unknown name"} {phrase}") with
        {
            Summary = detail["ErrorDetail"u8].Words ?? detail["ErrorCode"u8].Words,
            Subject = task,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Region = region,
            Thread = $"datasync/{arn}",
            Facts = Known.Facts(("Execution", kind is "task-execution" && parts.Length > 3 ? parts[3] : null)),
            Links = Known.Links(task is null ? null
                : kind is "agent" ? ConsolePage.Link("Open the agent", region, "datasync/home", "/agents/", task)
                : kind is "location" ? ConsolePage.Link("Open the location", region, "datasync/home", "/locations/", task)
                : parts.Length > 3 ? ConsolePage.Link("Open the execution", region, "datasync/home", "/history/", task, $"/{ConsolePage.Escape(parts[3])}")
                : ConsolePage.Link("Open the task", region, "datasync/home", "/tasks/", task)),
        });
    }

    private static string KindOf(string? detailType) => detailType switch
    {
        null => "task",
        _ when detailType.Contains("Execution", StringComparison.OrdinalIgnoreCase) => "task-execution",
        _ when detailType.Contains("Agent", StringComparison.OrdinalIgnoreCase) => "agent",
        _ when detailType.Contains("Location", StringComparison.OrdinalIgnoreCase) => "location",
        _ => "task",
    };
}
