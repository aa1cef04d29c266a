namespace Signalbox;

/// <summary>What ECS services report about themselves, and their deployments.</summary>
/// <remarks>
/// Severity: <c>eventType</c> (INFO, WARN, ERROR); a failed deployment is an error whatever the type says.
/// Status: WARN and ERROR raise, a steady state clears; a deployment is under way, then done or failed.
/// One conversation for each service, and for each of its deployments.
/// </remarks>
internal static class EcsDeployment
{
    public static Parsed ReadAction(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["eventName"u8].Words is not { } name) return Statement.Lacks(envelope, "detail.eventName", "the name of the event");
        var severity = SeverityOf(detail["eventType"u8].Words);
        var status = name.EndsWith("STEADY_STATE", StringComparison.Ordinal) ? Status.Cleared : severity is Severity.Info ? Status.Ongoing : Status.Raised;
        return Tell(envelope, "service", severity, status, PhraseOf(name, severity), ReasonOf(name, detail["reason"u8].Words), "",
            ("Event", severity is Severity.Info ? null : name),
            ("Desired tasks", detail["desiredCount"u8].Scalar),
            ("Capacity", Phrase.List(detail["capacityProviderArns"u8], 3, one => Phrase.Name(one.Words))),
            ("Hosts", Phrase.List(detail["containerInstanceArns"u8], 3, one => Phrase.Name(one.Words))),
            ("Tasks", Phrase.List(detail["taskArns"u8], 3, one => Phrase.Name(one.Words))),
            ("Targets", Phrase.List(detail["targetGroupArns"u8], 3, one => Phrase.Name(one.Words))));
    }

    public static Parsed ReadDeployment(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["eventName"u8].Words is not { } name) return Statement.Lacks(envelope, "detail.eventName", "the name of the event");
        var (severity, status, phrase) = name switch
        {
            "SERVICE_DEPLOYMENT_IN_PROGRESS" => (Severity.Info, Status.Ongoing, "is being deployed"),
            "SERVICE_DEPLOYMENT_COMPLETED" => (Severity.Info, Status.Cleared, "was deployed"),
            "SERVICE_DEPLOYMENT_FAILED" => (Severity.Error, Status.Raised, "could not be deployed"),
            _ => (SeverityOf(detail["eventType"u8].Words), Status.Ongoing, $"reports {Phrase.Of(name, 36)}"),
        };
        var deployment = detail["deploymentId"u8].Words;
        var reason = severity is Severity.Info ? null : Phrase.Sentence(detail["reason"u8].Words);
        return Tell(envelope, "deployment", severity, status, phrase, reason, "/" + deployment, ("Deployment", deployment));
    }

    private static Parsed Tell(Envelope envelope, string kind, Severity severity, Status status, string phrase, string? reason, string thread,
        params ReadOnlySpan<(string, string?)> facts)
    {
        var arn = envelope.ArnOf("service/") ?? envelope.ArnOf();
        var service = Phrase.Name(arn) ?? "of unknown name";
        var cluster = Phrase.Name(envelope.Body["clusterArn"u8].Words) ?? ClusterIn(arn);
        return new Parsed.Told([
            new()
            {
                Source = "ecs",
                Kind = kind,
                Severity = severity,
                Status = status,
                Title = Cut.Line($"Service {Cut.Line(service, 40)} {phrase}", 80),
                Summary = reason,
                Subject = service,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"ecs/{arn}{thread}",
                Facts = Known.Facts([("Cluster", cluster), .. facts]),
                Links = Known.Links(cluster is null ? ConsolePage.Link("Open ECS", envelope.Region, "ecs/v2/clusters")
                    : Ecs.PageOf("Open the service", envelope.Region, cluster, "services/", service, kind is "deployment" ? "/deployments" : "/events")),
            },
        ]);
    }

    private static Severity SeverityOf(string? type) => type switch
    {
        "ERROR" => Severity.Error,
        "WARN" => Severity.Warning,
        _ => Severity.Info,
    };

    private static string PhraseOf(string name, Severity severity) => name switch
    {
        "SERVICE_STEADY_STATE" => "is steady",
        "TASKSET_STEADY_STATE" => "has a steady task set",
        "CAPACITY_PROVIDER_STEADY_STATE" => "has steady capacity",
        "SERVICE_DESIRED_COUNT_UPDATED" => "changed its number of tasks",
        "SERVICE_REBALANCING_STARTED" => "is spreading its tasks over the zones anew",
        "SERVICE_REBALANCING_COMPLETED" => "has spread its tasks over the zones",
        "SERVICE_REBALANCING_STOPPED" => "could not spread its tasks over the zones",
        "TASKS_STOPPED" => "had tasks stopped",
        "VPC_LATTICE_TARGET_UNHEALTHY" => "has an unhealthy task in VPC Lattice",
        "VPC_LATTICE_OPERATION_THROTTLED" => "is held back: VPC Lattice throttles",
        "SERVICE_TASK_START_IMPAIRED" => "cannot keep its tasks running",
        "SERVICE_DISCOVERY_INSTANCE_UNHEALTHY" => "has an unhealthy task in service discovery",
        "SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED" => "has a daemon that no longer fits its host",
        "ECS_OPERATION_THROTTLED" => "is held back: ECS throttles its calls",
        "SERVICE_DISCOVERY_OPERATION_THROTTLED" => "is held back: service discovery throttles",
        "SERVICE_TASK_PLACEMENT_FAILURE" => "has no room for a task",
        "SERVICE_TASK_CONFIGURATION_FAILURE" => "cannot place a task: its configuration is wrong",
        "SERVICE_HEALTH_UNKNOWN" => "has tasks of unknown health",
        "SERVICE_TASK_RUNNING_UNHEALTHY" => "has unhealthy tasks",
        _ => $"{(severity is Severity.Info ? "reports" : "has trouble")}: {Phrase.Of(name, 40)}",
    };

    private static string? ReasonOf(string name, string? reason) => (name, reason) switch
    {
        (_, null) => name switch
        {
            "SERVICE_TASK_START_IMPAIRED" => "Its tasks start and stop again and again.",
            _ => null,
        },
        (_, ['R', 'E', 'S', 'O', 'U', 'R', 'C', 'E', ':', .. var what]) => $"Not enough {what switch
        {
            "CPU" => "CPU",
            "MEMORY" => "memory",
            "FARGATE" => "Fargate capacity",
            "ENI" => "network interfaces",
            "GPU" => "GPUs",
            "PORTS" => "free ports",
            _ => Cut.Line(what, 40),
        }}.",
        _ => Phrase.Sentence(reason),
    };

    /// <summary>CLUSTER in <c>…:service/CLUSTER/NAME</c>; short ARNs do not name it.</summary>
    private static string? ClusterIn(string? arn) =>
        Arn.Read(arn)?.Resource.Split('/') is [_, var cluster, _, ..] ? cluster : null;
}
