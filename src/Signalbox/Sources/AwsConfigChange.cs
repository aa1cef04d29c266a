namespace Signalbox;

/// <summary>A resource that Config saw change, with the difference in a few facts.</summary>
internal static class AwsConfigChange
{
    public static Parsed Read(Envelope envelope, Json body, string? judgedBy = null)
    {
        var item = body["configurationItem"u8].IsObject ? body["configurationItem"u8] : body["configurationItemSummary"u8];
        var id = item["resourceId"u8].Words;
        if (id is null && item["resourceType"u8].Words is null) return Statement.Lacks(envelope, "configurationItem.resourceId", "the resource that changed");

        var name = item["resourceName"u8].Words ?? (id is not null && id.Contains('/', StringComparison.Ordinal) ? id[(id.LastIndexOf('/') + 1)..] : id);
        var type = item["resourceType"u8].Words;
        var difference = body["configurationItemDiff"u8];
        var change = difference["changeType"u8].Words ?? item["changeType"u8].Words ?? StatusWord(item["configurationItemStatus"u8].Words);
        var region = item["awsRegion"u8].Words is { } code && code is not "global" ? code : envelope.Region;
        var facts = new List<(string, string?)>(8);
        foreach (var (path, value) in difference["changedProperties"u8].Members)
        {
            if (facts.Count == 6) break;
            facts.Add(Difference(path.Text!, value));
        }
        var count = difference["changedProperties"u8].Count;
        if (count > 6) facts.Add(("And", Quantity.Count(count - 6, "more change")));
        var word = change switch { "CREATE" => "was created", "DELETE" => "was deleted", "UPDATE" => "was changed", _ => "was recorded" };
        return new Parsed.Told([
            new()
            {
                Source = "config",
                Kind = "change",
                Severity = change is "DELETE" ? Severity.Warning : Severity.Info,
                Status = Status.Stated,
                Title = Cut.Line($"{AccessAnalyzer.TypeOf(type)} {Cut.Line(name ?? "", 40)} {word}".Replace("  ", " ", StringComparison.Ordinal), 80),
                Subject = name,
                Arn = item["ARN"u8].Words,
                Account = item["awsAccountId"u8].Words ?? envelope.Account,
                Region = region,
                At = Instants.Read(item["configurationItemCaptureTime"u8]) ?? Instants.Read(body["notificationCreationTime"u8]) ?? envelope.At,
                Tags = Known.Tags(item["tags"u8]),
                Facts = Known.Facts([.. facts, ("Judged by rule", judgedBy), ("Id", id == name ? null : id)]),
                Links = Known.Links(PageOf(type, id, region)),
            },
        ]);
    }

    internal static Link? PageOf(string? type, string? id, string? region) => type is null || id is null ? null
        : ConsolePage.Link("Open the resource", region, "config/home", $"/resources/timeline?resourceType={ConsolePage.Escape(type)}&resourceId=", id);

    /// <summary>"Configuration.AttachmentCount": 1 → 2. What the name or the length calls a secret is only named.</summary>
    private static (string, string?) Difference(string path, Json value)
    {
        var name = Cut.Line(path.StartsWith("Configuration.", StringComparison.Ordinal) ? path["Configuration.".Length..]
            : path.StartsWith("Relationships.", StringComparison.Ordinal) ? "Relationship" : path, 60);
        var isSecret = Telling.IsSecretName(string.Concat(path.Where(char.IsLetterOrDigit)).ToLowerInvariant())
            || path.Contains("nvironment", StringComparison.Ordinal) || path.Contains("serData", StringComparison.Ordinal);
        if (isSecret) return (name, "changed (not shown)");
        var before = Short(value["previousValue"u8]);
        var now = Short(value["updatedValue"u8]);
        return (name, (before, now) switch
        {
            (null, null) => "changed",
            (null, _) => $"now {now}",
            (_, null) => $"was {before}",
            _ => $"{before} → {now}",
        });
    }

    /// <summary>A scalar, or what a thing that hangs together with this one is called.</summary>
    private static string? Short(Json value)
    {
        if (value.Scalar is { } scalar) return Cut.Line(scalar, 80);
        if (!value.Exists) return null;
        if (value["name"u8].Words is { } relation && value["resourceId"u8].Words is { } id)
            return Cut.Line($"{(relation.StartsWith("Is ", StringComparison.Ordinal) ? relation[3..] : relation)} {value["resourceName"u8].Words ?? id}", 80);
        return value["policyName"u8].Words ?? value["groupName"u8].Words ?? Phrase.List(value, 3)
            ?? (value.IsArray ? Quantity.Count(value.Count, "entry", "entries") : Quantity.Count(value.Count, "member"));
    }

    private static string? StatusWord(string? status) => status switch
    {
        "ResourceDiscovered" => "CREATE",
        "ResourceDeleted" or "ResourceDeletedNotRecorded" => "DELETE",
        _ => null,
    };
}
