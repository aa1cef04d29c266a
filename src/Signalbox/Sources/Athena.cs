namespace Signalbox;

/// <summary>Queries of Athena.</summary>
/// <remarks>Severity: FAILED is an error, CANCELLED a warning, all other states are info. The text of a query is never in the event.</remarks>
public static class Athena
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("athena", [new Key.Event("aws.athena")], Read,
        "https://docs.aws.amazon.com/athena/latest/ug/athena-events.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["currentState"u8].Words is not { } state) return Statement.Lacks(envelope, "detail.currentState", "a state");
        var workgroup = detail["workgroupName"u8].Words;
        var id = detail["queryExecutionId"u8].Words;
        var type = detail["statementType"u8].Words;
        var (severity, status, phrase) = state switch
        {
            "FAILED" => (Severity.Error, Status.Raised, "failed"),
            "CANCELLED" => (Severity.Warning, Status.Raised, "was cancelled"),
            "SUCCEEDED" => (Severity.Info, Status.Cleared, "succeeded"),
            "QUEUED" => (Severity.Info, Status.Ongoing, "is queued"),
            "RUNNING" => (Severity.Info, Status.Ongoing, "is running"),
            _ => (Severity.Info, Status.Stated, $"is {Phrase.Of(state)}"),
        };
        var title = $"Query{(workgroup is null ? "" : $" in workgroup {Phrase.Short(workgroup)}")} {phrase}";
        var error = detail["athenaError"u8];
        return Statement.Told(Statement.Of(envelope, "athena", "query", (severity, status), title) with
        {
            Summary = error["errorMessage"u8].Words,
            Subject = id ?? workgroup,
            Thread = id is null ? null : $"athena/{id}",
            Facts = Known.Facts(
                ("Workgroup", workgroup),
                ("Statement", type),
                ("Whose error", error["errorCategory"u8].Number switch { 1 => "Athena's", 2 => "the query's", 3 => "another service's", _ => null }),
                ("Worth a retry", error["retryable"u8].Scalar is { } retry ? retry is "true" ? "yes" : "no" : null),
                ("Query id", id)),
            Links = Known.Links(id is null ? ConsolePage.Link("Open Athena", envelope.Region, "athena/home", "/query-editor/history")
                : ConsolePage.Link("Open the query", envelope.Region, "athena/home", "/query-editor/history/", id)),
        });
    }
}
