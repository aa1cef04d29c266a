using Signalbox.Server.Admission;

namespace Signalbox.Server.Pages.Rooms;

/// <summary>All rooms: how each stands, and what was said last.</summary>
internal static class RoomsPage
{
    public static readonly Gate Row = new("GET", "/", Door.Viewer, async (http, station) =>
    {
        var now = station.Now.World.Now();
        var rooms = await RoomLine.All(station.Now.Settings, station.Store, http.RequestAborted);
        await Reply.Html(http, 200, Layout.Page(
            new(Title(rooms), "/") { Person = People.Of(http), Now = now, IsLive = true }, Of(rooms, now)));
    });

    /// <summary>What the window is called.</summary>
    public static string Title(ValueList<RoomLine> rooms) => rooms.Sum(room => room.Raised) is > 0 and var raised ? $"{raised} raised · Rooms" : "Rooms";

    /// <summary>The list.</summary>
    public static Html Of(ValueList<RoomLine> rooms, DateTimeOffset now) => Html.Of($"""
        <div class="head"><h1>Rooms</h1><p id="about" data-live="whole">{About(rooms)}</p></div>
        <ul class="panel rooms" id="rooms" data-live>{rooms.Select(room => Line(room, now))}</ul>
        {(rooms.All(room => room.Last is null) ? Nothing : Html.None)}
        """);

    private static string About(ValueList<RoomLine> rooms)
    {
        var (raised, untaken, ongoing) = (rooms.Sum(room => room.Raised), rooms.Sum(room => room.Untaken), rooms.Sum(room => room.Ongoing));
        var words = raised is 0 ? "nothing is raised"
            : untaken is 0 ? $"{raised} raised, all taken care of" : $"{raised} raised, {untaken} that nobody has taken";
        return ongoing > 0 ? $"{words}, {ongoing} under way" : words;
    }

    /// <summary>The same beside a room, with less of each.</summary>
    public static Html Side(ValueList<RoomLine> rooms, string here) => Html.Of($"""
        <nav class="side" aria-label="Rooms"><h2>Rooms</h2><ul id="side" data-live>{rooms.Select(room => Html.Of($"""
        <li id="s-{PathPart.Of(room.Name)}"><a href="{PathPart.Room(room.Name)}"{(room.Name == here ? new Html(" aria-current=\"page\"") : Html.None)}>
        {Icons.Of(room.State)}<span class="name">{room.Name}</span>{Unread(room)}</a></li>
        """))}</ul></nav>
        """);

    private static readonly Html Nothing = new("""
        <div class="empty pad"><p><b>Nothing has happened yet.</b></p><p>Every room fills by itself as soon as an event comes in. Send one from a terminal:</p>
        <pre><code>curl --data-binary @event.json http://127.0.0.1:9080/events</code></pre></div>
        """);

    private static Html Line(RoomLine room, DateTimeOffset now) => Html.Of($"""
        <li id="r-{PathPart.Of(room.Name)}" data-stop><a href="{PathPart.Room(room.Name)}">{Icons.Of(room.State)}<span class="name">{room.Name}
        <span class="tag">{room.Chat}</span></span>{Said(room, now)}<span class="state">{Tags(room)}{Unread(room)}</span>{Who(room)}</a></li>
        """);

    private static Html Said(RoomLine room, DateTimeOffset now) => room.Last is not { } last
        ? new("<span class=\"said\">nothing yet</span>")
        : Html.Of($"<span class=\"said\">{Cut.Line(last.Notice.Title, 160)} · {Times.Ago(last.Changed ?? last.At, now)}</span>");

    private static IEnumerable<Html> Tags(RoomLine room)
    {
        if (room.Raised > 0) yield return Html.Of($"<span class=\"tag {room.State}\">{room.Raised} raised</span>");
        if (room.Ongoing > 0) yield return Html.Of($"<span class=\"tag ongoing\">{room.Ongoing} under way</span>");
    }

    private static Html Who(RoomLine room)
    {
        if (room.Raised is 0) return Html.None;
        var taken = room.Takers.Count > 0 ? $"{string.Join(", ", room.Takers)} {(room.Takers.Count is 1 ? "takes" : "take")} care" : "";
        var rest = room.Untaken is 0 ? "" : room.Takers.Count > 0 ? $" of some; nobody of {room.Untaken}" : "nobody has taken it yet";
        return Html.Of($"<span class=\"who\">{taken}{rest}</span>");
    }

    private static Html Unread(RoomLine room)
    {
        var times = string.Join(' ', room.Times.Select(at => at.ToUnixTimeMilliseconds()));
        return Html.Of($"<span class=\"unread scripted\" hidden data-room=\"{room.Name}\" data-times=\"{times}\"></span>");
    }
}
