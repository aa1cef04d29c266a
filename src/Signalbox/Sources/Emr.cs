namespace Signalbox;

/// <summary>EMR: clusters, steps, instance groups and fleets, automatic scaling; EMR Serverless and EMR on EKS jobs.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.emr, aws.emr-serverless and aws.emr-containers. Severity: their own (INFO, WARN, ERROR, CRITICAL), else
/// by the state: FAILED and TERMINATED_WITH_ERRORS are errors. Status: errors and failed states raise; WAITING, RUNNING of a cluster or group,
/// COMPLETED, TERMINATED and SUCCESS clear; the rest is under way; an event without a state is a mere statement unless it is an error.
/// One conversation for each cluster, step, group, fleet, application or job.
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
        var application = detail["applicationId"u8].Exists || job is not null ? null : detail["applicationName"u8].Words;
        var clusterName = detail["clusterName"u8].Words ?? NameIn(detail["message"u8].Words);
        var name = detail["name"u8].Words ?? detail["jobRunName"u8].Words ?? detail["applicationName"u8].Words
            ?? (step is null && group is null && job is null && notebook is null ? clusterName : null);
        var (kind, thing, id) = job is not null ? ("job-run", "Job", job)
            : step is not null ? ("step", "Step", step)
            : notebook is not null ? ("notebook", "Notebook", notebook)
            : group is not null ? detail["instanceFleetId"u8].Exists || group.StartsWith("if-", StringComparison.Ordinal)
                ? ("instance-fleet", GroupOf(detail["instanceFleetType"u8].Words, "fleet"), group)
                : ("instance-group", GroupOf(detail["instanceGroupType"u8].Words, "group"), group)
            : application is not null ? ("application", "Application", application)
            : ("cluster", detail["applicationId"u8].Exists ? "Application" : isVirtual ? "Virtual cluster" : "Cluster", cluster ?? "of unknown id");
        var where = kind is "cluster" ? null : clusterName ?? cluster;
        var running = detail["runningInstanceCount"u8].Scalar;
        var own = detail["severity"u8].Words switch
        {
            "CRITICAL" => Severity.Critical,
            "ERROR" => Severity.Error,
            "WARN" or "WARNING" => Severity.Warning,
            _ => Severity.Info,
        };
        var (severity, status, phrase) = IsShort(envelope.DetailType, own) ? (own, Status.Stated, "could not get its instances")
            : state is null && envelope.DetailType is { } type ? (own, Status.Stated, Happened(type, kind)) : Standing(state ?? "", kind, envelope.DetailType);
        if (own >= Severity.Error) status = Status.Raised;
        var known = kind is "instance-group" or "instance-fleet" ? id : name ?? id;
        return new Parsed.Told([
            new()
            {
                Source = "emr",
                Kind = kind,
                Severity = own > severity ? own : severity,
                Status = status,
                Title = Cut.Line($"{thing} {Cut.Line(known, 34)}{Phrase.With(" on ", where, 24)}{(phrase is [':', ..] ? "" : " ")}{phrase}", 80),
                Summary = message ?? Phrase.Sentence(detail["stateDetails"u8].Words) ?? Phrase.Sentence(detail["failureReason"u8].Words),
                Subject = name ?? id,
                Arn = envelope.ArnOf(),
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = status is Status.Stated ? null : kind is "cluster" ? $"emr/{id}" : cluster is null ? $"emr/{id}" : $"emr/{cluster}/{id}",
                Facts = Known.Facts(
                    ("Code", detail["eventCode"u8].Words),
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
            "UNHEALTHY" => (Severity.Error, Status.Raised, "is unhealthy"),
            "HEALTHY" => (Severity.Info, Status.Cleared, "is healthy"),
            "ARRESTED" => (Severity.Error, Status.Raised, "is arrested"),
            "CREATED" or "STARTED" or "STOPPED" => (Severity.Info, Status.Cleared, $"is {Phrase.Of(state)}"),
            "" => (Severity.Info, Status.Ongoing, "reports"),
            _ => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state, 24)}"),
        };
    }

    private static string GroupOf(string? type, string thing) => type switch
    {
        "CORE" => $"Core {thing}",
        "TASK" => $"Task {thing}",
        "MASTER" => $"Primary {thing}",
        _ => $"Instance {thing}",
    };

    /// <summary>An event of provisioning that warns: EC2 has not the instances that are asked for.</summary>
    private static bool IsShort(string? type, Severity own) =>
        own >= Severity.Warning && type?.EndsWith(" Provisioning", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>What an event without a state says: its detail-type, without the words that the title has already.</summary>
    private static string Happened(string type, string kind)
    {
        if (type.Equals("EMR Unhealthy Node Replacement", StringComparison.OrdinalIgnoreCase)) return "replaces an unhealthy node";
        var rest = type.StartsWith("EMR ", StringComparison.OrdinalIgnoreCase) ? type["EMR ".Length..] : type;
        var own = kind.Replace('-', ' ') + " ";
        if (rest.Length > own.Length && rest.StartsWith(own, StringComparison.OrdinalIgnoreCase)) rest = rest[own.Length..];
        return $": {Phrase.Inside(rest)}";
    }

    /// <summary>The name that stands in brackets after the id in "cluster j-1 (analytics)"; null when there is none.</summary>
    private static string? NameIn(string? message)
    {
        const string Mark = "cluster ";
        var rest = message.AsSpan();
        while (rest.IndexOf(Mark, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
        {
            rest = rest[(at + Mark.Length)..];
            if (rest.IndexOf(' ') is not (var blank and > 0) || blank + 1 >= rest.Length || rest[blank + 1] is not '(') continue;
            var name = rest[(blank + 2)..];
            var depth = 1;
            for (var end = 0; end < name.Length; end++)
            {
                depth += name[end] switch { '(' => 1, ')' => -1, _ => 0 };
                if (depth == 0) return end == 0 ? null : name[..end].ToString();
            }
        }
        return null;
    }

    /// <summary>A reason is JSON in a text, and mostly empty.</summary>
    private static string? ReasonOf(Json reason)
    {
        var read = reason.Words is ['{', ..] and { } text ? Json.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Value : reason;
        return read["message"u8].Words is { } said ? Cut.Line(said, 200) : Phrase.Of(read["code"u8]);
    }
}
