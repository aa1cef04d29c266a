namespace Signalbox;

/// <summary>SageMaker: jobs, endpoints, pipelines, images, feature groups, model cards and whatever else changes its state there.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.sagemaker. The kind of thing is in the detail-type, its state in a member that ends in "Status"
/// (<c>TrainingJobStatus</c>, <c>EndpointStatus</c>, <c>currentPipelineExecutionStatus</c>).
/// Of a model package that is completed, its approval is the state.
/// Severity: Failed, RollingBack and UpdateRollbackFailed are errors, Stopped and Rejected warnings, the rest info. Status: those raise; a thing
/// that is done or in service clears; the rest is under way; one conversation for each thing. Hyperparameters, environments and tags are not shown.
/// Errors: garbled without a status.
/// </remarks>
public static class SageMaker
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("sagemaker", [new Key.Event("aws.sagemaker")], Read,
        "https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (SageMakerMore.Read(envelope) is { } other) return other;
        var (state, stem) = StateOf(detail);
        if (state is null) return detail.Count == 0 ? AsItCame.Told(envelope, "sagemaker") : Lacks(envelope);

        var arn = detail["pipelineExecutionArn"u8].Words ?? MemberEnding(detail, "Arn", stem)
            ?? envelope.ArnOf();
        var isPipeline = detail["pipelineArn"u8].Exists;
        var step = detail["stepName"u8].Words;
        var name = isPipeline ? Phrase.Name(detail["pipelineArn"u8].Words) : MemberEnding(detail, "Name", stem) ?? Phrase.Name(arn);
        var thing = ThingOf(envelope.DetailType, stem);
        var (severity, status, phrase) = Standing(state);
        var approval = detail["ModelApprovalStatus"u8].Words;
        var version = thing is "model package" && detail["ModelPackageGroupName"u8].Exists ? detail["ModelPackageVersion"u8].Scalar : null;
        var title = step is not null ? $"Step {Cut.Line(step, 26)} of pipeline {Cut.Line(name ?? "?", 24)} {phrase}"
            : $"{char.ToUpperInvariant(thing[0])}{thing[1..]} {Cut.Line(name ?? "of unknown name", 40)}{Phrase.With(" version ", version, 8)} {phrase}";
        return new Parsed.Told([
            new()
            {
                Source = "sagemaker",
                Kind = step is not null ? "pipeline-step" : thing.ToLowerInvariant().Replace(' ', '-'),
                Severity = severity,
                Status = status,
                Title = Cut.Line(title, 80),
                Summary = Phrase.Sentence(detail["FailureReason"u8].Words ?? detail["failureReason"u8].Words ?? detail["FailureMessage"u8].Words
                    ?? detail["ExitMessage"u8].Words ?? (approval == state ? detail["ApprovalDescription"u8].Words : null)),
                Subject = name,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Actor = detail["LastModifiedBy"u8]["UserProfileName"u8].Words,
                Thread = $"sagemaker/{arn ?? name}",
                Facts = Known.Facts(
                    ("Phase", detail["SecondaryStatus"u8].Words is { } phase && phase != state ? Phrase.Of(phase) : null),
                    ("Approval", approval == state ? null : Phrase.Of(approval)),
                    ("Execution", detail["pipelineExecutionDisplayName"u8].Words),
                    ("Step type", detail["stepType"u8].Words),
                    ("Took", Took(detail, status)),
                    ("Instances", Instances(detail["ResourceConfig"u8])),
                    ("Configuration", detail["EndpointConfigName"u8].Words),
                    ("Jobs", Phrase.Counts(detail["TrainingJobStatusCounters"u8])),
                    ("Before", Phrase.Of(detail["previousPipelineExecutionStatus"u8]) ?? Phrase.Of(detail["previousStepStatus"u8]))),
                Links = Known.Links(PageOf(envelope.Region, thing, name)),
            },
        ]);
    }

    private static Parsed.Garbled Lacks(Envelope envelope) => Statement.Lacks(envelope, "detail", "a member that ends in Status");

    /// <summary>The state, and what stands before "Status" in its member's name.</summary>
    private static (string? State, string Stem) StateOf(Json detail)
    {
        if (detail["currentPipelineExecutionStatus"u8].Words is { } execution) return (execution, "PipelineExecution");
        if (detail["currentStepStatus"u8].Words is { } step) return (step, "Step");
        // A package is built once; who looks at it later says whether it may be used.
        if (detail["ModelPackageStatus"u8].TextIs("Completed"u8) && detail["ModelApprovalStatus"u8].Words is { } approval) return (approval, "ModelPackage");
        foreach (var (nameJson, value) in detail.Members)
        {
            if (nameJson.Raw.EndsWith("Status"u8) && value.Words is { } state && nameJson.Text is { } name && name is not "SecondaryStatus"
                && !name.StartsWith("previous", StringComparison.OrdinalIgnoreCase))
            {
                return (state, name[..^"Status".Length]);
            }
        }
        return (detail["status"u8].Words ?? detail["Status"u8].Words, "");
    }

    /// <summary>The member of the thing itself ("TrainingJob" + "Name"), else the first of that ending which does not name something else.</summary>
    private static string? MemberEnding(Json detail, string end, string stem)
    {
        string? other = null;
        foreach (var (nameJson, value) in detail.Members)
        {
            if (nameJson.Text is not { } name || !name.EndsWith(end, StringComparison.Ordinal)) continue;
            if (stem.Length > 0 && name.AsSpan(0, name.Length - end.Length).SequenceEqual(stem)) return value.Words;
            var isAnothers = name.StartsWith("Role", StringComparison.OrdinalIgnoreCase) || name.Contains("Definition", StringComparison.OrdinalIgnoreCase)
                || name.Contains("Feature", StringComparison.Ordinal);
            if (!isAnothers) other ??= value.Words;
        }
        return other;
    }

    /// <summary>"SageMaker Training Job State Change" is a training job.</summary>
    private static string ThingOf(string? type, string stem)
    {
        var name = type ?? stem;
        foreach (var opening in (ReadOnlySpan<string>)["SageMaker ", "Sagemaker "])
        {
            if (name.StartsWith(opening, StringComparison.OrdinalIgnoreCase)) name = name[opening.Length..];
        }
        foreach (var ending in (ReadOnlySpan<string>)[" State Change", " Status Change"])
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) name = name[..^ending.Length];
        }
        return name.Trim().ToLowerInvariant() switch
        {
            "" => "thing",
            "hyperparameter tuning job" => "tuning job",
            "ground truth labeling job" => "labeling job",
            "model building pipeline execution" => "pipeline",
            "model building pipeline execution step" => "pipeline step",
            "a2i humanloop" => "human review",
            "hyperpod cluster" => "HyperPod cluster",
            var thing => Cut.Line(thing, 40) is { Length: > 0 } words ? words : "thing",
        };
    }

    private static (Severity, Status, string) Standing(string state) => Phrase.Of(state) switch
    {
        "failed" => (Severity.Error, Status.Raised, "failed"),
        "import failed" => (Severity.Error, Status.Raised, "could not be imported"),
        "create failed" => (Severity.Error, Status.Raised, "could not be created"),
        "delete failed" => (Severity.Error, Status.Raised, "could not be deleted"),
        "update failed" => (Severity.Error, Status.Raised, "could not be updated"),
        "update rollback failed" => (Severity.Error, Status.Raised, "could not be rolled back"),
        "rolling back" => (Severity.Error, Status.Raised, "is rolling back"),
        "out of service" => (Severity.Error, Status.Raised, "is out of service"),
        "stopped" => (Severity.Warning, Status.Raised, "was stopped"),
        "rejected" => (Severity.Warning, Status.Raised, "was rejected"),
        "pending manual approval" => (Severity.Info, Status.Ongoing, "waits for approval"),
        "completed" => (Severity.Info, Status.Cleared, "completed"),
        "succeeded" => (Severity.Info, Status.Cleared, "succeeded"),
        "in service" => (Severity.Info, Status.Cleared, "is in service"),
        "active" or "created" or "approved" => (Severity.Info, Status.Cleared, $"is {Phrase.Of(state)}"),
        "deleted" => (Severity.Info, Status.Cleared, "was deleted"),
        "creating" => (Severity.Info, Status.Ongoing, "is being created"),
        "updating" or "system updating" => (Severity.Info, Status.Ongoing, "is being updated"),
        "deleting" => (Severity.Info, Status.Ongoing, "is being deleted"),
        "in progress" or "executing" or "starting" => (Severity.Info, Status.Ongoing, "is under way"),
        "stopping" => (Severity.Info, Status.Ongoing, "is stopping"),
        var other => (Severity.Info, Status.Ongoing, $"is now: {Cut.Line(other, 24)}"),
    };

    private static string? Took(Json detail, Status status) => status is Status.Ongoing ? null
        : Phrase.Between(Instants.Read(detail["TrainingStartTime"u8]), Instants.Read(detail["TrainingEndTime"u8]))
        ?? Phrase.Between(Instants.Read(detail["executionStartTime"u8]), Instants.Read(detail["executionEndTime"u8]))
        ?? Phrase.Between(Instants.Read(detail["stepStartTime"u8]), Instants.Read(detail["stepEndTime"u8]))
        ?? Phrase.Between(Instants.Read(detail["TransformStartTime"u8]), Instants.Read(detail["TransformEndTime"u8]))
        ?? Phrase.Between(Instants.Read(detail["ProcessingStartTime"u8]), Instants.Read(detail["ProcessingEndTime"u8]));

    private static string? Instances(Json config) =>
        config["InstanceType"u8].Words is { } type ? $"{config["InstanceCount"u8].Scalar ?? "?"} × {type}" : null;

    private static Link? PageOf(string? region, string thing, string? name) => (thing, name) switch
    {
        ("training job", { } id) => ConsolePage.Link("Open the job", region, "sagemaker/home", "/jobs/", id),
        ("tuning job", { } id) => ConsolePage.Link("Open the job", region, "sagemaker/home", "/hyper-tuning-jobs/", id),
        ("transform job", { } id) => ConsolePage.Link("Open the job", region, "sagemaker/home", "/transform-jobs/", id),
        ("processing job", { } id) => ConsolePage.Link("Open the job", region, "sagemaker/home", "/processing-jobs/", id),
        ("labeling job", { } id) => ConsolePage.Link("Open the job", region, "sagemaker/groundtruth", "/labeling-jobs/details/", id),
        ("endpoint", { } id) => ConsolePage.Link("Open the endpoint", region, "sagemaker/home", "/endpoints/", id),
        ("model card", { } id) => ConsolePage.Link("Open the model card", region, "sagemaker/home", "/model-cards/", id),
        _ => ConsolePage.Link("Open SageMaker", region, "sagemaker/home", "/landing"),
    };
}
