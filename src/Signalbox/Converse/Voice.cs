namespace Signalbox;

/// <summary>How a turn is said in a room, by what its chat can do.</summary>
internal static class Voice
{
    /// <summary>What is to be said.</summary>
    /// <param name="step">What happened.</param>
    /// <param name="before">The conversation before; null when there was none.</param>
    /// <param name="notice">The notice that made it; for a timer or a person the conversation's own.</param>
    /// <param name="mention">Whom the notice rings here; null for nobody.</param>
    /// <param name="can">What the room's chat can do.</param>
    public static ValueList<Saying> Of(Step step, Conversation? before, Notice notice, string? mention, Abilities can)
    {
        var after = step.After;
        var (hasMessage, main) = (before is { Said: true } && !step.Afresh, Cards.Main(after));
        Saying Begin(string? rings) => new(Placing.Begin, main, rings, step.Because);
        Saying Change() => new(Placing.Change, main, null, step.Because);

        switch (step.Turn)
        {
            case Turn.Nothing:
                return [];
            case Turn.Progress or Turn.Taken or Turn.Joined when !can.Updates || !hasMessage:
                return [];
            case Turn.Began when !can.Updates:
                return [];
            case Turn.Progress:
                return [Change()];
            case Turn.Stated when notice.Part is not null && !can.Updates && hasMessage:
                return [];
            case Turn.Stated when notice.Part is not null && hasMessage && can.Threads:
                // The first failure rang: the others are for whoever reads the thread.
                return [Change(), new(Placing.Reply, Cards.Line(notice, notice.Title, notice.Summary), null, step.Because)];
            case Turn.Stated:
                return hasMessage && can.Threads ? [new(Placing.Reply, notice, mention, step.Because)] : [new(Placing.Begin, notice, mention, step.Because)];
            case Turn.Late:
                return [new(Placing.Begin, notice, null, step.Because)];
            case Turn.Better when !can.Updates:
                return [];
            case Turn.Settled when !hasMessage:
                return [];
        }
        if (!hasMessage) return [Begin(Rings(step.Turn) ? mention : null)];
        if (!can.Updates) return [Begin(Rings(step.Turn) ? mention : null)];

        var placing = step.Turn is Turn.Worse or Turn.Failed or Turn.Flaps or Turn.Reminder or Turn.Released ? Placing.Shout : Placing.Reply;
        if (!can.Threads)
        {
            // A change rings nobody: where there are no threads, what has to be heard is said again.
            return placing is Placing.Shout ? [Change(), Begin(mention)] : [Change()];
        }
        if (step.Turn is Turn.Finished && after.Notice.Status is Status.Cleared) return [Change()];
        return [Change(), new(placing, LineOf(step, notice), Rings(step.Turn) ? mention : null, step.Because)];
    }

    private static bool Rings(Turn turn) => turn is Turn.Raised or Turn.Worse or Turn.Failed or Turn.Released or Turn.Reminder or Turn.Stated;

    private static Notice LineOf(Step step, Notice notice)
    {
        var after = step.After;
        return step.Turn switch
        {
            Turn.Failed => Cards.Line(notice, notice.Title, notice.Summary),
            Turn.Cleared => Cards.Line(notice, $"Cleared after {Steps.Lasted(after)}", notice.Summary),
            Turn.Finished => Cards.Line(notice, $"{notice.Title}, after {Steps.Lasted(after)}"),
            Turn.Worse or Turn.Better => Cards.Line(notice, notice.Title, notice.Summary),
            Turn.Flaps => Cards.Line(notice, $"It is flapping: raised {after.Flaps} times", "It will be told again when it has settled."),
            Turn.Settled => Cards.Line(after.Notice, $"It has settled: raised {after.Flaps} times in all, {(after.Phase is Phase.Raised ? "still raised" : "cleared")} now"),
            Turn.Reminder => Cards.Line(after.Notice, $"Still raised after {Quantity.Duration(after.Spoke - after.Began)}, and nobody has taken it", after.Notice.Title),
            Turn.Taken => Cards.Line(after.Notice, $"{after.Acknowledged?.By} takes care of it") with { Severity = Severity.Info, Status = Status.Stated },
            Turn.Released => Cards.Line(after.Notice, "It is still raised", after.Notice.Title),
            _ => Cards.Line(notice, notice.Title),
        };
    }
}
