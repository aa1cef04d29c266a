namespace Signalbox;

/// <summary>A job that converts, transcribes or translates: what the rows of such services have in common.</summary>
internal static class MediaJobs
{
    /// <summary>How bad a state is and where the job stands: FAILED and ERROR are errors, CANCELED and STOPPED warnings, all others info.</summary>
    public static (Severity Severity, Status Status, string Phrase) Of(string state) => Phrase.Of(state) switch
    {
        "failed" or "error" => (Severity.Error, Status.Raised, "failed"),
        "completed with error" => (Severity.Error, Status.Raised, "completed with errors"),
        "canceled" or "cancelled" => (Severity.Warning, Status.Raised, "was cancelled"),
        "stopped" or "stop requested" => (Severity.Warning, Status.Raised, "was stopped"),
        "complete" or "completed" or "active" or "succeeded" => (Severity.Info, Status.Cleared, "is done"),
        "submitted" or "queued" => (Severity.Info, Status.Ongoing, "is waiting"),
        "progressing" or "in progress" or "status update" => (Severity.Info, Status.Ongoing, "is running"),
        "creating" or "updating" or "deleting" => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state)}"),
        "deleted" => (Severity.Warning, Status.Cleared, "was deleted"),
        var other => (Severity.Info, Status.Ongoing, $"reports: {other}"),
    };
}
