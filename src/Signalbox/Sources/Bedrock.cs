namespace Signalbox;

/// <summary>Bedrock: batch inference, model customization, import and evaluation, data automation.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.bedrock that have a state, and those of data automation whose detail-type says it. Severity: failed and expired are
/// errors, stopped and partly completed warnings, the rest is info. Status: a job is under way until it ends, one conversation for each.
/// Errors: none; an event without a state is told by its fields.
/// </remarks>
public static class Bedrock
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("bedrock", [new Key.Event("aws.bedrock")], Read,
        "https://docs.aws.amazon.com/bedrock/latest/userguide/monitoring-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if ((detail["status"u8].Words ?? detail["job_status"u8].Words ?? detail["state"u8].Words ?? EndOf(envelope.DetailType)) is not { } state)
            return AsItCame.Told(envelope, "bedrock");

        var arn = First(detail, "batchJobArn", "jobArn", "modelArn") ?? Statement.Resource(envelope);
        var name = First(detail, "batchJobName", "jobName", "modelName", "importedModelName", "job_id") ?? Phrase.Name(arn) ?? "of unknown name";
        var (standing, phrase) = Phrase.Of(state) switch
        {
            "failed" or "service error" or "failed with service error" => ((Severity.Error, Status.Raised), "failed"),
            "client error" or "failed with client error" => ((Severity.Error, Status.Raised), "failed: something is wrong with what it was given"),
            "expired" => ((Severity.Error, Status.Raised), "was not done in time"),
            "stopped" => ((Severity.Warning, Status.Raised), "was stopped"),
            "partially completed" => ((Severity.Warning, Status.Raised), "was done in part"),
            "completed" or "succeeded" or "success" => ((Severity.Info, Status.Cleared), "completed"),
            "submitted" or "validating" or "scheduled" or "created" => ((Severity.Info, Status.Ongoing), "waits to run"),
            "in progress" => ((Severity.Info, Status.Ongoing), "is under way"),
            var other => ((Severity.Info, Status.Ongoing), $"is {Cut.Line(other, 24)}"),
        };
        var thing = ThingOf(envelope.DetailType);
        var title = $"{Phrase.Capital(thing)} {Phrase.Short(name)} {phrase}";
        return Statement.Told(Statement.Of(envelope, "bedrock", thing.Replace(' ', '-'), standing, title) with
        {
            Summary = Phrase.Sentence(First(detail, "failureMessage", "error_message", "failureReason")),
            Subject = name,
            Arn = arn,
            Thread = $"bedrock/{arn ?? name}",
            Facts = Known.Facts(
                ("Model", Phrase.Name(First(detail, "batchModelId", "baseModelArn", "baseModelId"))),
                ("Makes", detail["outputModelName"u8].Words),
                ("Began", Phrase.At(Instants.Read(detail["creationTime"u8])))),
            Links = Known.Links(ConsolePage.Link("Open Bedrock", envelope.Region, "bedrock/home", thing is "batch inference" ? "/batch-inference" : null)),
        });
    }

    private static string? First(Json detail, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var (member, value) in detail.Members)
            {
                if (member.Text == name && value.Words is { Length: > 0 } said) return said;
            }
        }
        return null;
    }

    /// <summary>"Bedrock Data Automation Job Failed With Client Error" says how it ended by itself.</summary>
    private static string? EndOf(string? type)
    {
        const string job = " Job ";
        var at = type?.IndexOf(job, StringComparison.OrdinalIgnoreCase) ?? -1;
        return at > 0 && type![(at + job.Length)..] is var end && !end.EndsWith("Change", StringComparison.OrdinalIgnoreCase) ? end : null;
    }

    private static string ThingOf(string? type) => Phrase.Of(type) switch
    {
        null => "job",
        var words when words.Contains("batch inference", StringComparison.Ordinal) => "batch inference",
        var words when words.Contains("customization", StringComparison.Ordinal) => "model customization",
        var words when words.Contains("import", StringComparison.Ordinal) => "model import",
        var words when words.Contains("evaluation", StringComparison.Ordinal) => "model evaluation",
        var words when words.Contains("data automation", StringComparison.Ordinal) => "data automation",
        _ => "job",
    };
}
