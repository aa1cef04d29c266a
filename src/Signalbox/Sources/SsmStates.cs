namespace Signalbox;

/// <summary>What Systems Manager knows of machines and calendars: compliance, inventory, when changes are allowed.</summary>
internal static class SsmStates
{
    public static Parsed Compliance(Envelope envelope, Json detail)
    {
        if (detail["compliance-status"u8].Words is not { } state)
            return Statement.Lacks(envelope, "detail.compliance-status", "compliant or non_compliant");
        var isCompliant = string.Equals(state, "compliant", StringComparison.OrdinalIgnoreCase);
        var id = detail["resource-id"u8].Words;
        var type = detail["compliance-type"u8].Words;
        var own = detail["severity"u8].Words;
        var severity = isCompliant ? Severity.Info : own?.ToLowerInvariant() switch
        {
            "critical" => Severity.Critical,
            "high" or "important" => Severity.Error,
            "low" or "informational" => Severity.Info,
            _ => Severity.Warning,
        };
        var arn = Statement.Resource(envelope);
        var what = type is null ? "" : $" with its {(type.StartsWith("Custom:", StringComparison.Ordinal) ? type["Custom:".Length..] : Phrase.Of(type))} rules";
        return Statement.Told(Statement.Of(envelope, "ssm", "compliance", (severity, isCompliant ? Status.Cleared : Status.Raised),
            $"{Phrase.Short(id ?? "A machine")} {(isCompliant ? "complies" : "does not comply")}{what}") with
        {
            Subject = id,
            Arn = arn,
            Thread = $"ssm/compliance/{id}/{type}",
            Facts = Known.Facts(
                ("Severity", own is null || isCompliant ? null : Phrase.Of(own)),
                ("Patch baseline", detail["patch-baseline-id"u8].Words),
                ("Checked at", Phrase.At(Instants.Read(detail["last-runtime"u8])))),
            Links = Known.Links(Ssm.Page("Open the machine", envelope.Region, "managed-instances", id, "/configuration-compliance")),
        });
    }

    public static Parsed Inventory(Envelope envelope, Json detail)
    {
        var action = detail["action"u8].Words ?? "change";
        var type = detail["type-name"u8].Words;
        var id = detail["resource-id"u8].Words;
        var (severity, status, phrase) = Ssm.Run(detail["action-status"u8].Words ?? "unknown");
        var what = action switch
        {
            "delete" => "Deletion",
            "delete-summary" => "Deletion everywhere",
            _ => Phrase.Capital(Phrase.Of(action)),
        };
        return Statement.Told(Statement.Of(envelope, "ssm", "inventory", (severity, status is Status.Ongoing ? status : Status.Stated),
            $"{what} of inventory {Phrase.Short(type ?? "of unknown type")}{(id is null ? "" : $" of {id}")} {phrase}") with
        {
            Summary = detail["action-reason"u8].Words,
            Subject = id ?? type,
            Arn = Statement.Resource(envelope),
            Links = Known.Links(ConsolePage.Link("Open the inventory", envelope.Region, "systems-manager/inventory")),
        });
    }

    public static Parsed Calendar(Envelope envelope, Json detail)
    {
        if (detail["state"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.state", "OPEN or CLOSED");
        var arn = Statement.Resource(envelope);
        var name = Arn.Read(arn)?.Name;
        var until = Phrase.At(Instants.Read(detail["nextTransitionTime"u8]));
        var title = $"Change calendar {Phrase.Short(name ?? "of unknown name")} is {Phrase.Of(state)}";
        return Statement.Told(Statement.Of(envelope, "ssm", "calendar", (Severity.Info, Status.Stated), title) with
        {
            Summary = state is "CLOSED" ? "Changes that honour it wait until it opens." : null,
            Subject = name,
            Arn = arn,
            Facts = Known.Facts((state is "CLOSED" ? "Opens" : "Closes", until), ("Since", Phrase.At(Instants.Read(detail["atTime"u8])))),
            Links = Known.Links(ConsolePage.Link("Open the calendars", envelope.Region, "systems-manager/change-calendar")),
        });
    }
}
