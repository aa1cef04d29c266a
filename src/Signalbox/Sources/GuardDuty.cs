namespace Signalbox;

/// <summary>Threats that GuardDuty found, its scans for malware, the coverage of its runtime agents, and news of its finding types.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.guardduty, also with the members in PascalCase as the API writes them; announcements by SNS.
/// Severity of a finding by its number: 9 and more critical, 7 and more error, 4 and more warning, else info. A sample finding keeps its
/// severity and says that it is one. An archived finding is info and cleared. All updates of one finding are one thread.
/// Severity of a scan: threats found error, a scan that could not be made warning, else info. Coverage: unhealthy warning, healthy info.
/// Errors: garbled without <c>detail.type</c> and <c>detail.title</c>.
/// </remarks>
public static class GuardDuty
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("guardduty",
        [new Key.Event("aws.guardduty"), new Key.Members("findingDetails", ["type", "version"]), new Key.Members("featureDetails", ["type", "version"]),
            new Key.Members("schemaVersion", ["resource.resourceType", "service.detectorId"])],
        Read, "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["findingDetails"u8].IsArray || detail["featureDetails"u8].IsArray) return GuardDutyMore.ReadNews(envelope);
        if (detail["currentStatus"u8].Exists || detail["resourceDetails"u8].IsObject) return GuardDutyMore.ReadCoverage(envelope);
        if (detail["resourceStatus"u8].Exists || detail["postScanActions"u8].IsArray) return GuardDutyMore.ReadProtection(envelope);
        if (detail["scanStatus"u8].Exists || detail["scanResultDetails"u8].IsObject || detail["s3ObjectDetails"u8].IsObject)
            return GuardDutyMore.ReadScan(envelope);
        return ReadFinding(envelope, detail);
    }

    private static Parsed ReadFinding(Envelope envelope, Json detail)
    {
        var type = detail.Cased("type"u8).Words;
        var said = detail.Cased("title"u8).Words ?? type;
        if (said is null) return Statement.Lacks(envelope, "detail.title", "what was found");

        var service = detail.Cased("service"u8);
        var score = detail.Cased("severity"u8).Number;
        var (severity, word) = Scale(score);
        var isSample = IsSample(service.Cased("additionalInfo"u8));
        var isArchived = service.Cased("archived"u8).Kind is JsonKind.True;
        var subject = GuardDutyResource.NameOf(detail.Cased("resource"u8))
            ?? GuardDutyResource.NameIn(service.Cased("detection"u8).Cased("sequence"u8));
        var description = detail.Cased("description"u8).Words;
        var title = (isSample ? "Sample finding: " : isArchived ? "Archived: " : "") + said.TrimEnd(' ', '.');
        var id = detail.Cased("id"u8).Words;
        var region = detail.Cased("region"u8).Words ?? envelope.Region;
        var count = service.Cased("count"u8).Number;
        return new Parsed.Told([
            new()
            {
                Source = "guardduty",
                Kind = "finding",
                Severity = isArchived ? Severity.Info : severity,
                Status = isArchived ? Status.Cleared : Status.Raised,
                Title = Cut.Line(title, 80),
                Summary = description is not null && description.TrimEnd(' ', '.') != said.TrimEnd(' ', '.') ? Cut.Text(Cut.Readable(description), 1500)
                    : title.Length > 80 ? Cut.Readable(said) : null,
                Subject = subject,
                Arn = detail.Cased("arn"u8).Words,
                Account = detail.Cased("accountId"u8).Words ?? envelope.Account,
                Region = region,
                At = Instants.Read(detail.Cased("updatedAt"u8)) ?? Instants.Read(service.Cased("eventLastSeen"u8)) ?? envelope.At,
                Thread = id is null ? null : $"guardduty/{id}",
                Tags = GuardDutyResource.TagsOf(detail.Cased("resource"u8)),
                Facts = Known.Facts(
                    ("Severity", score is { } number ? $"{Quantity.Of(number)} ({word})" : null),
                    ("Resource", subject is null ? null : $"{GuardDutyResource.TypeOf(detail.Cased("resource"u8))} {subject}".Trim()),
                    ("Seen", GuardDutyAction.PhraseOf(service)),
                    ("Type", type),
                    ("Times", count is > 1 ? Quantity.Of(count.Value) : null),
                    ("First seen", Phrase.At(Instants.Read(service.Cased("eventFirstSeen"u8)))),
                    ("Last seen", count is > 1 ? Phrase.At(Instants.Read(service.Cased("eventLastSeen"u8))) : null),
                    ("The resource is", Phrase.Of(service.Cased("resourceRole"u8).Words))),
                Links = Known.Links(
                    ConsolePage.Link("Open the finding", region, "guardduty/home", "/findings?macros=current&fId=", id),
                    type is null ? null : new Link("What this type means",
                        "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-active.html")),
            },
        ]);
    }

    /// <summary>What a score means: low from 1, medium from 4, high from 7, critical from 9.</summary>
    internal static (Severity Severity, string Word) Scale(double? score) => score switch
    {
        >= 9 => (Severity.Critical, "critical"),
        >= 7 => (Severity.Error, "high"),
        >= 4 => (Severity.Warning, "medium"),
        null => (Severity.Warning, "unknown"),
        _ => (Severity.Info, "low"),
    };

    /// <summary>True for <c>{"sample":true}</c>, which is also written as a text in <c>value</c>.</summary>
    private static bool IsSample(Json more)
    {
        if (more["sample"u8].Kind is JsonKind.True || more["sample"u8].TextIs("true"u8)) return true;
        var value = more.Cased("value"u8);
        return value.IsText && Json.Parse(value.TextBytes()) is { Expected: null, Value: var inner } && inner["sample"u8].Kind is JsonKind.True;
    }
}
