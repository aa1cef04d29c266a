namespace Signalbox;

/// <summary>Step Functions: executions of state machines.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.states. Severity: FAILED and TIMED_OUT are errors, ABORTED a warning, the rest info.
/// Status: those raise, SUCCEEDED clears, RUNNING (and PENDING_REDRIVE) is under way; one conversation for each execution.
/// Input and output of the execution are never shown: they may hold secrets. Errors: garbled without a status.
/// </remarks>
public static class StepFunctions
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("step-functions", [new Key.Event("aws.states")], Read,
        "https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["status"u8].Words is not { } state)
            return detail["executionArn"u8].Exists ? Statement.Lacks(envelope, "detail.status", "a status") : AsItCame.Told(envelope, "step-functions");

        var arn = detail["executionArn"u8].Words ?? envelope.ArnOf();
        var machine = Phrase.Name(detail["stateMachineArn"u8].Words) ?? MachineIn(arn) ?? "of unknown name";
        var name = detail["name"u8].Words ?? Phrase.Name(arn);
        var (severity, status, phrase) = state switch
        {
            "RUNNING" => (Severity.Info, Status.Ongoing, "started"),
            "PENDING_REDRIVE" => (Severity.Info, Status.Ongoing, "is to be run again"),
            "SUCCEEDED" => (Severity.Info, Status.Cleared, "succeeded"),
            "FAILED" => (Severity.Error, Status.Raised, "failed"),
            "TIMED_OUT" => (Severity.Error, Status.Raised, "timed out"),
            "ABORTED" => (Severity.Warning, Status.Raised, "was aborted"),
            _ => (Severity.Info, Status.Ongoing, $"is {Phrase.Of(state, 20)}"),
        };
        var error = detail["error"u8].Words;
        return new Parsed.Told([
            new()
            {
                Source = "step-functions",
                Kind = "execution",
                Severity = severity,
                Status = status,
                Title = Cut.Line($"State machine {Cut.Line(machine, 44)} {phrase}", 80),
                Summary = Phrase.Sentence(CauseOf(detail["cause"u8])) ?? error,
                Subject = machine,
                Arn = arn,
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Thread = $"step-functions/{arn ?? name}",
                Facts = Known.Facts(
                    ("Error", detail["cause"u8].Words is null ? null : error),
                    ("Execution", name),
                    ("Took", Phrase.Between(Instants.Read(detail["startDate"u8]), Instants.Read(detail["stopDate"u8]))),
                    ("Redriven", detail["redriveCount"u8].Number is { } count and > 0 ? Quantity.Count((long)count, "time") : null)),
                Links = Known.Links(arn is null ? null
                    : ConsolePage.Link("Open the execution", envelope.Region, "states/home",
                        arn.Contains(":express:", StringComparison.Ordinal) ? "/express-executions/details/" : "/v2/executions/details/", arn)),
            },
        ]);
    }

    /// <summary>Why, in words: a function's error and an ECS task come as JSON in a text.</summary>
    private static string? CauseOf(Json cause)
    {
        if (!cause.IsText || Json.Parse(cause.TextBytes()) is not { Expected: null, Value: { IsObject: true } inside }) return cause.Words;
        if (inside["errorMessage"u8].Words is { } message)
            return inside["errorType"u8].Words is { } type && !message.Contains(type, StringComparison.Ordinal) ? $"{type}: {message}" : message;
        if (inside["StoppedReason"u8].Words is not { } stopped) return cause.Words;
        foreach (var container in inside["Containers"u8].Items)
        {
            if (container["ExitCode"u8].Number is not { } code || code is 0) continue;
            var reason = container["Reason"u8].Words is { } why ? $": {why}" : "";
            return $"{stopped}; {container["Name"u8].Words ?? "a container"} exited with code {Quantity.Of(code)}{reason}";
        }
        return stopped;
    }

    /// <summary>MACHINE in <c>…:execution:MACHINE:NAME</c>.</summary>
    private static string? MachineIn(string? arn) => Arn.Read(arn)?.Resource.Split(':') is ["execution" or "express", var machine, _, ..] ? machine : null;
}
