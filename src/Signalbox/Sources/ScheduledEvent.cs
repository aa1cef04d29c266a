namespace Signalbox;

/// <summary>The tick of a scheduled rule of EventBridge, and what EventBridge itself reports.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.events and aws.scheduler. A tick carries nothing but its rule: it is told in one line (who does not want
/// it takes Signalbox off the rule's targets, or mutes <c>source = schedule</c>). Severity: info. Status: a mere statement. Schedules and rules
/// that could not reach their target come as dead letters.
/// </remarks>
public static class ScheduledEvent
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("schedule", [new Key.Event("aws.events"), new Key.Event("aws.scheduler")], Read,
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html");

    private static Parsed Read(Envelope envelope)
    {
        if (!string.Equals(envelope.DetailType, "Scheduled Event", StringComparison.OrdinalIgnoreCase)) return AsItCame.Told(envelope, "schedule");
        var arn = envelope.ArnOf("rule/") ?? envelope.ArnOf("schedule/") ?? envelope.ArnOf();
        var rule = Phrase.Name(arn);
        var bus = Arn.Read(arn)?.Resource.Split('/') is ["rule", var named, _, ..] ? named : "default";
        return new Parsed.Told([
            new()
            {
                Source = "schedule",
                Kind = "tick",
                Severity = Severity.Info,
                Status = Status.Stated,
                Title = rule is null ? "A scheduled rule ran" : $"Scheduled rule {Cut.Line(rule, 56)} ran",
                Subject = rule,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Links = Known.Links(rule is null ? null
                    : ConsolePage.Link("Open the rule", envelope.Region, "events/home", $"/eventbus/{ConsolePage.Escape(bus)}/rules/", rule)),
            },
        ]);
    }
}
