namespace Signalbox;

/// <summary>AppFlow: flows of data between applications and AWS, and those that were switched off.</summary>
/// <remarks>
/// Input: the EventBridge events of aws.appflow. Severity: a run that failed and a flow that was deactivated are errors, a run that worked is info.
/// Status: the start of a run is under way; a run that failed raises and the next that worked clears, one conversation for each flow.
/// Errors: garbled without the flow's name.
/// </remarks>
public static class AppFlow
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("appflow", [new Key.Event("aws.appflow")], Read,
        "https://docs.aws.amazon.com/appflow/latest/userguide/EventBridge.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var arn = detail["flow-arn"u8].Words ?? Statement.Resource(envelope);
        if ((detail["flow-name"u8].Words ?? Phrase.Name(arn)) is not { } flow) return Statement.Lacks(envelope, "detail.flow-name", "the name of the flow");
        var type = envelope.DetailType ?? "";
        var state = Phrase.Of(detail["status"u8]) ?? "";
        var (standing, phrase) = state switch
        {
            _ when type.Contains("Deactivated", StringComparison.OrdinalIgnoreCase) => ((Severity.Error, Status.Raised), "was switched off"),
            _ when state.Contains("fail", StringComparison.Ordinal) || state.Contains("error", StringComparison.Ordinal) =>
                ((Severity.Error, Status.Raised), "failed"),
            _ when state.Contains("success", StringComparison.Ordinal) || state.Contains("complete", StringComparison.Ordinal) =>
                ((Severity.Info, Status.Cleared), "ran"),
            _ when type.Contains("Start", StringComparison.OrdinalIgnoreCase) || state is "in progress" or "execution started" =>
                ((Severity.Info, Status.Ongoing), "started"),
            "" => ((Severity.Info, Status.Stated), "reports"),
            _ => ((Severity.Info, Status.Ongoing), $"is {Cut.Line(state, 30)}"),
        };
        return Statement.Told(Statement.Of(envelope, "appflow", "flow", standing, $"Flow {Phrase.Short(flow)} {phrase}") with
        {
            Summary = Phrase.Sentence(detail["error"u8].Words ?? detail["error-message"u8].Words ?? detail["reason"u8].Words ?? detail["message"u8].Words),
            Subject = flow,
            Arn = arn,
            Thread = $"appflow/{arn ?? flow}",
            Facts = Known.Facts(
                ("From", detail["source"u8].Words),
                ("To", detail["destination"u8].Words),
                ("What", detail["source-object"u8].Words),
                ("Records", detail["num-of-records-processed"u8].Scalar),
                ("Records left out", detail["num-of-records-filtered"u8].Scalar is { } left and not "0" ? left : null),
                ("Trigger", Phrase.Of(detail["trigger-type"u8])),
                ("Took", Phrase.Between(Instants.Read(detail["start-time"u8]), Instants.Read(detail["end-time"u8])))),
            Links = Known.Links(ConsolePage.Link("Open the flow", envelope.Region, "appflow/home", "/details/", flow)),
        });
    }
}
