namespace Signalbox;

/// <summary>Application Recovery Controller: traffic that leaves an Availability Zone, switches of the Region, and readiness for them.</summary>
/// <remarks>
/// Severity of a shift: an autoshift of AWS is an error where it moves a resource of ours and a warning where it is only observed; a manual shift and a
/// practice run that was interrupted are warnings; a practice run that failed is an error; what begins as a test, and all that ends, is info.
/// A shift is raised until it is over; a practice run or an experiment is under way until then.
/// </remarks>
public static class RecoveryController
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new(
        "arc",
        [
            new Key.Event("aws.arc-zonal-shift"),
            new Key.Event("aws.arc-region-switch"),
            new Key.Event("aws.route53-recovery-readiness"),
            new Key.Event("route53-recovery-readiness.amazonaws.com"),
        ],
        Read,
        "https://docs.aws.amazon.com/r53recovery/latest/dg/eventbridge-zonal-autoshift.html");

    private static Parsed Read(Envelope envelope) => envelope.Publisher switch
    {
        "aws.arc-zonal-shift" => Shift(envelope),
        "aws.arc-region-switch" => RegionSwitch.Read(envelope),
        _ => RecoveryReadiness.Read(envelope),
    };

    private static Parsed Shift(Envelope envelope)
    {
        var resource = Statement.Resource(envelope);
        var name = NameOf(resource);
        var metadata = envelope.Body["metadata"u8];
        var zone = metadata["awayFrom"u8].Words;
        var type = envelope.DetailType?.ToLowerInvariant() ?? "";
        var from = zone is null ? "an Availability Zone" : $"zone {Cut.Line(zone, 16)}";
        var of = Phrase.With(" of ", name, 36);
        (Severity, Status, string)? known = type switch
        {
            "autoshift in progress" when name is null => (Severity.Warning, Status.Raised, $"AWS shifts traffic away from {from}"),
            "autoshift in progress" => (Severity.Error, Status.Raised, $"AWS shifts traffic{of} away from {from}"),
            "autoshift completed" => (Severity.Info, Status.Cleared, $"Traffic{of} is back in {from}"),
            "practice run started" => (Severity.Info, Status.Ongoing, $"Practice run{of} without {from} began"),
            "practice run succeeded" => (Severity.Info, Status.Cleared, $"Practice run{of} without {from} succeeded"),
            "practice run interrupted" => (Severity.Warning, Status.Raised, $"Practice run{of} without {from} was interrupted"),
            "practice run failed" => (Severity.Error, Status.Raised, $"Practice run{of} without {from} failed"),
            "fis experiment autoshift in progress" => (Severity.Info, Status.Ongoing, $"Experiment shifts traffic{of} away from {from}"),
            "fis experiment autoshift completed" => (Severity.Info, Status.Cleared, $"Experiment is over: traffic{of} is back in {from}"),
            "fis experiment autoshift canceled" => (Severity.Info, Status.Cleared, $"Experiment was cancelled: traffic{of} is back in {from}"),
            "manual shift started" => (Severity.Warning, Status.Raised, $"Traffic{of} was shifted away from {from} by hand"),
            "manual shift updated" => (Severity.Warning, Status.Ongoing, $"Shift of traffic{of} away from {from} was updated"),
            "manual shift canceled" => (Severity.Info, Status.Cleared, $"Traffic{of} is back in {from}: the shift was cancelled"),
            _ => null,
        };
        if (known is not var (severity, status, title)) return AsItCame.Told(envelope, "arc");

        var kind = type[..type.IndexOf(' ', StringComparison.Ordinal)];
        return Statement.Told(Statement.Of(envelope, "arc", kind switch
        {
            "fis" => "experiment",
            "practice" => "practice-run",
            "manual" => "manual-shift",
            _ => kind,
        }, (severity, status), title) with
        {
            Summary = Phrase.Sentence(envelope.Body["data"u8]["additionalFailureInfo"u8].Words) ?? Phrase.Sentence(metadata["notes"u8].Words),
            Subject = name ?? zone,
            Arn = Arn.Read(resource) is null ? null : resource,
            Thread = $"arc/{kind}/{envelope.Region}/{resource}/{zone}",
            Facts = Known.Facts(("Resource", name), ("Away from", zone)),
            Links = Known.Links(Page(envelope.Region)),
        });
    }

    /// <summary>What a person calls a resource: a load balancer's ARN ends in an id, before which the name stands.</summary>
    private static string? NameOf(string? resource)
    {
        var name = Phrase.Name(resource);
        if (Arn.Read(resource)?.Resource is not { } path || !path.StartsWith("loadbalancer/", StringComparison.Ordinal)) return name;
        var parts = path.Split('/');
        return parts.Length > 3 ? parts[2] : name;
    }

    /// <summary>The first page of its console.</summary>
    internal static Link? Page(string? region) => ConsolePage.Link("Open recovery controller", region, "route53recovery/home", "/dashboard");
}
