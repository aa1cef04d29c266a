using System.Globalization;

namespace Signalbox;

/// <summary>Numbers, sizes and times as people say them.</summary>
public static class Quantity
{
    private static readonly string[] Sizes = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>A number with at most four telling digits: 4.2, 99.5, 1,234, 0.0206.</summary>
    public static string Of(double value)
    {
        var size = Math.Abs(value);
        return (size switch
        {
            0 => "0",
            >= 1e15 or < 1e-6 => value.ToString("0.###E0", CultureInfo.InvariantCulture),
            >= 1000 => value.ToString("#,0.#", CultureInfo.InvariantCulture),
            >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
            >= 1 => value.ToString("0.##", CultureInfo.InvariantCulture),
            _ => value.ToString("0." + new string('#', 3 - (int)Math.Floor(Math.Log10(size)) - 1), CultureInfo.InvariantCulture),
        }).Replace('-', '−');
    }

    /// <summary>A number with its unit: "4.2 %", "1.5 GiB", "340 ms", "12 min".</summary>
    /// <param name="value">The number.</param>
    /// <param name="unit">"%", "B", "B/s", "s", "ms", "µs" or any word; empty for a mere number.</param>
    public static string Of(double value, string unit) => unit switch
    {
        "" => Of(value),
        "B" => Size(value),
        "B/s" => Size(value) + "/s",
        "µs" when Math.Abs(value) >= 1000 => Of(value / 1000, "ms"),
        "ms" when Math.Abs(value) >= 1000 => Of(value / 1000, "s"),
        "s" when Math.Abs(value) >= 120 => Duration(TimeSpan.FromSeconds(Math.Clamp(value, -1e9, 1e9))),
        "s" when Math.Abs(value) is > 0 and < 1 => $"{Of(value * 1000)} ms",
        _ => $"{Of(value)} {unit}",
    };

    /// <summary>A size in bytes: "512 B", "1.5 GiB".</summary>
    public static string Size(double bytes)
    {
        var step = 0;
        while (Math.Abs(bytes) >= 1024 && step < Sizes.Length - 1)
        {
            bytes /= 1024;
            step++;
        }
        return $"{Of(bytes)} {Sizes[step]}";
    }

    /// <summary>A duration in its two largest units: "45 s", "3 min 20 s", "2 h 5 min", "3 d 4 h".</summary>
    public static string Duration(TimeSpan duration)
    {
        var sign = duration < TimeSpan.Zero ? "−" : "";
        var length = duration.Duration();
        return sign + (length switch
        {
            { TotalSeconds: < 60 } => $"{Of(length.TotalSeconds)} s",
            { TotalMinutes: < 60 } => Two(length.Minutes, "min", length.Seconds, "s"),
            { TotalHours: < 24 } => Two(length.Hours, "h", length.Minutes, "min"),
            _ => Two((int)length.TotalDays, "d", length.Hours, "h"),
        });
    }

    /// <summary>"1 resource", "3 resources".</summary>
    public static string Count(long count, string one, string? many = null) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";

    private static string Two(int large, string unit, int small, string smallUnit) =>
        small == 0 ? $"{large} {unit}" : $"{large} {unit} {small} {smallUnit}";
}
