namespace Signalbox;

/// <summary>Maintenance windows: switched on or off, targets and tasks registered, executions.</summary>
internal static class SsmWindows
{
    public static Parsed Read(Envelope envelope, Json detail, string type)
    {
        if (detail["status"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.status", "a status");
        var window = detail["window-id"u8].Words;
        var execution = detail["window-execution-id"u8].Words;
        var name = window ?? "of unknown id";
        var (kind, title, standing) = type switch
        {
            _ when type.Contains("task target invocation", StringComparison.Ordinal) =>
                Run("window-invocation", $"A target of maintenance window {name}", state, false),
            _ when type.Contains("task execution", StringComparison.Ordinal) =>
                Run("window-task", $"A task of maintenance window {name}", state, false),
            _ when type.Contains("execution", StringComparison.Ordinal) => Run("window-execution", $"Maintenance window {name}", state, true),
            _ when type.Contains("target registration", StringComparison.Ordinal) => Said("window-target", $"A target of maintenance window {name}", state),
            _ when type.Contains("task registration", StringComparison.Ordinal) => Said("window-task", $"A task of maintenance window {name}", state),
            _ => ("window", $"Maintenance window {name} {StateOf(state)}",
                (state is "DISABLED" or "DELETED" ? Severity.Warning : Severity.Info, Status.Stated)),
        };
        return Statement.Told(Statement.Of(envelope, "ssm", kind, standing, title) with
        {
            Summary = detail["status-details"u8].Words,
            Subject = window,
            Arn = Statement.Resource(envelope),
            Thread = $"ssm/window/{execution}",
            Facts = Known.Facts(
                ("Took", Phrase.Exactly(Instants.Read(detail["start-time"u8]), Instants.Read(detail["end-time"u8]))),
                ("Owner", detail["owner-information"u8].Words),
                ("Target", detail["window-target-id"u8].Words),
                ("Task", detail["window-task-id"u8].Words),
                ("Execution", execution)),
            Links = Known.Links(window is null ? null : ConsolePage.Link("Open the maintenance window", envelope.Region, execution is null
                ? $"systems-manager/maintenance-windows/{ConsolePage.Escape(window)}/description"
                : $"systems-manager/maintenance-windows/{ConsolePage.Escape(window)}/history/{ConsolePage.Escape(execution)}/details")),
        });
    }

    private static (string, string, (Severity, Status)) Run(string kind, string thing, string state, bool isWhole)
    {
        var (severity, status, phrase) = Ssm.Run(state);
        return (kind, $"{thing} {phrase}", (severity, !isWhole && status is Status.Cleared ? Status.Ongoing : status));
    }

    private static (string, string, (Severity, Status)) Said(string kind, string thing, string state) =>
        (kind, $"{thing} was {Phrase.Of(state)}", (Severity.Info, Status.Stated));

    private static string StateOf(string state) => state switch
    {
        "ENABLED" or "DISABLED" or "CREATED" or "DELETED" => $"was {Phrase.Of(state)}",
        _ => $"is {Phrase.Of(state)}",
    };
}
