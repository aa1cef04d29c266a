namespace Signalbox;

/// <summary>Drift detection of a stack: does what runs still match its template?</summary>
internal static class CloudFormationDrift
{
    public static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var details = detail["status-details"u8];
        var detection = details["detection-status"u8].Words;
        if (detection is null) return new Parsed.Garbled(new("detail.status-details.detection-status", "a status", Cut.Line(detail.ToString(), 60)));

        var stackId = detail["stack-id"u8].Words;
        var stack = CloudFormation.NameOf(stackId) ?? "of unknown name";
        var region = Arn.RegionOf(stackId) ?? envelope.Region;
        var drift = details["stack-drift-status"u8].Words;
        var count = detail["drift-detection-details"u8]["drifted-stack-resource-count"u8].Number;
        var (severity, status, phrase) = (detection, drift) switch
        {
            ("DETECTION_IN_PROGRESS", _) => (Severity.Info, Status.Ongoing, "is being checked for drift"),
            ("DETECTION_FAILED", _) => (Severity.Warning, Status.Raised, "could not be checked for drift"),
            (_, "DRIFTED") => (Severity.Warning, Status.Raised, count is { } n ? $"has drifted in {Quantity.Count((long)n, "resource")}" : "has drifted"),
            (_, "IN_SYNC") => (Severity.Info, Status.Cleared, "has not drifted"),
            _ => (Severity.Info, Status.Stated, $"was checked for drift: {drift ?? detection}"),
        };
        return new Parsed.Told([
            new()
            {
                Source = "cloudformation",
                Kind = "drift",
                Severity = severity,
                Status = status,
                Title = $"Stack {stack} {phrase}",
                Summary = drift is "DRIFTED" ? "What runs no longer matches the stack's template." : null,
                Subject = CloudFormation.NameOf(stackId),
                Arn = stackId,
                Account = Arn.AccountOf(stackId) ?? envelope.Account,
                Region = region,
                At = envelope.At,
                Thread = $"cloudformation/{stackId}/drift",
                Facts = Known.Facts(("Drift", drift), ("Detection", detection)),
                Links = Known.Links(CloudFormation.PageOf("Show the drift", stackId, region, "drifts")),
            },
        ]);
    }
}
