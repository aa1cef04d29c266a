namespace Signalbox;

/// <summary>Readiness checks of the recovery controller: whether a recovery group, a cell or a check is ready to take over.</summary>
/// <remarks>
/// Severity: ready info and cleared; anything else warning and raised, for nothing is broken but a failover would be. A state that did not change is quiet.
/// Errors: garbled without the new state.
/// </remarks>
internal static class RecoveryReadiness
{
    public static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["new-state"u8]["readiness-status"u8].Words is not { } state)
            return Statement.Lacks(envelope, "detail.new-state.readiness-status", "the state of readiness");
        var before = detail["previous-state"u8]["readiness-status"u8].Words;
        if (state == before) return new Parsed.Quiet($"it was {Phrase.Of(state)} before and is still");

        var arn = Statement.Resource(envelope);
        var (kind, thing, named) = detail switch
        {
            _ when detail["recovery-group-name"u8].Words is { } group => ("recovery-group", "Recovery group", group),
            _ when detail["cell-name"u8].Words is { } cell => ("cell", "Cell", cell),
            _ when detail["readiness-check-name"u8].Words is { } check => ("readiness-check", "Readiness check", check),
            _ => ("readiness", "Readiness of", Phrase.Name(arn)),
        };
        var isReady = state is "READY";
        var phrase = state switch
        {
            "READY" => "is ready to fail over",
            "NOT_READY" => "is not ready to fail over",
            "NOT_AUTHORIZED" => "cannot be checked: no permission",
            _ => $"is {Phrase.Of(state, 20)}",
        };
        return Statement.Told(Statement.Of(envelope, "arc", kind,
            isReady ? (Severity.Info, Status.Cleared) : (Severity.Warning, Status.Raised), $"{thing} {Phrase.Short(named ?? "of unknown name")} {phrase}") with
        {
            Subject = named,
            Arn = arn,
            Thread = $"arc/{arn}",
            Facts = Known.Facts(("Before", Phrase.Of(before))),
            Links = Known.Links(RecoveryController.Page(envelope.Region)),
        });
    }
}
