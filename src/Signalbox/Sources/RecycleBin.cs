namespace Signalbox;

/// <summary>Recycle Bin: retention rules locked, unlocked, and changes tried against a lock.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.rbin. Severity: an attempt to change a locked rule and an unlocking (the rule loses its protection) are
/// warnings, the rest info. Status: an attempt is a mere statement; an unlocking is under way, a lock clears; one conversation for each rule.
/// Errors: garbled without a rule.
/// </remarks>
public static class RecycleBin
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("recycle-bin", [new Key.Event("aws.rbin")], Read,
        "https://docs.aws.amazon.com/ebs/latest/userguide/eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var arn = envelope.ArnOf("rule/");
        if ((detail["rule-id"u8].Words ?? Phrase.Name(arn)) is not { } rule) return Statement.Lacks(envelope, "detail.rule-id", "the id of the rule");
        var call = detail["api-name"u8].Words;
        var (severity, status, phrase) = envelope.DetailType?.ToLowerInvariant() switch
        {
            "recycle bin rule locked" => (Severity.Info, Status.Cleared, "was locked"),
            "recycle bin rule unlocked" => (Severity.Warning, Status.Ongoing, "is being unlocked"),
            "recycle bin rule unlocking notice" => (Severity.Warning, Status.Ongoing, "will soon be unlocked"),
            "recycle bin rule change attempted" => (Severity.Warning, Status.Stated, call switch
            {
                "DeleteRule" => "is locked, and somebody tried to delete it",
                "UpdateRule" => "is locked, and somebody tried to change it",
                _ => "is locked, and somebody tried to touch it",
            }),
            var other => (Severity.Info, Status.Stated, Phrase.Of(other ?? "changed", 40)),
        };
        return new Parsed.Told([
            new()
            {
                Source = "recycle-bin",
                Kind = "rule",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"Retention rule {Cut.Line(rule, 20)} {phrase}", 80),
                Summary = Phrase.Sentence(detail["rule-description"u8].Words),
                Subject = rule,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = status is Status.Stated ? null : $"recycle-bin/{rule}",
                Facts = Known.Facts(
                    ("Unlocks", Phrase.At(Instants.Read(detail["scheduled-unlock-time"u8]))),
                    ("Unlock delay", detail["unlock-delay-period"u8].Words),
                    ("Call", call)),
                Links = Known.Links(ConsolePage.Link("Open the rule", envelope.Region, "rbin/home", "RuleDetails:ruleId=", rule)),
            },
        ]);
    }
}
