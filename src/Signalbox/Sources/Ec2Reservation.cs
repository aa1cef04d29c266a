namespace Signalbox;

/// <summary>EC2's reserved capacity: what became of it, and how much of it lies idle.</summary>
internal static class Ec2Reservation
{
    /// <summary>"EC2 Capacity Reservation Failed" and its like.</summary>
    public static Parsed State(Envelope envelope)
    {
        var type = envelope.DetailType!;
        var state = Phrase.Of(envelope.Body["state"u8].Words ?? type[(type.LastIndexOf(' ') + 1)..]);
        var (standing, phrase) = state switch
        {
            "scheduled" => ((Severity.Info, Status.Ongoing), "is scheduled"),
            "assessing" or "pending" => ((Severity.Info, Status.Ongoing), "is being looked at by AWS"),
            "active" => ((Severity.Info, Status.Cleared), "is active"),
            "expired" or "cancelled" or "canceled" => ((Severity.Info, Status.Cleared), $"{(state is "expired" ? "has" : "was")} {state}"),
            "delayed" => ((Severity.Warning, Status.Raised), "comes later than asked for"),
            "unsupported" => ((Severity.Error, Status.Raised), "cannot be given by AWS"),
            "failed" => ((Severity.Error, Status.Raised), "failed"),
            _ => ((Severity.Info, Status.Stated), $"is {Cut.Line(state, 24)}"),
        };
        return Tell(envelope, standing, phrase, ("Begins", Phrase.At(Instants.Read(envelope.Body["start-date"u8]))));
    }

    /// <summary>"EC2 ODCR Underutilization Notification".</summary>
    public static Parsed Underused(Envelope envelope)
    {
        var detail = envelope.Body;
        var idle = First(detail, "available-instance-count", "availableInstanceCount");
        var all = First(detail, "instance-count", "total-instance-count", "totalInstanceCount", "instanceCount");
        return Tell(envelope, (Severity.Warning, Status.Stated), idle is null ? "is hardly used" : $"is hardly used: {idle}{Phrase.With(" of ", all, 8)} idle",
            ("Instance type", First(detail, "instance-type", "instanceType")),
            ("Platform", First(detail, "instance-platform", "instancePlatform")),
            ("Zone", First(detail, "availability-zone", "availabilityZone")));
    }

    /// <summary>Capacity that was lent to interruptible instances comes back to its owner.</summary>
    public static Parsed Reclaimed(Envelope envelope)
    {
        var detail = envelope.Body;
        return Tell(envelope, (Severity.Info, Status.Stated), "has its lent capacity back",
            ("Instances back", First(detail, "ReclaimedInstanceCount", "reclaimedInstanceCount")),
            ("Instances", First(detail, "TotalInstanceCount", "totalInstanceCount")),
            ("Instance type", First(detail, "instanceType")),
            ("Zone", First(detail, "availabilityZoneId")));
    }

    private static Parsed Tell(Envelope envelope, (Severity, Status) standing, string phrase, params ReadOnlySpan<(string, string?)> facts)
    {
        var arn = envelope.ArnOf("capacity-reservation/");
        if ((First(envelope.Body, "capacity-reservation-id", "sourceCapacityReservationId") ?? Phrase.Name(arn)) is not { } id)
            return Statement.Lacks(envelope, "detail.capacity-reservation-id", "the id of the reservation");
        return Statement.Told(Statement.Of(envelope, "ec2", "capacity-reservation", standing, $"Capacity reservation {Cut.Line(id, 24)} {phrase}") with
        {
            Subject = id,
            Arn = arn,
            Thread = $"ec2/{id}",
            Facts = Known.Facts(facts),
            Links = Known.Links(ConsolePage.Link("Open the reservation", envelope.Region, "ec2/home", "CapacityReservationDetails:crId=", id)),
        });
    }

    private static string? First(Json detail, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var (member, value) in detail.Members)
            {
                if (member.Text == name && value.Scalar is { Length: > 0 } said) return said;
            }
        }
        return null;
    }
}
