namespace Signalbox;

/// <summary>ECS: tasks, services, deployments and container instances.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.ecs. Tasks are read by <see cref="EcsTask"/>, services and deployments by <see cref="EcsDeployment"/>.
/// Severity of a container instance: info; a warning when its agent is cut off, an error when it could not register.
/// Errors: garbled without the one status or event name that the kind lives by.
/// </remarks>
public static class Ecs
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("ecs", [new Key.Event("aws.ecs")], Read,
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_cwe_events.html");

    private static Parsed Read(Envelope envelope) => envelope.DetailType?.ToLowerInvariant() switch
    {
        "ecs task state change" => EcsTask.Read(envelope),
        "ecs service action" => EcsDeployment.ReadAction(envelope),
        "ecs deployment state change" => EcsDeployment.ReadDeployment(envelope),
        "ecs container instance state change" => Host(envelope),
        _ => AsItCame.Told(envelope, "ecs"),
    };

    private static Parsed Host(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["status"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.status", "a status");
        var arn = detail["containerInstanceArn"u8].Words ?? envelope.ArnOf();
        var cluster = Phrase.Name(detail["clusterArn"u8].Words);
        var id = Phrase.Name(arn);
        var instance = detail["ec2InstanceId"u8].Words;
        var cutOff = detail["agentConnected"u8].Kind is JsonKind.False;
        var (severity, status, phrase) = state switch
        {
            "ACTIVE" when cutOff => (Severity.Warning, Status.Raised, "has lost its agent"),
            "ACTIVE" => (Severity.Info, Status.Cleared, "is active"),
            "REGISTERING" => (Severity.Info, Status.Ongoing, "is registering"),
            "REGISTRATION_FAILED" => (Severity.Error, Status.Raised, "could not register"),
            "DRAINING" => (Severity.Info, Status.Ongoing, "is draining"),
            "DEREGISTERING" => (Severity.Info, Status.Ongoing, "is leaving"),
            "INACTIVE" => (Severity.Info, Status.Cleared, "has left"),
            _ => (Severity.Info, Status.Stated, $"is {Phrase.Of(state, 30)}"),
        };
        return new Parsed.Told([
            new()
            {
                Source = "ecs",
                Kind = "container-instance",
                Severity = severity,
                Status = status,
                Title = $"Host {Cut.Line(instance ?? id ?? "of unknown name", 24)}{Phrase.With(" in ", cluster, 30)} {phrase}",
                Summary = Phrase.Sentence(detail["statusReason"u8].Words),
                Subject = instance ?? id,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = status is Status.Stated ? null : $"ecs/{arn}",
                Facts = Known.Facts(
                    ("Cluster", cluster),
                    ("CPU left", Left(detail, "CPU", "units")),
                    ("Memory left", Left(detail, "MEMORY", "MiB")),
                    ("Tasks", detail["runningTasksCount"u8].Scalar),
                    ("Agent", detail["versionInfo"u8]["agentVersion"u8].Words)),
                Links = Known.Links(
                    PageOf("Open the host", envelope.Region, cluster, "infrastructure/container-instances/", id),
                    instance is null ? null : ConsolePage.Link("Open the instance", envelope.Region, "ec2/home", "InstanceDetails:instanceId=", instance)),
            },
        ]);
    }

    /// <summary>A page within a cluster's; null when the cluster or the thing is unknown.</summary>
    internal static Link? PageOf(string text, string? region, string? cluster, string kind, string? id, string tab = "") =>
        cluster is null || id is null ? null
            : ConsolePage.Link(text, region, $"ecs/v2/clusters/{ConsolePage.Escape(cluster)}/{kind}{ConsolePage.Escape(id)}{tab}");

    private static string? Left(Json detail, string name, string unit)
    {
        var (left, all) = (Amount(detail["remainingResources"u8], name), Amount(detail["registeredResources"u8], name));
        return left is null ? null : all is null ? $"{Quantity.Of(left.Value)} {unit}" : $"{Quantity.Of(left.Value)} of {Quantity.Of(all.Value)} {unit}";
    }

    private static double? Amount(Json resources, string name)
    {
        foreach (var resource in resources.Items)
        {
            if (resource["name"u8].Text == name) return resource["integerValue"u8].Number;
        }
        return null;
    }
}
