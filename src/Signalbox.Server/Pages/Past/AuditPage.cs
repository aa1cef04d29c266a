using Signalbox.Server.Admission;

namespace Signalbox.Server.Pages.Past;

/// <summary>Something that somebody did.</summary>
internal sealed record Entry(DateTimeOffset At, Place Place, string What, string Outcome, Doer Doer);

/// <summary>What people did, for whoever has to account for it.</summary>
internal static class AuditPage
{
    private const int PerPage = 100;
    private const int MostRead = 5_000;

    public static readonly Gate Row = new("GET", "/audit", Door.Admin, async (http, station) =>
    {
        var who = http.Request.Query["who"].ToString().Trim();
        var entries = await Scan.Back(station.Store, new() { Event = Doer.Act }, Mark.Read(http.Request.Query["go"]), PerPage, MostRead,
            line => EntryOf(line) is { } entry && (who.Length is 0 || entry.Doer.By.Equals(who, StringComparison.OrdinalIgnoreCase)) ? entry : null,
            http.RequestAborted);
        await Reply.Html(http, 200, Layout.Page(new("Audit log", "/health") { Person = People.Of(http) }, Of(entries, who)));
    });

    /// <summary>The act of a line; null for a line of another kind.</summary>
    public static Entry? EntryOf(HistoryLine line) => line.What is Doer.Act && StateJson.History(line.Body) is { Doer: { } doer } note
        ? new(line.At, line.Place, note.Title, note.Because, doer) : null;

    /// <summary>The page.</summary>
    public static Html Of(Scanned<Entry> entries, string who) => Html.Of($"""
        <div class="head"><h1>Audit log</h1><p>what people did, the newest first</p></div>
        <form class="row search" action="/audit"><label for="who">Who</label><input id="who" name="who" value="{who}" data-line>
        <button class="main">Show</button>{(who.Length > 0 ? new Html("<a class=\"button\" href=\"/audit\">Everybody</a>") : Html.None)}</form>
        {(entries.Found.Count is 0 ? Nobody(who) : Table(entries.Found))}
        {(entries.Next is { } next ? Older(next, who) : Html.None)}
        """);

    private static Html Older(Mark next, string who) => Html.Of(
        $"<p class=\"older\"><a href=\"/audit?who={Uri.EscapeDataString(who)}&amp;go={next.Text}\">Older</a></p>");

    private static Html Nobody(string who) => Html.Of(
        $"<div class=\"empty\"><p>Nobody {(who.Length > 0 ? $"called {Cut.Line(who, 60)} " : "")}has done anything yet.</p></div>");

    private static Html Table(ValueList<Entry> entries) => Html.Of($"""
        <div class="panel scroll"><table><thead><tr><th>When</th><th>Who</th><th>What</th><th>About</th><th>Outcome</th><th>From</th></tr></thead>
        <tbody>{entries.Select(entry => Html.Of($"""
        <tr data-stop><td>{Times.Full(entry.At)}</td><td><b>{entry.Doer.By}</b> <span class="soft">{entry.Doer.Role}</span></td><td>{entry.What}</td>
        <td>{About(entry.Place)}</td><td>{entry.Outcome}</td><td class="soft">{entry.Doer.From}</td></tr>
        """))}</tbody></table></div>
        """);

    private static Html About(Place place) => place.Room.Length is 0 && place.Thread.Length is 0 ? Html.None
        : place.Room.Length is 0 ? Html.Of($"<span class=\"soft\">{place.Thread}</span>")
        : Html.Of($"<a href=\"{PathPart.Room(place.Room)}\">{place.Room}</a> <span class=\"soft\">{place.Thread}</span>");
}
