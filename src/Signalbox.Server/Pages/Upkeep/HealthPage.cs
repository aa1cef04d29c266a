using System.Globalization;
using System.Runtime.InteropServices;
using Signalbox.Server.Admission;

namespace Signalbox.Server.Pages.Upkeep;

/// <summary>What the health page shows.</summary>
/// <param name="Rooms">How every room does.</param>
/// <param name="Dead">Posts that could not be made, newest first.</param>
/// <param name="Census">How much the store holds.</param>
/// <param name="Traffic">What came from which source.</param>
/// <param name="Settings">The file of the settings; empty for none.</param>
/// <param name="Loaded">When they were taken.</param>
/// <param name="Started">When the server started.</param>
/// <param name="Now">The time.</param>
internal sealed record Health(
    ValueList<RoomHealth> Rooms, ValueList<Effects.DeadLetter> Dead, Census Census, Traffic Traffic,
    string Settings, DateTimeOffset Loaded, DateTimeOffset Started, DateTimeOffset Now);

/// <summary>Whether everything that is to be told is told.</summary>
internal static class HealthPage
{
    private const int MostDead = 100;
    private const int MostSources = 15;
    private static readonly TimeSpan Back = TimeSpan.FromHours(1);

    public static readonly Gate Row = new("GET", "/health", Door.Viewer, async (http, station) =>
    {
        var (duty, stop, person) = (station.Now, http.RequestAborted, People.Of(http));
        var now = duty.World.Now();
        var health = new Health(await RoomHealth.All(station, stop), await station.Store.Dead(MostDead, stop), await station.Store.Count(stop),
            await Traffic.Of(station.Store, duty.Settings, Back, now, stop), station.SettingsPath ?? "", station.SettingsAt, station.StartedAt, now);
        await Reply.Html(http, 200, Layout.Page(new(Title(health), "/health") { Person = person, Now = now, IsLive = true },
            Of(health, person.Role >= Door.Admin ? Csrf.Field(http) : null)));
    });

    /// <summary>Puts dead letters back into their rooms' queues.</summary>
    public static readonly Gate Redrive = new("POST", "/health/redrive", Door.Admin, async (http, station) =>
    {
        var id = (await http.Request.ReadFormAsync(http.RequestAborted))["id"].ToString();
        var count = id.Length is 0 ? 0 : await station.Store.Redrive(id is "all" ? null : id, station.Now.World.Now(), http.RequestAborted);
        await Audit.Note(station, People.Of(http), $"redrive {Cut.Line(id, 60)}", new("", ""), $"{Quantity.Count(count, "letter")} on the way again");
        http.Response.Redirect("/health#dead");
        http.Response.StatusCode = 303;
    });

    /// <summary>What the window is called.</summary>
    public static string Title(Health health) =>
        health.Rooms.Count(room => room.State(health.Now) is "error") is > 0 and var sick
            ? $"{Quantity.Count(sick, "room refuses", "rooms refuse")} · Health" : "Health";

    /// <summary>The page.</summary>
    /// <param name="health">What it shows.</param>
    /// <param name="token">Proves where a form comes from; null for somebody who is no admin.</param>
    public static Html Of(Health health, Html? token) => Html.Of($"""
        <div class="head"><h1>Health</h1>
        <p>Signalbox {Version}, up for {Times.Since(health.Started, health.Now)}{(token is null ? Html.None : ToAudit)}</p></div>
        <section><div class="panel scroll"><table class="blocks">
        <thead><tr><th></th><th>Room</th><th>Chat</th><th>Waiting</th><th>Last answer</th><th>Pace</th></tr></thead>
        <tbody id="healths" data-live>{health.Rooms.Select(room => Line(room, health.Now))}</tbody></table></div></section>
        <section id="dead"><div class="head"><h2>Dead letters</h2>
        <p>{(health.Dead.Count is 0 ? "none: everything could be said" : "could not be said, and wait for somebody to try again")}</p>
        {(health.Dead.Count > 1 && token is { } all ? Again("all", "Try all again", all) : Html.None)}</div>{Dead(health, token)}</section>
        <section><div class="head"><h2>Sources</h2><p>events since {Times.Clock(health.Traffic.Since)}</p></div>{Sources(health.Traffic)}</section>
        <section class="panel pad"><h2>Store and settings</h2><dl class="pairs two-columns" id="census" data-live="whole">
        <dt>Events</dt><dd>{Number(health.Census.Events)}, {Decided(health.Census.Undecided)}</dd>
        <dt>Conversations</dt><dd>{Number(health.Census.Conversations)}, {Number(health.Census.Open)} open</dd>
        <dt>Posts</dt><dd>{Number(health.Census.Waiting)} waiting, {Number(health.Census.Dead)} dead</dd>
        <dt>History</dt><dd>{Number(health.Census.History)} lines</dd>
        <dt>Settings</dt><dd>{(health.Settings.Length > 0 ? health.Settings : "none")}, taken {Times.Full(health.Loaded)}</dd>
        <dt>Runs on</dt><dd>{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}</dd></dl></section>
        """);

