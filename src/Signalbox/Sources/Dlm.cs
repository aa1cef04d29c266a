namespace Signalbox;

/// <summary>Data Lifecycle Manager: policies that make snapshots and images.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.dlm. Severity: the state ERROR is an error (snapshots are no longer made), the rest info. Status: ERROR
/// raises, ENABLED clears, DISABLED is a mere statement; one conversation for each policy. Errors: garbled without a state.
/// </remarks>
public static class Dlm
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("dlm", [new Key.Event("aws.dlm")], Read,
        "https://docs.aws.amazon.com/ebs/latest/userguide/monitor-dlm-eb.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["state"u8].Words is not { } state)
            return detail["policy_id"u8].Exists ? Statement.Lacks(envelope, "detail.state", "a state") : AsItCame.Told(envelope, "dlm");
        var arn = detail["policy_id"u8].Words ?? envelope.ArnOf("policy/");
        var id = Phrase.Name(arn) ?? "of unknown id";
        var (severity, status, phrase) = state.ToUpperInvariant() switch
        {
            "ERROR" => (Severity.Error, Status.Raised, "failed"),
            "ENABLED" => (Severity.Info, Status.Cleared, "is enabled"),
            "DISABLED" => (Severity.Info, Status.Stated, "is disabled"),
            _ => (Severity.Info, Status.Stated, $"is {Phrase.Of(state, 20)}"),
        };
        return new Parsed.Told([
            new()
            {
                Source = "dlm",
                Kind = "policy",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"Snapshot policy {Cut.Line(id, 24)} {phrase}", 80),
                Summary = Phrase.Sentence(detail["cause"u8].Words),
                Subject = id,
                Arn = Arn.Read(arn) is null ? null : arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = status is Status.Stated ? null : $"dlm/{id}",
                Links = Known.Links(ConsolePage.Link("Open the policy", envelope.Region, "ec2/home", "LifecycleDetails:policyId=", id)),
            },
        ]);
    }
}
