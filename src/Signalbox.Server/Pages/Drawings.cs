using System.Globalization;
using System.Text.RegularExpressions;

namespace Signalbox.Server.Pages;

/// <summary>Numbers as small pictures, each with its words beside it.</summary>
internal static partial class Drawings
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
        var held = limit is { } value ? Html.Of($" <span class=\"soft\">threshold {Quantity.Of(value, series.Unit)}</span>") : Html.None;
        return Html.Of($"""
            <figure class="spark"><svg viewBox="0 0 200 40" preserveAspectRatio="none" aria-hidden="true">{line}<path d="{points}"/></svg>
            <figcaption><b>{last}</b>{held}</figcaption></figure>
            """);
    }

    /// <summary>The parts of an operation as a bar: done, failed, under way.</summary>
    public static Html Parts(ValueList<Part> parts) =>
        Parts([.. from part in parts orderby Turn(part.Status) select (part.Name, Class(part.Status))]);

    /// <summary>The same from the words that a message has for it: "2 of 4 done, 2 failed"; nothing when it says something else.</summary>
    public static Html Parts(string words)
    {
        if (Counts().Match(words) is not { Success: true } found) return Html.None;
        int Number(int group) => int.TryParse(found.Groups[group].ValueSpan, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, MostParts) : 0;
        var (done, all, failed) = (Number(1), Number(2), Number(3));
        return Parts([
            .. Enumerable.Repeat(("done", "cleared"), done), .. Enumerable.Repeat(("failed", "critical"), failed),
            .. Enumerable.Repeat(("", "rest"), Math.Max(all - done - failed, 0)),
        ]);
    }

    private static Html Parts(ValueList<(string Name, string Class)> parts)
    {
        if (parts.Count is 0) return Html.None;
        var (done, failed) = (parts.Count(part => part.Class is "cleared"), parts.Count(part => part.Class is "critical"));
        var shown = parts.Take(MostParts).ToList();
        var width = 100.0 / shown.Count;
        var bars = shown.Select((part, at) => Bar(part.Name, part.Class, at * width, at == shown.Count - 1 ? width : width - Math.Min(width * 0.1, 0.5)));
        var words = $"{done} of {parts.Count} done{(failed > 0 ? $", {failed} failed" : "")}";
        return Html.Of($"""
            <div class="parts"><svg viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="{words}">{bars}</svg>{words}</div>
            """);
    }

    private static Html Bar(string name, string kind, double from, double width) =>
        Html.Of($"<rect class=\"{kind}\" x=\"{from}\" y=\"0\" width=\"{width}\" height=\"4\"><title>{name}</title></rect>");

    [GeneratedRegex(@"(\d+) of (\d+) done(?:, (\d+) failed)?$")]
    private static partial Regex Counts();

    private static int Turn(Status status) => status switch { Status.Cleared => 0, Status.Raised => 1, _ => 2 };

    private static string Class(Status status) => status switch
    {
        Status.Cleared => "cleared",
        Status.Raised => "critical",
        Status.Ongoing => "ongoing",
        _ => "rest",
    };
}
