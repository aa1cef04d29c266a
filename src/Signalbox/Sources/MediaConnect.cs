namespace Signalbox;

/// <summary>MediaConnect: flows, their sources and outputs, and alerts.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.mediaconnect. Severity: an alert, a flow in error and a source or an output that lost its connection are errors,
/// other indicators that are bad and maintenance ahead are warnings, the rest is info. Status: an alert is raised while <c>alerted</c> is true; a flow's state
/// and each kind of health have a conversation of their own. Errors: none; an event without any of these is told by its fields.
/// </remarks>
public static class MediaConnect
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("mediaconnect", [new Key.Event("aws.mediaconnect")], Read,
        "https://docs.aws.amazon.com/mediaconnect/latest/ug/monitoring-with-cloudwatch-events.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var type = envelope.DetailType?.ToLowerInvariant() ?? "";
        if (detail["alerted"u8].Exists) return Alert(envelope, detail);
        if (detail["current"u8].IsObject) return Health(envelope, detail["current"u8], detail["previous"u8]);
        if (detail["currentStatus"u8].Words is { } state) return State(envelope, state, type);
        if (type.Contains("maintenance", StringComparison.Ordinal)) return Maintenance(envelope, detail);
        return AsItCame.Told(envelope, "mediaconnect");
    }

    private static Parsed.Told Alert(Envelope envelope, Json detail)
    {
        var isOver = detail["alerted"u8].Kind is JsonKind.False;
        var what = Phrase.Of(detail["error-code"u8]) ?? "an alert";
        var standing = isOver ? (Severity.Info, Status.Cleared) : (Severity.Error, Status.Raised);
        return Tell(envelope, "alert", standing, $"Flow {NameOf(envelope)}: {Cut.Line(what, 36)}{(isOver ? " is over" : "")}",
            detail["error-id"u8].Scalar ?? what, Phrase.Sentence(detail["error-message"u8].Words));
    }

    private static Parsed.Told State(Envelope envelope, string state, string type)
    {
        var isOutput = type.Contains("output", StringComparison.Ordinal);
        var (standing, phrase) = Phrase.Of(state) switch
        {
            "error" => ((Severity.Error, Status.Raised), "is in error"),
            "active" => ((Severity.Info, Status.Cleared), "is active"),
            "standby" => ((Severity.Info, Status.Cleared), "is on standby"),
            "enabled" or "disabled" => ((Severity.Info, Status.Cleared), $"is {Phrase.Of(state)}"),
            var other => ((Severity.Info, Status.Ongoing), $"is {Cut.Line(other, 24)}"),
        };
        var thing = isOutput ? $"Output {NameOf(envelope, 1)}" : $"Flow {NameOf(envelope)}";
        return Tell(envelope, isOutput ? "output" : "flow", standing, $"{thing} {phrase}", null, null,
            ("Before", Phrase.Of(envelope.Body["previousStatus"u8])));
    }

    /// <summary>Indicators by name, each now and before: the worst is in the title.</summary>
    private static Parsed.Told Health(Envelope envelope, Json current, Json previous)
    {
        var type = envelope.DetailType?.ToLowerInvariant() ?? "";
        var (kind, thing) = type.Contains("source", StringComparison.Ordinal) ? ("source-health", $"Source of {NameOf(envelope)}")
            : type.Contains("output", StringComparison.Ordinal) ? ("output-health", $"Output {NameOf(envelope, 1)}")
            : type.Contains("quality", StringComparison.Ordinal) ? ("content-quality", $"Content of {NameOf(envelope)}")
            : ("flow-health", $"Flow {NameOf(envelope)}");
        var said = new List<string>();
        var worst = Severity.Info;
        string? told = null;
        foreach (var (name, value) in current.Members)
        {
            if ((value.Scalar ?? value["state"u8].Scalar) is not { } now) continue;
            var words = name.Text is "state" ? Phrase.Of(now) : $"{Phrase.Of(name.Text)} {Phrase.Of(now)}";
            said.Add(words);
            var severity = Phrase.Of(now) switch
            {
                "disconnected" or "not recovered" or "lost" or "error" or "unhealthy" or "missing" => Severity.Error,
                "not merged" or "unbalanced" or "degraded" or "detected" or "true" => Severity.Warning,
                _ => Severity.Info,
            };
            if (told is null || severity > worst) (worst, told) = (severity, name.Text is "state" ? $" is {words}" : $": {words}");
        }
        if (told is null) return AsItCame.Told(envelope, "mediaconnect");
        var standing = worst > Severity.Info ? (worst, Status.Raised) : (Severity.Info, Status.Cleared);
        return Tell(envelope, kind, standing, $"{thing}{told}", kind, null,
            ("Now", said.Count > 1 ? Phrase.List(said) : null),
            ("Before", Phrase.Of(previous["state"u8])));
    }

    private static Parsed.Told Maintenance(Envelope envelope, Json detail)
    {
        var phase = Phrase.Of(detail["type"u8] is { Words: { } } said ? said : detail["maintenance-status"u8]) ?? "planned";
        var at = Instants.Read(detail["maintenanceScheduledDate"u8]) ?? Instants.Read(detail["scheduledDate"u8]);
        var standing = phase is "completed" or "cancelled" ? (Severity.Info, Status.Cleared) : (Severity.Warning, Status.Ongoing);
        return Tell(envelope, "maintenance", standing, $"Maintenance of flow {NameOf(envelope)}: {Cut.Line(phase, 24)}", "maintenance",
            Phrase.Sentence(detail["message"u8].Words), ("Planned for", Phrase.At(at)));
    }

    private static Parsed.Told Tell(Envelope envelope, string kind, (Severity, Status) standing, string title, string? about, string? summary,
        params ReadOnlySpan<(string, string?)> facts)
    {
        var arn = Statement.Resource(envelope, kind.StartsWith("output", StringComparison.Ordinal) ? 1 : 0) ?? Statement.Resource(envelope);
        return Statement.Told(Statement.Of(envelope, "mediaconnect", kind, standing, title) with
        {
            Summary = Phrase.Beyond(title, summary),
            Subject = Phrase.Name(arn),
            Arn = arn,
            Thread = arn is null ? null : $"mediaconnect/{arn}{(about is null ? "" : $"/{about}")}",
            Facts = Known.Facts(facts),
            Links = Known.Links(Statement.Resource(envelope) is { } flow
                ? ConsolePage.Link("Open the flow", envelope.Region, "mediaconnect/home", "/flows/", flow)
                : ConsolePage.Link("Open MediaConnect", envelope.Region, "mediaconnect/home")),
        });
    }

    private static string NameOf(Envelope envelope, int place = 0) =>
        Phrase.Short(Phrase.Name(Statement.Resource(envelope, place) ?? Statement.Resource(envelope)) ?? "(unnamed)");
}
