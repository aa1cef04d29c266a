namespace Signalbox;

/// <summary>Decides what a room hears of a thing: one conversation, said once, updated in place, quiet when it should be. Pure and total.</summary>
public static class Converse
{
    /// <summary>So many events of one thing are known again, and so many of what has parts or members: a replay tells all of them again.</summary>
    private const int MostRecent = 16;
    private const int MostRecentOfMany = 512;

    /// <summary>The key of the conversation that a notice belongs to in its room; null for a mere statement, which has none.</summary>
    public static string? ThreadOf(Routed routed) => routed.Group is { } grouping ? Groups.Key(routed.Notice, grouping) : routed.Notice.Thread;

    /// <summary>Decides for a notice that a room is to hear.</summary>
    /// <param name="before">The conversation as it is; null when there is none.</param>
    /// <param name="routed">The notice on its way to the room.</param>
    /// <param name="eventId">Identity of its event.</param>
    /// <param name="situation">Everything else.</param>
    public static Decision Hear(Conversation? before, Routed routed, string eventId, Situation situation)
    {
        var notice = routed.Notice;
        var print = Fingerprint.Of(notice) ?? eventId;
        if (before is not null && before.Recent.Contains(print)) return Quiet("the same event came before");
        if (routed.Group is null && (notice.Thread is null || (notice.Status is Status.Stated && before is null))) return State(routed, situation);

        var at = notice.At ?? situation.Now;
        var step = routed.Group is { } grouping ? Groups.Of(before, notice, grouping, situation.Now)
            : before is not null && at < before.Latest && TooLate(before, notice, at) is { } late ? late
            : notice.Part is { } part ? PartSteps.Of(before, notice, part, Later(before, at))
            : WholeSteps.Of(before, notice, Later(before, at), situation.Conduct);
        step = step with
        {
            After = step.After with
            {
                Recent = [.. step.After.Recent.TakeLast((step.After is { Members.Count: 0, Parts.Count: 0 } ? MostRecent : MostRecentOfMany) - 1), print],
                Because = routed.Because,
                Mention = routed.Mention ?? step.After.Mention,
            },
        };
        return Said(before, step, notice, routed.Mention, situation);
    }

    /// <summary>Decides when the time has come that a conversation asked to be woken at, or what held it back is over.</summary>
    public static Decision Wake(Conversation before, Situation situation)
    {
        var now = situation.Now;
        if (before.Held is not null)
        {
            if (situation.Hold is { } hold) return Settled(before with { Held = hold }, [], "it is still held back", "held", situation);
            var released = before with { Held = null };
            if (before.Phase is Phase.Over || (before.Phase is Phase.Ongoing && before.Said))
                return Settled(released, [], "what held it back is over, and so is the thing", "quiet", situation);
            if (before.Said && before.Notice.Severity <= before.SaidAs) return Settled(released, [], "the room knows it already", "quiet", situation);
            return Said(before, new(released, Occasion.Released, $"no longer held back by {before.Held.Because}"), before.Notice, before.Mention, situation);
        }
        if (before is { Members.Count: > 0, Said: false, Wake: { } due } && due <= now)
            return Said(before, Groups.Gathered(before, now), before.Notice, before.Mention, situation);
        if (before.Flapping is not null && situation.Conduct.Flapping is { } limit && now - before.Latest >= limit.Settled)
        {
            var still = before.Phase is Phase.Raised;
            var settled = new Step(before with { Flapping = null, Raises = [] }, Occasion.Settled, $"nothing changed for {Quantity.Duration(limit.Settled)}");
            var decision = Said(before, settled, before.Notice, still ? before.Mention : null, situation);
            return decision with { After = decision.After! with { Flaps = 0 } };
        }
        if (Reminds(before, situation.Conduct) is { } at && at <= now) return Remind(before, situation);
        return Settled(before, [], "nothing to do yet", "quiet", situation);
    }

    /// <summary>Decides when somebody says that they take care of it.</summary>
    public static Decision Acknowledge(Conversation before, string by, Situation situation)
    {
        if (before.Phase is Phase.Over) return Quiet("it is over already");
        var step = new Step(before with { Acknowledged = new(by, situation.Now) }, Occasion.Taken, $"{by} takes care of it");
        return Said(before, step, before.Notice, null, situation);
    }

    private static Decision State(Routed routed, Situation situation) => situation.Hold is { } hold
        ? new(null, [], $"held back by {hold.Because}") { What = "held" }
        : new(null, [new(Placing.Begin, routed.Notice, routed.Mention, routed.Because)], "a statement of its own") { What = "told" };

    private static Decision Quiet(string because) => new(null, [], because) { What = "quiet" };

    /// <summary>A clock that steps back counts as standing still.</summary>
    private static DateTimeOffset Later(Conversation? before, DateTimeOffset at) => before is not null && before.Latest > at ? before.Latest : at;

