namespace Signalbox;

/// <summary>A record that a CodeCommit trigger sends to Lambda or SNS: branches and tags that somebody pushed.</summary>
/// <remarks>Severity: info. Status: a mere statement. <c>TriggerEventTest</c> is somebody trying the trigger, who wants to see it arrive.</remarks>
internal static class CodeCommitTrigger
{
    public static Parsed Read(Envelope envelope)
    {
        var record = envelope.Body;
        var arn = record["eventSourceARN"u8].Words;
        var repository = Phrase.Name(arn) ?? "a repository";
        var who = Phrase.Name(record["userIdentityARN"u8].Words);
        var references = record["codecommit"u8]["references"u8];
        var first = references[0];
        var isTest = record["eventName"u8].TextIs("TriggerEventTest"u8);
        var name = Cut.Line(repository, 30);
        var full = first["ref"u8].Words;
        var isTag = full is not null && full.StartsWith("refs/tags/", StringComparison.Ordinal);
        var reference = $"{(isTag ? "Tag" : "Branch")} {Cut.Line(CodeCommit.Branch(full) ?? "?", 28)} of {name}";
        var region = Arn.RegionOf(arn) is { } code && Regions.IsCode(code) ? code : envelope.Region;
        var commit = Phrase.Hash(first["commit"u8].Words);
        return new Parsed.Told([
            new()
            {
                Source = "codecommit",
                Kind = "trigger",
                Severity = Severity.Info,
                Status = Status.Stated,
                Title = Cut.Line(isTest ? $"Trigger {Cut.Line(record["eventTriggerName"u8].Words ?? "?", 30)} of {name} was tried"
                    : references.Count > 1 ? $"{Quantity.Count(references.Count, "branch or tag", "branches and tags")} of {name} changed"
                    : first["deleted"u8].Kind is JsonKind.True ? $"{reference} was deleted"
                    : $"{reference} was {(first["created"u8].Kind is JsonKind.True ? "created" : "updated")}", 80),
                Subject = Phrase.Name(arn),
                Arn = arn,
                Account = Arn.AccountOf(arn) ?? envelope.Account,
                Region = region,
                At = Instants.Read(record["eventTime"u8]) ?? envelope.At,
                Actor = who,
                Facts = Known.Facts(
                    ("References", isTest || references.Count > 1 ? Phrase.List(references, 5, one => CodeCommit.Branch(one["ref"u8].Words)) : null),
                    ("Commit", references.Count > 1 ? null : commit),
                    ("Note", record["customData"u8].Words),
                    ("Trigger", isTest ? null : record["eventTriggerName"u8].Words)),
                Links = Known.Links(ConsolePage.Link("Open the commits", region,
                    $"codesuite/codecommit/repositories/{ConsolePage.Escape(repository)}/commits")),
            },
        ]);
    }
}
