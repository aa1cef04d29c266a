namespace Signalbox.Server.Pages.Past;

/// <summary>What somebody looks for in history. The query of the page is all of it, so that its address can be kept and sent.</summary>
/// <param name="When">A condition over the notice; empty for everything.</param>
/// <param name="Words">Words that the line must hold, whatever their case and order.</param>
/// <param name="Room">A room; empty for all.</param>
/// <param name="What">What became of it; empty for anything.</param>
/// <param name="From">From when, as it was typed.</param>
/// <param name="To">Until when, as it was typed.</param>
internal sealed record Question(string When, string Words, string Room, string What, string From, string To)
{
    /// <summary>Everything that can become of an event, a message or an act.</summary>
    public static readonly ValueList<string> Whats = ["told", "held", "quiet", "made", "merged", "postponed", "refused", "act"];

    /// <summary>The one of a query.</summary>
    public static Question Of(IQueryCollection query) => new(
        query["when"].ToString().Trim(), query["words"].ToString().Trim(), query["room"].ToString().Trim(), query["what"].ToString().Trim(),
        query["from"].ToString().Trim(), query["to"].ToString().Trim());

    /// <summary>A page that asks the same.</summary>
    public string Link(string path, Mark? go = null) =>
        Span.Link(path, ("when", When), ("words", Words), ("room", Room), ("what", What), ("from", From), ("to", To), ("go", go?.Text));

    /// <summary>What is meant, or what is wrong with it.</summary>
    public Asking Read(ValueList<Account> accounts, DateTimeOffset now)
    {
        var (from, to) = (Span.Read(From, now), Span.Read(To, now));
        var outcome = When.Length is 0 ? new(Signalbox.When.Everything, null) : WhenOutcome.Of(When, accounts);
        ValueList<string> faults =
        [
            .. outcome.Fault is { } fault ? (string[])[Caret(When, fault)] : [],
            .. From.Length > 0 && from is null ? (string[])[Expected("from", From)] : [],
            .. To.Length > 0 && to is null ? (string[])[Expected("to", To)] : [],
        ];
        return new(outcome.When ?? Signalbox.When.Everything, Words.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            new() { Room = Room.Length > 0 ? Room : null, From = from, Before = to }, What, faults);
    }

    private static string Expected(string name, string found) =>
        $"{name}: expected an instant, as in 2026-11-22T18:00:00Z, or how long ago, as in 6h; found \"{found}\".";

    /// <summary>The condition with a caret below what is wrong, and the reason.</summary>
    private static string Caret(string text, WhenFault fault)
    {
        var mark = new string(' ', Math.Min(fault.At, text.Length)) + new string('^', Math.Max(1, fault.Length));
        return $"{text.ReplaceLineEndings(" ").Replace('\t', ' ')}\n{mark}\n{fault.Says}";
    }
}

/// <summary>A question that was read.</summary>
/// <param name="When">The condition.</param>
/// <param name="Words">The words.</param>
/// <param name="Query">What a store can look for itself.</param>
/// <param name="What">What became of it; empty for anything.</param>
/// <param name="Faults">What is wrong with the question, each a text of one or more lines.</param>
internal sealed record Asking(When When, string[] Words, HistoryQuery Query, string What, ValueList<string> Faults)
{
    /// <summary>The line when it is what is looked for; else null.</summary>
    public PastLine? Pick(HistoryLine line)
    {
        if (What.Length > 0 && line.What != What) return null;
        if (PastLine.Of(line) is not { } known) return null;
        var notice = known.Notice;
        if (!When.Holds(notice)) return null;
        return Words.All(word => Texts(known, notice).Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase))) ? known : null;
    }

    private static IEnumerable<string> Texts(PastLine known, Notice notice)
    {
        yield return known.Note.Title;
        yield return known.Note.Because;
        yield return known.Line.Place.Room;
        yield return known.Line.Place.Thread;
        yield return known.Line.Event;
        yield return known.Note.Doer?.By ?? "";
        yield return notice.Title;
        yield return notice.Summary ?? "";
        yield return notice.Subject ?? "";
        yield return notice.Arn ?? "";
        yield return notice.Actor ?? "";
        foreach (var fact in notice.Facts) yield return fact.Value;
        foreach (var tag in notice.Tags) yield return tag.Value;
    }
}