    /// <summary>What an event means that is older than what the room knows; null when it counts all the same.</summary>
    private static Step? TooLate(Conversation before, Notice notice, DateTimeOffset at)
    {
        if (notice.Part is not null) return null;
        if (before.Phase is Phase.Over && notice.Status is Status.Raised && (!before.Said || at < before.Began || at > before.Ended))
        {
            // The room never heard that it was raised. It is over, so nobody is rung, but it is said.
            return new(before with { Began = at, Said = true }, Occasion.Late,
                "raised and over before the room heard of it: its events came in the wrong order");
        }
        if (before.Phase is Phase.Raised && notice.Status is Status.Raised && notice.Severity > before.Notice.Severity) return null;
        return new(before, Occasion.Nothing, $"older than what the room knows, which is of {Cards.Clock(before.Latest)}");
    }

    /// <summary>Says a step, unless something holds it back.</summary>
    private static Decision Said(Conversation? before, Step step, Notice notice, string? mention, Situation situation)
    {
        var after = step.After;
        var farewell = before is { Said: true } && step.Turn is Occasion.Cleared or Occasion.Finished;
        if (situation.Hold is { } hold && !farewell && step.Turn is not (Occasion.Nothing or Occasion.Taken))
        {
            var over = after.Phase is Phase.Over;
            return Settled(after with { Held = over ? null : hold }, [], $"{step.Because}; held back by {hold.Because}", "held", situation)
                with
            { Afresh = step.Afresh };
        }
        // What held its beginning back is over, or the thing is: nobody has to hear the end of what they never heard of.
        if (before is { Held: not null, Said: false } && step.Turn is Occasion.Cleared or Occasion.Finished)
            return Settled(after with { Held = null }, [], $"{step.Because}, while it was held back", "quiet", situation);

        var sayings = Voice.Of(step, before, notice, mention, situation.Abilities);
        if (sayings.Count is 0)
        {
            return Settled(after, [], step.Because, step.Turn is Occasion.Nothing ? "quiet" : "merged", situation)
            with
            { Afresh = step.Afresh };
        }

        // Who was called in hears that it is over; a pager would ring on for ever.
        if (step.Turn is Occasion.Cleared or Occasion.Finished && situation.Conduct.Remind is { EscalateAfter: > 0, EscalateTo: { } other } remind
            && before?.Reminders >= remind.EscalateAfter)
        {
            sayings = [.. sayings, new(Placing.Begin, Cards.Main(after), null, "it was escalated there, and is over") { Elsewhere = other }];
        }
        after = after with
        {
            Held = null,
            Said = true,
            SaidAs = after.Notice.Severity,
            Spoke = sayings.Any(saying => saying.Placing is not Placing.Change) ? situation.Now : after.Spoke,
        };
        return Settled(after, sayings, step.Because, step.Turn is Occasion.Reminder ? "reminded" : step.Turn is Occasion.Taken ? "acked" : "told", situation)
            with
        { Afresh = step.Afresh || (step.Turn is Occasion.Released && before is { Said: false }) };
    }

    private static Decision Remind(Conversation before, Situation situation)
    {
        var remind = situation.Conduct.Remind!;
        var count = before.Reminders + 1;
        var step = new Step(before with { Reminders = count, Spoke = situation.Now }, Occasion.Reminder,
            $"still raised and not acknowledged: reminder {count} of {remind.Most}");
        var decision = Said(before, step, before.Notice, before.Mention, situation);
        if (remind.EscalateAfter is 0 || count != remind.EscalateAfter) return decision;

        var notice = Cards.Main(before)
            with
        { Summary = $"Raised {Quantity.Duration(situation.Now - before.Began)} ago, and nobody has acknowledged it. {before.Notice.Summary}" };
        var mention = remind.EscalateMention ?? remind.EscalateTo?.Mention ?? before.Mention;
        return decision with
        {
            Sayings = [.. decision.Sayings,
                new(remind.EscalateTo is null ? Placing.Shout : Placing.Begin, notice, mention,
                    $"escalated after {count} reminders") { Elsewhere = remind.EscalateTo }],
        };
    }

    private static DateTimeOffset? Reminds(Conversation conversation, Conduct conduct) =>
        conduct.Remind is { } remind
            && conversation is { Phase: Phase.Raised, Said: true, Acknowledged: null, Held: null, Flapping: null, IsOperation: false, Members.Count: 0 }
        && conversation.Reminders < remind.Most && conversation.Notice.Severity >= remind.At ? conversation.Spoke + remind.After : null;

    /// <summary>The decision with the time at which it wants to be looked at again.</summary>
    /// <remarks>While it is held back nothing else counts: what was due before stays due, and would have it looked at without end.</remarks>
    private static Decision Settled(Conversation after, ValueList<Saying> sayings, string because, string what, Situation situation)
    {
        DateTimeOffset?[] wakes = after.Held is { } held ? [held.Until] :
        [
            after.Flapping is not null && situation.Conduct.Flapping is { } limit ? after.Latest + limit.Settled : null,
            Reminds(after, situation.Conduct),
            after is { Members.Count: > 0, Said: false, Phase: Phase.Raised } ? after.Wake : null,
        ];
        return new(after with { Wake = wakes.Min() }, sayings, because) { What = what };
    }
}
