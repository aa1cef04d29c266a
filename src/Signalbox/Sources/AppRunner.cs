namespace Signalbox;

/// <summary>App Runner services: their status, and what is done to them.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.apprunner. Severity: their own (INFO, WARN, ERROR), raised to error for statuses that end in FAILED
/// or Failed. Status: *Failed raises; RUNNING and *CompletedSuccessfully clear; the rest is under way. One conversation for each service.
/// Errors: garbled without a status.
/// </remarks>
public static class AppRunner
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("apprunner", [new Key.Event("aws.apprunner")], Read,
        "https://docs.aws.amazon.com/apprunner/latest/dg/monitor-ev.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var operation = detail.Cased("operationStatus"u8).Words ?? detail.Cased("status"u8).Words;
        if ((detail.Cased("currentStatus"u8).Words ?? detail.Cased("currentServiceStatus"u8).Words ?? operation) is not { } state)
            return Statement.Lacks(envelope, "detail", "CurrentStatus or Status");

        var arn = envelope.ArnOf("service/");
        var name = detail.Cased("serviceName"u8).Words ?? (Arn.Read(arn)?.Resource.Split('/') is [_, var middle, ..] ? middle : null) ?? "of unknown name";
        var failed = state.EndsWith("FAILED", StringComparison.OrdinalIgnoreCase);
        var own = detail.Cased("severity"u8).Words is { } word ? StateWords.SeverityOf(word) ?? Severity.Info : Severity.Info;
        var severity = failed ? Severity.Error : own;
        var status = failed || own >= Severity.Error ? Status.Raised
            : state is "RUNNING" || state.EndsWith("CompletedSuccessfully", StringComparison.OrdinalIgnoreCase) ? Status.Cleared
            : state is "PAUSED" or "DELETED" ? Status.Cleared : Status.Ongoing;
        return new Parsed.Told([
            new()
            {
                Source = "apprunner",
                Kind = operation == state ? "operation" : "service",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"{Cut.Line(name, 36)}: {PhraseOf(state)}", 80),
                Summary = Phrase.Sentence(detail.Cased("message"u8).Words),
                Subject = name,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"apprunner/{detail.Cased("serviceId"u8).Words ?? name}",
                Facts = Known.Facts(("Before", Phrase.Of(detail.Cased("previousStatus"u8)))),
                Links = Known.Links(arn is null ? ConsolePage.Link("Open App Runner", envelope.Region, "apprunner/home", "/services")
                    : ConsolePage.Link("Open the service", envelope.Region, "apprunner/home", "/services/dashboard?service_arn=", arn)),
            },
        ]);
    }

    private static string PhraseOf(string state) => state switch
    {
        "RUNNING" => "the service is running",
        "OPERATION_IN_PROGRESS" => "an operation is under way",
        "PAUSED" => "the service is paused",
        "DELETED" => "the service was deleted",
        "CREATE_FAILED" => "the service could not be created",
        "DELETE_FAILED" => "the service could not be deleted",
        _ => Phrase.Of(state, 50),
    };
}
