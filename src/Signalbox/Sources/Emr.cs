namespace Signalbox;

/// <summary>EMR: clusters, steps, instance groups and fleets, automatic scaling; EMR Serverless and EMR on EKS jobs.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.emr, aws.emr-serverless and aws.emr-containers. Severity: their own (INFO, WARN, ERROR, CRITICAL), else
/// by the state: FAILED and TERMINATED_WITH_ERRORS are errors. Status: errors and failed states raise; WAITING, RUNNING of a cluster or group,
/// COMPLETED, TERMINATED and SUCCESS clear; the rest is under way. One conversation for each cluster, step, group or job.
/// Errors: garbled without a state and a message.
/// </remarks>
public static class Emr
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "emr",
        [new Key.Event("aws.emr"), new Key.Event("aws.emr-serverless"), new Key.Event("aws.emr-containers")],
        Read,
        "https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-cloudwatch-events.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var state = detail["state"u8].Words;
        var message = Phrase.Sentence(detail["message"u8].Words);
        if (state is null && message is null)
        {
            return envelope.DetailType?.Contains("Change", StringComparison.OrdinalIgnoreCase) is true
                ? Statement.Lacks(envelope, "detail.state", "a state") : AsItCame.Told(envelope, "emr");
        }

        var isVirtual = envelope.DetailType?.Contains("Virtual Cluster", StringComparison.OrdinalIgnoreCase) is true;
        var cluster = detail["clusterId"u8].Words ?? detail["virtualClusterId"u8].Words ?? detail["applicationId"u8].Words
            ?? (isVirtual ? detail["id"u8].Words ?? Phrase.Name(envelope.ArnOf()) : null);
        var notebook = detail["notebookId"u8].Words ?? detail["editorId"u8].Words
            ?? (envelope.DetailType?.Contains("Notebook", StringComparison.OrdinalIgnoreCase) is true ? detail["executionId"u8].Words : null);
        var step = detail["stepId"u8].Words;
        var group = detail["instanceGroupId"u8].Words ?? detail["instanceFleetId"u8].Words ?? detail["resourceId"u8].Words;
        var job = detail["jobRunId"u8].Words ?? (detail["virtualClusterId"u8].Exists ? detail["id"u8].Words : null);
        var name = detail["name"u8].Words ?? detail["jobRunName"u8].Words ?? detail["applicationName"u8].Words
            ?? (group is null && job is null ? detail["clusterName"u8].Words : null);
        var (kind, thing, id) = job is not null ? ("job-run", "Job", job)
            : step is not null ? ("step", "Step", step)
            : notebook is not null ? ("notebook", "Notebook", notebook)
            : group is not null ? ("instance-group", GroupOf(detail["instanceGroupType"u8].Words), group)
            : ("cluster", detail["applicationId"u8].Exists ? "Application" : isVirtual ? "Virtual cluster" : "Cluster", cluster ?? "of unknown id");
        var (severity, status, phrase) = Standing(state ?? "", kind, envelope.DetailType);
        var where = kind is "cluster" ? null : cluster;
        var running = detail["runningInstanceCount"u8].Scalar;
        var own = detail["severity"u8].Words switch
        {
            "CRITICAL" => Severity.Critical,
            "ERROR" => Severity.Error,
            "WARN" or "WARNING" => Severity.Warning,
            _ => Severity.Info,
        };
        return new Parsed.Told([
            new()
            {
                Source = "emr",
                Kind = kind,
                Severity = own > severity ? own : severity,
                Status = own >= Severity.Error ? Status.Raised : status,
                Title = Cut.Line($"{thing} {Cut.Line(kind is "instance-group" ? id : name ?? id, 34)}{Phrase.With(" on ", where, 18)} {phrase}", 80),
                Summary = message ?? Phrase.Sentence(detail["stateDetails"u8].Words) ?? Phrase.Sentence(detail["failureReason"u8].Words),
                Subject = name ?? id,
                Arn = envelope.ArnOf(),
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = kind is "cluster" ? $"emr/{id}" : cluster is null ? $"emr/{id}" : $"emr/{cluster}/{id}",
                Facts = Known.Facts(
                    ("Reason", ReasonOf(detail["stateChangeReason"u8])),
                    ("On failure", step is null || own < Severity.Error ? null : Phrase.Of(detail["actionOnFailure"u8])),
                    ("Instances", running is null ? null : running + Phrase.With(" of ", detail["requestedInstanceCount"u8].Scalar, 9)),
                    ("Instance type", detail["instanceType"u8].Words),
                    ("Market", Phrase.Of(detail["market"u8])),
                    ("Before", Phrase.Of(detail["previousState"u8]))),
                Links = Known.Links(envelope.Publisher is not "aws.emr" || cluster is null ? ConsolePage.Link("Open EMR", envelope.Region, "emr/home")
                    : ConsolePage.Link("Open the cluster", envelope.Region, "emr/home", "/clusterDetails/", cluster)),
            },
        ]);
    }

    private static (Severity, Status, string) Standing(string state, string kind, string? type)
    {
        if (type is not null && type.Contains("Auto Scaling Policy", StringComparison.OrdinalIgnoreCase))
        {
            return state is "FAILED" ? (Severity.Error, Status.Raised, "could not take its scaling policy")
                : state is "ATTACHED" ? (Severity.Info, Status.Cleared, "took its scaling policy")
                : state is "DETACHED" ? (Severity.Info, Status.Cleared, "lost its scaling policy")
                : (Severity.Info, Status.Ongoing, "is given a scaling policy");
        }
        return state switch
        {
            "STARTING" => (Severity.Info, Status.Ongoing, "is starting"),
            "BOOTSTRAPPING" => (Severity.Info, Status.Ongoing, "is bootstrapping"),
            "PENDING" or "SUBMITTED" or "QUEUED" or "SCHEDULED" => (Severity.Info, Status.Ongoing, "is waiting to run"),
            "RUNNING" => (Severity.Info, kind is "step" or "job-run" ? Status.Ongoing : Status.Cleared, "is running"),
            "WAITING" => (Severity.Info, Status.Cleared, "is ready and waits for work"),
            "RESIZING" => (Severity.Info, Status.Ongoing, "is being resized"),
            "TERMINATING" => (Severity.Info, Status.Ongoing, "is terminating"),
            "TERMINATED" => (Severity.Info, Status.Cleared, "was terminated"),
            "TERMINATED_WITH_ERRORS" => (Severity.Error, Status.Raised, "was terminated with errors"),
            "COMPLETED" or "SUCCESS" => (Severity.Info, Status.Cleared, "succeeded"),
            "FAILED" => (Severity.Error, Status.Raised, "failed"),
            "CANCELLED" or "CANCEL_PENDING" => (Severity.Warning, Status.Raised, "was cancelled"),
            "INTERRUPTED" => (Severity.Warning, Status.Raised, "was interrupted"),
            "SUSPENDED" => (Severity.Warning, Status.Raised, "is suspended"),
            "ARRESTED" => (Severity.Error, Status.Raised, "is arrested"),
            "CREATED" or "STARTED" or "STOPPED" => (Severity.Info, Status.Cleared, $"is {Phrase.Of(state)}"),
            "" => (Severity.Info, Status.Ongoing, "reports"),
            _ => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state, 24)}"),
        };
    }

    private static string GroupOf(string? type) => type switch
    {
        "CORE" => "Core group",
        "TASK" => "Task group",
        "MASTER" => "Primary group",
        _ => "Instance group",
    };

    /// <summary>A reason is JSON in a text, and mostly empty.</summary>
    private static string? ReasonOf(Json reason)
    {
        var read = reason.Words is ['{', ..] and { } text ? Json.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Value : reason;
        return read["message"u8].Words is { } said ? Cut.Line(said, 200) : Phrase.Of(read["code"u8]);
    }
}
