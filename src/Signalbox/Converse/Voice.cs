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
        Saying Begin(string? rings) => new(Placing.Begin, Alone(step, main), rings, step.Because) { Lines = Groups.Lines(after) };
        Saying Change() => new(Placing.Change, main, null, step.Because);

        switch (step.Turn)
        {
            case Occasion.Nothing:
                return [];
            case Occasion.Joined when !can.Updates && hasMessage:
                return [new(Placing.Begin, notice, null, step.Because)];
            case Occasion.Progress or Occasion.Taken or Occasion.Joined when !can.Updates || !hasMessage:
                return [];
            case Occasion.Began when !can.Updates:
                return [];
            case Occasion.Progress:
                return [Change()];
            case Occasion.Stated when notice.Part is not null && !can.Updates && hasMessage:
                return [];
            case Occasion.Stated when notice.Part is not null && hasMessage && can.Threads:
                // The first failure rang: the others are for whoever reads the thread.
                return [Change(), new(Placing.Reply, Cards.Line(notice, notice.Title, notice.Summary), null, step.Because)];
            case Occasion.Stated:
                return hasMessage && can.Threads ? [new(Placing.Reply, notice, mention, step.Because)] : [new(Placing.Begin, notice, mention, step.Because)];
            case Occasion.Late:
                // It says what was wrong, and that it is over: the room shall not look for it.
                var over = notice with { Status = Status.Cleared, Summary = After(notice.Summary, "It is over already.") };
                return [new(Placing.Begin, over, null, step.Because)];
            case Occasion.Better when !can.Updates:
                return [];
            case Occasion.Settled when !hasMessage:
                return [];
        }
        if (!hasMessage) return [Begin(Rings(step.Turn) ? mention : null), .. Rest(step, can)];
        if (!can.Updates) return [Begin(Rings(step.Turn) ? mention : null)];

        var placing = step.Turn is Occasion.Worse or Occasion.Failed or Occasion.Flaps or Occasion.Reminder or Occasion.Released ? Placing.Shout
            : Placing.Reply;
        if (!can.Threads)
        {
            // A change rings nobody: where there are no threads, what has to be heard is said again.
            return placing is Placing.Shout ? [Change(), Begin(mention)] : [Change()];
        }
        if (step.Turn is Occasion.Finished && after.Notice.Status is Status.Cleared) return [Change()];
        return [Change(), new(placing, LineOf(step, notice), Rings(step.Turn) ? mention : null, step.Because) { Lines = Naming(step, main) }];
    }

    /// <summary>The members of a group that its message has no room for.</summary>
    private static IEnumerable<Saying> Rest(Step step, Abilities can) =>
        Groups.Rest(step.After).Select(rest => new Saying(can.Threads ? Placing.Reply : Placing.Begin, rest.Notice, null, step.Because) { Lines = rest.Lines });

    /// <summary>A message that is no news by itself says why it comes.</summary>
    private static Notice Alone(Step step, Notice main) => step.Turn is not Occasion.Reminder ? main : main with
    {
        Title = $"{Cut.Line(main.Title, 56)}: {Still(step.After)}",
        Summary = After(main.Summary, "Nobody has taken it."),
    };

    private static string After(string? text, string more) => text is { Length: > 0 } ? $"{text}\n{more}" : more;

    private static string Still(Conversation after) => $"still raised after {Quantity.Duration(after.Spoke - after.Began)}";

    /// <summary>What a line says outside its thread, where nothing above it says what it is about.</summary>
    private static ValueList<string> Naming(Step step, Notice main)
    {
        var line = step.Turn switch
        {
            Occasion.Cleared => $"cleared after {WholeSteps.Lasted(step.After)}",
            Occasion.Flaps => $"raised {step.After.Flaps} times",
            Occasion.Settled => $"it has settled, {(step.After.Phase is Phase.Raised ? "still raised" : "cleared")}",
            Occasion.Reminder => Still(step.After),
            Occasion.Taken => $"{step.After.Acknowledged?.By} takes care of it",
            Occasion.Released => "it is still raised",
            _ => null,
        };
        return line is null ? [] : [$"{Cut.Line(main.Title, 64)}: {line}"];
    }

    private static bool Rings(Occasion turn) =>
        turn is Occasion.Raised or Occasion.Worse or Occasion.Failed or Occasion.Released or Occasion.Reminder or Occasion.Stated;

    private static Notice LineOf(Step step, Notice notice)
    {
        var after = step.After;
        return step.Turn switch
        {
            Occasion.Failed => Cards.Line(notice, notice.Title, notice.Summary),
            Occasion.Cleared => Cards.Line(notice, $"Cleared after {WholeSteps.Lasted(after)}", notice.Summary),
            Occasion.Finished => Cards.Line(notice, $"{notice.Title}, after {WholeSteps.Lasted(after)}"),
            Occasion.Worse or Occasion.Better => Cards.Line(notice, notice.Title, notice.Summary),
            Occasion.Flaps => Cards.Line(notice, $"It is flapping: raised {after.Flaps} times", "It will be told again when it has settled."),
            Occasion.Settled => Cards.Line(after.Notice,
                $"It has settled: raised {after.Flaps} times in all, {(after.Phase is Phase.Raised ? "still raised" : "cleared")} now"),
            Occasion.Reminder => Cards.Line(after.Notice, $"Still raised after {Quantity.Duration(after.Spoke - after.Began)}, and nobody has taken it",
                after.Notice.Title),
            Occasion.Taken => Cards.Line(after.Notice, $"{after.Acknowledged?.By} takes care of it") with { Severity = Severity.Info, Status = Status.Stated },
            Occasion.Released => Cards.Line(after.Notice, "It is still raised", after.Notice.Title),
            _ => Cards.Line(notice, notice.Title),
        };
    }
}
