namespace Signalbox;

/// <summary>Draws a series with the eight bars of Unicode.</summary>
public static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>"▁▂▅█ 4.2 % (threshold 1 %)"; the last thirty values.</summary>
    public static string Of(Series series)
    {
        ReadOnlySpan<double> values = [.. series.Values.Where(double.IsFinite).TakeLast(30)];
        if (values.Length == 0) return "";
        var least = values[0];
        var most = values[0];
        foreach (var value in values)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }
        if (series.Threshold is { } limit && double.IsFinite(limit))
        {
            least = Math.Min(least, limit);
            most = Math.Max(most, limit);
        }

        Span<char> drawn = stackalloc char[30];
        for (var at = 0; at < values.Length; at++)
        {
            var height = most > least ? (values[at] - least) / (most - least) : 0.5;
            drawn[at] = Bars[Math.Clamp((int)(height * 7.999), 0, 7)];
        }
        var threshold = series.Threshold is { } line && double.IsFinite(line) ? $" (threshold {Quantity.Of(line, series.Unit)})" : "";
        return $"{drawn[..values.Length]} {Quantity.Of(values[^1], series.Unit)}{threshold}";
    }
}