    private static readonly Html ToAudit = new(" · <a href=\"/audit\">audit log</a>");

    private static string Decided(int rest) => rest is 0 ? "all decided" : $"{Number(rest)} to be decided";

    private static string Version => typeof(Host).Assembly.GetName().Version?.ToString(3) ?? "";

    private static string Number(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static Html Line(RoomHealth room, DateTimeOffset now) => Html.Of($"""
        <tr id="h-{PathPart.Of(room.Room.Name)}" data-stop><td>{Icons.Of(room.State(now))}</td>
        <td><a href="{PathPart.Room(room.Room.Name)}"><b>{room.Room.Name}</b></a></td><td class="soft">{room.Room.Chat}</td>
        <td data-name="Waiting">{Waiting(room, now)}</td><td data-name="Last answer">{Answer(room, now)}</td>
        <td data-name="Pace" class="soft">{(room.Room.Pace is { } pace ? PaceOf(pace) : "none")}</td></tr>
        """);

    private static Html Waiting(RoomHealth room, DateTimeOffset now) => room.Oldest is { } oldest && room.Waiting > 0
        ? Html.Of($"{Number(room.Waiting)}, the oldest for {Times.Since(oldest, now)}") : new("<span class=\"soft\">nothing</span>");

    private static Html Answer(RoomHealth room, DateTimeOffset now) => room.At is { } at
        ? Html.Of($"{Said(room.Answer)} {Times.Ago(at, now)}{(room.Why.Length > 0 ? $": {Cut.Line(room.Why, 160)}" : "")}")
        : new("<span class=\"soft\">never tried</span>");

    private static string PaceOf(Pace pace) => $"{pace.PerSecond.ToString("0.##", CultureInfo.InvariantCulture)} a second after {pace.Burst}";

    private static string Said(string answer) => answer switch { "made" => "took it", "refused" => "refused it", _ => "put it off" };

    private static Html Dead(Health health, Html? token) => health.Dead.Count is 0 ? Html.None : Html.Of($"""
        <ul class="panel routes">{health.Dead.Select(letter => Html.Of($"""
        <li data-stop>{(token is { } field ? Html.Of($"<div class=\"act\">{Again(letter.Id, "Try again", field)}</div>") : Html.None)}<b>{TitleOf(letter)}</b>
        <span class="why">for <a href="{PathPart.Room(letter.Order.Place.Room)}">{letter.Order.Place.Room}</a>,
        given up {Times.Full(letter.At)}: {Cut.Line(letter.Why, 240)}</span></li>
        """))}</ul>
        """);

    private static string TitleOf(Effects.DeadLetter letter) => Cut.Line(StateJson.Post(letter.Order.Body)?.Notice.Title ?? letter.Order.Place.Thread, 200);

    private static Html Again(string id, string says, Html field) => Html.Of(
        $"<form method=\"post\" action=\"/health/redrive\">{field}<input type=\"hidden\" name=\"id\" value=\"{id}\"><button>{says}</button></form>");

    private static Html Sources(Traffic traffic)
    {
        if (traffic.Sources.Count is 0) return new("<div class=\"empty\"><p>Nothing has come in the last hour.</p></div>");
        var most = traffic.Sources.Max(source => source.Count);
        return Html.Of($"""
            <ul class="panel pad strips">{traffic.Sources.Take(MostSources).Select(source => Html.Of($"""
            <li><a href="{Past.Span.Link("/history", ("when", $"source = \"{source.Source}\""), ("from", "1h"))}">{source.Source}</a>
            <span class="number soft">{source.Count}</span>
            <svg class="strip bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="info" width="{1000.0 * source.Count / most}" height="10"/></svg></li>
            """))}{(traffic.Sources.Count > MostSources ? Rest(traffic) : Html.None)}</ul>
            """);
    }

    private static Html Rest(Traffic traffic)
    {
        var rest = traffic.Sources.Skip(MostSources);
        return Html.Of($"""
            <li class="rest"><a href="/timeline?from=1h">{Quantity.Count(rest.Count(), "more source")}</a>
            <span class="number soft">{rest.Sum(source => source.Count)}</span></li>
            """);
    }
}
