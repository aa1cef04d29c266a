namespace Signalbox;

/// <summary>The text that AWS Backup sends through SNS.</summary>
/// <remarks>
/// <c>An AWS Backup job failed. Resource ARN : arn:… BackupJob ID : 1b23…</c>. The attributes EventType and State say what it is about; where a
/// topic drops them, only the fixed first sentence is left: failed, failed to complete in time, completed.
/// </remarks>
internal static class BackupText
{
    public static Parsed Read(Envelope envelope, string text)
    {
        var type = envelope.Attribute("EventType");
        var state = envelope.Attribute("State") ?? StateOf(type, envelope.Attribute("IndexStatus")) ?? StateIn(text);
        var recoveryPoint = envelope.Attribute("RecoveryPointArn");
        return BackupJob.Tell(envelope with { Account = envelope.Attribute("AccountId") ?? envelope.Account }, new()
        {
            Kind = KindOf(type, text),
            State = state ?? "unknown",
            Id = envelope.Attribute("Id") ?? envelope.Attribute("backupJobId") ?? envelope.Attribute("restoreJobId")
                ?? After(text, "Job ID : ") ?? After(text, "Job ID: ") ?? recoveryPoint,
            Resource = After(text, "Resource ARN : "),
            Name = envelope.Attribute("resourceName") ?? envelope.Attribute("clusterName"),
            Message = envelope.Attribute("reason") ?? (state is null ? Cut.Readable(text).Trim() : null),
            IsText = true,
            Facts =
            [
                ("Cluster", envelope.Attribute("clusterName") ?? After(text, "Cluster Name: ")),
                ("Recovery point", Arn.Read(recoveryPoint)?.Name),
                ("Object type", envelope.Attribute("resourceType")),
                ("Started", Phrase.At(Instants.Read(envelope.Attribute("StartTime")))),
            ],
        });
    }

    private static string KindOf(string? type, string text) => (type ?? text) switch
    {
        var it when Holds(it, "RECOVERY_POINT_INDEX", "index job") => "recovery-point-index",
        var it when it.StartsWith("RECOVERY_POINT", StringComparison.Ordinal) => "recovery-point",
        var it when Holds(it, "COPY", "copy job") => "copy-job",
        var it when Holds(it, "RESTORE", "restore") => "restore-job",
        _ => "backup-job",
    };

    /// <summary>Newer events have their state in the type itself: "EKS_BACKUP_OBJECT_FAILED".</summary>
    private static string? StateOf(string? type, string? indexStatus) => type switch
    {
        null => indexStatus,
        _ when type.EndsWith("_FAILED", StringComparison.Ordinal) => "FAILED",
        _ when type.EndsWith("_SKIPPED", StringComparison.Ordinal) => "PARTIAL",
        _ when type.EndsWith("_INTERRUPTED", StringComparison.Ordinal) => "ABORTED",
        _ when type.EndsWith("_STARTED", StringComparison.Ordinal) => "RUNNING",
        _ when type.EndsWith("_COMPLETED", StringComparison.Ordinal) || type.EndsWith("_SUCCESSFUL", StringComparison.Ordinal) => "COMPLETED",
        _ when type.EndsWith("_DELETED", StringComparison.Ordinal) => "DELETED",
        _ when type.EndsWith("_MODIFIED", StringComparison.Ordinal) => "MODIFIED",
        _ => indexStatus,
    };

    private static string? StateIn(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]) switch
        {
            var it when it.Contains("failed to complete in time", StringComparison.Ordinal) => "EXPIRED",
            var it when it.Contains("failed", StringComparison.Ordinal) => "FAILED",
            var it when it.Contains("completed", StringComparison.Ordinal) => "COMPLETED",
            var it when it.Contains("started", StringComparison.Ordinal) => "RUNNING",
            var it when Holds(it, "stopped", "aborted") => "ABORTED",
            _ => null,
        };
    }

    private static bool Holds(string text, string one, string other) =>
        text.Contains(one, StringComparison.Ordinal) || text.Contains(other, StringComparison.Ordinal);

    /// <summary>What follows a mark, up to the next sentence.</summary>
    private static string? After(string text, string mark)
    {
        if (text.IndexOf(mark, StringComparison.Ordinal) is not (var at and >= 0)) return null;
        var rest = text[(at + mark.Length)..];
        var end = rest.IndexOf(". ", StringComparison.Ordinal);
        var value = (end < 0 ? rest : rest[..end]).Trim().TrimEnd('.');
        var blank = value.AsSpan().IndexOfAny(" \n");
        return value.Length == 0 ? null : blank < 0 ? value : value[..blank];
    }
}
