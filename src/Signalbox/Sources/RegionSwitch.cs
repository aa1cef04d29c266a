namespace Signalbox;

/// <summary>Region switch of the recovery controller: plans that move an application to another Region, their steps, and warnings about plans.</summary>
/// <remarks>
/// Severity by the last word of <c>eventType</c>: failed error, cancelled, paused and the start of an execution warning (an application is moving), else
/// info. Status: failed raised, completed and its kin cleared, else under way; one thread for each execution, one for the warnings about a plan.
/// Errors: garbled with neither an event type nor a warning.
/// </remarks>
internal static class RegionSwitch
{
    public static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var arn = Statement.Resource(envelope);
        var plan = Phrase.Name(arn) ?? "of unknown name";
        if (detail["metadata"u8]["warning"u8].Words is { } warning)
        {
            var title = $"Region switch plan {Phrase.Short(plan)} has a warning";
            return Statement.Told(Statement.Of(envelope, "arc", "plan-warning", (Severity.Warning, Status.Raised), title) with
            {
                Summary = Phrase.Sentence(warning),
                Subject = plan,
                Arn = arn,
                Thread = $"arc/{arn}/evaluation",
                Links = Known.Links(RecoveryController.Page(envelope.Region)),
            });
        }
        if (detail["eventType"u8].Words is not { } type) return Statement.Lacks(envelope, "detail.eventType", "what happened to the plan");

        var step = detail["stepDetails"u8]["stepName"u8].Words;
        var isStep = step is not null || type.StartsWith("Step", StringComparison.Ordinal);
        var words = Phrase.Of(type);
        var (severity, status) = words[(words.LastIndexOf(' ') + 1)..] switch
        {
            "failed" => (Severity.Error, Status.Raised),
            "cancelled" or "canceled" => (Severity.Warning, isStep ? Status.Ongoing : Status.Cleared),
            "paused" => (Severity.Warning, Status.Ongoing),
            "completed" or "succeeded" or "finished" => (Severity.Info, isStep ? Status.Ongoing : Status.Cleared),
            _ => (isStep ? Severity.Info : Severity.Warning, Status.Ongoing),
        };
        var what = isStep ? $"step {Cut.Line(step ?? "of unknown name", 28)} {words.Replace("step ", "", StringComparison.Ordinal)}" : words;
        return Statement.Told(Statement.Of(envelope, "arc", isStep ? "plan-step" : "plan-execution", (severity, status),
            $"Region switch {Cut.Line(plan, 26)}: {what}") with
        {
            Summary = Phrase.Sentence(Phrase.Capital(detail["executionAction"u8].Words)),
            Subject = plan,
            Arn = arn,
            Thread = $"arc/{arn}/{detail["executionId"u8].Words}",
            Facts = Known.Facts(
                ("Step", step),
                ("Resources", Phrase.List(detail["stepDetails"u8]["resource"u8], 3, resource => Phrase.Name(resource.Words))),
                ("Execution", detail["executionId"u8].Words)),
            Links = Known.Links(RecoveryController.Page(envelope.Region)),
        });
    }
}
