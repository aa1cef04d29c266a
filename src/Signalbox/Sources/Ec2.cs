namespace Signalbox;

/// <summary>Instances, spot interruptions, spot requests and images of EC2.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.ec2; volumes and snapshots have their own row.
/// Severity: an instance's own states are info, for they do not say whether anybody wanted them; an interruption of a spot instance is a
/// warning, a mere recommendation to rebalance info; an image that failed is an error.
/// Status: starting and stopping are under way, running, stopped and terminated are done; one conversation for each instance or image.
/// Errors: garbled without <c>instance-id</c>, or <c>ImageId</c>, or <c>State</c>.
/// </remarks>
public static class Ec2
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("ec2", [new Key.Event("aws.ec2")], Read,
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/automating_with_eventbridge.html");

    private static Parsed Read(Envelope envelope) => envelope.DetailType?.ToLowerInvariant() switch
    {
        "ec2 instance state-change notification" => State(envelope),
        "ec2 spot instance interruption warning" => Interruption(envelope, "Spot instance"),
        "ec2 interruptible capacity reservation instance interruption warning" => Interruption(envelope, "Instance"),
        "ec2 capacity reservation instance interruption warning" => Interruption(envelope, "Instance"),
        "ec2 fast launch state-change notification" => FastLaunch(envelope),
        "ec2 odcr underutilization notification" => Ec2Reservation.Underused(envelope),
        ['e', 'c', '2', ' ', ..] type when type.Contains("reclamation", StringComparison.Ordinal) => Ec2Reservation.Reclaimed(envelope),
        ['e', 'c', '2', ' ', ..] type when type.StartsWith("ec2 capacity reservation ", StringComparison.Ordinal) => Ec2Reservation.State(envelope),
        "ec2 instance rebalance recommendation" => Rebalance(envelope),
        "ec2 spot instance request fulfillment" => Fulfilled(envelope),
        "ec2 ami state change" => Image(envelope),
        "capacity block reservation delivered" => CapacityBlock(envelope, Severity.Info, Status.Cleared, "is ready to use"),
        "capacity block reservation expiration warning" => CapacityBlock(envelope, Severity.Warning, Status.Raised, "ends soon, with its instances"),
        _ => AsItCame.Told(envelope, "ec2"),
    };

    private static Parsed State(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["state"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.state", "a state");
        var (status, phrase) = state.ToLowerInvariant() switch
        {
            "pending" => (Status.Ongoing, "is starting"),
            "running" => (Status.Cleared, "is running"),
            "stopping" => (Status.Ongoing, "is stopping"),
            "stopped" => (Status.Cleared, "has stopped"),
            "shutting-down" => (Status.Ongoing, "is being terminated"),
            "terminated" => (Status.Cleared, "was terminated"),
            var other => (Status.Stated, $"is now {Phrase.Of(other, 30)}"),
        };
        return Instance(envelope, Severity.Info, status, $"Instance {{0}} {phrase}", null);
    }

    private static Parsed Interruption(Envelope envelope, string thing)
    {
        var action = envelope.Body["instance-action"u8].Words;
        var at = Instants.Read(envelope.Body["instance-termination-time"u8]);
        return Instance(envelope, Severity.Warning, Status.Raised,
            $"{thing} {{0}} is about to be {action switch { "stop" => "stopped", "hibernate" => "hibernated", _ => "terminated" }}",
            "EC2 takes its capacity back; it gives two minutes' notice.",
            ("Ends", Phrase.At(at)));
    }

    private static Parsed Rebalance(Envelope envelope) => Instance(envelope, Severity.Info, Status.Raised,
        "Spot instance {0} may soon be interrupted",
        "EC2 recommends to move its work to another instance now.");

    private static Parsed Fulfilled(Envelope envelope) => Instance(envelope, Severity.Info, Status.Stated,
        "A spot request got instance {0}", null, ("Spot request", envelope.Body["spot-instance-request-id"u8].Words));

    private static Parsed CapacityBlock(Envelope envelope, Severity severity, Status status, string phrase)
    {
        var arn = envelope.ArnOf("capacity-reservation/");
        if ((envelope.Body["capacity-reservation-id"u8].Words ?? Phrase.Name(arn)) is not { } id)
            return Statement.Lacks(envelope, "detail.capacity-reservation-id", "the id of the reservation");
        return new Parsed.Told([
            new()
            {
                Source = "ec2",
                Kind = "capacity-block",
                Severity = severity,
                Status = status,
                Title = $"Capacity block {Cut.Line(id, 24)} {phrase}",
                Subject = id,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"ec2/{id}",
                Facts = Known.Facts(("Ends", Phrase.At(Instants.Read(envelope.Body["end-date"u8])))),
                Links = Known.Links(ConsolePage.Link("Open the reservation", envelope.Region, "ec2/home", "CapacityReservationDetails:crId=", id)),
            },
        ]);
    }

    private static Parsed Instance(Envelope envelope, Severity severity, Status status, string title, string? summary,
        params ReadOnlySpan<(string, string?)> facts)
    {
        var arn = envelope.ArnOf("instance/");
        if ((envelope.Body["instance-id"u8].Words ?? Phrase.Name(arn))?.Trim() is not { } id)
            return Statement.Lacks(envelope, "detail.instance-id", "the id of the instance");
        return new Parsed.Told([
            new()
            {
                Source = "ec2",
                Kind = "instance",
                Severity = severity,
                Status = status,
                Title = title.Replace("{0}", Cut.Line(id, 30), StringComparison.Ordinal),
                Summary = summary,
                Subject = id,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = status is Status.Stated ? null : $"ec2/{id}",
                Facts = Known.Facts(facts),
                Links = Known.Links(ConsolePage.Link("Open the instance", envelope.Region, "ec2/home", "InstanceDetails:instanceId=", id)),
            },
        ]);
    }

    /// <summary>Images of Windows that are launched from snapshots made ahead.</summary>
    private static Parsed FastLaunch(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["state"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.state", "a state");
        var id = detail["imageId"u8].Words ?? detail["image-id"u8].Words ?? Phrase.Name(envelope.ArnOf("image/")) ?? "of unknown id";
        var (standing, phrase) = Phrase.Of(state) switch
        {
            "enabled" => ((Severity.Info, Status.Cleared), "launches faster now"),
            "disabled" => ((Severity.Info, Status.Cleared), "no longer launches faster"),
            "enabled failed" => ((Severity.Error, Status.Raised), "no longer launches faster: snapshots fail"),
            "enabling failed" => ((Severity.Error, Status.Raised), "could not be made to launch faster"),
            "disabling failed" => ((Severity.Error, Status.Raised), "could not give up its fast launch"),
            "enabling" => ((Severity.Info, Status.Ongoing), "is being made to launch faster"),
            var other => ((Severity.Info, Status.Ongoing), $"is {Cut.Line(other, 24)} for fast launch"),
        };
        return Statement.Told(Statement.Of(envelope, "ec2", "fast-launch", standing, $"Image {Cut.Line(id, 30)} {phrase}") with
        {
            Summary = Phrase.Sentence(detail["stateTransitionReason"u8].Words ?? detail["state-transition-reason"u8].Words),
            Subject = id,
            Arn = envelope.ArnOf("image/"),
            Thread = $"ec2/{id}/fast-launch",
            Links = Known.Links(ConsolePage.Link("Open the image", envelope.Region, "ec2/home", "ImageDetails:imageId=", id)),
        });
    }

    private static Parsed Image(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["State"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.State", "a state");
        var arn = envelope.ArnOf("image/");
        var id = detail["ImageId"u8].Words ?? Phrase.Name(arn) ?? "of unknown id";
        var (severity, status, phrase) = state.ToLowerInvariant() switch
        {
            "pending" => (Severity.Info, Status.Ongoing, "is being made"),
            "available" => (Severity.Info, Status.Cleared, "is ready"),
            "failed" or "error" => (Severity.Error, Status.Raised, "could not be made"),
            "invalid" => (Severity.Error, Status.Raised, "is not valid"),
            "deregistered" => (Severity.Info, Status.Cleared, "was deregistered"),
            "disabled" => (Severity.Info, Status.Cleared, "was disabled"),
            var other => (Severity.Info, Status.Stated, $"is now {Phrase.Of(other, 30)}"),
        };
        return new Parsed.Told([
            new()
            {
                Source = "ec2",
                Kind = "image",
                Severity = severity,
                Status = status,
                Title = $"Image {Cut.Line(id, 30)} {phrase}",
                Summary = Phrase.Sentence(detail["ErrorMessage"u8].Words),
                Subject = id,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = status is Status.Stated ? null : $"ec2/{id}",
                Links = Known.Links(ConsolePage.Link("Open the image", envelope.Region, "ec2/home", "ImageDetails:imageId=", id)),
            },
        ]);
    }
}
