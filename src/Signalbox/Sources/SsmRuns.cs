namespace Signalbox;

/// <summary>What Systems Manager runs: automations and their steps, commands, associations.</summary>
internal static class SsmRuns
{
    public static Parsed Automation(Envelope envelope, Json detail)
    {
        if (detail["Status"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.Status", "a status");
        var (severity, status, phrase) = Ssm.Run(state);
        var name = detail["Definition"u8].Words;
        var id = detail["ExecutionId"u8].Words;
        var by = Phrase.Who(detail["ExecutedBy"u8].Words);
        var title = $"Automation {Phrase.Short(name ?? "of unknown name")} {phrase}";
        return Statement.Told(Statement.Of(envelope, "ssm", "automation", (severity, status), title) with
        {
            Summary = detail["FailureMessage"u8].Words,
            Subject = name,
            Arn = Statement.Resource(envelope),
            Actor = by,
            Thread = $"ssm/automation/{id}",
            Facts = Known.Facts(
                ("Took", TookOf(detail)),
                ("Version", detail["DefinitionVersion"u8].Number is { } version ? Quantity.Of(version) : detail["DefinitionVersion"u8].Words),
                ("Execution", id)),
            Links = Known.Links(Ssm.Page("Open the execution", envelope.Region, "automation/execution", id)),
        });
    }

    /// <summary>A step belongs to its automation's conversation: only a failure raises it, nothing of it ends it.</summary>
    public static Parsed Step(Envelope envelope, Json detail)
    {
        if (detail["Status"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.Status", "a status");
        var (severity, status, phrase) = Ssm.Run(state);
        var automation = detail["Definition"u8].Words;
        var step = detail["StepName"u8].Words;
        var id = detail["ExecutionId"u8].Words;
        var title = $"Step {Phrase.Short(step ?? "of unknown name")} of automation {Cut.Line(automation ?? "of unknown name", 30)} {phrase}";
        return Statement.Told(Statement.Of(envelope, "ssm", "automation-step", (severity, status is Status.Cleared ? Status.Ongoing : status), title) with
        {
            Summary = detail["FailureMessage"u8].Words,
            Subject = automation,
            Arn = Statement.Resource(envelope),
            Thread = $"ssm/automation/{id}",
            Part = new(step ?? "a step", status),
            Facts = Known.Facts(
                ("Action", detail["Action"u8].Words),
                ("Took", TookOf(detail)),
                ("Execution", id)),
            Links = Known.Links(Ssm.Page("Open the execution", envelope.Region, "automation/execution", id)),
        });
    }

    public static Parsed Command(Envelope envelope, Json detail)
    {
        if (detail["status"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.status", "a status");
        var (severity, status, phrase) = Ssm.Run(state);
        var instance = detail["instance-id"u8].Words ?? detail["instanceId"u8].Words;
        var name = detail["document-name"u8].Words ?? detail["documentName"u8].Words;
        var id = detail["command-id"u8].Words ?? detail["commandId"u8].Words;
        var document = Phrase.Short(Arn.Read(name)?.Name ?? name ?? "of unknown name");
        var title = $"Command {document}{(instance is null ? "" : $" on {instance}")} {phrase}";
        var standing = (severity, instance is not null && status is Status.Cleared ? Status.Ongoing : status);
        return Statement.Told(Statement.Of(envelope, "ssm", instance is null ? "command" : "command-invocation", standing, title) with
        {
            Subject = instance ?? name,
            At = Instants.Read(detail["eventTime"u8]) ?? envelope.At,
            Thread = $"ssm/command/{id}",
            Part = instance is null ? null : new(instance, status),
            Facts = Known.Facts(
                ("Document", document == name ? null : name),
                ("Instances", Phrase.List(detail["instanceIds"u8])),
                ("Asked for", Phrase.At(Instants.Read(detail["requested-date-time"u8]) ?? Instants.Read(detail["requestedDateTime"u8]))),
                ("Given up at", status is Status.Ongoing ? Phrase.At(Instants.Read(detail["expire-after"u8])) : null),
                ("Command id", id)),
            Links = Known.Links(instance is null || id is null
                ? Ssm.Page("Open the command", envelope.Region, "run-command", id)
                : Ssm.Page("Open the output", envelope.Region, $"run-command/{ConsolePage.Escape(id)}", instance)),
        });
    }

    public static Parsed Association(Envelope envelope, Json detail)
    {
        if (detail["status"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.status", "a status");
        var (severity, status, phrase) = Ssm.Run(state);
        var instance = detail["instance-id"u8].Words;
        var name = detail["association-name"u8].Words ?? detail["document-name"u8].Words;
        var id = detail["association-id"u8].Words;
        var isBad = severity > Severity.Info;
        return Statement.Told(Statement.Of(envelope, "ssm", instance is null ? "association" : "instance-association", (severity, status),
            $"Association {Phrase.Short(name ?? "of unknown name")}{(instance is null ? "" : $" on {instance}")} {phrase}") with
        {
            Summary = isBad ? detail["execution-summary"u8].Words : null,
            Subject = instance ?? name,
            Thread = instance is null ? $"ssm/association/{id}" : $"ssm/association/{id}/{instance}",
            Facts = Known.Facts(
                ("Error", isBad ? detail["error-code"u8].Words : null),
                ("Detail", detail["detailed-status"u8].Words is { } more && more != state ? Phrase.Of(more) : null),
                ("Results", ResultsOf(detail["association-status-aggregated-count"u8])),
                ("Last run", Phrase.At(Instants.Read(detail["last-execution-date"u8]))),
                ("Last success", isBad ? Phrase.At(Instants.Read(detail["last-successful-execution-date"u8])) : null),
                ("Schedule", detail["schedule-expression"u8].Words),
                ("Association id", id)),
            Links = Known.Links(Ssm.Page("Open the association", envelope.Region, "state-manager", id, "/description")),
        });
    }

    private static string? TookOf(Json detail) => detail["Time"u8].Number is { } ms ? Quantity.Of(ms, "ms")
        : Phrase.Exactly(Instants.Read(detail["StartTime"u8]), Instants.Read(detail["EndTime"u8]));

    /// <summary>JSON in a text: <c>{"Success":3,"Failed":1}</c>.</summary>
    private static string? ResultsOf(Json counts)
    {
        if (!counts.IsText || Json.Parse(counts.TextBytes()) is not { Expected: null, Value: { IsObject: true } read }) return null;
        var results = new List<string>();
        foreach (var (state, count) in read.Members) results.Add($"{count.Scalar} {Phrase.Of(state.Text!)}");
        return string.Join(", ", results);
    }
}
