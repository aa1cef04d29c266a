namespace Signalbox;

/// <summary>What both forms of a backup event say, and how it is told.</summary>
internal sealed record BackupJob
{
    public required string Kind { get; init; }
    public required string State { get; init; }
    public string? Id { get; init; }

    /// <summary>ARN of what is backed up.</summary>
    public string? Resource { get; init; }

    /// <summary>Name of the thing itself, where it is no job.</summary>
    public string? Name { get; init; }
    public string? Type { get; init; }
    public string? Message { get; init; }

    /// <summary>What is said where no state is known; null where one is.</summary>
    public string? Sentence { get; init; }
    public bool Threats { get; init; }
    public (string, string?)[] Facts { get; init; } = [];

    /// <summary>One notice: "Backup of vol-0b5ae24f failed".</summary>
    public static Parsed.Told Tell(Envelope envelope, BackupJob job)
    {
        var of = Arn.Read(job.Resource)?.Name;
        var standing = job.Standing();
        var region = Arn.RegionOf(job.Resource) ?? envelope.Region;
        var title = job.Sentence is { Length: > 0 } sentence ? Cut.Line(sentence, 80) : $"{job.Thing(of)} {job.PhraseOf()}";
        return Statement.Told(Statement.Of(envelope, "backup", job.Kind, standing, title) with
        {
            Summary = job.Threats ? null : Phrase.Beyond(title, job.Message),
            Subject = of ?? job.Name ?? Phrase.Name(job.Id),
            Arn = job.Resource ?? Statement.Resource(envelope),
            Account = Arn.AccountOf(job.Resource) ?? envelope.Account,
            Region = region,
            Thread = $"backup/{job.Id ?? job.Name ?? envelope.Id}",
            Facts = Known.Facts([("Type", job.Type), .. job.Facts, ("Job", job.IsJob ? job.Id : null)]),
            Links = Known.Links(job.PageOf(region)),
        });
    }

    private bool IsJob => Kind.EndsWith("job", StringComparison.Ordinal);

    private (Severity, Status) Standing() => State switch
    {
        _ when Threats => (Severity.Critical, Status.Raised),
        "FAILED" or "EXPIRED" => Kind is "recovery-point" && State is "EXPIRED" ? (Severity.Info, Status.Stated) : (Severity.Error, Status.Raised),
        "ABORTED" or "ABORTING" or "PARTIAL" or "CANCELED" or "COMPLETED_WITH_ISSUES" => (Severity.Warning, Status.Raised),
        "COMPLETED" when Kind is "backup-job" && Message is not null && !IsText => (Severity.Warning, Status.Cleared),
        "COMPLETED" or "AVAILABLE" or "ACTIVE" or "SUCCESSFUL" => (Severity.Info, Status.Cleared),
        "DELETED" when !IsJob => (Severity.Warning, Status.Stated),
        "CREATED" or "MODIFIED" when !IsJob => (Severity.Info, Status.Stated),
        "CREATED" or "PENDING" or "RUNNING" or "CREATING" => (Severity.Info, Status.Ongoing),
        _ => (Severity.Info, Status.Stated),
    };

    /// <summary>True for the SNS form, whose message is never a remark about the job.</summary>
    public bool IsText { get; init; }

    private string Thing(string? of)
    {
        var name = of ?? Name;
        var noun = Kind switch
        {
            "backup-job" or "backup" => "Backup",
            "copy-job" => "Backup copy",
            "restore-job" => "Restore",
            "scan-job" => "Malware scan of the backup",
            "recovery-point-index" => "Index of the backup",
            "backup-vault" or "backup-plan" or "recovery-point" => Phrase.Capital(Phrase.Of(Kind)),
            "report-job" => "Backup report",
            "framework" => "Audit framework",
            "restore-validation" => "Check of a restore",
            "region-setting" => "Settings of AWS Backup",
            _ => Phrase.Capital(Phrase.Of(Kind)),
        };
        var isItsOwn = Kind is "backup-vault" or "backup-plan" or "report-job" or "framework" or "restore-testing-plan"
            || (Kind is "recovery-point" && of is null);
        return name is null ? noun : isItsOwn ? $"{noun} {Phrase.Short(name)}" : $"{noun} of {Phrase.Short(name)}";
    }

    private string PhraseOf() => State switch
    {
        _ when Threats => "found threats",
        "FAILED" => "failed",
        "SUCCESSFUL" => "succeeded",
        "EXPIRED" => Kind is "recovery-point" ? "expired" : "was not completed in time",
        "ABORTED" or "ABORTING" => "was aborted",
        "CANCELED" => "was cancelled",
        "PARTIAL" => "is incomplete",
        "COMPLETED_WITH_ISSUES" => "completed with issues",
        "COMPLETED" => Standing().Item1 is Severity.Warning ? "completed with issues" : "completed",
        "AVAILABLE" or "ACTIVE" => "is ready",
        "RUNNING" => "is running",
        "PENDING" => "is waiting",
        "CREATING" => "is being made",
        "DELETING" => "is being deleted",
        "CREATED" => IsJob ? "will start" : "was created",
        "MODIFIED" or "unknown" => "changed",
        "DELETED" => "was deleted",
        "STOPPED" => "stopped",
        _ => $"is {Phrase.Of(State)}",
    };

    private Link? PageOf(string? region) => (Kind, Id ?? Name) switch
    {
        ("backup-job", { } id) => ConsolePage.Link("Open the job", region, "backup/home", "/jobs/backup/details/", id),
        ("copy-job", { } id) => ConsolePage.Link("Open the job", region, "backup/home", "/jobs/copy/details/", id),
        ("restore-job", { } id) => ConsolePage.Link("Open the job", region, "backup/home", "/jobs/restore/details/", id),
        ("backup-vault", { } id) => ConsolePage.Link("Open the vault", region, "backup/home", "/backupvaults/details/", id),
        ("backup-plan", { } id) => ConsolePage.Link("Open the plan", region, "backup/home", "/backupplan/details/", id),
        _ => ConsolePage.Link("Open AWS Backup", region, "backup/home", "/jobs"),
    };
}
