using System.Globalization;

namespace Signalbox.Server.Pages.Past;

/// <summary>Events over time as a drawing. Severities differ by hatching as well as by colour; every bar says in words what it is, and leads into it.</summary>
internal static class Chart
{
    private const double Width = 1200;
    private const double Height = 200;
    private static readonly ValueList<Severity> Worst = [Severity.Critical, Severity.Error, Severity.Warning, Severity.Info];

    /// <summary>All sources, with a scale.</summary>
    public static Html Of(Buckets buckets, Func<Span, string> zoom)
    {
        var top = Top(buckets.All.Max(bar => bar.Count));
        var width = Width / buckets.All.Count;
        return Html.Of($"""
            <figure class="chart"><div class="scale soft" aria-hidden="true"><span>{top}</span>
            <span>{(top % 2 is 0 ? $"{top / 2}" : "")}</span><span>0</span></div>
            <svg viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" role="group"
             aria-label="Events from {Said(buckets.Span.From)} to {Said(buckets.Span.To)} by severity">
            {Hatches}<path class="grid" d="M0 .5H{Width}M0 {Height / 2}H{Width}M0 {Height - .5}H{Width}"/>
            {buckets.All.Select((bar, place) => Bar(bar, place * width, width, Height, top, buckets.Step, zoom))}</svg>
            {Axis(buckets)}{Legend}</figure>
            """);
    }

    /// <summary>One source, small.</summary>
    public static Html Strip(SourceBars source, Buckets buckets)
    {
        var (width, top) = (Width / source.Bars.Count, source.Bars.Max(bar => bar.Count));
        return Html.Of($"""
            <svg class="strip" viewBox="0 0 {Width} 40" preserveAspectRatio="none" role="img"
             aria-label="{source.Name}: {Quantity.Count(source.Count, "event")}, at most {top} in {Quantity.Duration(buckets.Step)}">
            <path class="grid" d="M0 39.5H{Width}"/>{source.Bars.Select((bar, place) => Stack(bar, place * width, width, 40, top))}</svg>
            """);
    }

    /// <summary>A round number not below the most.</summary>
    public static int Top(int most)
    {
        for (var unit = 1; ; unit *= 10)
        {
            foreach (var factor in (int[])[1, 2, 4, 6, 8])
            {
                if (factor * unit >= most) return factor * unit;
            }
        }
    }

    private static Html Bar(Bucket bar, double x, double width, double height, int top, TimeSpan step, Func<Span, string> zoom) =>
        bar.Count is 0 ? Html.None : Html.Of($"""
            <a href="{zoom(new(bar.From, bar.From + step))}"><title>{Words(bar)}</title>
            <rect class="behind" x="{x}" y="0" width="{width}" height="{height}"/>{Stack(bar, x, width, height, top)}</a>
            """);

    private static Html Stack(Bucket bar, double x, double width, double height, int top)
    {
        var (y, gap, pieces) = (height, width * 0.12, new List<Html>());
        // The worst stands on the ground, where its height can be compared.
        foreach (var severity in Worst)
        {
            if (bar.BySeverity[(int)severity] is not (> 0 and var count)) continue;
            var tall = height * count / top;
            y -= tall;
            var name = Signalbox.Words.Of(severity);
            pieces.Add(Html.Of($"<rect class=\"{name}\" x=\"{x + gap / 2}\" y=\"{y}\" width=\"{width - gap}\" height=\"{tall}\"/>"));
            if (severity is not Severity.Error)
                pieces.Add(Html.Of($"<rect fill=\"url(#on-{name})\" x=\"{x + gap / 2}\" y=\"{y}\" width=\"{width - gap}\" height=\"{tall}\"/>"));
        }
        return Html.All(pieces);
    }

    /// <summary>"14:05 UTC: 12 events, 3 critical, 9 info".</summary>
    public static string Words(Bucket bar) => $"{Said(bar.From)}: {Quantity.Count(bar.Count, "event")}" + string.Concat(
        Worst.Where(severity => bar.BySeverity[(int)severity] > 0).Select(severity => $", {bar.BySeverity[(int)severity]} {Signalbox.Words.Of(severity)}"));

    private static string Said(DateTimeOffset at) =>
        at.UtcDateTime.ToString("d MMM HH:mm:ss 'UTC'", CultureInfo.InvariantCulture).Replace(":00 UTC", " UTC", StringComparison.Ordinal);

    private static Html Axis(Buckets buckets)
    {
        const int marks = 4;
        var days = buckets.Span.Length > TimeSpan.FromHours(20);
        var places = Enumerable.Range(0, marks + 1).Select(place => Mark(buckets.Span.From + buckets.Span.Length * place / marks, days));
        return Html.Of($"<div class=\"axis soft\">{places}</div>");
    }

    private static Html Mark(DateTimeOffset at, bool days) => days ? Times.Full(at) : Times.Clock(at);

    private static readonly Html Hatches = new("""
        <defs><pattern id="on-critical" width="8" height="8" patternUnits="userSpaceOnUse"><path class="hatch" d="M0 0L8 8M8 0L0 8"/></pattern>
        <pattern id="on-warning" width="9" height="9" patternUnits="userSpaceOnUse"><path class="hatch" d="M0 9L9 0"/></pattern>
        <pattern id="on-info" width="7" height="7" patternUnits="userSpaceOnUse"><circle class="dot" cx="3.5" cy="3.5" r="2"/></pattern></defs>
        """);

    private static readonly Html Legend = Html.Of($"<figcaption class=\"row soft\">{Worst.Select(Key)}</figcaption>");

    private static Html Key(Severity severity)
    {
        var name = Signalbox.Words.Of(severity);
        var hatch = severity is Severity.Error ? Html.None : Html.Of($"<rect fill=\"url(#on-{name})\" width=\"20\" height=\"14\"/>");
        return Html.Of($"""
            <span class="row"><svg class="key" viewBox="0 0 20 14" aria-hidden="true"><rect class="{name}" width="20" height="14"/>{hatch}</svg>{name}</span>
            """);
    }
}
