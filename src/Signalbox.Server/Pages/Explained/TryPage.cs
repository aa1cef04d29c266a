using Signalbox.Server.Admission;

using Signalbox.Server.Pages.Rooms;

namespace Signalbox.Server.Pages.Explained;

/// <summary>Any event, with today's settings or others: what would happen. Nothing is kept, and nobody hears of it.</summary>
internal static class TryPage
{
    /// <summary>The form, with a sample where one is picked.</summary>
    public static readonly Gate Row = new("GET", "/try", Door.Viewer, (http, station) =>
        Show(http, station, new(Samples.Named(http.Request.Query["sample"].ToString()) ?? "", MaySee(http) ? Today(station) : null)));

    /// <summary>The form with what would happen.</summary>
    public static readonly Gate Act = new("POST", "/try", Door.Viewer, async (http, station) =>
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var trial = new Trial(form["event"].ToString(), MaySee(http) ? form["settings"].ToString().ReplaceLineEndings("\n") : null);
        await Show(http, station, await trial.Run(Today(station), station, http.RequestAborted));
    });

    /// <summary>True for somebody who may see settings as they are written, with who may sign in and where secrets are. Others try those in force.</summary>
    private static bool MaySee(HttpContext http) => People.Of(http).Role >= Door.Admin;

    /// <summary>The settings in force as they are written; empty where there are none.</summary>
    private static string Today(Station station)
    {
        try
        {
            return station.SettingsPath is { } path ? File.ReadAllText(path).ReplaceLineEndings("\n") : station.SettingsText;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static Task Show(HttpContext http, Station station, Trial trial)
    {
        var now = station.Now.World.Now();
        var around = new Around("", now, station.Now.Settings.Rendering, Csrf.Field(http));
        return Reply.Html(http, 200, Layout.Page(new("Try", "/try") { Person = People.Of(http), Now = now }, Of(trial, around)));
    }

    /// <summary>The page.</summary>
    public static Html Of(Trial trial, Around around) => Html.Of($"""
        <div class="head"><h1>Try</h1><p>What would happen with an event. Nothing is kept, and nobody hears of it.</p></div>
        <form method="post" action="/try" class="panel pad">{around.Token}
        <div class="two">
        <div><label for="event">Event</label><textarea class="code" id="event" name="event" rows="14" spellcheck="false" data-line
        placeholder="JSON in any wrapping, or plain text">{trial.Event}</textarea>
        <p class="hint">Samples: {Samples.Names.Select((name, at) => Html.Of($"{(at > 0 ? ", " : "")}<a href=\"/try?sample={name}\">{name}</a>"))}</p></div>
        {(trial.Settings is { } copy ? Copy(copy) : InForce)}
        </div>
        <p class="row"><button class="main">Try it</button></p>
        </form>
        {(trial.Problems.Count > 0 ? Wrong(trial.Problems) : Html.None)}
        {(trial.Settled is { } settled ? Html.All(trial.Outcomes.Select((outcome, at) => Outcome(outcome, at, trial, settled, around))) : Html.None)}
        """);

    private static Html Copy(string settings) => Html.Of($"""
        <div><label for="settings">Settings</label><textarea class="code" id="settings" name="settings" rows="14" spellcheck="false"
        placeholder="None: everything goes to the local room">{settings}</textarea>
        <p class="hint">Today's settings. Change this copy as you like: the server goes on with its own.</p></div>
        """);

    private static readonly Html InForce = new("<p class=\"hint\">It is tried with the settings in force. An admin can try it with others.</p>");

    private static Html Wrong(ValueList<string> problems) => Html.Of($"""
        <section role="alert"><h2>The settings do not hold</h2>
        {problems.Select(problem => Html.Of($"<pre class=\"wrong\" tabindex=\"0\">{problem}</pre>"))}</section>
        """);

    private static Html Outcome(TrialOutcome outcome, int at, Trial trial, Settings settings, Around around) => Html.Of($"""
        <section><h2>{(trial.Outcomes.Count > 1 ? $"Event {at + 1} of {trial.Outcomes.Count}: " : "")}{Heard(outcome)}</h2>
        <div class="panel pad">{outcome.Decided.Select(decided => Said(decided, settings, around))}{(outcome.Decided.Count is 0
            ? Html.Of($"<p class=\"soft\">{Cut.OneLine(outcome.Flow.Reading.Why)}</p>") : Html.None)}</div>
        <details class="panel pad"><summary>Why</summary><ol class="steps">{Arrows.Of(outcome.Flow, settings, around)}</ol></details></section>
        """);

    private static string Heard(TrialOutcome outcome)
    {
        var rooms = outcome.Decided.Where(each => each.Decision.Sayings.Count > 0).Select(each => each.Routed.Room.Name).Distinct().ToList();
        return rooms.Count > 0 ? $"{string.Join(", ", rooms)} would hear of it" : "Nobody would hear of it";
    }

    private static Html Said(Decided decided, Settings settings, Around around)
    {
        var room = decided.Routed.Room;
        var sayings = decided.Decision.Sayings.Select(saying => Html.Of($"""
            <article class="card {Icons.State(saying.Notice.Severity, saying.Notice.Status)}">{MessageCard.Body(saying.Notice, around)}
            {(saying.Mention is { } mention ? Html.Of($"<p class=\"soft\">rings {mention}</p>") : Html.None)}
            <div class="actions">{MessageCard.Links(saying.Notice)}</div>
            {Payload(new(saying.Notice, saying.Elsewhere ?? room, saying.Mention, saying.Because), settings)}</article>
            """));
        return Html.Of($"""
            <div class="heard"><p><b>{room.Name}</b> ({room.Chat}): {decided.Decision.What}, {Cut.OneLine(decided.Decision.Because)}
            <span class="soft">· {decided.Routed.Because}</span></p>{sayings}</div>
            """);
    }

    /// <summary>What its chat would be sent; a local room's as Slack's, since it needs none.</summary>
    private static Html Payload(Routed routed, Settings settings)
    {
        var room = routed.Room.Chat == Local.Row.Name ? routed.Room with { Chat = Slack.Row.Name, Options = [] } : routed.Room;
        var bytes = Chats.Of(room).Render(routed with { Room = room }, settings.Rendering);
        return Html.Of($"""
            <details><summary class="soft">As {room.Chat} would be sent it, {Quantity.Size(bytes.Length)}</summary>
            <pre class="raw" tabindex="0"><code>{RawText.Of(bytes)}</code></pre></details>
            """);
    }
}
