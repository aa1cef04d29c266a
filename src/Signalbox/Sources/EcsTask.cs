namespace Signalbox;

/// <summary>The life of an ECS task.</summary>
/// <remarks>
/// A stopped task by its <c>stopCode</c>: TaskFailedToStart is an error; EssentialContainerExited an error unless every container left with 0;
/// UserInitiated and ServiceSchedulerInitiated are info; SpotInterruption, TerminationNotice and InfrastructureHealth warnings. Older events
/// have no code: the exit codes decide. A running task that is UNHEALTHY is a warning.
/// Status: errors and warnings raise, a task that ended well clears, all before is under way; one conversation for each task.
/// Overrides and environments are never shown: they may hold secrets.
/// </remarks>
internal static class EcsTask
{
    public static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["lastStatus"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.lastStatus", "a status");

        var arn = detail["taskArn"u8].Words ?? envelope.ArnOf();
        var id = Phrase.Name(arn);
        var cluster = Phrase.Name(detail["clusterArn"u8].Words);
        var definition = AfterSlash(detail["taskDefinitionArn"u8].Words);
        var group = detail["group"u8].Words;
        var service = group is not null && group.StartsWith("service:", StringComparison.Ordinal) ? group["service:".Length..] : null;
        var name = service ?? FamilyOf(definition) ?? id ?? "of unknown name";
        var culprit = CulpritOf(detail["containers"u8]);
        var (severity, status, title) = Saying(detail, state, Cut.Line(name, 36), culprit);
        var region = envelope.Region;
        return new Parsed.Told([
            new()
            {
                Source = "ecs",
                Kind = "task",
                Severity = severity,
                Status = status,
                Title = Cut.Line(title, 80),
                Summary = ReasonOf(detail["stopCode"u8].Words, Phrase.Sentence(detail["stoppedReason"u8].Words), Phrase.Sentence(culprit["reason"u8].Words)),
                Subject = name,
                Arn = arn,
                Account = envelope.Account,
                Region = region,
                At = envelope.At,
                Thread = $"ecs/{arn ?? name}",
                Facts = Known.Facts(
                    ("Cluster", cluster),
                    ("Containers", ContainersOf(detail["containers"u8], state)),
                    ("Image", AfterSlash(culprit["image"u8].Words ?? detail["containers"u8][0]["image"u8].Words)),
                    ("Task definition", definition),
                    ("Runs on", detail["capacityProviderName"u8].Words ?? detail["launchType"u8].Words),
                    ("Zone", detail["availabilityZone"u8].Words),
                    ("Ran", Phrase.Between(Instants.Read(detail["startedAt"u8]), Instants.Read(detail["stoppedAt"u8]))),
                    ("Stop code", detail["stopCode"u8].Words)),
                Links = Known.Links(
                    Ecs.PageOf("Open the task", region, cluster, "tasks/", id),
                    Ecs.PageOf("Open the service", region, cluster, "services/", service, "/events")),
            },
        ]);
    }

