namespace Signalbox;

/// <summary>Data Lifecycle Manager: policies that make snapshots and images.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.dlm. Severity: the state ERROR is an error (snapshots are no longer made), so is a script that failed
/// before or after a snapshot; the rest is info. Status: ERROR raises, ENABLED clears, DISABLED is a mere statement; one conversation for each
/// policy. A script that failed raises, one that succeeded clears; one conversation for each script of a policy on an instance.
/// Errors: garbled without a state.
/// </remarks>
public static class Dlm
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("dlm", [new Key.Event("aws.dlm")], Read,
        "https://docs.aws.amazon.com/ebs/latest/userguide/monitor-dlm-eb.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["script_stage"u8].Words is { } stage && detail["result"u8].Words is { } result) return Script(envelope, detail, stage, result);
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

    /// <summary>A script that runs on an instance before or after its volumes are copied.</summary>
    private static Parsed.Told Script(Envelope envelope, Json detail, string stage, string result)
    {
        var arn = detail["policy_id"u8].Words ?? envelope.ArnOf("policy/");
        var id = Phrase.Name(arn) ?? "of unknown id";
        var instance = Phrase.Name(detail["source"u8].Words);
        var (severity, status, phrase) = result.ToUpperInvariant() switch
        {
            "FAILED" => (Severity.Error, Status.Raised, "failed"),
            "SUCCESS" => (Severity.Info, Status.Cleared, "succeeded"),
            _ => (Severity.Info, Status.Stated, $"is {Phrase.Of(result, 20)}"),
        };
        // An id says itself that it is a policy's: the instance is worth more than the words.
        var opening = $"{Phrase.Capital(Phrase.Of(stage, 12))} script of ";
        var rest = $"{Cut.Line(id, 24)} {phrase}{Phrase.With(" on ", instance, 24)}";
        var title = $"{opening}snapshot policy {rest}";
        return Statement.Told(Statement.Of(envelope, "dlm", "script", (severity, status), title.Length > 80 ? opening + rest : title) with
        {
            Summary = Phrase.Sentence(detail["cause"u8].Words),
            Subject = id,
            Arn = Arn.Read(arn) is null ? null : arn,
            Thread = $"dlm/{id}/{instance}/{stage}",
            Facts = Known.Facts(
                ("Instance", instance),
                ("Handler", detail["execution_handler"u8].Words)),
            Links = Known.Links(ConsolePage.Link("Open the policy", envelope.Region, "ec2/home", "LifecycleDetails:policyId=", id)),
        });
    }
}
