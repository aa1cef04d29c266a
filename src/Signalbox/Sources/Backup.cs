namespace Signalbox;

/// <summary>Backup, copy, restore and scan jobs, recovery points, vaults, plans.</summary>
/// <remarks>
/// Input: the EventBridge form (<c>state</c>, or <c>status</c>, or <c>indexStatus</c>) and the SNS text, whose state is in the message attributes
/// (<see cref="BackupText"/>). Severity: FAILED and EXPIRED are errors; ABORTED, CANCELED, PARTIAL, COMPLETED_WITH_ISSUES and a backup that
/// completed with a message are warnings; threats found in a backup are critical; a vault or plan deleted is a warning; all else info.
/// </remarks>
public static class Backup
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "backup",
        [
            new Key.Event("aws.backup"),
            new Key.Subject("Notification from AWS Backup"),
            new Key.Words("An", ["AWS Backup", "Resource ARN"]),
            new Key.Words("An", ["AWS Backup", "recovery point"]),
            new Key.Words("A", ["Kubernetes resource", "Job ID: "]),
        ],
        Read,
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html");

    private static Parsed Read(Envelope envelope) => envelope.Text is { } text ? BackupText.Read(envelope, text) : ReadEvent(envelope, envelope.Body);

    private static Parsed ReadEvent(Envelope envelope, Json detail)
    {
        var state = detail["state"u8].Words ?? detail["status"u8].Words ?? detail["indexStatus"u8].Words
            ?? detail["validationStatus"u8].Words;
        var kind = KindOf(envelope.DetailType);
        if (state is null && kind is null) return Statement.Lacks(envelope, "detail.state", "a state");
        var message = (detail["statusMessage"u8].Words ?? detail["indexStatusMessage"u8].Words
            ?? detail["validationStatusMessage"u8].Words)?.Trim('"');
        var arn = detail["resourceArn"u8].Words ?? detail["sourceResourceArn"u8].Words;
        return BackupJob.Tell(envelope, new()
        {
            Kind = kind ?? "backup",
            State = state ?? "unknown",
            Id = detail["backupJobId"u8].Words ?? detail["copyJobId"u8].Words ?? detail["restoreJobId"u8].Words ?? detail["scanJobId"u8].Words
                ?? detail["reportJobId"u8].Words ?? detail["recoveryPointArn"u8].Words,
            Resource = arn,
            Name = detail["backupVaultName"u8].Words is { } vault && kind is "backup-vault" ? vault
                : kind is "backup-plan" ? detail["backupPlanName"u8].Words ?? detail["backupPlanId"u8].Words
                : Phrase.Name(detail["reportPlanArn"u8].Words) ?? detail["frameworkName"u8].Words ?? Phrase.Name(detail["frameworkArn"u8].Words)
                ?? detail["restoreTestingPlanName"u8].Words ?? Phrase.Name(detail["restoreTestingPlanArn"u8].Words),
            Type = detail["resourceType"u8].Words,
            Message = message is { Length: > 0 } ? message : null,
            Threats = detail["scanResult"u8]["scanResultStatus"u8].TextIs("THREATS_FOUND"u8),
            Facts =
            [
                ("Vault", kind is "backup-vault" ? null : detail["backupVaultName"u8].Words ?? Arn.Read(detail["sourceBackupVaultArn"u8].Words)?.Name),
                ("To vault", Arn.Read(detail["destinationBackupVaultArn"u8].Words)?.Name),
                ("Restored as", Arn.Read(detail["createdResourceArn"u8].Words)?.Name),
                ("Size", detail["backupSizeInBytes"u8].Number is { } size and > 0 ? Quantity.Size(size) : null),
                ("Done", detail["percentDone"u8].Number is { } percent and > 0 and < 100 ? $"{Quantity.Of(percent)} %" : null),
                ("Took", Phrase.Exactly(Instants.Read(detail["creationDate"u8]), Instants.Read(detail["completionDate"u8]))),
                ("Plan", detail["createdBy"u8]["backupPlanName"u8].Words ?? PlanIn(detail["createdBy"u8]["backupPlanArn"u8].Words)),
                ("Locked", detail["isLocked"u8].Scalar is "true" ? "yes" : null),
            ],
        });
    }

    /// <summary>The plan in "…:backup-plan:aws/efs/414a…".</summary>
    private static string? PlanIn(string? arn)
    {
        var resource = Arn.Read(arn)?.Resource;
        return resource is null ? null : resource[(resource.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>"Backup Job State Change": "backup-job".</summary>
    private static string? KindOf(string? detailType)
    {
        const string Ending = " State Change";
        return detailType is not null && detailType.EndsWith(Ending, StringComparison.OrdinalIgnoreCase)
            ? detailType[..^Ending.Length].ToLowerInvariant().Replace(' ', '-')
            : null;
    }
}
