namespace Signalbox;

/// <summary>CodeArtifact: package versions published, changed, removed.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.codeartifact (<c>operationType</c> Created, Updated or Deleted). Severity: info. Status: mere statements.
/// Errors: garbled without a package.
/// </remarks>
public static class CodeArtifact
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("codeartifact", [new Key.Event("aws.codeartifact")], Read,
        "https://docs.aws.amazon.com/codeartifact/latest/ug/service-event-format-example.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["packageName"u8].Words is not { } package)
        {
            return detail["packageVersion"u8].Exists ? Statement.Lacks(envelope, "detail.packageName", "the name of the package")
                : AsItCame.Told(envelope, "codeartifact");
        }
        var version = detail["packageVersion"u8].Words;
        var repository = detail["repositoryName"u8].Words;
        var domain = detail["domainName"u8].Words;
        var space = detail["packageNamespace"u8].Words;
        var changes = detail["changes"u8];
        var format = detail["packageFormat"u8].Words;
        var full = space is null ? package : format is "npm" ? $"@{space}/{package}" : format is "maven" ? $"{space}:{package}" : $"{space}/{package}";
        return new Parsed.Told([
            new()
            {
                Source = "codeartifact",
                Kind = "package-version",
                Severity = Severity.Info,
                Status = Status.Stated,
                Title = Cut.Line($"{Cut.Line(full, 36)}{Phrase.With(" ", version, 14)} was {PhraseOf(detail)}{Phrase.With(" in ", repository, 20)}", 80),
                Subject = full,
                Arn = envelope.ArnOf(),
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(
                    ("State", detail["packageVersionState"u8].Words),
                    ("Format", format),
                    ("Domain", domain),
                    ("Files", Phrase.Counts((changes["assetsAdded"u8], "added"), (changes["assetsUpdated"u8], "updated"),
                        (changes["assetsRemoved"u8], "removed")))),
                Links = Known.Links(domain is null || repository is null ? null : ConsolePage.Link("Open the repository", envelope.Region,
                    PageOf(detail["domainOwner"u8].Scalar ?? envelope.Account ?? "", domain, repository))),
            },
        ]);
    }

    private static string PageOf(string owner, string domain, string repository) =>
        $"codesuite/codeartifact/d/{ConsolePage.Escape(owner)}/{ConsolePage.Escape(domain)}/r/{ConsolePage.Escape(repository)}";

    private static string PhraseOf(Json detail) => (detail["operationType"u8].Words, detail["packageVersionState"u8].Words) switch
    {
        (_, "Archived") => "archived",
        (_, "Disposed") => "disposed of",
        ("Created", "Unfinished") => "begun",
        ("Created", _) => "published",
        ("Deleted", _) => "deleted",
        ("Updated", "Unlisted") => "unlisted",
        _ => "changed",
    };
}
