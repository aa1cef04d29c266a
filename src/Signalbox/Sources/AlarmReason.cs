using System.Globalization;

namespace Signalbox;

/// <summary>What CloudWatch writes into a state reason, taken apart. Everything is optional: reasons are prose that changes over the years.</summary>
/// <remarks>
/// <c>Threshold Crossed: 3 out of the last 5 datapoints [4.2 (10/06/24 02:11:00), 3.1 (10/06/24 02:10:00)] were greater than the threshold (1.0) …</c>
/// </remarks>
internal sealed record AlarmReason
{
    /// <summary>The values, oldest first.</summary>
    public ValueList<double> Values { get; init; }

    /// <summary>The threshold in brackets, when there is one.</summary>
    public double? Threshold { get; init; }

    /// <summary>The comparison in CloudWatch's words without "not": "greater than or equal to".</summary>
    public string? Comparison { get; init; }

    /// <summary>How many datapoints are said to have crossed.</summary>
    public int? Crossed { get; init; }

    /// <summary>Out of how many.</summary>
    public int? OutOf { get; init; }

    /// <summary>The lower end of an anomaly band.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of an anomaly band.</summary>
    public double? Upper { get; init; }

    private static readonly string[] Phrases =
        ["greater than or equal to", "less than or equal to", "greater than", "less than"];

    /// <summary>Takes a reason apart. Total: what is not there stays null.</summary>
    public static AlarmReason Read(string? reason)
    {
        if (reason is null || reason.Length > 8192) return new();
        return new()
        {
            Values = ReadValues(reason),
            Threshold = NumberAfter(reason, "the threshold (", ')'),
            Comparison = ReadComparison(reason),
            Crossed = CountBefore(reason, " out of the last ") ?? CountBefore(reason, " datapoint"),
            OutOf = (int?)NumberAfter(reason, "out of the last ", ' '),
            Lower = NumberAfter(reason, "lower thresholds [", ']', ' ', ','),
            Upper = NumberAfter(reason, "upper thresholds [", ']', ' ', ','),
        };
    }

    private static string? ReadComparison(string reason)
    {
        foreach (var comparison in Phrases)
        {
            if (reason.Contains(comparison + " the threshold", StringComparison.Ordinal)) return comparison;
        }
        return null;
    }

    /// <summary>Where the list of datapoints opens: "datapoints [4.2 (…", "datapoint (10.0)", "which crossed the threshold: [4.2 (…".</summary>
    private static int ListOf(string reason)
    {
        var start = reason.IndexOf("datapoint", StringComparison.Ordinal);
        for (var at = start; at >= 0 && at + 1 < reason.Length; at = reason.AsSpan(at + 1).IndexOfAny('[', '(') is var next and >= 0 ? at + 1 + next : -1)
        {
            if (reason[at] is '[' && reason[at + 1] is (>= '0' and <= '9') or '-') return at;
            if (reason[at] is '(' && at - start <= "datapoints ".Length) return at;
        }
        return -1;
    }

    /// <summary>The datapoints in "[4.2 (10/06/24 02:11:00), 3.1 (…)]" or "(10.0)", sorted by the times beside them, which come day first.</summary>
    private static ValueList<double> ReadValues(string reason)
    {
        var open = ListOf(reason);
        if (open < 0) return [];
        var close = reason.IndexOf(reason[open] is '[' ? ']' : ')', open);
        if (close < 0) return [];

        var points = new List<(DateTime? At, double Value)>();
        var rest = reason.AsSpan(open + 1, close - open - 1);
        while (!rest.IsEmpty && points.Count < 100)
        {
            rest = rest.TrimStart(" ,");
            var end = rest.IndexOfAny(" ,");
            var number = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[end..];
            if (Number(number) is not { } value) break;
            DateTime? at = null;
            if (rest.TrimStart() is ['(', .. var inner] && inner.IndexOf(')') is var bracket and >= 0)
            {
                var written = inner[..bracket];
                at = DateTime.TryParseExact(written, "dd/MM/yy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
                rest = inner[(bracket + 1)..];
            }
            points.Add((at, value));
        }
        return points.TrueForAll(point => point.At is not null)
            ? [.. from point in points orderby point.At select point.Value]
            : [.. from point in points select point.Value];
    }

    private static int? CountBefore(string reason, string mark)
    {
        var at = reason.IndexOf(mark, StringComparison.Ordinal);
        if (at <= 0) return null;
        var start = reason.LastIndexOf(' ', at - 1) + 1;
        return int.TryParse(reason.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    private static double? NumberAfter(string reason, string mark, params ReadOnlySpan<char> ends)
    {
        var at = reason.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0) return null;
        var rest = reason.AsSpan(at + mark.Length);
        var end = rest.IndexOfAny(ends);
        return end < 0 ? null : Number(rest[..end]);
    }

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
