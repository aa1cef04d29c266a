namespace Signalbox;

/// <summary>Every event this system understands: one row each.</summary>
public static class Sources
{
    /// <summary>Reads an event by the row that knows it.</summary>
    public static Reading Read(Envelope envelope) =>
        new(envelope, "event", "text", Outcome.AsItCame, "no row knows it",
            [new() { Source = "event", Kind = "text", Severity = Severity.Info, Status = Status.Stated, Title = envelope.Text ?? envelope.Body.ToString() }]);
}
