namespace Signalbox.Server.Pages.Past;

/// <summary>A line of history with what it says.</summary>
/// <param name="Line">The line.</param>
/// <param name="Note">What it says.</param>
internal sealed record PastLine(HistoryLine Line, HistoryNote Note)
{
    /// <summary>The line as it can be shown; null for one that nobody can read any more.</summary>
    public static PastLine? Of(HistoryLine line) => StateJson.History(line.Body) is { } note ? new(line, note) : null;

    /// <summary>The notice: whole where it was kept, else as much of it as every line has.</summary>
    public Notice Notice => Note.Words?.Notice ?? new()
    {
        Source = Note.Source,
        Kind = "",
        Title = Note.Title,
        Severity = Note.Severity,
        Status = Note.Status,
        Thread = Line.Place.Thread.Length > 0 ? Line.Place.Thread : null,
    };

    /// <summary>True for what was decided about an event, and not what a chat said of a message or a person did.</summary>
    public bool IsEvent => Line.Event.Length > 0 && Line.What is not ("made" or "postponed" or "refused" or "merged" or Doer.Act);
}
