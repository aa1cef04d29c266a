namespace Signalbox;

/// <summary>Rules of a contact centre that matched, or whose action failed.</summary>
/// <remarks>Severity: an action that failed is an error; a rule that matched is info, with "Metric" in its name a warning.</remarks>
public static class Connect
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("connect", [new Key.Event("aws.connect")], Read,
        "https://docs.aws.amazon.com/connect/latest/adminguide/contact-lens-rules-eventbridge-event-types.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var arn = detail["instanceArn"u8].Words ?? Statement.Resource(envelope);
        var region = Arn.RegionOf(arn) ?? envelope.Region;
        var type = envelope.DetailType ?? "";
        var failed = type.EndsWith("Failed", StringComparison.OrdinalIgnoreCase);
        var rule = detail["ruleName"u8].Words ?? detail["ruleId"u8].Words;
        var action = detail["actionType"u8].Words is { } done ? Phrase.Of(done) : null;
        var isRule = rule is not null || type.Contains("Rule", StringComparison.OrdinalIgnoreCase);
        if (!isRule) return AsItCame.Told(envelope, "connect");
        var title = failed ? $"Connect could not {action ?? "run the action"} for a rule" : $"Connect rule {Phrase.Short(rule ?? "of unknown name")} matched";
        return Statement.Told(Statement.Of(envelope, "connect", failed ? "rule-action" : "rule",
            (failed ? Severity.Error : type.StartsWith("Metric", StringComparison.Ordinal) ? Severity.Warning : Severity.Info, Status.Stated), title) with
        {
            Summary = detail["error"u8].Words,
            Subject = rule,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Region = region,
            Facts = Known.Facts(
                ("Reason", detail["reasonCode"u8].Words),
                ("Trigger", detail["triggerEvent"u8].Words is { } trigger ? Phrase.Of(trigger) : null),
                ("Action", detail["actionName"u8].Words),
                ("Contact", Arn.Read(detail["contactArn"u8].Words)?.Name),
                ("Rule", rule)),
            Links = Known.Links(ConsolePage.Link("Open Amazon Connect", region, "connect/v2/app/instances")),
        });
    }
}
