namespace Signalbox;

/// <summary>ECR: images scanned, pushed, deleted, replicated, pulled through; scan settings changed.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.ecr.
/// Severity: a scan by its worst finding: CRITICAL is an error, HIGH a warning, the rest info; a scan that failed is a warning; a push,
/// replication or pull-through that failed is an error. Status: bad scans and failures raise, good ones clear; one conversation for each
/// image and kind of work; pushes, deletions and settings are mere statements.
/// Errors: garbled without a repository.
/// </remarks>
public static class Ecr
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("ecr", [new Key.Event("aws.ecr")], Read,
        "https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["repositories"u8].IsArray) return Settings(envelope);
        if ((detail["repository-name"u8].Words ?? Phrase.Name(envelope.ArnOf())) is not { } repository)
            return Statement.Lacks(envelope, "detail.repository-name", "the name of the repository");

        var digest = Phrase.Hash(detail["image-digest"u8].Words);
        var tags = Phrase.List(detail["image-tags"u8], 3, one => one.Words);
        var tag = detail["image-tag"u8].Words ?? detail["image-tags"u8][0].Words;
        var image = $"{Cut.Line(repository, 34)}{(tag is not null ? ":" + Cut.Line(tag, 20) : digest is null ? "" : "@" + digest)}";
        var (kind, severity, status, title) = envelope.DetailType?.ToLowerInvariant() switch
        {
            "ecr image scan" => Scan(detail, image),
            "ecr image action" => Action(detail, image),
            "ecr referrer action" => Action(detail, $"{image} (attached artifact)"),
            "ecr replication action" => Work(detail["result"u8], "replication", image, "was replicated", "could not be replicated"),
            "ecr pull through cache action" => Work(detail["sync-status"u8], "pull-through", image, "was pulled through", "could not be pulled through"),
            _ => ("", default, default, ""),
        };
        if (kind.Length == 0) return AsItCame.Told(envelope, "ecr");
        var counts = detail["finding-severity-counts"u8];
        return new Parsed.Told([
            new()
            {
                Source = "ecr",
                Kind = kind,
                Severity = severity,
                Status = status,
                Title = Cut.Line(title, 80),
                Summary = Phrase.Sentence(detail["failure-reason"u8].Words),
                Subject = repository,
                Arn = envelope.ArnOf(),
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = status is Status.Stated ? null : $"ecr/{repository}/{(digest ?? tag)}/{kind}",
                Facts = Known.Facts(
                    ("Findings", Phrase.Counts((counts["CRITICAL"u8], "critical"), (counts["HIGH"u8], "high"), (counts["MEDIUM"u8], "medium"),
                        (counts["LOW"u8], "low"), (counts["INFORMATIONAL"u8], "informational"), (counts["UNDEFINED"u8], "undefined"))),
                    ("From", detail["upstream-registry-url"u8].Words),
                    ("Source region", detail["source-region"u8].Words),
                    ("Source account", detail["source-account"u8].Words),
                    ("Error", detail["failure-code"u8].Words),
                    ("Artifact", detail["artifact-media-type"u8].Words),
                    ("Tags", tags == tag ? null : tags),
                    ("Digest", digest)),
                Links = Known.Links(LinkTo(envelope, repository)),
            },
        ]);
    }

    private static (string, Severity, Status, string) Scan(Json detail, string image)
    {
        if (!detail["scan-status"u8].TextIs("COMPLETE"u8))
            return ("image-scan", Severity.Warning, Status.Raised, $"Scan of {image} ended as {Cut.Line(Phrase.Of(detail["scan-status"u8]) ?? "?", 20)}");
        var counts = detail["finding-severity-counts"u8];
        return (counts["CRITICAL"u8].Number, counts["HIGH"u8].Number, counts.Count) switch
        {
            ({ } critical and > 0, _, _) => ("image-scan", Severity.Error, Status.Raised, $"{image} has {Findings(critical, "critical")}"),
            (_, { } high and > 0, _) => ("image-scan", Severity.Warning, Status.Raised, $"{image} has {Findings(high, "high")}"),
            (_, _, 0) => ("image-scan", Severity.Info, Status.Cleared, $"Scan of {image} found nothing"),
            _ => ("image-scan", Severity.Info, Status.Cleared, $"Scan of {image} found nothing grave"),
        };
    }

    private static string Findings(double count, string word) => Quantity.Count((long)Math.Min(count, 1e9), word + " finding");

    private static (string, Severity, Status, string) Action(Json detail, string image)
    {
        var action = detail["action-type"u8].Words;
        var (done, doing) = action switch
        {
            "PUSH" => ("pushed", "push"),
            "DELETE" => ("deleted", "delete"),
            _ => ($"changed ({Phrase.Of(action ?? "unknown", 20)})", "change"),
        };
        return detail["result"u8].TextIs("FAILURE"u8) || detail["result"u8].TextIs("FAILED"u8)
            ? ("image-action", Severity.Error, Status.Raised, $"{image} could not be {done}")
            : ($"image-{doing}", Severity.Info, Status.Stated, $"{image} was {done}");
    }

    private static (string, Severity, Status, string) Work(Json result, string kind, string image, string done, string failed) =>
        result.TextIs("SUCCESS"u8) ? (kind, Severity.Info, Status.Cleared, $"{image} {done}")
        : result.TextIs("FAILED"u8) || result.TextIs("FAILURE"u8) ? (kind, Severity.Error, Status.Raised, $"{image} {failed}")
        : (kind, Severity.Info, Status.Ongoing, $"{image}: {kind} {Phrase.Of(result.Words ?? "changed", 20)}");

    private static Parsed Settings(Envelope envelope)
    {
        var repositories = envelope.Body["repositories"u8];
        var first = repositories[0]["repository-name"u8].Words;
        return new Parsed.Told([
            new()
            {
                Source = "ecr",
                Kind = "scan-settings",
                Severity = Severity.Info,
                Status = Status.Stated,
                Title = repositories.Count == 1 && first is not null ? $"Scan settings of {Cut.Line(first, 50)} changed"
                    : $"Scan settings of {Quantity.Count(repositories.Count, "repository", "repositories")} changed",
                Summary = Phrase.List(repositories, 5, one => one["repository-name"u8].Words is not { } name ? null
                    : $"{name}: {Phrase.Of(one["previous-scan-frequency"u8])} → {Phrase.Of(one["scan-frequency"u8])}"),
                Subject = first,
                Arn = repositories[0]["repository-arn"u8].Words,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(("Scan", envelope.Body["scan-type"u8].Words)),
                Links = Known.Links(ConsolePage.Link("Open the settings", envelope.Region, "ecr/private-registry/scanning-configuration")),
            },
        ]);
    }

    private static Link? LinkTo(Envelope envelope, string repository)
    {
        var path = ConsolePage.Escape(repository).Replace("%2F", "/", StringComparison.Ordinal);
        return ConsolePage.Link("Open the repository", envelope.Region, $"ecr/repositories/private/{ConsolePage.Escape(envelope.Account ?? "")}/{path}");
    }
}
