using System.Globalization;

namespace Signalbox.Effects;

/// <summary>What stands in recorded events for what is known only when they are played.</summary>
public static class Placeholders
{
    /// <summary>An event with <c>{now}</c>, <c>{now-5m}</c>, <c>{epoch}</c> and <c>{n}</c> filled in.</summary>
    /// <param name="text">The event.</param>
    /// <param name="at">The time.</param>
    /// <param name="number">Which repeat it is, from 1.</param>
    public static string Fill(string text, DateTimeOffset at, int number)
    {
        text = text.Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{epoch}", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{now}", Iso(at), StringComparison.Ordinal);
        for (var from = text.IndexOf("{now-", StringComparison.Ordinal); from >= 0; from = text.IndexOf("{now-", from + 1, StringComparison.Ordinal))
        {
            var to = text.IndexOf('}', from);
            if (to > 0 && Durations.Read(text[(from + 5)..to]) is { } back) text = string.Concat(text.AsSpan(0, from), Iso(at - back), text.AsSpan(to + 1));
        }
        return text;
    }

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
