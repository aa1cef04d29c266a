namespace Signalbox;

/// <summary>Stack sets, their operations and their stack instances.</summary>
internal static class CloudFormationStackSet
{
    public static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var details = detail["status-details"u8];
        if (details["status"u8].Words is not { } word)
            return new Parsed.Garbled(new("detail.status-details.status", "a status", Cut.Line(detail.ToString(), 60)));

        var arn = detail["stack-set-arn"u8].Words;
        var stackId = detail["stack-id"u8].Words;
        var operation = detail["stack-set-operation-id"u8].Words;
        var name = NameOf(arn) ?? "of unknown name";
        var target = Arn.Read(stackId);
        var detailed = details["detailed-status"u8].Words;
        var (severity, status) = Standing(detailed is "FAILED" or "INOPERABLE" or "PENDING" or "RUNNING" ? detailed : word);
        var what = operation is not null ? "An operation on stack set " + name
            : target is { } place ? $"Stack set {name} in {place.Account} {place.Region}"
            : "Stack set " + name;

        return new Parsed.Told([
            new()
            {
                Source = "cloudformation",
                Kind = operation is not null ? "stack-set-operation" : stackId is not null ? "stack-instance" : "stack-set",
                Severity = severity,
                Status = status,
                Title = $"{what} {PhraseOf(word)}",
                Summary = details["status-reason"u8].Words,
                Subject = NameOf(arn),
                Arn = arn,
                Account = target?.Account ?? Arn.AccountOf(arn) ?? envelope.Account,
                Region = target?.Region ?? Arn.RegionOf(arn) ?? envelope.Region,
                At = envelope.At,
                Thread = (operation ?? stackId) is { } part ? $"cloudformation/{arn}/{part}" : $"cloudformation/{arn}",
                Facts = Known.Facts(
                    ("Stack set", NameOf(arn)),
                    ("Status", word),
                    ("Detail", detailed),
                    ("Stack", CloudFormation.NameOf(stackId)),
                    ("Operation", operation)),
                Links = Known.Links(ConsolePage.Link("Open the stack set", Arn.RegionOf(arn) ?? envelope.Region,
                    "cloudformation/home", "/stacksets/", IdOf(arn), "/info")),
            },
        ]);
    }

    private static (Severity, Status) Standing(string status) => status switch
    {
        "FAILED" or "INOPERABLE" => (Severity.Error, Status.Raised),
        "RUNNING" or "QUEUED" or "PENDING" or "STOPPING" => (Severity.Info, Status.Ongoing),
        "STOPPED" or "OUTDATED" or "CANCELLED" => (Severity.Warning, Status.Raised),
        "SUCCEEDED" or "CURRENT" or "ACTIVE" => (Severity.Info, Status.Cleared),
        _ => (Severity.Info, Status.Stated),
    };

    private static string PhraseOf(string status) => status switch
    {
        "SUCCEEDED" => "succeeded",
        "PENDING" => "is waiting",
        "CANCELLED" => "was cancelled",
        "FAILED" => "failed",
        "RUNNING" => "is running",
        "QUEUED" => "is queued",
        "STOPPING" => "is being stopped",
        "STOPPED" => "was stopped",
        "CURRENT" => "is up to date",
        "OUTDATED" => "is out of date",
        "INOPERABLE" => "is inoperable",
        "ACTIVE" => "is active",
        "DELETED" => "was deleted",
        _ => $"is now {status}",
    };

    /// <summary>Name in <c>…:stackset/NAME:UUID</c>.</summary>
    private static string? NameOf(string? arn)
    {
        var id = IdOf(arn);
        return id.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? id[..colon] : id.Length > 0 ? id : null;
    }

    private static string IdOf(string? arn) =>
        Arn.Read(arn) is { Resource: var resource } && resource.StartsWith("stackset/", StringComparison.Ordinal) ? resource["stackset/".Length..] : "";
}
