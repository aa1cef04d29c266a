namespace Signalbox;

/// <summary>AWS Health: troubles of a service, planned changes, notices to an account, and reports of abuse.</summary>
/// <remarks>
/// Severity: an open issue error; an investigation warning; a planned change warning where action is required or things of this account are hit,
/// else info; a notice that requires action warning, else info; a report of abuse error; whatever is closed info. A notice of Service Quotas is a warning,
/// and an error once a quota is used up.
/// Status: closed cleared, upcoming ongoing, an issue, abuse or a quota raised, any other notice stated. One thread for each event and account.
/// The account and region are those that are affected. A further page of an event, and its copy by way of the backup region (which is all there is
/// when the region itself is in trouble), are told in the same thread and say what they are.
/// Errors: garbled without <c>eventTypeCode</c>.
/// </remarks>
public static class Health
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("health", [new Key.Event("aws.health"), new Key.Members("eventTypeCode", ["eventArn", "service"])], Read,
        "https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["eventTypeCode"u8].Words is not { } code) return Statement.Lacks(envelope, "detail.eventTypeCode", "the code of the event");

        var arn = detail["eventArn"u8].Words;
        var region = detail["eventRegion"u8].Words ?? Place(arn) ?? envelope.Region;
        var isBackup = string.Equals(detail["backupEvent"u8].Scalar, "true", StringComparison.OrdinalIgnoreCase);
        var account = detail["affectedAccount"u8].Words ?? envelope.Account;
        var category = detail["eventTypeCategory"u8].Words;
        var isAbuse = envelope.DetailType is { } type && type.Contains("Abuse", StringComparison.OrdinalIgnoreCase);
        var start = Instants.Read(detail["startTime"u8]);
        var end = Instants.Read(detail["endTime"u8]);
        var isClosed = detail["statusCode"u8].TextIs("closed"u8);
        var things = HealthWords.Things(detail["affectedEntities"u8]);
        var isQuota = detail["service"u8].TextIs("SERVICEQUOTAS"u8);
        var quota = isQuota ? ServiceQuotas.Used(detail["affectedEntities"u8][0]["entityValue"u8].Words) : null;
        var service = HealthWords.ServiceOf(detail["service"u8].Words);
        var description = HealthWords.Description(detail["eventDescription"u8]);
        var page = detail["page"u8].Scalar;
        var pages = detail["totalPages"u8].Scalar;
        return new Parsed.Told([
            new()
            {
                Source = "health",
                Kind = isAbuse ? "abuse" : Kebab(category),
                Severity = isQuota && !isClosed ? quota?.Severity ?? Severity.Warning
                    : SeverityOf(category, isAbuse, isClosed, detail["actionability"u8].Words, things.Count > 0),
                Status = isClosed ? Status.Cleared : category switch
                {
                    _ when isAbuse || isQuota => Status.Raised,
                    "issue" or "investigation" => Status.Raised,
                    "scheduledChange" => Status.Ongoing,
                    _ => Status.Stated,
                },
                Title = quota is { } used && !isClosed ? Cut.Line(used.Title, 80) : HealthWords.Title(code, service, category, isAbuse, isClosed, things),
                Summary = description is null ? null : Cut.Text(Cut.Readable(description), 1500),
                Subject = quota?.Name ?? (things.Count > 0 ? things[0] : service),
                Arn = arn,
                Account = account,
                Region = region is "global" ? Arn.RegionOf(detail["affectedEntities"u8][0]["entityValue"u8].Words) ?? envelope.Region : region,
                At = Instants.Read(detail["lastUpdatedTime"u8]) ?? envelope.At ?? start,
                Thread = arn is null ? null : $"health/{arn}/{account}",
                Tags = Known.Tags(detail["affectedEntities"u8][0]["tags"u8]),
                Facts = Known.Facts(
                    quota is null ? ("Affected", Phrase.List(things, 5)) : ("Quota", quota.Value.Name),
                    ("Service", isAbuse ? null : service),
                    (category is "scheduledChange" ? "Planned for" : "Began", Phrase.At(start)),
                    ("Until", end == start ? null : Phrase.At(end)),
                    ("Status", isClosed || detail["statusCode"u8].TextIs("upcoming"u8) ? detail["statusCode"u8].Words : null),
                    ("Action", detail["actionability"u8].Words switch { "INFORMATIONAL" => null, var other => Phrase.Of(other) }),
                    ("Page", pages is null or "1" ? null : $"{page} of {pages}"),
                    ("Copy", isBackup && envelope.Region != region ? $"by way of the backup region {envelope.Region}" : null),
                    ("Event", code)),
                Links = Known.Links(arn is null ? null
                    : new Link("Open the event", $"https://{Host(region)}/health/home#/account/event-log?eventID={ConsolePage.Escape(arn)}")),
            },
        ]);
    }

    private static Severity SeverityOf(string? category, bool isAbuse, bool isClosed, string? action, bool hits) => category switch
    {
        _ when isClosed => Severity.Info,
        _ when isAbuse => Severity.Error,
        "issue" => Severity.Error,
        "investigation" => Severity.Warning,
        "scheduledChange" when hits || action is "ACTION_REQUIRED" or "ACTION_MAY_BE_REQUIRED" => Severity.Warning,
        "accountNotification" when action is "ACTION_REQUIRED" => Severity.Warning,
        "scheduledChange" or "accountNotification" => Severity.Info,
        _ => Severity.Warning,
    };

    private static string? Place(string? arn) => Arn.RegionOf(arn) is { } region && Regions.IsCode(region) ? region : null;

    private static string Host(string? region) => region switch
    {
        ['c', 'n', '-', ..] => "console.amazonaws.cn",
        ['u', 's', '-', 'g', 'o', 'v', '-', ..] => "console.amazonaws-us-gov.com",
        _ => "health.aws.amazon.com",
    };

    private static string Kebab(string? category) => Phrase.Of(category)?.Replace(' ', '-') ?? "event";
}
