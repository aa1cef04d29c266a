using System.Globalization;

namespace Signalbox.Deploy;

/// <summary>How EventBridge writes times: <c>rate(5 minutes)</c>, <c>cron(0 10 ? * MON-FRI *)</c>.</summary>
/// <remarks>https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html</remarks>
internal static class Times
{
    private static readonly ValueList<(string Name, int Least, int Most, string Extra, string Words)> Fields =
    [
        ("minutes", 0, 59, "", ""),
        ("hours", 0, 23, "", ""),
        ("day of month", 1, 31, "?LW", ""),
        ("month", 1, 12, "", "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
        ("day of week", 1, 7, "?L#", "SUN MON TUE WED THU FRI SAT"),
        ("year", 1970, 2199, "", ""),
    ];

    /// <summary>What is wrong with an expression, in a sentence; null for nothing.</summary>
    public static string? Fault(string text) =>
        Inside(text, "rate(") is { } rate ? RateFault(rate)
        : Inside(text, "cron(") is { } cron ? CronFault(cron)
        : "A time is rate(5 minutes) or cron(0 10 ? * MON-FRI *), in UTC.";

    private static string? Inside(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) && text.EndsWith(')') ? text[start.Length..^1] : null;

    private static string? RateFault(string rate)
    {
        var words = rate.Split(' ');
        if (words.Length is not 2 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is 0)
            return "A rate is a number above 0 and a unit, as in rate(5 minutes).";
        ValueList<string> units = number is 1 ? ["minute", "hour", "day"] : ["minutes", "hours", "days"];
        return units.Contains(words[1]) ? null : $"After {number} the unit is {Sentence.Or(units)}.";
    }

    private static string? CronFault(string cron)
    {
        var words = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not 6)
            return $"A cron has six fields: minutes, hours, day of month, month, day of week, year; this one has {words.Length}.";
        for (var place = 0; place < words.Length; place++)
        {
            var (name, least, most, extra, known) = Fields[place];
            if (!words[place].Split(',').All(part => Fits(part, least, most, extra, known)))
                return $"\"{words[place]}\" is no {name} of a cron{(known.Length > 0 ? $" ({least}-{most} or {known})" : $" ({least}-{most})")}.";
        }
        return words[2] is "?" == words[4] is "?" ? "Exactly one of day of month and day of week is ?: the other says which days." : null;
    }

    private static bool Fits(string part, int least, int most, string extra, string words)
    {
        if (part is "*") return true;
        if (part is "?" or "L" or "LW") return part.All(extra.Contains);
        if (part.Split('#') is [var day, var which] && extra.Contains('#'))
            return IsValue(day, least, most, words) && IsValue(which, 1, 5, "");
        if (part.Split('/') is [var start, var step])
            return IsValue(step, 1, most, "") && (start is "*" || Fits(start, least, most, "", words));
        if (part.Split('-') is [var from, var to] && extra.Contains('L') && from is "L") return IsValue(to, 1, most, "");
        if (part.Split('-') is [var first, var last]) return IsValue(first, least, most, words) && IsValue(last, least, most, words);
        return IsValue(part.TrimEnd([.. extra.Where(char.IsAsciiLetter)]), least, most, words);
    }

    private static bool IsValue(string text, int least, int most, string words) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number >= least && number <= most
            : text.Length is 3 && words.Split(' ').Contains(text.ToUpperInvariant());
}
