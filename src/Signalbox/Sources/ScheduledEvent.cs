namespace Signalbox;

/// <summary>The tick of a scheduled rule of EventBridge or of a schedule of EventBridge Scheduler, and what EventBridge itself reports.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.events and aws.scheduler. A tick carries nothing but its rule or schedule: it is told in one line (who does not want
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
        var name = Phrase.Name(arn);
        // The first is a rule of an event bus; the other belongs to EventBridge Scheduler, which has a page of its own.
        var isRule = !string.Equals(envelope.Publisher, "aws.scheduler", StringComparison.OrdinalIgnoreCase);
        var thing = isRule ? "scheduled rule" : "schedule";
        var group = Arn.Read(arn)?.Resource.Split('/') is ["schedule", var its, _, ..] ? its : "default";
        var bus = Arn.Read(arn)?.Resource.Split('/') is ["rule", var named, _, ..] ? named : "default";
        return new Parsed.Told([
            new()
            {
                Source = "schedule",
                Kind = "tick",
                Severity = Severity.Info,
                Status = Status.Stated,
                Title = name is null ? $"A {thing} ran" : $"{Phrase.Capital(thing)} {Cut.Line(name, 56)} ran",
                Subject = name,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Links = Known.Links(name is null ? null
                    : isRule ? ConsolePage.Link("Open the rule", envelope.Region, "events/home", $"/eventbus/{ConsolePage.Escape(bus)}/rules/", name)
                    : ConsolePage.Link("Open the schedule", envelope.Region, "scheduler/home", $"schedules/{ConsolePage.Escape(group)}/", name)),
            },
        ]);
    }
}
