namespace Signalbox;

/// <summary>Auto Scaling groups: instances launched and terminated, lifecycle hooks, instance refreshes.</summary>
/// <remarks>
/// Input: the SNS form (<c>Event</c> is <c>autoscaling:EC2_INSTANCE_LAUNCH</c> and so on, or <c>LifecycleTransition</c>) or the EventBridge
/// events of aws.autoscaling. A launch that succeeded carries the StatusCode InProgress: the event's name decides, not the code.
/// Severity: launches and terminations that failed, a failed refresh and one that is rolled back are errors; a cancelled refresh and the end of a rollback
/// are warnings; the rest is info.
/// Status: a failure raises and the next success of the same kind in the group clears it; waiting for a hook or a refresh is under way.
/// Quiet: the test notification that is sent when notifications are set up.
/// Errors: garbled when neither a group nor an instance is named.
/// </remarks>
public static class AutoScaling
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "autoscaling",
        [
            new Key.Event("aws.autoscaling"),
            new Key.Members("AutoScalingGroupName", ["Event"]),
            new Key.Members("AutoScalingGroupName", ["LifecycleTransition"]),
            new Key.Members("AutoScalingGroupARN", ["Event", "Service"]),
        ],
        Read,
        "https://docs.aws.amazon.com/autoscaling/ec2/userguide/automating-ec2-auto-scaling-with-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var body = envelope.Body;
        var what = WhatOf(envelope);
        if (what is "TEST_NOTIFICATION") return new Parsed.Quiet("Auto Scaling tries whether its notifications arrive");
        if (what is null) return AsItCame.Told(envelope, "autoscaling");

        var arn = body["AutoScalingGroupARN"u8].Words ?? envelope.ArnOf("autoScalingGroup:");
        var instance = body["EC2InstanceId"u8].Words;
        if ((body["AutoScalingGroupName"u8].Words ?? Phrase.Name(arn)) is var group && group is null && instance is null)
        {
            if (what is not ("EC2_INSTANCE_LAUNCH" or "EC2_INSTANCE_TERMINATE"))
                return Statement.Lacks(envelope, "AutoScalingGroupName", "the name of the group");
        }
        var refresh = body["InstanceRefreshId"u8].Words;
        var (severity, status, title, family) = Saying(what, Cut.Line(group ?? "A group", 36), Cut.Line(instance ?? "an instance", 20), body);
        var region = Arn.RegionOf(arn) ?? envelope.Region;
        var reason = Phrase.Sentence(body["StatusMessage"u8].Words);
        return new Parsed.Told([
            new()
            {
                Source = "autoscaling",
                Kind = refresh is not null ? "instance-refresh" : what.EndsWith("LIFECYCLE", StringComparison.Ordinal) ? "lifecycle-action" : "instance",
                Severity = severity,
                Status = group is null ? Status.Stated : status,
                Title = Cut.Line(title, 80),
                Summary = reason ?? Phrase.Sentence(body["Cause"u8].Words),
                Subject = group,
                Arn = arn,
                Account = body["AccountId"u8].Scalar ?? Arn.AccountOf(arn) ?? envelope.Account,
                Region = region,
                At = Instants.Read(body["Time"u8]) ?? envelope.At,
                Thread = group is null ? null : $"autoscaling/{group}/{refresh ?? (family is "lifecycle" && instance is not null ? instance : family)}",
                Facts = Known.Facts(
                    ("Instance", what is "EC2_INSTANCE_LAUNCH_ERROR" ? instance : null),
                    ("Zone", body["Details"u8]["Availability Zone"u8].Words),
                    ("Cause", reason is null ? null : Phrase.Sentence(body["Cause"u8].Words)),
                    ("Alarms", AlarmsOf(body["Details"u8]["InvokingAlarms"u8])),
                    ("Hook", body["LifecycleHookName"u8].Words),
                    ("Way", Way(body["Origin"u8].Words, body["Destination"u8].Words)),
                    ("Waits", Phrase.Seconds(body["CheckpointDelay"u8])),
                    ("Took", family is "lifecycle" or "refresh" ? null : Phrase.Between(Instants.Read(body["StartTime"u8]), Instants.Read(body["EndTime"u8])))),
                Links = Known.Links(
                    group is null ? null : ConsolePage.Link("Open the group", region, "ec2/home", "AutoScalingGroupDetails:id=", group,
                        refresh is null ? ";view=activity" : ";view=instanceRefresh"),
                    instance is null || severity is Severity.Error ? null
                        : ConsolePage.Link("Open the instance", region, "ec2/home", "InstanceDetails:instanceId=", instance)),
            },
        ]);
    }

    /// <summary>The event by the name that SNS gives it; both forms are one from here on.</summary>
    private static string? WhatOf(Envelope envelope)
    {
        if (envelope.Body["Event"u8].Words is { } name)
            return name.StartsWith("autoscaling:", StringComparison.Ordinal) ? name["autoscaling:".Length..] : name;
        if (envelope.DetailType?.ToLowerInvariant() is { } type)
        {
            return type switch
            {
                "ec2 instance launch successful" => "EC2_INSTANCE_LAUNCH",
                "ec2 instance launch unsuccessful" => "EC2_INSTANCE_LAUNCH_ERROR",
                "ec2 instance terminate successful" => "EC2_INSTANCE_TERMINATE",
                "ec2 instance terminate unsuccessful" => "EC2_INSTANCE_TERMINATE_ERROR",
                "ec2 instance-launch lifecycle action" => "LAUNCH_LIFECYCLE",
                "ec2 instance-terminate lifecycle action" => "TERMINATE_LIFECYCLE",
                "ec2 auto scaling instance refresh started" => "REFRESH_STARTED",
                "ec2 auto scaling instance refresh succeeded" => "REFRESH_SUCCEEDED",
                "ec2 auto scaling instance refresh failed" => "REFRESH_FAILED",
                "ec2 auto scaling instance refresh cancelled" => "REFRESH_CANCELLED",
                "ec2 auto scaling instance refresh checkpoint reached" => "REFRESH_CHECKPOINT",
                "ec2 auto scaling instance refresh started baking" => "REFRESH_BAKING",
                "ec2 auto scaling instance refresh rollback started" => "ROLLBACK_STARTED",
                "ec2 auto scaling instance refresh rollback succeeded" => "ROLLBACK_SUCCEEDED",
                "ec2 auto scaling instance refresh rollback failed" => "ROLLBACK_FAILED",
                "ec2 instance detach successful" => "EC2_INSTANCE_DETACH",
                "ec2 instance detach unsuccessful" => "EC2_INSTANCE_DETACH_ERROR",
                _ => null,
            };
        }
        return envelope.Body["LifecycleTransition"u8].Words switch
        {
            null => null,
            "autoscaling:EC2_INSTANCE_TERMINATING" => "TERMINATE_LIFECYCLE",
            _ => "LAUNCH_LIFECYCLE",
        };
    }

    private static (Severity Severity, Status Status, string Title, string Family) Saying(string what, string group, string instance, Json body) => what switch
    {
        "EC2_INSTANCE_LAUNCH" => (Severity.Info, Status.Cleared, $"{group} launched {instance}", "launch"),
        "EC2_INSTANCE_LAUNCH_ERROR" => (Severity.Error, Status.Raised, $"{group} could not launch an instance", "launch"),
        "EC2_INSTANCE_TERMINATE" => (Severity.Info, Status.Cleared, $"{group} terminated {instance}", "terminate"),
        "EC2_INSTANCE_TERMINATE_ERROR" => (Severity.Error, Status.Raised, $"{group} could not terminate {instance}", "terminate"),
        "LAUNCH_LIFECYCLE" => (Severity.Info, Status.Ongoing, $"{group}: {instance} waits for a hook before it starts", "lifecycle"),
        "TERMINATE_LIFECYCLE" => (Severity.Info, Status.Ongoing, $"{group}: {instance} waits for a hook before it ends", "lifecycle"),
        "REFRESH_STARTED" => (Severity.Info, Status.Ongoing, $"Instance refresh of {group} started", "refresh"),
        "REFRESH_SUCCEEDED" => (Severity.Info, Status.Cleared, $"Instance refresh of {group} succeeded", "refresh"),
        "REFRESH_FAILED" => (Severity.Error, Status.Raised, $"Instance refresh of {group} failed", "refresh"),
        "REFRESH_CANCELLED" => (Severity.Warning, Status.Raised, $"Instance refresh of {group} was cancelled", "refresh"),
        "REFRESH_CHECKPOINT" => (Severity.Info, Status.Ongoing, body["CheckpointPercentage"u8].Scalar is { } reached
            ? $"Instance refresh of {group} reached {Cut.Line(reached, 8)} %" : $"Instance refresh of {group} reached a checkpoint", "refresh"),
        "REFRESH_BAKING" => (Severity.Info, Status.Ongoing, $"Instance refresh of {group} is done and being watched", "refresh"),
        "ROLLBACK_STARTED" => (Severity.Error, Status.Raised, $"Instance refresh of {group} is rolling back", "refresh"),
        "ROLLBACK_SUCCEEDED" => (Severity.Warning, Status.Cleared, $"Instance refresh of {group} was rolled back", "refresh"),
        "ROLLBACK_FAILED" => (Severity.Error, Status.Raised, $"Instance refresh of {group} could not be rolled back", "refresh"),
        "EC2_INSTANCE_DETACH" => (Severity.Info, Status.Cleared, $"{group} let go of {instance}", "detach"),
        "EC2_INSTANCE_DETACH_ERROR" => (Severity.Error, Status.Raised, $"{group} could not let go of {instance}", "detach"),
        _ => (what.EndsWith("_ERROR", StringComparison.Ordinal) ? Severity.Error : Severity.Info,
            what.EndsWith("_ERROR", StringComparison.Ordinal) ? Status.Raised : Status.Ongoing, $"{group}: {Phrase.Of(what, 40)}", "other"),
    };

    private static string? Way(string? from, string? to) => from is null || to is null ? null
        : $"{(from is "EC2" ? "new" : Place(from))} → {(to is "EC2" ? "terminated" : Place(to))}";

    private static string? AlarmsOf(Json alarms) =>
        alarms.Words ?? Phrase.List(alarms, 3, alarm => Phrase.Name(alarm.Words ?? alarm["AlarmName"u8].Words));

    private static string Place(string place) => place switch
    {
        "WarmPool" => "warm pool",
        "AutoScalingGroup" => "group",
        _ => Cut.Line(place, 30),
    };
}
