namespace Signalbox;

/// <summary>Systems Manager: automations, commands, associations, maintenance windows, compliance, parameters, OpsItems, changes.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.ssm, and what Run Command publishes to SNS.
/// Severity of anything that runs by its state: Failed, TimedOut, AccessDenied and their kin are errors; Cancelled, Rejected and skipped are warnings; all
/// else is info. Of what is not compliant: critical, high (error), medium and unspecified (warning), low (info). Of an OpsItem: its own 1 to 4.
/// The parameters of commands, and what they put out, are never shown: they may hold secrets.
/// </remarks>
public static class Ssm
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("ssm", [new Key.Event("aws.ssm"), new Key.Members("commandId", ["documentName", "status"])], Read,
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html");

    private static Parsed Read(Envelope envelope) => envelope.DetailType?.ToLowerInvariant() switch
    {
        "ec2 automation execution status-change notification" => SsmRuns.Automation(envelope, envelope.Body),
        "ec2 automation step status-change notification" => SsmRuns.Step(envelope, envelope.Body),
        "ec2 command status-change notification" or "ec2 command invocation status-change notification" => SsmRuns.Command(envelope, envelope.Body),
        "ec2 state manager association state change" or "ec2 state manager instance association state change" => SsmRuns.Association(envelope, envelope.Body),
        "configuration compliance state change" => SsmStates.Compliance(envelope, envelope.Body),
        "inventory resource state change" => SsmStates.Inventory(envelope, envelope.Body),
        "calendar state change" => SsmStates.Calendar(envelope, envelope.Body),
        "parameter store change" => SsmParameters.Changed(envelope, envelope.Body),
        "parameter store policy action" => SsmParameters.Policy(envelope, envelope.Body),
        "opsitem create" or "opsitem update" => SsmOps.Item(envelope, envelope.Body),
        "change request status update" => SsmOps.ChangeRequest(envelope, envelope.Body),
        { } type when type.StartsWith("maintenance window", StringComparison.Ordinal) => SsmWindows.Read(envelope, envelope.Body, type),
        null when envelope.Body["commandId"u8].Exists => SsmRuns.Command(envelope, envelope.Body),
        _ => AsItCame.Told(envelope, "ssm"),
    };

    /// <summary>A state of something that runs, and the end of a sentence about it.</summary>
    internal static (Severity Severity, Status Status, string Phrase) Run(string state)
    {
        var plain = Phrase.Of(state);
        return plain.Replace(" ", "", StringComparison.Ordinal) switch
        {
            "success" or "succeeded" or "completedwithsuccess" or "completed" => (Severity.Info, Status.Cleared, "succeeded"),
            "failed" or "completedwithfailure" => (Severity.Error, Status.Raised, "failed"),
            "timedout" or "executiontimedout" => (Severity.Error, Status.Raised, "timed out"),
            "deliverytimedout" or "undeliverable" => (Severity.Error, Status.Raised, "could not be delivered in time"),
            "accessdenied" => (Severity.Error, Status.Raised, "was refused: access denied"),
            "terminated" or "incomplete" or "invalidplatform" or "ratelimitexceeded" => (Severity.Error, Status.Raised, $"failed: {plain}"),
            "cancelled" or "cancelling" or "changecalendaroverridecancelled" => (Severity.Warning, Status.Raised, "was cancelled"),
            "rejected" or "changecalendaroverriderejected" => (Severity.Warning, Status.Raised, "was rejected"),
            "skippedoverlapping" => (Severity.Warning, Status.Stated, "was skipped: the one before still runs"),
            "inprogress" or "runbookinprogress" => (Severity.Info, Status.Ongoing, "is running"),
            "pending" or "delayed" or "scheduled" => (Severity.Info, Status.Ongoing, $"is {plain}"),
            "pendingapproval" or "pendingchangecalendaroverride" => (Severity.Info, Status.Ongoing, "waits for approval"),
            "waiting" => (Severity.Info, Status.Ongoing, "waits"),
            "approved" => (Severity.Info, Status.Ongoing, "was approved"),
            _ => (Severity.Info, Status.Ongoing, $"is {plain}"),
        };
    }

    /// <summary>A page of Systems Manager.</summary>
    internal static Link? Page(string text, string? region, string page, string? id, string after = "") =>
        id is null ? null : ConsolePage.Link(text, region, $"systems-manager/{page}/{ConsolePage.Escape(id)}{after}");
}
