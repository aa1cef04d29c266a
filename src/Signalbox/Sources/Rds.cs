using System.Globalization;
using System.Text;

namespace Signalbox;

/// <summary>Databases: instances, clusters, snapshots, parameter and security groups, proxies, engine versions, blue/green deployments.</summary>
/// <remarks>
/// Input: the SNS form (<c>Event Source</c>, <c>Event ID</c> as a URL, <c>Source ID</c>, which 2016 messages hide in <c>Identifier Link</c>)
/// or the EventBridge form (<c>SourceType</c>, <c>EventID</c>, <c>EventCategories</c>). Aurora, DocumentDB and Neptune use the same.
/// Output: one notice; severity, status and family by the event id (<see cref="RdsEvents"/>), never by words in the message.
/// Errors: garbled when there is neither a message nor an id.
/// </remarks>
public static class Rds
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "rds",
        [
            new Key.Event("aws.rds"),
            new Key.Subject("RDS Notification Message"),
            new Key.Members("Event Source", ["Event ID", "Event Message"]),
            new Key.Members("EventID", ["SourceType", "SourceArn"]),
        ],
        Read,
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html");

    private static Parsed Read(Envelope envelope) => envelope switch
    {
        { Text: { } text } => Greeting(envelope, text),
        { Body: var body } when body["Event Message"u8].Exists || body["Event ID"u8].Exists => ReadMessage(envelope, body),
        _ => ReadEvent(envelope, envelope.Body),
    };

    private static Parsed ReadMessage(Envelope envelope, Json body)
    {
        var arn = body["Source ARN"u8].Words;
        return Tell(envelope, new()
        {
            Kind = body["Event Source"u8].TextIs("db-instance"u8) ? "db-instance" : KindOf(body["Event Source"u8].Words),
            Id = body["Source ID"u8].Words ?? body["SourceId"u8].Words ?? IdIn(body["Identifier Link"u8].Text),
            Arn = arn,
            EventId = IdAfterHash(body["Event ID"u8]),
            Message = body["Event Message"u8].Words,
            At = Instants.Read(body["Event Time"u8]) ?? envelope.At,
            Region = Arn.RegionOf(arn) ?? RegionIn(body["Identifier Link"u8].Text) ?? envelope.Region,
            Tags = Known.Tags(body["Tags"u8]),
        });
    }

    private static Parsed ReadEvent(Envelope envelope, Json detail)
    {
        if (detail["Message"u8].Words is null && detail["EventID"u8].Words is null)
            return new Parsed.Garbled(new("detail", "Message or EventID", Cut.Line(detail.ToString(), 60)));
        return Tell(envelope, new()
        {
            Kind = KindOf(detail["SourceType"u8].Words),
            Id = detail["SourceIdentifier"u8].Words,
            Arn = detail["SourceArn"u8].Words,
            Region = Arn.RegionOf(detail["SourceArn"u8].Text) ?? envelope.Region,
            EventId = detail["EventID"u8].Words,
            Category = detail["EventCategories"u8][0].Words,
            Message = detail["Message"u8].Words,
            At = Instants.Read(detail["Date"u8]) ?? envelope.At,
            Tags = Known.Tags(detail["Tags"u8]),
        });
    }

    /// <summary>What both forms say.</summary>
    private readonly record struct Event
    {
        public required string Kind { get; init; }
        public string? Id { get; init; }
        public string? Arn { get; init; }
        public string? EventId { get; init; }
        public string? Category { get; init; }
        public string? Message { get; init; }
        public DateTimeOffset? At { get; init; }
        public string? Region { get; init; }
        public ValueList<Tag> Tags { get; init; }
    }

    private static Parsed.Told Tell(Envelope envelope, in Event it)
    {
        var number = NumberOf(it.EventId);
        var category = RdsCategories.Of(number) ?? it.Category;
        var meaning = RdsEvents.Of(number, category);
        var subject = it.Id ?? (Arn.Read(it.Arn) is { } arn ? arn.Name : null);
        var thing = subject ?? "A database";
        return new([
            new()
            {
                Source = "rds",
                Kind = it.Kind,
                Severity = meaning.Severity,
                Status = meaning.Status,
                Title = meaning.Phrase is { } phrase ? $"{NounOf(it.Kind)}{thing} {phrase}"
                    : Cut.Line($"{thing}: {it.Message ?? it.EventId}", 80),
                Summary = it.Message is { } message && (meaning.Phrase is not null || message.Length + thing.Length > 76) ? Cut.Readable(message) : null,
                Subject = subject,
                Arn = it.Arn,
                Account = Arn.AccountOf(it.Arn) ?? envelope.Account,
                Region = it.Region,
                At = it.At,
                Tags = it.Tags,
                Thread = meaning.Status is Status.Stated ? null : $"rds/{it.Arn ?? it.Id}/{meaning.Family}",
                Facts = Known.Facts(
                    ("What", WordsOf(it.Kind)),
                    ("Category", category),
                    ("Event", it.EventId)),
                Links = Known.Links(subject is null ? null : PageOf(it.Kind, subject, it.Region)),
            },
        ]);
    }

    /// <summary>The text that RDS sends once, right after somebody has subscribed.</summary>
    private static Parsed.Told Greeting(Envelope envelope, string text) => new([
        new()
        {
            Source = "rds",
            Kind = "subscription",
            Severity = Severity.Info,
            Status = Status.Stated,
            Title = "RDS events arrive here from now on",
            Summary = Cut.Readable(text),
            Account = envelope.Account,
            Region = envelope.Region,
            At = envelope.At,
        },
    ]);

    /// <summary>The id at the end of a URL: <c>…USER_Events.html#RDS-EVENT-0049 </c>, sometimes with a blank after it.</summary>
    private static string? IdAfterHash(Json url)
    {
        var raw = url.Raw;
        var id = raw[(raw.LastIndexOf((byte)'#') + 1)..].Trim((byte)' ');
        return id.IsEmpty ? null : Encoding.UTF8.GetString(id);
    }

    private static int NumberOf(string? eventId) =>
        int.TryParse(eventId.AsSpan((eventId?.LastIndexOf('-') ?? -1) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>"DB_CLUSTER_SNAPSHOT", "CLUSTER_SNAPSHOT" and "db-cluster-snapshot" are one kind: the last.</summary>
    private static string KindOf(string? type) => type switch
    {
        null or "DB_INSTANCE" => "db-instance",
        "CLUSTER" or "DB_CLUSTER" => "db-cluster",
        "SNAPSHOT" or "DB_SNAPSHOT" => "db-snapshot",
        "CLUSTER_SNAPSHOT" or "DB_CLUSTER_SNAPSHOT" => "db-cluster-snapshot",
        "DB_PARAM" or "DB_PARAMETER_GROUP" => "db-parameter-group",
        "SECURITY_GROUP" or "DB_SECURITY_GROUP" => "db-security-group",
        "BLUE_GREEN_DEPLOYMENT" => "blue-green-deployment",
        _ => type.ToLowerInvariant().Replace('_', '-'),
    };

    /// <summary>What stands before the name in a title: nothing for databases themselves, whose names people know.</summary>
    private static string NounOf(string kind) => kind switch
    {
        "db-instance" or "db-cluster" => "",
        _ => char.ToUpperInvariant(WordsOf(kind)[0]) + WordsOf(kind)[1..] + " ",
    };

    private static string WordsOf(string kind) => kind switch
    {
        "db-instance" => "DB instance",
        "db-cluster" => "DB cluster",
        "db-snapshot" => "snapshot",
        "db-cluster-snapshot" => "cluster snapshot",
        "db-parameter-group" => "parameter group",
        "db-security-group" => "DB security group",
        "db-proxy" or "rds-proxy" => "proxy",
        "custom-engine-version" => "engine version",
        "blue-green-deployment" => "blue/green deployment",
        "db-shard-group" => "shard group",
        "zero-etl" or "zero-etl-integration" or "integration" => "zero-ETL integration",
        "" => "database",
        _ => kind.Replace('-', ' '),
    };

    private static Link? PageOf(string kind, string id, string? region)
    {
        return kind switch
        {
            "db-instance" => ConsolePage.Link("Open the database", region, "rds/home", "database:id=", id, ";is-cluster=false"),
            "db-cluster" => ConsolePage.Link("Open the cluster", region, "rds/home", "database:id=", id, ";is-cluster=true"),
            "db-snapshot" => ConsolePage.Link("Open the snapshot", region, "rds/home", "db-snapshot:engine=;id=", id),
            "db-cluster-snapshot" => ConsolePage.Link("Open the snapshot", region, "rds/home", "db-snapshot:engine=aurora;id=", id),
            "db-parameter-group" => ConsolePage.Link("Open the parameter group", region, "rds/home", "parameter-group-details:parameter-group-name=", id),
            "db-proxy" or "rds-proxy" => ConsolePage.Link("Open the proxy", region, "rds/home", "proxy:id=", id),
            "zero-etl" or "zero-etl-integration" or "integration" => ConsolePage.Link("Open the integrations", region, "rds/home", "integrations:"),
            _ => ConsolePage.Link("Open RDS", region, "rds/home", "databases:"),
        };
    }

    /// <summary>2016 messages put the id behind the link: <c>…#\nSourceId: my-db</c>; others end in <c>id=my-db</c>.</summary>
    private static string? IdIn(string? link)
    {
        if (link is null) return null;
        foreach (var mark in (ReadOnlySpan<string>)["SourceId:", "id="])
        {
            if (link.IndexOf(mark, StringComparison.Ordinal) is var at and >= 0)
            {
                var rest = link[(at + mark.Length)..].Trim();
                var end = rest.AsSpan().IndexOfAny(" ;&\n");
                return end > 0 ? rest[..end] : rest.Length > 0 ? rest : null;
            }
        }
        return null;
    }

    private static string? RegionIn(string? link)
    {
        if (link is null || link.IndexOf("region=", StringComparison.Ordinal) is not (var at and >= 0)) return null;
        var rest = link.AsSpan(at + "region=".Length);
        var end = rest.IndexOfAny("#&; \n");
        var code = (end < 0 ? rest : rest[..end]).ToString();
        return Regions.IsCode(code) ? code : null;
    }
}
