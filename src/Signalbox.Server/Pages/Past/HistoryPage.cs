using Signalbox.Server.Admission;

namespace Signalbox.Server.Pages.Past;

/// <summary>Everything that was said, held back or done, to be searched by any field.</summary>
internal static class HistoryPage
{
    private const int PerPage = 100;

    /// <summary>So many lines are read for one page: then it shows what it has, and a link to go on.</summary>
    private const int MostRead = 20_000;

    public static readonly Gate Row = new("GET", "/history", Door.Viewer, async (http, station) =>
    {
        var (duty, question) = (station.Now, Question.Of(http.Request.Query));
        var asking = question.Read(duty.Settings.Accounts, duty.World.Now());
        var scanned = asking.Faults.Count > 0 ? new([], 0, null)
            : await Scan.Back(station.Store, asking.Query, Mark.Read(http.Request.Query["go"]), PerPage, MostRead, asking.Pick, http.RequestAborted);
        ValueList<string> rooms = [.. duty.Settings.Rooms.Select(room => room.Name)];
        await Reply.Html(http, asking.Faults.Count > 0 ? 400 : 200,
            Layout.Page(new("History", "/history") { Person = People.Of(http) }, Of(question, asking.Faults, scanned, rooms)));
    });

    /// <summary>The page.</summary>
    public static Html Of(Question question, ValueList<string> faults, Scanned<PastLine> scanned, ValueList<string> rooms) => Html.Of($"""
        <div class="head"><h1>History</h1><p>what was said, held back and done; the address of this page is the search</p></div>
        {Form(question, rooms)}
        {faults.Select(fault => Html.Of($"<pre class=\"wrong\" role=\"alert\">{fault}</pre>"))}
        {(faults.Count > 0 ? Html.None : Found(question, scanned))}
        """);

    private static Html Form(Question question, ValueList<string> rooms) => Html.Of($"""
        <form class="row search" action="/history">
        <div class="broad"><label for="when">Condition</label><input id="when" name="when" value="{question.When}" data-line
         spellcheck="false" autocapitalize="off" placeholder="source = rds and severity &gt;= warning and tag.team = payments"></div>
        <div><label for="words">Words</label><input id="words" name="words" value="{question.Words}"></div>
        <div><label for="room">Room</label><input id="room" name="room" value="{question.Room}" list="rooms"></div>
        <div><label for="what">What</label><select id="what" name="what"><option value="">anything</option>{Question.Whats.Select(what => Html.Of(
            $"<option{(what == question.What ? new Html(" selected") : Html.None)}>{what}</option>"))}</select></div>
        <div><label for="from">From</label><input id="from" name="from" value="{question.From}" placeholder="6h, or 2026-11-22T18:00Z"></div>
        <div><label for="to">To</label><input id="to" name="to" value="{question.To}" placeholder="now"></div>
        <div class="go"><button class="main">Search</button> <a class="button" href="/history">Clear</a></div>
        <datalist id="rooms">{rooms.Select(room => Html.Of($"<option value=\"{room}\">"))}</datalist></form>
        """);

    private static Html Found(Question question, Scanned<PastLine> scanned) => Html.Of($"""
        {(scanned.Found.Count > 0 ? Table(scanned.Found) : scanned.Next is null ? Nothing : Html.None)}
        <p class="older row">{(scanned.Next is { } next ? GoOn(question, scanned.Read, next) : Html.None)}
        {(scanned.Found.Count > 0 ? Export(question) : Html.None)}</p>
        """);

    private static Html GoOn(Question question, int read, Mark next) => Html.Of($"""
        <span class="soft">{Quantity.Count(read, "line")} read</span> <a class="button" href="{question.Link("/history", next)}">Go on to older ones</a>
        """);

    private static Html Export(Question question) => Html.Of($"""
        <span class="soft">Export</span> <a href="{question.Link("/history.csv")}">CSV</a> <a href="{question.Link("/history.jsonl")}">JSON lines</a>
        """);

    private static readonly Html Nothing = new("""
        <div class="empty"><p><b>Nothing in history is like that.</b></p>
        <p>It reaches back as far as <code>retention</code> in the settings says.</p></div>
        """);

    private static Html Table(ValueList<PastLine> found) => Html.Of($"""
        <div class="panel scroll"><table class="past"><thead><tr><th>When</th><th>What</th><th>Room</th><th>Title</th></tr></thead>
        <tbody>{found.Select(Line)}</tbody></table></div>
        """);

    private static Html Line(PastLine known) => Html.Of($"""
        <tr data-stop><td class="soft">{Times.Full(known.Line.At)}</td><td><span class="tag">{known.Line.What}</span></td><td>{Room(known.Line.Place.Room)}</td>
        <td>{Icons.Of(known.Note.Severity, known.Note.Status)} {Title(known)} <span class="why">{Who(known)}{Cut.Line(known.Note.Because, 240)}</span></td></tr>
        """);

    private static Html Room(string room) => room.Length is 0 ? Html.None : Html.Of($"<a href=\"{PathPart.Room(room)}\">{room}</a>");

    private static Html Title(PastLine known) => HasPage(known.Line)
        ? Html.Of($"<a href=\"{PathPart.Event(known.Line.Event)}\">{Cut.Line(known.Note.Title, 200)}</a>")
        : Html.Of($"<b>{Cut.Line(known.Note.Title, 200)}</b>");

    private static bool HasPage(HistoryLine line) =>
        line.Event.Length is > 0 and <= 500 && line.What is not Doer.Act && !line.Event.StartsWith("digest/", StringComparison.Ordinal);

    private static string Who(PastLine known) => known.Note.Doer is { } doer ? $"{doer.By}: " : "";
}
