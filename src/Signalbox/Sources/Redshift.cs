namespace Signalbox;

/// <summary>Redshift clusters, serverless workgroups and namespaces, and statements run through the Data API.</summary>
/// <remarks>
/// Input: the SNS form (<c>Resource</c> and <c>About this Event</c>, which is a URL that ends in the event id), the EventBridge form of
/// Redshift Serverless, and the Data API's. Severity: the event's own, ERROR or INFO; of a statement by its state:
/// FAILED is an error, ABORTED a warning, all others info. The text of a statement is never in the event.
/// </remarks>
public static class Redshift
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "redshift",
        [
            new Key.Members("About this Event", ["Event Message"]),
            new Key.Event("aws.redshift"),
            new Key.Event("aws.redshift-serverless"),
            new Key.Event("aws.redshift-data"),
        ],
        Read,
        "https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-event-notifications.html");

    private static Parsed Read(Envelope envelope) => envelope switch
    {
        { Publisher: "aws.redshift-data" } => ReadStatement(envelope, envelope.Body),
        { Body: var body } when body["About this Event"u8].Exists => ReadMessage(envelope, body),
        _ => ReadEvent(envelope, envelope.Body),
    };

    private static Parsed.Told ReadMessage(Envelope envelope, Json body)
    {
        var about = body["About this Event"u8].Words ?? "";
        var id = about[(about.LastIndexOf('#') + 1)..].Trim();
        var dash = envelope.Subject?.IndexOf("] - ", StringComparison.Ordinal) ?? -1;
        var what = dash > 0 ? envelope.Subject![(dash + "] - ".Length)..].TrimEnd('.', ' ') : null;
        return Tell(envelope, body["Resource"u8].Words, what, body["Event Message"u8].Words, body["Severity"u8].Words, body["Category"u8],
            id.Length > 0 ? id : null, Instants.Read(body["Event Time"u8]), body["Event Source"u8].Words ?? "cluster");
    }

    private static Parsed ReadEvent(Envelope envelope, Json detail)
    {
        var message = detail["eventMessage"u8].Words ?? detail["message"u8].Words;
        if (message is null && envelope.DetailType is null) return Statement.Lacks(envelope, "detail.eventMessage", "a message");
        var resource = detail["sourceId"u8].Words ?? detail["sourceIdentifier"u8].Words ?? Arn.Read(Statement.Resource(envelope))?.Name;
        return Tell(envelope, resource, message is null ? envelope.DetailType : null, message, detail["severity"u8].Words, detail["eventCategories"u8],
            detail["eventId"u8].Words, Instants.Read(detail["date"u8]), detail["sourceType"u8].Words ?? "cluster");
    }

    private static Parsed.Told Tell(
        Envelope envelope, string? resource, string? what, string? message, string? severity, Json category, string? id, DateTimeOffset? at, string kind)
    {
        var level = severity switch
        {
            "ERROR" => Severity.Error,
            "WARN" or "WARNING" => Severity.Warning,
            _ => Severity.Info,
        };
        var notice = Statement.Of(envelope, "redshift", Phrase.Of(kind).Replace(' ', '-'), (level, Status.Stated),
            what is not null ? $"{Phrase.Short(resource ?? "Redshift")}: {Phrase.Inside(what)}"
            : resource is not null && message?.Contains(resource, StringComparison.Ordinal) is true ? message
            : $"{Phrase.Short(resource ?? "Redshift")}: {message}");
        return Statement.Told(notice with
        {
            Summary = Phrase.Beyond(notice.Title, message),
            Subject = resource,
            At = at ?? envelope.At,
            Facts = Known.Facts(
                ("What", Phrase.Of(kind)),
                ("Category", Phrase.List(category, 3)),
                ("Event", id)),
            Links = Known.Links(PageOf(resource, envelope.Region, envelope.Publisher is "aws.redshift-serverless")),
        });
    }

    private static Parsed ReadStatement(Envelope envelope, Json detail)
    {
        if (detail["state"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.state", "the state of the statement");
        var cluster = detail["clusterId"u8].Words ?? detail["workgroupName"u8].Words ?? Arn.Read(Statement.Resource(envelope))?.Name;
        var id = detail["statementId"u8].Words;
        var name = detail["statementName"u8].Words;
        var (severity, status, phrase) = state switch
        {
            "FAILED" => (Severity.Error, Status.Raised, "failed"),
            "ABORTED" => (Severity.Warning, Status.Raised, "was aborted"),
            "FINISHED" => (Severity.Info, Status.Cleared, "finished"),
            "SUBMITTED" or "PICKED" or "STARTED" => (Severity.Info, Status.Ongoing, "is running"),
            _ => (Severity.Info, Status.Stated, $"is {Phrase.Of(state)}"),
        };
        var title = $"Statement {Phrase.Short(name ?? id ?? "of unknown name")} {phrase}";
        return Statement.Told(Statement.Of(envelope, "redshift", "statement", (severity, status), title) with
        {
            Summary = detail["error"u8].Words ?? detail["errorMessage"u8].Words,
            Subject = name ?? id,
            Actor = Phrase.Who(detail["principal"u8].Words),
            Thread = id is null ? null : $"redshift-data/{id}",
            Facts = Known.Facts(
                ("Where", cluster),
                ("Rows", detail["rows"u8].Number is { } rows and >= 0 ? Quantity.Of(rows) : null),
                ("Statement id", name is null ? null : id)),
            Links = Known.Links(PageOf(cluster, envelope.Region, detail["workgroupName"u8].Exists)),
        });
    }

    private static Link? PageOf(string? resource, string? region, bool isServerless) =>
        resource is null ? ConsolePage.Link("Open Redshift", region, "redshiftv2/home")
        : isServerless ? ConsolePage.Link("Open the workgroup", region, "redshiftv2/home", "serverless-workgroup?workgroup=", resource)
        : ConsolePage.Link("Open the cluster", region, "redshiftv2/home", "/cluster-details?cluster=", resource);
}