    private static (Severity, Status, string) Saying(Json detail, string state, string name, Json culprit)
    {
        var unhealthy = detail["healthStatus"u8].TextIs("UNHEALTHY"u8);
        switch (state)
        {
            case "RUNNING" when unhealthy: return (Severity.Warning, Status.Raised, $"A task of {name} is unhealthy");
            case "RUNNING" when detail["desiredStatus"u8].TextIs("STOPPED"u8): return (Severity.Info, Status.Ongoing, $"A task of {name} is about to stop");
            case "RUNNING": return (Severity.Info, Status.Ongoing, $"A task of {name} is running");
            case "PROVISIONING" or "PENDING" or "ACTIVATING": return (Severity.Info, Status.Ongoing, $"A task of {name} is starting");
            case "DEACTIVATING" or "STOPPING" or "DEPROVISIONING": return (Severity.Info, Status.Ongoing, $"A task of {name} is stopping");
            case "STOPPED" or "DELETED": break;
            default: return (Severity.Info, Status.Ongoing, $"A task of {name} is {Phrase.Of(state, 24)}");
        }
        var code = culprit["exitCode"u8].Number;
        var exit = code is { } number ? $"{Cut.Line(culprit["name"u8].Words ?? "a container", 20)} exited with code {Quantity.Of(number)}" : null;
        return detail["stopCode"u8].Words switch
        {
            "TaskFailedToStart" => (Severity.Error, Status.Raised, $"A task of {name} could not start"),
            "UserInitiated" => (Severity.Info, Status.Cleared, $"A task of {name} was stopped by a user"),
            "ServiceSchedulerInitiated" when unhealthy || IsOfHealth(detail["stoppedReason"u8].Words) =>
                (Severity.Warning, Status.Raised, $"A task of {name} failed its health checks"),
            "ServiceSchedulerInitiated" => (Severity.Info, Status.Cleared, $"A task of {name} was stopped by its service"),
            "SpotInterruption" => (Severity.Warning, Status.Raised, $"A task of {name} lost its spot capacity"),
            "TerminationNotice" => (Severity.Warning, Status.Raised, $"A task of {name} stopped because its host goes away"),
            "InfrastructureHealth" => (Severity.Warning, Status.Raised, $"A task of {name} stopped because its host is unhealthy"),
            _ when exit is not null => (Severity.Error, Status.Raised, $"A task of {name} failed: {exit}"),
            _ => (Severity.Info, Status.Cleared, $"A task of {name} ended"),
        };
    }

    /// <summary>True for the reasons that ECS documents for health checks of a load balancer, a container and a target group. No field says it.</summary>
    private static bool IsOfHealth(string? reason) => reason is not null && (reason.Contains("failed ELB health checks", StringComparison.Ordinal)
        || reason.Contains("failed container health checks", StringComparison.Ordinal) || reason.Contains(") is unhealthy in (", StringComparison.Ordinal)
        || reason.Contains(") is unhealthy in target-group", StringComparison.Ordinal));

    /// <summary>The first container that left with anything but 0, else the first that has a reason.</summary>
    private static Json CulpritOf(Json containers)
    {
        Json told = default;
        foreach (var container in containers.Items)
        {
            if (container["exitCode"u8].Number is { } code && code != 0) return container;
            if (!told.Exists && container["exitCode"u8].Number is null && container["reason"u8].Words is not null) told = container;
        }
        return told;
    }

    private static string? ContainersOf(Json containers, string state)
    {
        var said = new List<string>();
        foreach (var container in containers.Items)
        {
            if (said.Count == 4) break;
            var name = Cut.Line(container["name"u8].Words ?? "?", 40);
            var exit = container["exitCode"u8].Number;
            if (exit is { } code) said.Add($"{name}: exit {Quantity.Of(code)}{Meaning(code)}");
            else if (container["lastStatus"u8].Words is { } status && status != state) said.Add($"{name}: {Phrase.Of(status)}");
            else said.Add(name);
        }
        return said.Count == 0 ? null : string.Join(", ", said) + (containers.Count > said.Count ? $" and {containers.Count - said.Count} more" : "");
    }

    private static string Meaning(double code) => code switch
    {
        137 => " (killed)",
        139 => " (crashed)",
        143 => " (told to end)",
        126 or 127 => " (command not found or not allowed)",
        _ => "",
    };

    /// <summary>The reason of the container that failed says more than "Essential container in task exited", which the code says already.</summary>
    private static string? ReasonOf(string? code, string? task, string? container) => (code, task, container) switch
    {
        (_, null, _) => container,
        ("EssentialContainerExited", _, _) => container,
        (_, _, null) => task,
        _ when task.Contains(container, StringComparison.Ordinal) => task,
        _ => $"{container} ({task})",
    };

    private static string? FamilyOf(string? definition) =>
        definition?.LastIndexOf(':') is { } colon and > 0 ? definition[..colon] : definition;

    /// <summary>An image without its registry and a definition without its ARN: "example-api:189b5e9751", by which people know it.</summary>
    private static string? AfterSlash(string? name) => name?[(name.LastIndexOf('/') + 1)..];
}
