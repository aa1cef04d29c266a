using System.Globalization;

namespace Signalbox;

/// <summary>Database migration: replication tasks and instances.</summary>
/// <remarks>
/// Input: the SNS form (<c>SourceId</c> without a blank, which older messages hide behind <c>Identifier Link</c>) and the EventBridge form
/// (<c>eventId</c>, <c>category</c>, <c>detailMessage</c>). Severity, status and family by the event id, else by the category.
/// </remarks>
public static class Dms
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "dms",
        [
            new Key.Event("aws.dms"),
            new Key.Subject("DMS Notification Message"),
            new Key.Members("Event Source", ["Event ID", "SourceId"]),
            new Key.Members("Event Source", ["Event ID", "Event Message"], "replication-task"),
            new Key.Members("Event Source", ["Event ID", "Event Message"], "replication-instance"),
        ],
        Read,
        "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Events.html");

    private readonly record struct Meaning(Severity Severity, Status Status, string Family, string Phrase);

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        if (envelope.Text is { } text)
        {
            var greeting = Statement.Of(envelope, "dms", "subscription", (Severity.Info, Status.Stated), "DMS events arrive here from now on");
            return Statement.Told(greeting with { Summary = Cut.Readable(text) });
        }
        if (body["Event ID"u8].Words is { } url) return ReadMessage(envelope, body, url);

        var arn = Statement.Resource(envelope);
        return Tell(envelope, body["type"u8].Words ?? "", NameIn(body["resourceLink"u8].Words) ?? Arn.Read(arn)?.Name, arn, body["eventId"u8].Words,
            body["category"u8].Words, body["detailMessage"u8].Words ?? body["message"u8].Words, envelope.At, envelope.Region);
    }

    private static Parsed ReadMessage(Envelope envelope, Json body, string url)
    {
        var link = body["Identifier Link"u8].Text ?? "";
        var mark = link.IndexOf("SourceId:", StringComparison.Ordinal);
        var name = body["SourceId"u8].Words ?? (mark >= 0 ? link[(mark + "SourceId:".Length)..].Trim() : NameIn(link.Split('\n')[0]));
        var at = link.IndexOf("region=", StringComparison.Ordinal);
        var region = at < 0 ? null : Prefix(link[(at + "region=".Length)..], "#&; \n");
        return Tell(envelope, body["Event Source"u8].Words ?? "", name is { Length: > 0 } ? name : null, null, url[(url.LastIndexOf('#') + 1)..].Trim(),
            null, body["Event Message"u8].Words, Instants.Read(body["Event Time"u8]) ?? envelope.At, Regions.IsCode(region) ? region : envelope.Region);
    }

    private static Parsed Tell(
        Envelope envelope, string type, string? name, string? arn, string? id, string? category, string? message, DateTimeOffset? at, string? region)
    {
        if (id is null && message is null) return Statement.Lacks(envelope, "detail.eventId", "an event id or a message");
        var kind = Phrase.Of(type.Length > 0 ? type : "replication").Replace(' ', '-');
        var meaning = Of(NumberOf(id)) ?? ByCategory(category);
        var noun = kind is "replication-task" or "replication-instance" ? Phrase.Capital(Phrase.Of(kind)) : "Replication";
        var thing = $"{noun} {Phrase.Short(name ?? "of unknown name")}";
        var notice = Statement.Of(envelope, "dms", kind, (meaning.Severity, meaning.Status),
            meaning.Phrase.Length > 0 ? $"{thing} {meaning.Phrase}" : $"{thing}: {message}");
        return Statement.Told(notice with
        {
            Summary = Phrase.Beyond(notice.Title, message),
            Subject = name,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Region = region,
            At = at?.Year > 1970 ? at : envelope.At,
            Thread = $"dms/{envelope.Account}/{region}/{name}/{meaning.Family}",
            Facts = Known.Facts(("Category", category is null ? null : Phrase.Of(category)), ("Event", id)),
            Links = Known.Links(kind is "replication-instance"
                ? ConsolePage.Link("Open the instances", region, "dms/v2/home", "replicationInstances")
                : name is null ? ConsolePage.Link("Open the tasks", region, "dms/v2/home", "tasks")
                : ConsolePage.Link("Open the task", region, "dms/v2/home", "taskDetails/", name)),
        });
    }

    private static Meaning? Of(int id) => id switch
    {
        69 => new(Severity.Info, Status.Cleared, "task", "started"),
        77 or 79 => new(Severity.Warning, Status.Raised, "task", "stopped"),
        78 => new(Severity.Error, Status.Raised, "task", "failed"),
        81 => new(Severity.Info, Status.Stated, "", "reloads the details of its tables"),
        91 => new(Severity.Error, Status.Raised, "reading", "paused reading: its swap files are full"),
        92 => new(Severity.Error, Status.Raised, "reading", "paused reading: its disk is full"),
        93 => new(Severity.Info, Status.Cleared, "reading", "reads again"),
        73 => new(Severity.Warning, Status.Stated, "", "was deleted"),
        74 => new(Severity.Info, Status.Stated, "", "was created"),
        7 => new(Severity.Error, Status.Raised, "storage", "is low on storage"),
        13 => new(Severity.Error, Status.Raised, "failover", "is failing over to its standby"),
        49 or 15 => new(Severity.Info, Status.Cleared, "failover", "failed over to its standby"),
        50 => new(Severity.Info, Status.Ongoing, "failover", "is being activated again"),
        51 => new(Severity.Info, Status.Cleared, "failover", "is active again"),
        34 => new(Severity.Warning, Status.Stated, "", "did not fail over again: it did so a moment ago"),
        31 => new(Severity.Critical, Status.Raised, "instance", "has a storage failure"),
        36 => new(Severity.Error, Status.Raised, "instance", "failed: its network is incompatible"),
        37 => new(Severity.Error, Status.Raised, "instance", "cannot use its encryption key"),
        26 => new(Severity.Warning, Status.Ongoing, "maintenance", "is offline for maintenance"),
        27 => new(Severity.Info, Status.Cleared, "maintenance", "is back from maintenance"),
        _ => null,
    };

    private static Meaning ByCategory(string? category) => category switch
    {
        "Failure" => new(Severity.Error, Status.Raised, "task", ""),
        "LowStorage" => new(Severity.Error, Status.Raised, "storage", ""),
        "Failover" or "Deletion" => new(Severity.Warning, Status.Stated, "", ""),
        _ => new(Severity.Info, Status.Stated, "", ""),
    };

    private static int NumberOf(string? id) =>
        id is not null && int.TryParse(id.AsSpan(id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The name in "…/home?region=us-east-1#taskDetails/NAME" or "…#tasks:ids=NAME".</summary>
    private static string? NameIn(string? link)
    {
        if (link is null || link.IndexOf('#', StringComparison.Ordinal) is not (var hash and >= 0)) return null;
        var name = link[(link.AsSpan().LastIndexOfAny('/', '=') + 1)..];
        return name.Length == 0 || name.Length > link.Length - hash ? null : Prefix(name, " ;&?");
    }

    private static string Prefix(string text, string ends) => text.AsSpan().IndexOfAny(ends) is var end and >= 0 ? text[..end] : text;
}
