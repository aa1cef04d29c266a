namespace Signalbox;

/// <summary>OpsItems and change requests.</summary>
internal static class SsmOps
{
    public static Parsed Item(Envelope envelope, Json detail)
    {
        var id = detail["ops-item-id"u8].Words ?? Arn.Read(Statement.Resource(envelope))?.Name;
        var name = detail["title"u8].Words;
        if (id is null && name is null) return Statement.Lacks(envelope, "detail.ops-item-id", "an OpsItem");
        var isNew = envelope.DetailType?.EndsWith("Create", StringComparison.OrdinalIgnoreCase) is true;
        var state = detail["status"u8].Words;
        var (status, phrase) = state?.Replace(" ", "", StringComparison.Ordinal) switch
        {
            "Resolved" or "Closed" => (Status.Cleared, Phrase.Of(state)),
            "Open" or null => (Status.Raised, isNew ? "opened" : "open, changed"),
            var other => (Status.Ongoing, Phrase.Of(other)),
        };
        var severity = detail["severity"u8].Scalar switch
        {
            _ when status is Status.Cleared => Severity.Info,
            "1" => Severity.Critical,
            "2" => Severity.Error,
            "4" => Severity.Info,
            _ => Severity.Warning,
        };
        var arn = Statement.Resource(envelope);
        var by = Phrase.Who(detail["modified-by"u8].Words ?? detail["created-by"u8].Words);
        return Statement.Told(Statement.Of(envelope, "ssm", "ops-item", (severity, status), $"OpsItem {phrase}: {name ?? id}") with
        {
            Summary = detail["description"u8].Words,
            Subject = id ?? name,
            Arn = arn,
            Account = Arn.AccountOf(arn) ?? envelope.Account,
            Actor = by,
            Thread = $"ssm/ops-item/{id}",
            Facts = Known.Facts(
                ("From", detail["source"u8].Words),
                ("Severity", detail["severity"u8].Scalar),
                ("Category", detail["category"u8].Words),
                ("Id", id)),
            Links = Known.Links(Ssm.Page("Open the OpsItem", envelope.Region, "opsitems", id)),
        });
    }

    public static Parsed ChangeRequest(Envelope envelope, Json detail)
    {
        if (detail["ops-item-status"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.ops-item-status", "a status");
        var (severity, status, phrase) = Ssm.Run(state);
        var id = detail["change-request-id"u8].Words;
        var name = detail["change-request-title"u8].Words ?? id;
        var by = Phrase.Who(detail["ops-item-modified-by"u8].Words ?? detail["ops-item-created-by"u8].Words);
        var title = $"Change request {Cut.Line(name ?? "of unknown title", 44)} {phrase}";
        return Statement.Told(Statement.Of(envelope, "ssm", "change-request", (severity, status), title) with
        {
            Subject = name,
            Actor = by,
            Thread = $"ssm/change-request/{id}",
            Facts = Known.Facts(
                ("Runbook", Arn.Read(detail["runbook-document-arn"u8].Words)?.Name),
                ("Template", detail["change-template-document-name"u8].Words),
                ("Asked for by", Phrase.Who(detail["ops-item-created-by"u8].Words)),
                ("Approvers", ApproversOf(detail["approvers"u8])),
                ("OpsItem", detail["ops-item-id"u8].Words)),
            Links = Known.Links(Ssm.Page("Open the change request", envelope.Region, "change-manager/request", id)),
        });
    }

    private static string? ApproversOf(Json approvers)
    {
        var names = new List<string>();
        foreach (var approver in approvers.Items)
        {
            if (names.Count < 3 && Phrase.Who(approver.Words) is { } name) names.Add(name);
        }
        return names.Count == 0 ? null : string.Join(", ", names);
    }
}
