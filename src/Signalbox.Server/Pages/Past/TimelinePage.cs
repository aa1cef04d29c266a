using Signalbox.Server.Admission;

namespace Signalbox.Server.Pages.Past;

/// <summary>Events over time, by source and severity, from a week down to seconds.</summary>
internal static class TimelinePage
{
    private const int MostRead = 50_000;
    private const int Listed = 100;
    private const int Sources = 10;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly ValueList<(string Name, string Ago)> Ranges =
        [("1 hour", "1h"), ("6 hours", "6h"), ("24 hours", "24h"), ("7 days", "7d"), ("30 days", "30d")];

    public static readonly Gate Row = new("GET", "/timeline", Door.Viewer, async (http, station) =>
    {
        var now = station.Now.World.Now();
        var span = SpanOf(http.Request.Query["from"], http.Request.Query["to"], now);
        var known = new HashSet<(string, string)>();
        // An event that several rooms heard of is one event.
        var scanned = await Scan.Back(station.Store, new() { From = span.From, Before = span.To }, null, int.MaxValue, MostRead,
            line => PastLine.Of(line) is { IsEvent: true } seen && known.Add((line.Event, seen.Note.Title)) ? seen : null, http.RequestAborted);
        var view = TimelineView.Of(span, scanned, now);
        await Reply.Html(http, 200, Layout.Page(new("Timeline", "/timeline") { Person = People.Of(http), Now = now }, Of(view)));
    });

    /// <summary>The span of a query: the last day unless it says otherwise.</summary>
    public static Span SpanOf(string? from, string? to, DateTimeOffset now)
    {
        var end = Span.Read(to, now) ?? now;
        var begin = Span.Read(from, now) ?? end - TimeSpan.FromDays(1);
        if (begin > end) (begin, end) = (end, begin);
        return end - begin < Shortest ? new(begin, begin + Shortest) : new(begin, end);
    }

    /// <summary>What the page shows.</summary>
    /// <param name="Asked">The span that was asked for.</param>
    /// <param name="Buckets">The events, counted.</param>
    /// <param name="Latest">The latest of them.</param>
    /// <param name="Since">Where counting began when there was more to read than is read for one page; null when all were counted.</param>
    /// <param name="Now">The time.</param>
    internal sealed record TimelineView(Span Asked, Buckets Buckets, ValueList<PastLine> Latest, DateTimeOffset? Since, DateTimeOffset Now)
    {
        /// <summary>Counts what was found.</summary>
        public static TimelineView Of(Span span, Scanned<PastLine> scanned, DateTimeOffset now) => new(span,
            Buckets.Of(span, scanned.Found.Select(each => (each.Line.At, each.Note.Source, each.Note.Severity))), [.. scanned.Found.Take(Listed)],
            scanned.Next?.At, now);
    }

    /// <summary>The page.</summary>
    public static Html Of(TimelineView view)
    {
        var count = view.Buckets.All.Sum(bar => bar.Count);
        return Html.Of($"""
            <div class="head"><h1>Timeline</h1><p>{Quantity.Count(count, "event")} from {Times.Full(view.Asked.From)} to {Times.Full(view.Asked.To)}</p></div>
            {Ways(view)}
            {(view.Since is { } since ? TooMuch(since) : Html.None)}
            {(count is 0 ? Nothing : Drawn(view))}
            """);
    }

    private static Html TooMuch(DateTimeOffset since) => Html.Of($"""
        <p class="wrong" role="status">There is more than one page counts: only what came since {Times.Full(since)} is shown. Choose a shorter time.</p>
        """);

    private static string Zoom(Span span) => Span.Link("/timeline", ("from", Span.Text(span.From)), ("to", Span.Text(span.To)));

    private static Html Ways(TimelineView view)
    {
        var (span, length) = (view.Asked, view.Asked.Length);
        return Html.Of($"""
            <nav class="row ways" aria-label="Time">
            {Ranges.Select(range => Html.Of($"<a class=\"button\" href=\"/timeline?from={range.Ago}\">{range.Name}</a>"))}
            <a class="button" href="{Zoom(new(span.From - length, span.From))}">← Earlier</a>
            {(span.To < view.Now ? Html.Of($"<a class=\"button\" href=\"{Zoom(new(span.To, span.To + length))}\">Later →</a>") : Html.None)}
            <a class="button" href="{Zoom(new(span.From - length / 2, span.To + length / 2))}">Zoom out</a></nav>
            """);
    }

    private static Html Drawn(TimelineView view)
    {
        var buckets = view.Buckets;
        var busiest = buckets.All.MaxBy(bar => bar.Count)!;
        var rest = view.Buckets.Sources.Count - Sources;
        return Html.Of($"""
            <section class="panel pad">{Chart.Of(buckets, Zoom)}
            <p class="soft">Each bar is {Quantity.Duration(buckets.Step)}; choose one to look into it. Busiest:
            <a href="{Zoom(new(busiest.From, busiest.From + buckets.Step))}">{Times.Full(busiest.From)}, {Quantity.Count(busiest.Count, "event")}</a>.</p>
            <details><summary>The same as a table</summary><div class="scroll"><table>
            <thead><tr><th>From</th><th class="number">Critical</th><th class="number">Error</th>
            <th class="number">Warning</th><th class="number">Info</th></tr></thead>
            <tbody>{buckets.All.Where(bar => bar.Count > 0).Select(Counted)}</tbody></table></div></details></section>
            <section class="panel pad"><h2>By source</h2><ul class="strips">{buckets.Sources.Take(Sources).Select(source => Source(source, view))}</ul>
            {(rest > 0 ? Html.Of($"<p class=\"soft\">and {Quantity.Count(rest, "more source")}</p>") : Html.None)}</section>
            <section><div class="head"><h2>Latest in this time</h2><p><a href="{In("", view.Asked)}">all in History</a></p></div>
            <div class="panel scroll"><table class="past"><tbody>{view.Latest.Select(Line)}</tbody></table></div></section>
            """);
    }

    private static string In(string when, Span span) => Span.Link("/history", ("when", when), ("from", Span.Text(span.From)), ("to", Span.Text(span.To)));

    private static Html Counted(Bucket bar) => Html.Of($"""
        <tr><td>{Times.Full(bar.From)}</td>{bar.BySeverity.Reverse().Select(count => Html.Of($"<td class=\"number\">{count}</td>"))}</tr>
        """);

    private static Html Source(SourceBars source, TimelineView view) => Html.Of($"""
        <li><a href="{In($"source = \"{source.Name}\"", view.Asked)}">{source.Name}</a>
        <span class="number soft">{source.Count}</span>{Chart.Strip(source, view.Buckets)}</li>
        """);

    private static Html Line(PastLine known) => Html.Of($"""
        <tr data-stop><td class="soft">{Times.Full(known.Line.At)}</td><td>{Icons.Of(known.Note.Severity, known.Note.Status)}
        <a href="{PathPart.Event(known.Line.Event)}">{Cut.Line(known.Note.Title, 200)}</a>
        <span class="why">{known.Note.Source} · {known.Line.What}{In(known.Line.Place.Room)}</span></td></tr>
        """);

    private static string In(string room) => room.Length > 0 ? $" · {room}" : "";

    private static readonly Html Nothing = new("<div class=\"empty\"><p><b>Nothing happened in this time.</b></p></div>");
}
