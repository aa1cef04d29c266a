namespace Signalbox.ServerTests.Pages;

/// <summary>Lines of history as couriers and acts leave them.</summary>
internal static class Told
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly Notice Alarm = new()
    {
        Source = "cloudwatch",
        Kind = "metric-alarm",
        Severity = Severity.Error,
        Status = Status.Raised,
        Title = "payments-5xx is in alarm",
        Subject = "payments-5xx",
        Thread = "cloudwatch/payments-5xx",
        At = Noon,
    };

    public static readonly Room Room = Room.Local with { Name = "alarms" };

    /// <summary>A post that was made so many seconds after noon.</summary>
    public static HistoryLine Made(int seconds, Placing placing, string title, string thread = "cloudwatch/payments-5xx", string id = "e1")
    {
        var notice = Alarm with { Title = title };
        return new(Noon.AddSeconds(seconds), id, new("alarms", thread), "made",
            StateJson.Write(HistoryNote.Of(notice, "a route") with { Words = new(placing, notice, null) }));
    }

    /// <summary>An act of somebody.</summary>
    public static HistoryLine Act(int seconds, string text, string answer) => new(Noon.AddSeconds(seconds), "", new("alarms", ""), "act",
        StateJson.Write(new HistoryNote(text, answer, "signalbox", Severity.Info, Status.Stated)));

    /// <summary>A conversation that was raised at noon.</summary>
    public static Conversation State(Notice? notice = null) => new()
    {
        Notice = notice ?? Alarm,
        Phase = Phase.Raised,
        Began = Noon,
        Latest = Noon,
        Said = true,
        SaidAs = Severity.Error,
        Spoke = Noon,
    };
}
