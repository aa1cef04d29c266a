namespace Signalbox;

/// <summary>Parameters: changed, or about to expire.</summary>
internal static class SsmParameters
{
    public static Parsed Changed(Envelope envelope, Json detail)
    {
        if (detail["operation"u8].Words is not { } operation) return Statement.Lacks(envelope, "detail.operation", "what was done");
        var name = detail["name"u8].Words;
        var fault = detail["exception"u8].Words;
        var phrase = operation switch
        {
            "Create" => "was created",
            "Update" => "was changed",
            "Delete" => "was deleted",
            "LabelParameterVersion" => "has another label",
            _ => $"({Phrase.Of(operation)})",
        };
        var severity = fault is not null || operation is "Delete" ? Severity.Warning : Severity.Info;
        var title = $"Parameter {Phrase.Short(name ?? "of unknown name")} {phrase}";
        return Statement.Told(Statement.Of(envelope, "ssm", "parameter", (severity, Status.Stated), title) with
        {
            Summary = fault,
            Subject = name,
            Arn = Statement.Resource(envelope),
            Facts = Known.Facts(
                ("Type", detail["type"u8].Words),
                ("Value kind", detail["dataType"u8].Words is var kind and not "text" ? kind : null),
                ("Description", detail["description"u8].Words)),
            Links = PageOf(name, envelope.Region),
        });
    }

    public static Parsed Policy(Envelope envelope, Json detail)
    {
        var name = detail["parameter-name"u8].Words ?? detail["name"u8].Words;
        var failed = string.Equals(detail["action-status"u8].Words, "FAILED", StringComparison.OrdinalIgnoreCase);
        var (severity, phrase) = detail["policy-type"u8].Words switch
        {
            "Expiration" when failed => (Severity.Error, "expired but could not be deleted"),
            "Expiration" => (Severity.Error, "expired and was deleted"),
            "ExpirationNotification" => (Severity.Warning, "expires soon"),
            "NoChangeNotification" => (Severity.Warning, "has not changed for long"),
            var other => (Severity.Warning, other is null ? "met one of its policies" : $"met its policy {Phrase.Of(other)}"),
        };
        var title = $"Parameter {Phrase.Short(name ?? "of unknown name")} {phrase}";
        return Statement.Told(Statement.Of(envelope, "ssm", "parameter-policy", (severity, Status.Stated), title) with
        {
            Summary = detail["action-reason"u8].Words,
            Subject = name,
            Arn = Statement.Resource(envelope),
            Facts = Known.Facts(("Type", detail["parameter-type"u8].Words)),
            Links = PageOf(name, envelope.Region),
        });
    }

    private static ValueList<Link> PageOf(string? name, string? region) => Known.Links(name is null ? null
        : ConsolePage.Link("Open the parameter", region, $"systems-manager/parameters/{ConsolePage.Escape(ConsolePage.Escape(name))}/description"));
}
