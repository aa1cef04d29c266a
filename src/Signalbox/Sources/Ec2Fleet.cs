namespace Signalbox;

/// <summary>EC2 fleets and spot fleets: their state, instances, spot requests, and what they cannot do.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.ec2fleet and aws.ec2spotfleet; what happened is <c>sub-type</c>.
/// Severity: Error events are errors, Information events warnings (a launch specification that cannot be used, a halted fleet), a notice
/// of termination a warning, everything else info. Status: errors and warnings raise; an active fleet clears; one conversation for each fleet.
/// Errors: garbled without <c>sub-type</c>.
/// </remarks>
public static class Ec2Fleet
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("ec2-fleet", [new Key.Event("aws.ec2fleet"), new Key.Event("aws.ec2spotfleet")], Read,
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitor-ec2-fleet-using-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["sub-type"u8].Words is not { } kind) return Statement.Lacks(envelope, "detail.sub-type", "what happened");

        var type = envelope.DetailType ?? "";
        var isSpot = envelope.Publisher is "aws.ec2spotfleet";
        var arn = envelope.ArnOf();
        var id = Phrase.Name(arn) ?? "of unknown id";
        var instance = detail["instance-id"u8].Words;
        var request = detail["spot-instance-request-id"u8].Words;
        var description = detail["description"u8].Words;
        var launch = description is ['{', ..] ? Json.Parse(System.Text.Encoding.UTF8.GetBytes(description)).Value : default;
        var (severity, status) = StandingOf(type, kind);
        var fleet = (isSpot ? "Spot fleet " : "Fleet ") + ShortId(id);
        return new Parsed.Told([
            new()
            {
                Source = "ec2-fleet",
                Kind = instance is not null ? "instance" : request is not null ? "spot-request" : "fleet",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"{fleet} {PhraseOf(kind, instance, request)}", 80),
                Summary = launch.IsObject ? null : Phrase.Sentence(description),
                Subject = id,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"ec2-fleet/{id}",
                Facts = Known.Facts(
                    ("Fleet", id),
                    ("Instance type", launch["instanceType"u8].Words),
                    ("Zone", launch["availabilityZone"u8].Words),
                    ("Platform", launch["productDescription"u8].Words),
                    ("Image", launch["image"u8].Words),
                    ("What", severity is Severity.Info ? null : kind)),
                Links = Known.Links(
                    instance is null ? null : ConsolePage.Link("Open the instance", envelope.Region, "ec2/home", "InstanceDetails:instanceId=", instance),
                    isSpot ? ConsolePage.Link("Open the fleet", envelope.Region, "ec2/home", "SpotFleetRequestDetails:spotFleetRequestId=", id)
                        : ConsolePage.Link("Open the fleets", envelope.Region, "ec2/home", "Fleets:")),
            },
        ]);
    }

    private static (Severity Severity, Status Status) StandingOf(string type, string kind)
    {
        if (type.EndsWith("Error", StringComparison.OrdinalIgnoreCase)) return (Severity.Error, Status.Raised);
        if (type.EndsWith("Information", StringComparison.OrdinalIgnoreCase)) return (Severity.Warning, Status.Raised);
        return kind switch
        {
            "termination_notified" => (Severity.Warning, Status.Raised),
            "active" or "modify_succeeded" or "modify_successful" or "launched" => (Severity.Info, Status.Cleared),
            "deleted" or "cancelled" or "expired" or "terminated" => (Severity.Info, Status.Cleared),
            _ => (Severity.Info, Status.Ongoing),
        };
    }

    private static string PhraseOf(string kind, string? instance, string? request) => (kind, instance, request) switch
    {
        ("launched", { } id, _) => $"launched {id}",
        ("terminated", { } id, _) => $"terminated {id}",
        ("termination_notified", { } id, _) => $"is about to lose {id}",
        (_, { } id, _) => $"{id} is {Phrase.Of(kind)}",
        (_, _, { } id) => $"spot request {id} is {Phrase.Of(kind)}",
        ("active", _, _) => "is active",
        ("submitted", _, _) => "was submitted",
        ("deleted", _, _) => "was deleted",
        ("deleted_running", _, _) => "was deleted, its instances still run",
        ("deleted_terminating", _, _) => "was deleted, its instances are terminating",
        ("cancelled", _, _) => "was cancelled",
        ("cancelled_running", _, _) => "was cancelled, its instances still run",
        ("cancelled_terminating", _, _) => "was cancelled, its instances are terminating",
        ("expired", _, _) => "has expired",
        ("modify_in_progress", _, _) => "is being modified",
        ("modify_succeeded" or "modify_successful", _, _) => "was modified",
        ("allLaunchSpecsTemporarilyBlacklisted", _, _) => "can launch nothing: every launch was refused",
        ("iamFleetRoleInvalid", _, _) => "may not launch or terminate instances",
        ("spotFleetRequestConfigurationInvalid", _, _) => "has an invalid configuration",
        ("spotInstanceCountLimitExceeded", _, _) => "has reached the limit of spot instances",
        ("fleetProgressHalted" or "fleet_progress_halted", _, _) => "has stopped launching",
        ("launchSpecUnusable", _, _) => "cannot use a launch specification",
        ("launchSpecTemporarilyBlacklisted", _, _) => "will not use a launch specification for a while",
        ("registerWithLoadBalancersFailed", _, _) => "could not register instances with load balancers",
        _ => $"says: {Phrase.Of(kind)}",
    };

    /// <summary>"fleet-9bb19bc6-60d3-…" up to its second hyphen, by which people tell fleets apart.</summary>
    private static string ShortId(string id) =>
        id.Length > 24 && id.IndexOf('-', id.IndexOf('-', StringComparison.Ordinal) + 1) is var cut and > 0 and < 24 ? id[..cut] : Cut.Line(id, 24);
}
