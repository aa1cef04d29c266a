using System.Globalization;

namespace Signalbox.Server.Pages;

/// <summary>Numbers as small pictures, each with its words beside it.</summary>
internal static class Drawings
{
    private const int MostValues = 120;
    private const int MostParts = 300;

    /// <summary>A series as a line with its threshold; nothing when it has no values.</summary>
    public static Html Spark(Series series)
    {
        double[] values = [.. series.Values.Where(double.IsFinite).TakeLast(MostValues)];
        if (values.Length is 0) return Html.None;
        double? limit = series.Threshold is { } threshold && double.IsFinite(threshold) ? threshold : null;
        var (least, most) = (Math.Min(values.Min(), limit ?? double.MaxValue), Math.Max(values.Max(), limit ?? double.MinValue));
        double Y(double value) => most > least ? 36 - 32 * ((value - least) / (most - least)) : 20;
        double X(int at) => values.Length > 1 ? 200.0 * at / (values.Length - 1) : 200;
        var points = string.Join(' ', values.Select((value, at) =>
            string.Create(CultureInfo.InvariantCulture, $"{(at is 0 ? 'M' : 'L')}{X(at):0.#} {Y(value):0.#}")));
        if (values.Length is 1) points = string.Create(CultureInfo.InvariantCulture, $"M0 {Y(values[0]):0.#}L200 {Y(values[0]):0.#}");
        var last = Quantity.Of(values[^1], series.Unit);
        var line = limit is { } at ? Html.Of($"<path class=\"limit\" d=\"M0 {Y(at)}H200\"/>") : Html.None;
        return Html.Of($"""
            <figure class="spark"><svg viewBox="0 0 200 40" preserveAspectRatio="none" aria-hidden="true">{line}<path d="{points}"/></svg>
            <figcaption><b>{last}</b>{(limit is { } held ? Html.Of($" <span class=\"soft\">threshold {Quantity.Of(held, series.Unit)}</span>") : Html.None)}</figcaption></figure>
            """);
    }

    /// <summary>The parts of an operation as a bar: done, failed, under way, in the order in which they end.</summary>
    public static Html Parts(ValueList<Part> parts)
    {
        if (parts.Count is 0) return Html.None;
        var (done, failed) = (parts.Count(part => part.Status is Status.Cleared), parts.Count(part => part.Status is Status.Raised));
        var shown = parts.OrderBy(part => part.Status switch { Status.Cleared => 0, Status.Raised => 1, _ => 2 }).Take(MostParts).ToList();
        var width = 100.0 / shown.Count;
        var gap = shown.Count < 60 ? width * 0.08 : 0;
        var bars = shown.Select((part, at) => Html.Of(
            $"<rect class=\"{Class(part.Status)}\" x=\"{at * width}\" y=\"0\" width=\"{width - gap}\" height=\"4\"><title>{part.Name}</title></rect>"));
        var words = $"{done} of {parts.Count} done{(failed > 0 ? $", {failed} failed" : "")}";
        return Html.Of($"<div class=\"parts\"><svg viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{words}\">{bars}</svg>{words}</div>");
    }

    private static string Class(Status status) => status switch { Status.Cleared => "cleared", Status.Raised => "critical", Status.Ongoing => "ongoing", _ => "rest" };
}
