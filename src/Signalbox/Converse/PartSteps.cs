namespace Signalbox;

/// <summary>What a notice about a part of an operation means for the operation's conversation.</summary>
internal static class PartSteps
{
    /// <summary>More parts than this are counted, not kept: a stack has at most 500 resources, and nobody reads more.</summary>
    private const int Most = 600;

    private const int BarLength = 12;

    /// <summary>The step.</summary>
    public static Step Of(Conversation? before, Notice notice, Part part, DateTimeOffset at)
    {
        if (part.Status is Status.Raised) return Fail(before, notice, part, at);
        if (before is null or { Phase: Phase.Over, Said: false })
        {
            var begun = WholeSteps.Fresh(before, notice, at, Phase.Ongoing) with { IsOperation = true, Parts = With(before?.Parts ?? [], part) };
            return new(begun, Occasion.Nothing, "a part of an operation of which nothing was said yet");
        }
        var after = before with { Parts = With(before.Parts, part), Latest = at };
        return before.Phase is Phase.Over
            ? new(after, Occasion.Nothing, "a part of an operation that is over")
            : new(after, Occasion.Progress, $"{part.Name} {(part.Status is Status.Cleared ? "is done" : "goes on")}");
    }

    /// <summary>"▰▰▰▰▱▱ 4 of 6 parts": how far an operation is; null where nothing is known of parts.</summary>
    public static string? Bar(Conversation conversation)
    {
        var all = conversation.Parts.Count;
        if (all is 0) return null;
        var done = conversation.Parts.Count(part => part.Status is Status.Cleared);
        var failed = conversation.Parts.Count(part => part.Status is Status.Raised);
        var full = conversation.Phase is Phase.Over && failed is 0 ? BarLength : done * BarLength / all;
        var words = conversation.Phase is Phase.Over && failed is 0 ? $"{all} of {all}" : $"{done} of {all}";
        return $"{new string('▰', full)}{new string('▱', BarLength - full)} {words} done{(failed > 0 ? $", {failed} failed" : "")}";
    }

    private static Step Fail(Conversation? before, Notice notice, Part part, DateTimeOffset at)
    {
        var failure = new Fact(part.Name, Cut.OneLine(notice.Summary ?? notice.Title));
        if (before is null or { Phase: Phase.Over, Said: false })
        {
            var fresh = WholeSteps.Fresh(before, notice, at, Phase.Raised)
                with
            { IsOperation = true, Parts = With(before?.Parts ?? [], part), Failure = failure };
            return new(fresh, Occasion.Failed, $"{part.Name} failed") { Afresh = true };
        }
        // What is cancelled because another part failed is no reason: not the first one, and none worth a line.
        var first = before.Failure is null || (IsCancelled(before.Failure.Value.Value) && !IsCancelled(failure.Value));
        var after = before with { Parts = With(before.Parts, part), Failure = first ? failure : before.Failure, Latest = at };
        if (before.Failure is not null && IsCancelled(failure.Value)) return new(after, Occasion.Progress, $"{part.Name} was cancelled");
        if (before.Phase is Phase.Over) return new(after, Occasion.Stated, $"{part.Name} failed after the operation was over");
        if (!first) return new(after, Occasion.Stated, $"{part.Name} failed too");
        if (before.Phase is Phase.Raised)
        {
            // What was cancelled came before its cause, and may have named the message.
            var isNamed = before.Failure is { } cancelled && before.Notice.Title.Contains(cancelled.Name, StringComparison.Ordinal);
            var named = isNamed ? after with { Notice = before.Notice with { Title = notice.Title } } : after;
            return new(named, Occasion.Stated, $"{part.Name} failed first");
        }
        return new(after with
        {
            Phase = Phase.Raised,
            Notice = before.Notice with
            {
                Title = notice.Title,
                Severity = notice.Severity,
                Status = Status.Raised,
                At = notice.At,
                Facts = [.. before.Notice.Facts.Where(fact => fact.Name is not "Status")],
            },
        }, Occasion.Failed, $"{part.Name} failed first");
    }

    private static bool IsCancelled(string reason) => reason.Contains("cancelled", StringComparison.OrdinalIgnoreCase);

    private static ValueList<Part> With(ValueList<Part> parts, Part part)
    {
        for (var place = 0; place < parts.Count; place++)
        {
            if (parts[place].Name != part.Name) continue;
            // What failed stays failed while it is cleaned up: people look for what went wrong.
            if (parts[place].Status is Status.Raised && part.Status is not Status.Raised) return parts;
            return [.. parts.Take(place), part, .. parts.Skip(place + 1)];
        }
        return parts.Count < Most ? [.. parts, part] : parts;
    }
}
