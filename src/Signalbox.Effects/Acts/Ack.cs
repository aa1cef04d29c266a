namespace Signalbox.Effects;

/// <summary>Somebody takes care of something.</summary>
internal static class Ack
{
    public static readonly Act Row = new("ack", "ack [NAME]", "say that you take care of it; reminders stop", Changes: true, Do);

    private static async Task<string> Do(Asked asked, string name, CancellationToken stop)
    {
        if (name.Length is 0 && asked.Thread is null)
        {
            var open = (await asked.Engine.OpenIn(asked.Room, stop))
                .Where(each => each.State.Phase is Phase.Raised && each.State.Acknowledged is null).ToList();
            if (open.Count is 0) return "Nothing here waits for anybody.";
            if (open.Select(each => each.Place.Thread).Distinct().Count() > 1) return $"Say which:\n{Titles.Of(open, asked)}";
            name = open[0].Place.Thread;
        }
        var titles = await asked.Engine.Acknowledge(name.Length > 0 ? name : asked.Thread!, asked.By, stop);
        if (titles.Count > 0) return $"{asked.By} takes care of: {string.Join(", ", titles.Select(Cut.OneLine))}.";
        return await asked.Engine.OpenIn(asked.Room, stop) is { Count: > 0 } others
            ? $"Nothing open has one name like that, or it is acknowledged already. Open are:\n{Titles.Of(others, asked)}"
            : "Nothing is open.";
    }
}

/// <summary>Lists of what is open, for answers.</summary>
internal static class Titles
{
    private const int Most = 10;

    /// <summary>One line each, the worst and the latest first.</summary>
    public static string Of(IReadOnlyCollection<(Place Place, Conversation State)> open, Asked asked)
    {
        var lines = open.GroupBy(each => each.Place.Thread).Select(thread => thread.First().State)
            .OrderByDescending(state => state.Phase).ThenByDescending(state => state.Notice.Severity).ThenByDescending(state => state.Began).ToList();
        var rest = lines.Count > Most ? $"\nand {Quantity.Count(lines.Count - Most, "more", "more")}" : "";
        return string.Join('\n', lines.Take(Most).Select(state => Line(state, asked.World.Now()))) + rest;
    }

    private static string Line(Conversation state, DateTimeOffset now)
    {
        var care = state.Acknowledged is { } ack ? $", {ack.By} takes care of it" : "";
        var held = state.Held is { } hold ? $", held back: {hold.Because}" : "";
        var name = state.Notice.Subject is { Length: > 0 } subject ? $"{Cut.OneLine(subject)}: " : "";
        return $"• {Card.MarkOf(state.Notice)} {name}{Cut.OneLine(state.Notice.Title)} (for {Quantity.Duration(now - state.Began)}{care}{held})";
    }
}
