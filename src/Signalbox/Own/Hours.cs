using System.Globalization;

namespace Signalbox;

/// <summary>Hours of the week: days, from, to, in a time zone. As people write it: "mon-fri 08:00-18:00 Europe/Berlin".</summary>
/// <param name="Days">The days on which they begin, Sunday first; all seven when none is written.</param>
/// <param name="From">Time of day at which they begin.</param>
/// <param name="To">Time of day before which they end; not after <paramref name="From"/> for hours that run past midnight.</param>
/// <param name="Zone">IANA name of the time zone.</param>
/// <param name="Text">As it was written.</param>
public sealed record Hours(ValueList<DayOfWeek> Days, TimeSpan From, TimeSpan To, string Zone, string Text)
{
    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>What an error says was expected.</summary>
    public const string Expected = "hours, as in mon-fri 08:00-18:00 Europe/Berlin";

    /// <summary>Reads hours; null when the text is none. The zone is not looked up here.</summary>
    public static Hours? Read(string text)
    {
        ValueList<DayOfWeek> days = [];
        (TimeSpan From, TimeSpan To)? span = null;
        string? zone = null;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (span is null && DaysOf(word) is { } read) days = [.. days, .. read];
            else if (span is null && SpanOf(word) is { } times) span = times;
            else if (span is not null && zone is null && IsZone(word)) zone = word;
            else return null;
        }
        if (span is not { } found) return null;
        return new(days.Count is 0 ? [.. Enum.GetValues<DayOfWeek>()] : [.. days.Distinct().Order()], found.From, found.To, zone ?? "UTC", text);
    }

    /// <summary>True within the hours. A zone that the machine does not know counts as UTC: better rung at an odd hour than not.</summary>
    public bool Holds(Moment moment)
    {
        var local = moment.Now.UtcDateTime + (moment.Zones(Zone, moment.Now) ?? TimeSpan.Zero);
        var time = local.TimeOfDay;
        if (From < To) return Days.Contains(local.DayOfWeek) && time >= From && time < To;
        return (Days.Contains(local.DayOfWeek) && time >= From) || (Days.Contains(local.AddDays(-1).DayOfWeek) && time < To);
    }

    /// <summary>When the hours that hold now end, or the next ones begin: the first change after now, to the minute, within eight days.</summary>
    public DateTimeOffset Changes(Moment moment)
    {
        var holds = Holds(moment);
        var minute = TimeSpan.FromMinutes(1);
        var at = new DateTimeOffset(moment.Now.UtcTicks - moment.Now.UtcTicks % minute.Ticks, TimeSpan.Zero);
        for (var step = 1; step <= 8 * 24 * 60; step++)
        {
            if (Holds(moment with { Now = at + minute * step }) != holds) return at + minute * step;
        }
        return moment.Now + TimeSpan.FromDays(8);
    }

    private static ValueList<DayOfWeek>? DaysOf(string word)
    {
        var days = new List<DayOfWeek>();
        foreach (var part in word.ToLowerInvariant().Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2) return null;
            var (first, last) = (Array.IndexOf(Names, ends[0]), Array.IndexOf(Names, ends[^1]));
            if (first < 0 || last < 0) return null;
            for (var day = first; ; day = (day + 1) % 7)
            {
                days.Add((DayOfWeek)day);
                if (day == last) break;
            }
        }
        return [.. days];
    }

    private static (TimeSpan, TimeSpan)? SpanOf(string word) =>
        word.Split('-') is [var from, var to] && TimeOf(from) is { } begins && TimeOf(to) is { } ends ? (begins, ends) : null;

    private static TimeSpan? TimeOf(string word) =>
        word is "24:00" ? TimeSpan.FromDays(1)
        : TimeSpan.TryParseExact(word, [@"hh\:mm", @"h\:mm"], CultureInfo.InvariantCulture, out var time) ? time : null;

    private static bool IsZone(string word) =>
        word.Length > 1 && char.IsAsciiLetterUpper(word[0]) && word.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '/' or '_' or '-' or '+');
}
