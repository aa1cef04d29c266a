namespace Signalbox;

/// <summary>Elastic Beanstalk environments: health, deployments, resources.</summary>
/// <remarks>
/// Input: the SNS text (<c>Timestamp:</c>, <c>Message:</c>, <c>Environment:</c>, <c>Application:</c> lines) or the EventBridge events of
/// aws.elasticbeanstalk (<c>Severity</c>, <c>Status</c>, <c>Message</c>).
/// Severity: of an event its own scale (TRACE and DEBUG are info, FATAL is critical). Of a text, and of a health change, the colour that the
/// environment went to: Severe and Red are errors, Degraded, Warning and Yellow warnings, Unknown, Grey and No Data a warning, Ok and Green info;
/// other texts carry no scale and are info, unless they are one of Beanstalk's fixed sentences for a failure (see <see cref="ElasticBeanstalkMessages"/>).
/// Status: a bad colour raises and Ok clears in the conversation of the environment's health; other failures raise.
/// Errors: garbled when there is neither a message nor a status.
/// </remarks>
public static class ElasticBeanstalk
{
    private const string Console = "elasticbeanstalk/home";

    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "elasticbeanstalk",
        [
            new Key.Event("aws.elasticbeanstalk"),
            new Key.Words("Timestamp", ["Message:", "Environment:"]),
            new Key.Words("Timestamp", ["Message:", "Application:"]),
        ],
        Read,
        "https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.managing.sns.html");

    private static Parsed Read(Envelope envelope) => envelope.Text is { } text ? ReadText(envelope, text) : ReadEvent(envelope);

    private static Parsed ReadText(Envelope envelope, string text)
    {
        if (Line(text, "Message") is not { } message) return new Parsed.Garbled(new("Message", "a line \"Message: …\"", Cut.Line(text, 60)));
        return Tell(envelope, message, null, Line(text, "Environment"), Line(text, "Application"),
            Instants.Read(Line(text, "Timestamp")) ?? envelope.At, ElasticBeanstalkMessages.SeverityOf(message), Page(Line(text, "Environment URL")));
    }

    private static Parsed ReadEvent(Envelope envelope)
    {
        var detail = envelope.Body;
        if ((detail["Message"u8].Words ?? detail["Status"u8].Words) is not { } message) return Statement.Lacks(envelope, "detail", "Message or Status");
        var severity = detail["Severity"u8].Words switch
        {
            "FATAL" => Severity.Critical,
            "ERROR" => Severity.Error,
            "WARN" => Severity.Warning,
            _ => Severity.Info,
        };
        return Tell(envelope, message, detail["Status"u8].Words, detail["EnvironmentName"u8].Words, detail["ApplicationName"u8].Words,
            envelope.At ?? Instants.Read(detail["EventDate"u8]), severity, null);
    }

    private static Parsed.Told Tell(Envelope envelope, string message, string? change, string? environment, string? application, DateTimeOffset? at,
        Severity severity, Link? page)
    {
        var health = ElasticBeanstalkMessages.HealthIn(message);
        var worst = health is { } colour && colour.Severity > severity ? colour.Severity : severity;
        var status = health is { } now ? now.IsWell ? Status.Cleared : now.Severity > Severity.Info ? Status.Raised : Status.Ongoing
            : worst >= Severity.Warning ? Status.Raised : ElasticBeanstalkMessages.StatusOf(message);
        var name = environment ?? application ?? "An environment";
        var sentence = Cut.Readable(message).Trim();
        var first = sentence.IndexOf(". ", StringComparison.Ordinal) is var end and > 0 ? sentence[..end] : sentence.TrimEnd('.');
        var title = health is { } turn ? $"{Cut.Line(name, 40)} went from {turn.From} to {turn.To}"
            : $"{Cut.Line(name, 36)}: {(change is null || change.Length > 60 ? first : change)}";
        return new([
            new()
            {
                Source = "elasticbeanstalk",
                Kind = health is null ? "environment" : "health",
                Severity = worst,
                Status = status,
                Title = Cut.Line(title, 80),
                Summary = title.Length <= 80 && title.EndsWith(sentence.TrimEnd('.'), StringComparison.Ordinal) ? null
                    : health is { Rest: var rest } ? Phrase.Sentence(rest) : sentence,
                Subject = environment ?? application,
                Account = envelope.Account,
                Region = envelope.Region,
                At = at,
                Thread = status is Status.Stated ? null : $"elasticbeanstalk/{application}/{environment}{(health is null ? "/work" : "/health")}",
                Facts = Known.Facts(
                    ("Application", application)),
                Links = Known.Links(
                    environment is null ? ConsolePage.Link("Open Elastic Beanstalk", envelope.Region, Console, "/environments")
                        : ConsolePage.Link("Open the environment", envelope.Region, Console, "/environment/dashboard?environmentName=", environment),
                    page),
            },
        ]);
    }

    /// <summary>The rest of the line that begins with a name and a colon; null when there is none or nothing follows.</summary>
    private static string? Line(string text, string name)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].TrimEnd();
            if (line.Length > name.Length && line.StartsWith(name) && line[name.Length] is ':' && line[(name.Length + 1)..].Trim() is { IsEmpty: false } value)
                return value.ToString();
        }
        return null;
    }

    private static Link? Page(string? url) =>
        url is { Length: <= 500 } && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0 && address.Host.Length > 0 ? new("Open the application", address.AbsoluteUri) : null;
}
