namespace Signalbox;

/// <summary>Events that were given up and put into a queue of dead letters: by Lambda or SNS, by an EventBridge rule, by EventBridge Scheduler.</summary>
/// <remarks>
/// Input: any event that came with the attributes <c>RequestID, ErrorCode, ErrorMessage</c> (Lambda, SNS), <c>RULE_ARN, TARGET_ARN</c> (a rule)
/// or <c>SCHEDULE_ARN</c> (a schedule). The event itself is named, not told: it may hold secrets and nobody acted on it yet.
/// Severity: error. Status: a mere statement.
/// </remarks>
public static class DeadLetter
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "dead-letter",
        [
            new Key.DeadLetter("RequestID", ["ErrorCode", "ErrorMessage"]),
            new Key.DeadLetter("RULE_ARN", ["ERROR_CODE"]),
            new Key.DeadLetter("SCHEDULE_ARN", ["ERROR_CODE"]),
        ],
        Read,
        "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html");

    private static Parsed Read(Envelope envelope)
    {
        var rule = Of(envelope, "RULE_ARN");
        var schedule = Of(envelope, "SCHEDULE_ARN");
        var target = Of(envelope, "TARGET_ARN");
        var arn = schedule ?? rule;
        var by = Phrase.Name(arn);
        var what = envelope.DetailType ?? envelope.Subject ?? envelope.Publisher;
        var queue = Arn.Read(envelope.Topic);
        return new Parsed.Told([
            new()
            {
                Source = "dead-letter",
                Kind = schedule is not null ? "schedule" : rule is not null ? "rule" : "event",
                Severity = Severity.Error,
                Status = Status.Stated,
                Title = Cut.Line(schedule is not null ? $"Schedule {Cut.Line(by!, 40)} could not run its target"
                    : rule is not null ? $"Rule {Cut.Line(by!, 40)} could not reach its target"
                    : what is null ? "An event was given up" : $"An event was given up: {what}", 80),
                Summary = Phrase.Sentence(Of(envelope, "ErrorMessage") ?? Of(envelope, "ERROR_MESSAGE")),
                Subject = by ?? queue?.Name,
                Arn = arn,
                Account = Arn.AccountOf(arn) ?? queue?.Account ?? envelope.Account,
                Region = Arn.RegionOf(arn) ?? queue?.Region ?? envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(
                    ("Target", Target(target)),
                    ("Error", Of(envelope, "ERROR_CODE") ?? (Of(envelope, "ErrorCode") is { } code and not "200" ? code : null)),
                    ("Event", arn is null ? null : what),
                    ("Retries", Of(envelope, "RETRY_ATTEMPTS")),
                    ("Given up", Of(envelope, "EXHAUSTED_RETRY_CONDITION") is { } condition ? Phrase.Of(condition) : null),
                    ("Queue", queue?.Name),
                    ("Request", Of(envelope, "RequestID"))),
                Links = Known.Links(
                    rule is null ? null : ConsolePage.Link("Open the rule", Arn.RegionOf(rule), $"events/home", "/eventbus/default/rules/", by),
                    schedule is null ? null : ConsolePage.Link("Open the schedules", Arn.RegionOf(schedule), "scheduler/home", "schedules"),
                    ConsolePage.Link("Open the queues", queue?.Region, "sqs/v3/home", "/queues")),
            },
        ]);
    }

    private static string? Target(string? arn) => Arn.Read(arn) is { } target ? $"{target.Name} ({target.Service})" : arn;

    private static string? Of(Envelope envelope, string name)
    {
        foreach (var attribute in envelope.Attributes)
        {
            if (attribute.Name == name) return string.IsNullOrWhiteSpace(attribute.Value) ? null : attribute.Value;
        }
        return null;
    }
}
