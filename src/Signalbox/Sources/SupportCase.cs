namespace Signalbox;

/// <summary>Cases with AWS Support.</summary>
/// <remarks>Severity: always info, the event says nothing of the case's own. The case is raised until it is resolved.</remarks>
public static class SupportCase
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("support", [new Key.Event("aws.support")], Read,
        "https://docs.aws.amazon.com/awssupport/latest/user/event-bridge-support.html");

    private static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        if (detail["event-name"u8].Words is not { } name) return Statement.Lacks(envelope, "detail.event-name", "what happened to the case");
        var id = detail["case-id"u8].Words;
        var display = detail["display-id"u8].Scalar;
        var byAws = detail["origin"u8].TextIs("AWS"u8);
        var (status, phrase) = name switch
        {
            "CreateCase" => (Status.Raised, "was opened"),
            "ReopenCase" => (Status.Raised, "was opened again"),
            "AddCommunicationToCase" => (Status.Ongoing, byAws ? "has an answer of AWS" : "has a new message"),
            "ResolveCase" => (Status.Cleared, "was resolved"),
            _ => (Status.Ongoing, $"reports: {Phrase.Of(name)}"),
        };
        var title = $"Support case {display ?? id ?? "of unknown number"} {phrase}";
        return Statement.Told(Statement.Of(envelope, "support", "case", (Severity.Info, status), title) with
        {
            Subject = display ?? id,
            Thread = $"support/{id ?? display}",
            Actor = byAws ? "AWS" : null,
            Links = Known.Links(display is null ? null : ConsolePage.Link(
                "Open the case", Regions.HomeOf(envelope.Region), "support/home", "/case/?displayId=", display)),
        });
    }
}
