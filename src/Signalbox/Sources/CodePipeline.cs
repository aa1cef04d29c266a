namespace Signalbox;

/// <summary>CodePipeline: executions of pipelines, their stages and actions, and approvals that wait for somebody.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.codepipeline (the notification rules of the developer tools send the same by SNS), and the SNS form of
/// an approval (<c>approval.pipelineName</c>), read by <see cref="CodePipelineApproval"/>.
/// Severity: FAILED is an error; STOPPED, ABANDONED and STOPPING are warnings; CANCELED and SUPERSEDED and the rest are info.
/// Status: FAILED, STOPPED and ABANDONED raise; SUCCEEDED of the pipeline clears, as do CANCELED and SUPERSEDED; the rest is under way,
/// also the success of a stage or action. One conversation for each execution.
/// Errors: garbled without a state.
/// </remarks>
public static class CodePipeline
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "codepipeline",
        [new Key.Event("aws.codepipeline"), new Key.Members("approval", ["consoleLink"])],
        Read,
        "https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["approval"u8].IsObject) return CodePipelineApproval.Read(envelope);
        if (detail["state"u8].Words is not { } state)
            return detail["pipeline"u8].Exists ? Statement.Lacks(envelope, "detail.state", "a state") : AsItCame.Told(envelope, "codepipeline");

        var arn = envelope.ArnOf();
        var pipeline = detail["pipeline"u8].Words ?? Phrase.Name(arn) ?? "of unknown name";
        var stage = detail["stage"u8].Words;
        var action = detail["action"u8].Words;
        var provider = detail["type"u8]["provider"u8].Words;
        var execution = detail["execution-id"u8].Words;
        var trigger = detail["execution-trigger"u8];
        var result = detail["execution-result"u8];
        var (severity, status) = StandingOf(state, stage is null && action is null);
        var name = Cut.Line(pipeline, 30);
        return new Parsed.Told([
            new()
            {
                Source = "codepipeline",
                Kind = action is not null ? "action" : stage is not null ? "stage" : "pipeline",
                Severity = severity,
                Status = status,
                Title = Cut.Line((stage, action) switch
                {
                    (null, null) => $"Pipeline {name} {PhraseOf(state)}",
                    (_, null) when state is "FAILED" => $"Pipeline {name} failed at stage {Cut.Line(stage!, 30)}",
                    _ when state is "FAILED" =>
                        $"Pipeline {name} failed at {Cut.Line(action!, 18)}{Phrase.With(" in stage ", stage == action ? null : stage, 16)}",
                    (_, null) => $"Pipeline {name}: stage {Cut.Line(stage, 26)} {PhraseOf(state)}",
                    _ when stage is null || stage == action => $"Pipeline {name}: {Cut.Line(action, 30)} {PhraseOf(state)}",
                    _ => $"Pipeline {name}: {Cut.Line(action, 18)} in {Cut.Line(stage, 16)} {PhraseOf(state)}",
                }, 80),
                Summary = Phrase.Sentence(SummaryOf(result["external-execution-summary"u8])) ?? Phrase.Sentence(detail["failure-reason"u8].Words)
                    ?? Phrase.Sentence(detail["stop-execution-comments"u8].Words),
                Subject = pipeline,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Actor = Arn.Read(trigger["trigger-detail"u8].Words) is { Service: "iam" or "sts" } person ? person.Name : null,
                Thread = $"codepipeline/{pipeline}/{execution}",
                Part = (action ?? stage) is not { } part ? null : new(part, state is "SUCCEEDED" ? Status.Cleared : status),
                Continues = state is "STOPPING",
                Facts = Known.Facts(
                    ("Provider", provider),
                    ("Error", result["error-code"u8].Words),
                    ("Trigger", TriggerOf(trigger))),
                Links = Known.Links(
                    PageOf(pipeline, execution, detail["region"u8].Words ?? envelope.Region),
                    ResultPage(result["external-execution-url"u8].Words, provider)),
            },
        ]);
    }

    /// <summary>What an action says of itself; a source's is JSON in a text, with the error or the commit.</summary>
    private static string? SummaryOf(Json summary) =>
        summary.IsText && Json.Parse(summary.TextBytes()) is { Expected: null, Value: { IsObject: true } inside }
            ? inside["Error"u8].Words ?? inside["CommitMessage"u8].Words : summary.Words;

    private static (Severity Severity, Status Status) StandingOf(string state, bool isWhole) => state switch
    {
        "FAILED" => (Severity.Error, Status.Raised),
        "STOPPED" or "ABANDONED" => (Severity.Warning, Status.Raised),
        "STOPPING" => (Severity.Warning, Status.Ongoing),
        "SUCCEEDED" or "CANCELED" or "SUPERSEDED" => (Severity.Info, isWhole ? Status.Cleared : Status.Ongoing),
        _ => (Severity.Info, Status.Ongoing),
    };

    private static string PhraseOf(string state) => state switch
    {
        "STARTED" => "started",
        "RESUMED" => "was resumed",
        "SUCCEEDED" => "succeeded",
        "FAILED" => "failed",
        "STOPPING" => "is being stopped",
        "STOPPED" => "was stopped",
        "CANCELED" => "was cancelled",
        "SUPERSEDED" => "was superseded by a newer one",
        "ABANDONED" => "was abandoned",
        _ => $"is {Phrase.Of(state, 20)}",
    };

    private static Link? PageOf(string pipeline, string? execution, string? region)
    {
        var view = execution is null ? "view" : $"executions/{ConsolePage.Escape(execution)}/timeline";
        return ConsolePage.Link("Open the pipeline", region, $"codesuite/codepipeline/pipelines/{ConsolePage.Escape(pipeline)}/{view}");
    }

    private static string? TriggerOf(Json trigger) => trigger["trigger-type"u8].Words switch
    {
        null => null,
        "StartPipelineExecution" => "started by hand",
        "CloudWatchEvent" => $"rule {Phrase.Name(trigger["trigger-detail"u8].Words)}",
        "Webhook" or "WebhookV2" => "webhook",
        "PollForSourceChanges" => "source change",
        "CreatePipeline" => "creation of the pipeline",
        "PutActionRevision" => "new revision",
        "ManualRollback" => "rollback by hand",
        "AutomatedRollback" => "automatic rollback",
        var other => Phrase.Of(other),
    };

    private static Link? ResultPage(string? url, string? provider) =>
        url is { Length: <= 1000 } && url.StartsWith("https://", StringComparison.Ordinal) && url.AsSpan().IndexOfAny('<', '>', ' ') < 0
            && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && address.Host.Length > 0
            ? new(provider is null ? "Open what it did" : $"Open {Cut.Line(provider, 30)}", address.AbsoluteUri) : null;
}
