namespace Signalbox;

/// <summary>Batch: jobs from submission to their end, and queues that are blocked.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.batch. Severity: FAILED is an error, a blocked queue a warning, the rest info.
/// Status: FAILED raises, SUCCEEDED clears, all before is under way; one conversation for each job.
/// Commands, parameters, environments and secrets of a job are never shown.
/// Errors: garbled without a status.
/// </remarks>
public static class Batch
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("batch", [new Key.Event("aws.batch")], Read,
        "https://docs.aws.amazon.com/batch/latest/userguide/cloudwatch_event_stream.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (envelope.DetailType is { } type && type.Contains("Queue Blocked", StringComparison.OrdinalIgnoreCase)) return Blocked(envelope);
        if (detail["status"u8].Words is not { } state)
            return detail["jobId"u8].Exists ? Statement.Lacks(envelope, "detail.status", "the status of the job") : AsItCame.Told(envelope, "batch");

        var id = detail["jobId"u8].Words;
        var arn = detail["jobArn"u8].Words ?? envelope.ArnOf();
        var name = detail["jobName"u8].Words ?? id ?? Phrase.Name(arn) ?? "of unknown name";
        var (severity, status, phrase) = state switch
        {
            "FAILED" => (Severity.Error, Status.Raised, "failed"),
            "SUCCEEDED" => (Severity.Info, Status.Cleared, "succeeded"),
            "RUNNING" => (Severity.Info, Status.Ongoing, "is running"),
            "STARTING" => (Severity.Info, Status.Ongoing, "is starting"),
            "RUNNABLE" => (Severity.Info, Status.Ongoing, "waits for capacity"),
            "PENDING" => (Severity.Info, Status.Ongoing, "waits for other jobs"),
            "SUBMITTED" => (Severity.Info, Status.Ongoing, "was submitted"),
            _ => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state, 20)}"),
        };
        var container = detail["container"u8];
        var why = Phrase.Sentence(container["reason"u8].Words) ?? Phrase.Sentence(LastOf(detail["attempts"u8])["container"u8]["reason"u8].Words);
        var reason = Phrase.Sentence(detail["statusReason"u8].Words);
        var attempts = detail["attempts"u8].Count;
        var started = Instants.Read(detail["startedAt"u8]);
        var stream = container["logStreamName"u8].Words;
        return new Parsed.Told([
            new()
            {
                Source = "batch",
                Kind = "job",
                Severity = severity,
                Status = status,
                Title = $"Job {Cut.Line(name, 50)} {phrase}",
                Summary = status is Status.Cleared ? null : why is null || reason is null || why == reason ? why ?? reason : $"{why} ({reason})",
                Subject = name,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"batch/{id ?? arn}",
                Facts = Known.Facts(
                    ("Queue", Phrase.Name(detail["jobQueue"u8].Words)),
                    ("Exit code", container["exitCode"u8].Scalar),
                    ("Attempts", attempts == 0 ? null : $"{attempts}{Phrase.With(" of ", detail["retryStrategy"u8]["attempts"u8].Scalar, 8)}"),
                    ("Took", Phrase.Between(started, Instants.Read(detail["stoppedAt"u8]))),
                    ("Waited", state is "RUNNING" ? Phrase.Between(Instants.Read(detail["createdAt"u8]), started) : null),
                    ("Definition", DefinitionOf(detail["jobDefinition"u8].Words)),
                    ("Image", container["image"u8].Words is { } image ? image[(image.LastIndexOf('/') + 1)..] : null)),
                Links = Known.Links(
                    stream is null ? null : ConsolePage.Link("Open the log", envelope.Region, "cloudwatch/home",
                        "logsV2:log-groups/log-group/$252Faws$252Fbatch$252Fjob/log-events/", null, LogStream(stream)),
                    id is null ? null : ConsolePage.Link("Open the job", envelope.Region, "batch/home", "jobs/detail/", id)),
            },
        ]);
    }

    private static Parsed Blocked(Envelope envelope)
    {
        var detail = envelope.Body;
        var arn = detail["jobQueue"u8].Words ?? detail["jobQueueArn"u8].Words ?? envelope.ArnOf("job-queue/");
        var queue = Phrase.Name(arn) ?? "of unknown name";
        return new Parsed.Told([
            new()
            {
                Source = "batch",
                Kind = "queue",
                Severity = Severity.Warning,
                Status = Status.Raised,
                Title = $"Job queue {Cut.Line(queue, 50)} is blocked",
                Summary = Phrase.Sentence(detail["statusReason"u8].Words ?? detail["reason"u8].Words),
                Subject = queue,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"batch/{arn}/blocked",
                Facts = Known.Facts(("Job", detail["jobName"u8].Words), ("Status", detail["status"u8].Words)),
                Links = Known.Links(ConsolePage.Link("Open the queues", envelope.Region, "batch/home", "queues")),
            },
        ]);
    }

    private static Json LastOf(Json attempts)
    {
        Json last = default;
        foreach (var attempt in attempts.Items) last = attempt;
        return last;
    }

    /// <summary>The log page wants its stream escaped twice, with "$" for the percent sign.</summary>
    private static string LogStream(string stream) => ConsolePage.Escape(ConsolePage.Escape(stream)).Replace('%', '$');

    /// <summary>"first-run:1" in <c>…:job-definition/first-run:1</c>.</summary>
    private static string? DefinitionOf(string? arn) => arn?[(arn.LastIndexOf('/') + 1)..];
}
