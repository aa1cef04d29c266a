using Signalbox.Server.Admission;

namespace Signalbox.Server.Pages.Upkeep;

/// <summary>Who hears what: routes with their traffic, silences with what they held back, mutes and owners.</summary>
internal static class RoutingPage
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    public static readonly Gate Row = new("GET", "/routing", Door.Viewer, async (http, station) =>
    {
        var (duty, stop) = (station.Now, http.RequestAborted);
        var moment = duty.World.Moment;
        var traffic = await Traffic.Of(station.Store, duty.Settings, Back, moment.Now, stop);
        var silences = await duty.Engine.Silences(stop);
        var token = People.Of(http).Role >= Door.Responder ? Csrf.Field(http) : (Html?)null;
        await Reply.Html(http, 200, Layout.Page(new("Routing", "/routing") { Person = People.Of(http), Now = moment.Now },
            Of(duty.Settings, silences, traffic, moment, token)));
    });

    /// <summary>Ends a silence.</summary>
    public static readonly Gate End = new("POST", "/routing/end", Door.Responder, async (http, station) =>
    {
        var id = (await http.Request.ReadFormAsync(http.RequestAborted))["id"].ToString();
        var ended = await station.Now.Engine.EndSilence(id, http.RequestAborted);
        await Audit.Note(station, People.Of(http), $"end silence {Cut.Line(id, 60)}", new("", ""), ended ? "done" : "there is none of that name");
        http.Response.Redirect("/routing#silences");
        http.Response.StatusCode = 303;
    });

    /// <summary>The page.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="silences">Every silence, those of the settings first.</param>
    /// <param name="traffic">What went where.</param>
    /// <param name="moment">The time.</param>
    /// <param name="token">Proves where a form comes from; null for somebody who may only look.</param>
    public static Html Of(Settings settings, ValueList<Silence> silences, Traffic traffic, Moment moment, Html? token) => Html.Of($"""
        <div class="head"><h1>Routing</h1>
        <p>{Quantity.Count(settings.Routes.Count, "route")}, {Quantity.Count(settings.Rooms.Count, "room")};
        messages since {Times.Full(traffic.Since)}</p></div>
        <section class="panel pad picture scroll">{RouteMap.Of(settings, traffic)}</section>
        <section class="panel"><ol class="routes">{settings.Routes.All.Select((route, place) => Line(route, place, traffic))}
        {Rest(settings.Routes.Fallback, traffic)}</ol></section>
        <section id="silences"><div class="head"><h2>Silences</h2><p>what is held back is in History; what is still raised when one ends is told then</p></div>
        {Silenced([.. silences.Where(silence => silence.Until is not { } until || until > moment.Now)], settings, traffic, moment, token)}</section>
        {Section("Mutes", settings.Conduct.Mutes.Select(Muted))}
        {Section("Owners", settings.Owners.All.Select(Owned))}
        """);

    private static Html Section(string title, IEnumerable<Html> lines) => Html.All(lines) is { Text.Length: > 0 } all
        ? Html.Of($"<section><div class=\"head\"><h2>{title}</h2></div><ul class=\"panel routes\">{all}</ul></section>") : Html.None;

    private static int Along(int route, Traffic traffic) => traffic.Lines.Where(line => line.Key.Route == route).Sum(line => line.Value);

    private static Html Line(Route route, int place, Traffic traffic) => Html.Of($"""
        <li><b>{place + 1}. {(route.Text.Length is 0 ? "everything" : route.Text)}</b> <span class="why">{Way(route, place, traffic)}</span></li>
        """);

    private static Html Way(Route route, int place, Traffic traffic)
    {
        if (route.Quiet is { } reason) return Html.Of($"held back: {reason}");
        var otherwise = route.Otherwise is { } other ? Html.Of($", otherwise {Room(other)}") : Html.None;
        var grouped = route.Group is null ? "" : ", like ones in one message";
        return Html.Of($"to {Rooms(route)}{otherwise}{grouped}: {Quantity.Count(Along(place, traffic), "message")}");
    }

    private static Html Rest(Room fallback, Traffic traffic)
    {
        var count = traffic.Lines.GetValueOrDefault((fallback.Name, -1));
        return Html.Of($"<li><b>everything else</b> <span class=\"why\">to {Room(fallback)}: {Quantity.Count(count, "message")}</span></li>");
    }

    private static Html Rooms(Route route)
    {
        List<Html> rooms = [.. route.To.Select(Room)];
        if (route.ToOwner) rooms.Add(new("whoever owns it"));
        return Listed(rooms);
    }

    private static Html Listed(IEnumerable<Html> all) => Html.All(all.SelectMany((each, place) => place is 0 ? (Html[])[each] : [new(", "), each]));

    private static Html Room(Room room) => Html.Of($"<a href=\"{PathPart.Room(room.Name)}\">{room.Name}</a>");

    private static Html Silenced(ValueList<Silence> silences, Settings settings, Traffic traffic, Moment moment, Html? token) =>
        silences.Count is 0 ? NoneSilenced
        : Html.Of($"<ul class=\"panel routes\">{silences.Select(silence => Silent(silence, settings, traffic, moment, token))}</ul>");

    private static readonly Html NoneSilenced = new("""
        <div class="empty"><p><b>Nothing is silenced.</b></p>
        <p>Type <code>silence 1h NAME</code> in a room to hold something back for a time.</p></div>
        """);

    private static Html Silent(Silence silence, Settings settings, Traffic traffic, Moment moment, Html? token)
    {
        var (count, titles) = traffic.Held.GetValueOrDefault(silence.Id);
        var end = settings.Conduct.Silences.Any(known => known.Id == silence.Id) ? new("<span class=\"soft\">stands in the settings</span>")
            : token is { } field ? Html.Of($"""
                <form method="post" action="/routing/end">{field}<input type="hidden" name="id" value="{silence.Id}">
                <button aria-label="End silence {silence.Id}">End</button></form>
                """) : Html.None;
        return Html.Of($"""
            <li data-stop><div class="act">{end}</div><b>{silence.Text}</b> <span class="tag">{(silence.Holds(moment) ? "holds" : "waits")}</span>
            <span class="why">{silence.Id} by {silence.By}{Lasting(silence)}{(silence.Comment.Length > 0 ? $": {silence.Comment}" : "")}</span>
            <span class="why">has held back {(count is 0 ? "nothing yet" : Held(count, titles))}</span></li>
            """);
    }

    private static Html Lasting(Silence silence)
    {
        var until = silence.Until is { } end ? Html.Of($" until {Times.Full(end)}") : Html.None;
        return Html.Of($"{until}{(silence.Hours is { } hours ? $", {hours.Text}" : "")}");
    }

    private static string Held(int count, ValueList<string> titles) =>
        $"{Quantity.Count(count, "notice")}: {string.Join("; ", titles.Select(title => Cut.Line(title, 80)))}{(count > titles.Count ? "; …" : "")}";

    private static Html Muted(Mute mute) => Html.Of($"""
        <li><b>{mute.Held}</b> <span class="why">while {mute.Text} is raised{(mute.Same.Count > 0 ? $", with the same {Sentence(mute.Same)}" : "")}</span></li>
        """);

    private static string Sentence(ValueList<string> names) => string.Join(", ", names);

    private static Html Owned(Owner owner)
    {
        var condition = owner.Text.Length > 0 ? Html.Of($"<code>{owner.Text}</code>, ") : Html.None;
        var rooms = owner.Rooms.Count is 0 ? new("no room of its own") : Html.Of($"in {Listed(owner.Rooms.Select(Room))}");
        return Html.Of($"<li><b>{owner.Name}</b> <span class=\"why\">{condition}{rooms}{(owner.Hours is { } hours ? $"; rung {hours.Text}" : "")}</span></li>");
    }
}
