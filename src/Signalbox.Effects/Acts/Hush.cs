using System.Globalization;

namespace Signalbox.Effects;

/// <summary>Something shall not be heard for a time.</summary>
internal static class Hush
{
    public static readonly Act Row = new(
        "silence", "silence 1h [NAME or CONDITION] [because WHY]",
        "hold back what you name, or what you answer: 30m, 1h, tomorrow, or until an instant", Changes: true, Do);

    private const string Because = "because ";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    private static async Task<string> Do(Asked asked, string text, CancellationToken stop)
    {
        var (said, comment) = (text, "");
        if (text.IndexOf(Because, StringComparison.OrdinalIgnoreCase) is >= 0 and var at && (at is 0 || text[at - 1] is ' '))
            (said, comment) = (text[..at].Trim(), text[(at + Because.Length)..].Trim());
        var now = asked.World.Now();
        var (length, what) = Parts(said, word => Until(word, asked, now) is not null);
        if (Until(length, asked, now) is not { } until)
            return $"Say for how long: 30m, 2h, 1d, tomorrow, or an instant as in 2026-11-23T06:00:00Z; found \"{length.Trim('"')}\".";
        if (until <= now || until - now > Longest) return "A silence ends in the future, and within a year.";

        var (condition, fault) = await Condition(asked, what, stop);
        if (condition is null) return fault;
        var id = Convert.ToHexString(Guid.NewGuid().ToByteArray().AsSpan(0, 3));
        await asked.Engine.Silence(new(id, condition, null, until, null, asked.By, comment), stop);
        return $"Silence {id} holds until {Shown(until, asked)}: {condition}. To end it: unsilence {id}";
    }

    /// <summary>How long and what, in either order: "1h payments-db", "for 1h payments-db", "payments-db until tomorrow".</summary>
    private static (string Length, string What) Parts(string said, Func<string, bool> isTime)
    {
        var (first, rest) = First(said);
        if (first is "until" or "for") (first, rest) = First(rest);
        var end = said.LastIndexOf(' ');
        if (isTime(first) || end < 0 || !isTime(said[(end + 1)..])) return (first, Unquoted(rest));
        var what = said[..end].TrimEnd();
        foreach (var word in (string[])[" until", " for"]) what = what.EndsWith(word, StringComparison.Ordinal) ? what[..^word.Length].TrimEnd() : what;
        return (said[(end + 1)..], Unquoted(what));
    }

    private static (string Word, string After) First(string said) =>
        said.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var end ? (said[..end], said[end..].Trim()) : (said, "");

    /// <summary>A condition may stand in quotes as a whole, as a shell wants it.</summary>
    private static string Unquoted(string what) =>
        what is ['"' or '\'', .. var inside, '"' or '\''] && what[0] == what[^1] && !inside.Contains(what[0], StringComparison.Ordinal) ? inside : what;

    /// <summary>What is meant: a condition, or the name of something that is open, or what is answered.</summary>
    private static async Task<(string? Condition, string Fault)> Condition(Asked asked, string what, CancellationToken stop)
    {
        if (what.StartsWith("when ", StringComparison.OrdinalIgnoreCase)) what = what["when ".Length..].Trim();
        if (what.Length is 0 && asked.Thread is { } thread) return Whole(thread, (await asked.Engine.Find(thread, stop)).Select(each => each.State), asked);
        if (what.Length is 0) return (null, "Say what: the name of something, or a condition as in source = rds and severity < error.");
        var named = (await asked.Engine.Find(what, stop)).ToLookup(each => each.Place.Thread, each => each.State);
        if (named.Count is 1) return Whole(named.First().Key, named.First(), asked);
        var parsed = WhenOutcome.Of(what, asked.Settings.Accounts);
        return parsed.When is not null ? (what, "")
            : what.Contains(' ', StringComparison.Ordinal) ? (null, $"That is no name of anything open, and no condition: {parsed.Fault!.Says}")
            : (Equal("subject", what), "");
    }

    /// <summary>All of a conversation. Notices of a group have threads of their own: what they have in common is silenced.</summary>
    private static (string? Condition, string Fault) Whole(string thread, IEnumerable<Conversation> states, Asked asked)
    {
        if (states.FirstOrDefault() is not { } state || GroupScope.Of(thread, state.Notice, asked.Settings.Routes.All) is not { } scope)
            return (Equal("thread", thread), "");
        return scope.Count > 0 ? (string.Join(" and ", scope.Select(fact => Equal(fact.Name, fact.Value))), "")
            : (null, "This message gathers notices that have nothing in common. Say which: a name, or a condition as in source = rds and severity < error.");
    }

    /// <summary>A condition quotes with either mark and knows no escapes; a name with both is matched around the one it must not hold.</summary>
    private static string Equal(string field, string value) => !value.Contains('"', StringComparison.Ordinal) ? $"{field} = \"{value}\""
        : !value.Contains('\'', StringComparison.Ordinal) ? $"{field} = '{value}'"
        : $"{field} ~ \"{value.Replace('"', '?')}\"";

    private static DateTimeOffset? Until(string word, Asked asked, DateTimeOffset now)
    {
        if (!string.Equals(word, "tomorrow", StringComparison.OrdinalIgnoreCase))
            return Durations.Read(word) is { } span ? now + span : Instants.Read(word) is { } instant ? instant : null;
        var ahead = asked.World.Zones(asked.Zone, now) ?? TimeSpan.Zero;
        var morning = new DateTimeOffset(now.ToOffset(ahead).Date.AddDays(1).AddHours(8), ahead);
        // The clocks may change in the night.
        return new DateTimeOffset(morning.DateTime, asked.World.Zones(asked.Zone, morning) ?? TimeSpan.Zero);
    }

    /// <summary>An instant as clocks on their walls show it.</summary>
    internal static string Shown(DateTimeOffset? at, Asked asked)
    {
        if (at is not { } instant) return "ever";
        var local = instant.ToOffset(asked.World.Zones(asked.Zone, instant) ?? TimeSpan.Zero);
        return string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd HH:mm} {asked.Zone}");
    }
}
