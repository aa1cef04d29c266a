namespace Signalbox;

/// <summary>What CloudFormation's status words mean for the people who read them.</summary>
internal static class StackStatus
{
    /// <summary>How bad a status is, and where the operation stands.</summary>
    public static (Severity Severity, Status Status) Standing(string status) => status switch
    {
        "DELETE_SKIPPED" => (Severity.Warning, Status.Stated),
        _ when status.EndsWith("_FAILED", StringComparison.Ordinal) => (Severity.Error, Status.Raised),
        _ when status.Contains("ROLLBACK", StringComparison.Ordinal) => (Severity.Error, Status.Raised),
        _ when status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal) => (Severity.Info, Status.Ongoing),
        _ when status.EndsWith("_COMPLETE", StringComparison.Ordinal) => (Severity.Info, Status.Cleared),
        _ => (Severity.Warning, Status.Stated),
    };

    /// <summary>The status as the end of a sentence whose subject is the stack or the resource.</summary>
    public static string PhraseOf(string status) => status switch
    {
        "CREATE_IN_PROGRESS" => "is being created",
        "CREATE_FAILED" => "could not be created",
        "CREATE_COMPLETE" => "was created",
        "ROLLBACK_IN_PROGRESS" => "could not be created and is rolling back",
        "ROLLBACK_FAILED" => "could not be created and failed to roll back",
        "ROLLBACK_COMPLETE" => "could not be created and was rolled back",
        "DELETE_IN_PROGRESS" => "is being deleted",
        "DELETE_FAILED" => "could not be deleted",
        "DELETE_COMPLETE" => "was deleted",
        "DELETE_SKIPPED" => "was kept when its stack was deleted",
        "UPDATE_IN_PROGRESS" => "is being updated",
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" => "was updated and is cleaning up",
        "UPDATE_COMPLETE" => "was updated",
        "UPDATE_FAILED" => "could not be updated",
        "UPDATE_ROLLBACK_IN_PROGRESS" => "could not be updated and is rolling back",
        "UPDATE_ROLLBACK_FAILED" => "could not be updated and failed to roll back",
        "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS" => "could not be updated, was rolled back and is cleaning up",
        "UPDATE_ROLLBACK_COMPLETE" => "could not be updated and was rolled back",
        "REVIEW_IN_PROGRESS" => "waits for a change set to be run",
        "IMPORT_IN_PROGRESS" => "is importing resources",
        "IMPORT_FAILED" => "could not be imported",
        "IMPORT_COMPLETE" => "finished importing",
        "IMPORT_ROLLBACK_IN_PROGRESS" => "could not import and is rolling back",
        "IMPORT_ROLLBACK_FAILED" => "could not import and failed to roll back",
        "IMPORT_ROLLBACK_COMPLETE" => "could not import and was rolled back",
        _ => $"is now {status}",
    };
}
