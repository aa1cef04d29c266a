using Signalbox.Server.Admission;

namespace Signalbox.Server.Pages.Rooms;

/// <summary>A room: reads like a chat, and takes what people type.</summary>
internal static class RoomPage
{
    /// <summary>Shows it.</summary>
    public static readonly Gate Row = new("GET", "/rooms/{name}", Door.Viewer, (http, station) => Show(http, station, Answer.Of(http)));

    /// <summary>Does what was typed, or what a button stands for, and answers.</summary>
    public static readonly Gate Act = new("POST", "/rooms/{name}", Door.Responder, async (http, station) =>
    {
        var name = PathPart.Read((string?)http.Request.RouteValues["name"]);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (duty, person, zone) = (station.Now, People.Of(http), http.Request.Cookies["zone"] ?? "UTC");
        var asked = new Asked(form["text"].ToString(), person.Name, duty.Engine, duty.Settings, duty.World, station.Store)
        {
            Room = name,
            Thread = form["thread"].ToString() is { Length: > 0 } thread ? thread : null,
            Zone = duty.World.Zones(zone, duty.World.Now()) is null ? "UTC" : zone,
            Role = People.Word(person.Role),
            From = person.From,
            MayChange = person.Role >= Door.Responder,
        };
        var answer = new Answer(Cut.Line(asked.Text, 200), await Acts.Do(asked, http.RequestAborted));
        Audit.Log(station, person, asked.Text, new(name, asked.Thread ?? ""), "answered");
        station.Feed.Say(name);
        // The script takes the answer as it is; a browser without it gets the room again, so that going back does nothing twice.
        if (http.Request.Headers.ContainsKey("X-Live"))
        {
            await Show(http, station, answer);
            return;
        }
        answer.Keep(http);
        http.Response.StatusCode = 303;
        http.Response.Headers.Location = PathPart.Room(name);
    });

    private static async Task Show(HttpContext http, Station station, Answer? answer)
    {
        var (duty, name) = (station.Now, PathPart.Read((string?)http.Request.RouteValues["name"]));
        if (RoomOf(name, duty.Settings) is not { } room)
        {
            await Reply.Html(http, 404, Layout.Page(new("No such room", "/") { Person = People.Of(http) }, Missing(name)));
            return;
        }
        DateTimeOffset? before = long.TryParse(http.Request.Query["before"], out var ticks) && ticks > 0 && ticks < DateTimeOffset.MaxValue.UtcTicks
            ? new(ticks, TimeSpan.Zero) : null;
        var sight = await RoomSight.Of(room, before, station.Store, duty.World.Now(), http.RequestAborted);
        var rooms = await RoomLine.All(duty.Settings, station.Store, http.RequestAborted);
        var around = new Around(room.Name, sight.Now, duty.Settings.Rendering, Csrf.Field(http));
        var frame = new Frame(Title(sight), "/")
        {
            Person = People.Of(http),
            Now = sight.Now,
            IsLive = before is null,
            Room = before is null ? room.Name : null,
            IsWide = true,
        };
        await Reply.Html(http, 200, Layout.Page(frame, Of(sight, rooms, around, answer)));
    }

    /// <summary>A room of the settings, also under the name that events give to their own webhook.</summary>
    private static Room? RoomOf(string name, Settings settings) => settings.Rooms.FirstOrDefault(room => room.Name == name);

    /// <summary>What the window is called.</summary>
    public static string Title(RoomSight sight) =>
        sight.Transcript.Messages.Count(message => message.State is { Phase: Phase.Raised }) is > 0 and var raised
            ? $"{raised} raised · {sight.Room.Name}" : sight.Room.Name;

    /// <summary>The room.</summary>
    public static Html Of(RoomSight sight, ValueList<RoomLine> rooms, Around around, Answer? answer) => Html.Of($"""
        {RoomsPage.Side(rooms, sight.Room.Name)}
        <div class="talk">
        <div class="head"><a class="back soft" href="/">Rooms</a><h1>{sight.Room.Name}</h1><p>{About(sight)}</p></div>
        <div class="stream">
        {(sight.Older is { } older ? Leading($"{PathPart.Room(sight.Room.Name)}?before={older.UtcTicks}", "Older messages") : Html.None)}
        <ol id="stream" data-live aria-label="Messages, the newest last">{Stream(sight, around)}</ol>
        {(sight.IsPast ? Leading(PathPart.Room(sight.Room.Name), "To the latest messages") : Html.None)}
        </div>
        {Composer(sight.Room.Name, around, answer)}
        </div>
        """);

    private static Html Leading(string path, string words) => Html.Of($"<p class=\"older\"><a href=\"{path}\">{words}</a></p>");

    private static Html About(RoomSight sight)
    {
        var open = sight.Transcript.Messages.Where(message => message.IsOpen).ToList();
        var raised = open.Count(message => message.State is { Phase: Phase.Raised });
        var words = raised > 0 && open.Count > raised ? $"{raised} raised, {open.Count - raised} under way"
            : raised > 0 ? $"{raised} raised" : open.Count > 0 ? $"{open.Count} under way" : "nothing is open";
        return Html.Of($"<span id=\"about\" data-live=\"whole\">{words}</span> · {sight.Room.Chat}");
    }

    /// <summary>Messages and deeds in the order of time, with a line wherever a day begins.</summary>
    private static IEnumerable<Html> Stream(RoomSight sight, Around around)
    {
        var pieces = sight.Transcript.Messages.Select(message => (message.At, Piece: MessageCard.Of(message, around)))
            .Concat(sight.Transcript.Deeds.Select((deed, number) => (deed.At, Piece: Did(deed, number)))).OrderBy(piece => piece.At).ToList();
        if (pieces.Count is 0)
        {
            yield return new("""
                <li class="empty" id="empty"><p><b>Nothing was said here yet.</b></p><p>What routes lead to this room appears by itself.</p></li>
                """);
            yield break;
        }
        DateOnly? day = null;
        foreach (var (at, piece) in pieces)
        {
            var today = DateOnly.FromDateTime(at.UtcDateTime);
            if (today != day) yield return Html.Of($"<li class=\"day\" id=\"d{today.DayNumber}\">{Times.Day(at)}</li>");
            day = today;
            yield return piece;
        }
    }

    private static Html Did(Deed deed, int number) => Html.Of($"""
        <li class="deed" id="a{$"{deed.At.UtcTicks:x}"}-{number}">{Times.Clock(deed.At)} <b>{Cut.Line(deed.Text, 200)}</b>
        <span class="soft">{Cut.Line(deed.Answer, 300)}</span></li>
        """);

    private static Html Composer(string room, Around around, Answer? answer) => Html.Of($"""
        <div class="composer"><div id="answer" aria-live="polite">{(answer is null ? Html.None : Html.Of(
            $"<div class=\"answer\"><div class=\"asked\">{answer.Asked}</div>{answer.Text}</div>"))}</div>
        <form method="post" action="{PathPart.Room(room)}" data-compose>{around.Token}
        <label class="unseen" for="line">Say what to do</label>
        <input id="line" name="text" data-line data-lines autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="2000" required
        placeholder="ack, silence 1h NAME, status, who owns NAME, help"><button class="main">Do</button></form></div>
        """);

    private static Html Missing(string name) => Html.Of($"""
        <div class="empty"><h1>There is no room "{Cut.Line(name, 80)}"</h1><p>It is not in the settings (any more). <a href="/">All rooms</a></p></div>
        """);
}
