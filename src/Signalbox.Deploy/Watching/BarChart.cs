using System.Globalization;

namespace Signalbox.Deploy;

/// <summary>Numbers over time, drawn with characters.</summary>
public static class BarChart
{
    private const string Eighths = " ▁▂▃▄▅▆▇█";
    private const int Rows = 5;

    /// <summary>One line of bars from zero, which is a dot, to the greatest; a gap where there is no number.</summary>
    /// <param name="series">The numbers.</param>
    public static string Spark(MetricSeries series)
    {
        var most = Math.Max(series.Most ?? 0, double.Epsilon);
        return string.Concat(series.Values.Select(value => value switch
        {
            null => ' ',
            0 => '·',
            { } number => Eighths[1 + Math.Clamp((int)(number / most * 7.999), 0, 7)],
        }));
    }

    /// <summary>A chart with a scale at its left and times below.</summary>
    /// <param name="series">How high each bar is.</param>
    /// <param name="bad">How many of each were bad: those bars stand out, from below.</param>
    /// <param name="span">When.</param>
    public static ValueList<ValueList<Paint>> Of(MetricSeries series, MetricSeries bad, MetricSpan span)
    {
        var top = Top(series.Most ?? 0);
        string[] scale = [Quantity.Of(top), "", top % 2 is 0 ? Quantity.Of(top / 2) : "", "", ""];
        var width = Math.Max(scale.Max(mark => mark.Length), 1);
        return
        [
            .. from row in Enumerable.Range(0, Rows)
               select (ValueList<Paint>)
               [
                   new(Tone.Quiet, $"{scale[row].PadLeft(width)} {(scale[row].Length > 0 ? '┤' : '│')}"),
                   .. Bars(series, bad, top, Rows - 1 - row),
               ],
            [new(Tone.Quiet, $"{"0".PadLeft(width)} └{new string('─', span.Count)}")],
            [new(Tone.Quiet, new string(' ', width + 2) + Times(span))],
        ];
    }

    /// <summary>The next number above that people count by: 1, 2, 5, 10, 20, 50 and so on.</summary>
    public static double Top(double most)
    {
        if (most <= 1) return 1;
        var ten = Math.Pow(10, Math.Floor(Math.Log10(most)));
        return ((double[])[1, 2, 4, 5, 6, 8, 10]).Select(step => step * ten).First(step => step >= most - 1e-9);
    }

    private static IEnumerable<Paint> Bars(MetricSeries series, MetricSeries bad, double top, int row)
    {
        var cells = series.Values.Select((value, place) =>
        {
            var eighths = Height(value, top);
            var red = Height(place < bad.Values.Count ? bad.Values[place] : null, top);
            var filled = Math.Clamp(eighths - (row * 8), 0, 8);
            return (Tone: filled > 0 && red > row * 8 ? Tone.Bad : Tone.Good, Text: Eighths[filled]);
        }).ToList();
        for (var at = 0; at < cells.Count;)
        {
            var run = cells.Skip(at).TakeWhile(cell => cell.Tone == cells[at].Tone).ToList();
            yield return new(cells[at].Tone, string.Concat(run.Select(cell => cell.Text)));
            at += run.Count;
        }
    }

    /// <summary>Eighths of a row; something that is there is seen, however small it is.</summary>
    private static int Height(double? value, double top) => value is > 0 and { } number ? Math.Max(1, (int)Math.Round(number / top * Rows * 8)) : 0;

    private static string Times(MetricSpan span)
    {
        var form = span.Length.TotalDays > 2 ? "MMM d" : "HH:mm";
        var marks = Math.Max(1, span.Count / 12);
        var text = "";
        for (var mark = 0; mark < marks; mark++)
        {
            var place = mark * span.Count / marks;
            text = text.PadRight(place) + (span.From + (span.Step * place)).UtcDateTime.ToString(form, CultureInfo.InvariantCulture);
        }
        return text;
    }
}
