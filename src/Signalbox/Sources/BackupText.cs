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
        var recoveryPoint = envelope.Attribute("RecoveryPointArn") ?? After(text, "Recovery point ARN: ");
        var (kind, (first, rest)) = (KindOf(type, text), Parts(text));
        return BackupJob.Tell(envelope with { Account = envelope.Attribute("AccountId") ?? envelope.Account }, new()
        {
            Kind = kind,
            State = state ?? "unknown",
            Id = envelope.Attribute("Id") ?? envelope.Attribute("backupJobId") ?? envelope.Attribute("restoreJobId")
                ?? After(text, "Job ID : ") ?? After(text, "Job ID: ") ?? recoveryPoint,
            Resource = After(text, "Resource ARN : "),
            Name = envelope.Attribute("resourceName") ?? envelope.Attribute("clusterName") ?? After(text, "Plan ID: ")
                ?? (kind is "recovery-point" ? Arn.Read(recoveryPoint)?.Name : null),
            Message = envelope.Attribute("reason") ?? state switch
            {
                null => rest,
                "EXPIRED" when first.Contains("to start", StringComparison.Ordinal) => first,
                _ => null,
            },
            Sentence = state is null ? first : null,
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
        var it when Holds(Parts(it).First, "RECOVERY_POINT", "recovery point") => "recovery-point",
        var it when Holds(it, "BACKUP_PLAN", "Backup plan") => "backup-plan",
        var it when Holds(it, "COPY", "copy job") => "copy-job",
        var it when Holds(it, "RESTORE", "restore") => "restore-job",
        _ => "backup-job",
    };

    /// <summary>Newer events have their state in the type itself: "EKS_BACKUP_OBJECT_FAILED".</summary>
    private static string? StateOf(string? type, string? indexStatus) => type switch
    {
        null => indexStatus,
        _ when type.EndsWith("_FAILED", StringComparison.Ordinal) => "FAILED",
        _ when type.EndsWith("_EXPIRED", StringComparison.Ordinal) => "EXPIRED",
        _ when type.EndsWith("_CREATED", StringComparison.Ordinal) => "CREATED",
        _ when type.EndsWith("_SKIPPED", StringComparison.Ordinal) => "PARTIAL",
        _ when type.EndsWith("_INTERRUPTED", StringComparison.Ordinal) => "ABORTED",
        _ when type.EndsWith("_STARTED", StringComparison.Ordinal) => "RUNNING",
        _ when type.EndsWith("_COMPLETED", StringComparison.Ordinal) || type.EndsWith("_SUCCESSFUL", StringComparison.Ordinal) => "COMPLETED",
        _ when type.EndsWith("_DELETED", StringComparison.Ordinal) => "DELETED",
        _ when type.EndsWith("_MODIFIED", StringComparison.Ordinal) => "MODIFIED",
        _ => indexStatus,
    };

    private static string? StateIn(string text) => Parts(text).First switch
    {
        var it when Holds(it, "failed to complete in time", "failed to start in time") => "EXPIRED",
        var it when it.Contains("failed", StringComparison.Ordinal) => "FAILED",
        var it when it.Contains("completed", StringComparison.Ordinal) => "COMPLETED",
        var it when it.Contains("started", StringComparison.Ordinal) => "RUNNING",
        var it when Holds(it, "stopped", "aborted") => "ABORTED",
        var it when it.Contains("was created", StringComparison.Ordinal) => "CREATED",
        var it when Holds(it, "was modified", "was updated") => "MODIFIED",
        var it when it.Contains("was deleted", StringComparison.Ordinal) => "DELETED",
        _ => null,
    };

    /// <summary>The first sentence, which says what happened, and what follows it.</summary>
    private static (string First, string? Beyond) Parts(string text)
    {
        var readable = Cut.Readable(text).Trim();
        return readable.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? (readable[..end], readable[(end + 2)..]) : (readable.TrimEnd('.'), null);
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
