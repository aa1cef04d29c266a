using System.Globalization;

namespace Signalbox;

/// <summary>Time spans as people write them in settings and commands: "800ms", "90s", "10m", "2h", "1d".</summary>
public static class Durations
{
    /// <summary>Reads a time span of at most ten years; null when the text is none.</summary>
    public static TimeSpan? Read(string text)
    {
        var unit = text.AsSpan().TrimStart("0123456789");
        if (unit.Length == text.Length
            || !long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var milliseconds = unit switch { "ms" => 1L, "s" => 1_000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, _ => 0 };
        return milliseconds > 0 && number <= 315_360_000_000 / milliseconds ? TimeSpan.FromMilliseconds(number * milliseconds) : null;
    }
}
