namespace Signalbox;

/// <summary>EC2 Image Builder: images being built, what was found in them, and what waits for somebody.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.imagebuilder. Severity: a failed image is an error, found vulnerabilities by the worst of them, a cancelled image, a
/// step that waits and a disabled pipeline are warnings, the rest is info. Status: an image is under way until it is available, failed or cancelled, one
/// conversation for each build version; findings are statements. Errors: garbled when a change of state has no state.
/// </remarks>
public static class ImageBuilder
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("imagebuilder", [new Key.Event("aws.imagebuilder")], Read,
        "https://docs.aws.amazon.com/imagebuilder/latest/userguide/integ-eventbridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var type = envelope.DetailType?.ToLowerInvariant() ?? "";
        if (type.Contains("cve", StringComparison.Ordinal)) return Found(envelope, detail);
        if (type.Contains("waiting", StringComparison.Ordinal)) return Waits(envelope, detail);
        if (type.Contains("pipeline", StringComparison.Ordinal)) return Disabled(envelope, detail);
        if (!type.Contains("image state", StringComparison.Ordinal)) return AsItCame.Told(envelope, "imagebuilder");

        if ((detail["state"u8]["status"u8].Words ?? detail["state"u8].Words) is not { } state)
            return Statement.Lacks(envelope, "detail.state.status", "a state");
        var (severity, status, phrase) = Phrase.Of(state) switch
        {
            "failed" => (Severity.Error, Status.Raised, "could not be built"),
            "cancelled" or "canceled" => (Severity.Warning, Status.Raised, "was cancelled"),
            "available" => (Severity.Info, Status.Cleared, "is available"),
            "deprecated" or "deleted" or "disabled" => (Severity.Info, Status.Cleared, $"was {Phrase.Of(state)}"),
            "pending" => (Severity.Info, Status.Ongoing, "waits to be built"),
            "building" or "creating" => (Severity.Info, Status.Ongoing, "is being built"),
            "testing" => (Severity.Info, Status.Ongoing, "is being tested"),
            "distributing" => (Severity.Info, Status.Ongoing, "is being distributed"),
            var other => (Severity.Info, Status.Ongoing, $"is {Cut.Line(other, 24)}"),
        };
        return Statement.Told(Tell(envelope, "image", (severity, status), $"Image {NameOf(envelope)} {phrase}") with
        {
            Summary = Phrase.Sentence(detail["state"u8]["reason"u8].Words),
            Facts = Known.Facts(("Before", Phrase.Of(detail["previous-state"u8]["status"u8]))),
        });
    }

    private static Parsed.Told Found(Envelope envelope, Json detail)
    {
        var counts = detail["finding-severity-counts"u8];
        var (severity, worst) = counts["critical"u8].Number > 0 ? (Severity.Critical, $"{counts["critical"u8].Scalar} critical")
            : counts["high"u8].Number > 0 ? (Severity.Error, $"{counts["high"u8].Scalar} high")
            : counts["medium"u8].Number > 0 ? (Severity.Warning, $"{counts["medium"u8].Scalar} medium")
            : (Severity.Info, $"{counts["all"u8].Scalar ?? "some"} small");
        var title = $"Image {NameOf(envelope)} has {worst} {(worst[..2] is "1 " ? "vulnerability" : "vulnerabilities")}";
        return Statement.Told(Tell(envelope, "vulnerabilities", (severity, Status.Stated), title) with
        {
            Facts = Known.Facts(
                ("Findings", Phrase.Counts((counts["critical"u8], "critical"), (counts["high"u8], "high"), (counts["medium"u8], "medium"))),
                ("All", counts["all"u8].Scalar),
                ("Found on", Phrase.Name(detail["resource-id"u8].Words))),
        });
    }

    private static Parsed.Told Waits(Envelope envelope, Json detail) => Statement.Told(
        Tell(envelope, "workflow-step", (Severity.Warning, Status.Stated), $"Image {NameOf(envelope)} waits for somebody to go on") with
        {
            Facts = Known.Facts(
                ("Step", detail["workflow-step-name"u8].Words ?? detail["workflow-step-execution-id"u8].Words),
                ("Workflow", detail["workflow-execution-id"u8].Words)),
        });

    private static Parsed.Told Disabled(Envelope envelope, Json detail)
    {
        var failures = detail["consecutive-failures"u8].Scalar ?? detail["consecutiveFailures"u8].Scalar;
        var notice = Tell(envelope, "pipeline", (Severity.Warning, Status.Stated), $"Image pipeline {NameOf(envelope)} was switched off");
        return Statement.Told(notice with
        {
            Summary = Phrase.Sentence(detail["reason"u8].Words) ?? "It failed too often in a row.",
            Facts = Known.Facts(("Failures in a row", failures)),
        });
    }

    private static Notice Tell(Envelope envelope, string kind, (Severity, Status) standing, string title)
    {
        var arn = Statement.Resource(envelope);
        return Statement.Of(envelope, "imagebuilder", kind, standing, title) with
        {
            Subject = arn is null ? null : NameOf(envelope),
            Arn = arn,
            Thread = arn is null ? null : $"imagebuilder/{arn}",
            Links = Known.Links(ConsolePage.Link("Open Image Builder", envelope.Region, "imagebuilder/home", kind is "pipeline" ? "/pipelines" : "/images")),
        };
    }

    /// <summary>"base-ami 1.0.3/1" of "…:image/base-ami/1.0.3/1".</summary>
    private static string NameOf(Envelope envelope)
    {
        var name = AsItCameFacts.NameOf(Statement.Resource(envelope)) ?? "of unknown name";
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return Phrase.Short(slash < 0 ? name : $"{name[..slash]} {name[(slash + 1)..]}");
    }
}
