using Signalbox.Server.Admission;

namespace Signalbox.Server.Pages.Now;

/// <summary>Everything that is raised anywhere: by team and severity, how long, who has it, where it was told.</summary>
internal static class NowPage
{
    public static readonly Gate Row = new("GET", "/now", Door.Viewer, async (http, station) =>
    {
        var now = station.Now.World.Now();
        var things = Thing.All(Conversations.Of(await station.Store.Open(Conversations.Most, http.RequestAborted)));
        await Reply.Html(http, 200, Layout.Page(new(Title(things), "/now") { Person = People.Of(http), Now = now, IsLive = true }, Of(things, now)));
    });

    /// <summary>What the window is called.</summary>
    public static string Title(ValueList<Thing> things) =>
        things.Count(thing => thing.IsRaised) is > 0 and var raised ? $"{raised} raised · Now" : "All clear · Now";

    /// <summary>The page.</summary>
    public static Html Of(ValueList<Thing> things, DateTimeOffset now)
    {
        var (raised, rest) = (things.Where(thing => thing.IsRaised).ToValueList(), things.Where(thing => !thing.IsRaised).ToValueList());
        return Html.Of($"""
            <div class="head"><h1>Now</h1><p id="about" data-live="whole">{About(raised, rest)}</p></div>
            <div id="teams" data-live>{(raised.Count is 0 ? Clear : Html.None)}{Teams(raised, now)}{UnderWay(rest, now)}</div>
            """);
    }

    private static readonly Html Clear = Html.Of($"""
        <div class="empty" id="clear"><p>{Icons.Of("cleared")} <b>Nothing is raised.</b></p>
        <p>What is raised in any room stands here until it is over.</p></div>
        """);

    private static Html About(ValueList<Thing> raised, ValueList<Thing> rest)
    {
        if (raised.Count is 0) return Html.Of($"all clear{(rest.Count > 0 ? $", {rest.Count} under way" : "")}");
        var untaken = raised.Count(thing => thing.Taken is null);
        var under = rest.Count > 0 ? $", {rest.Count} under way" : "";
        return Html.Of($"{raised.Count} raised, {(untaken is 0 ? "all taken care of" : $"{untaken} that nobody has taken")}{under}");
    }

    /// <summary>The team with the worst first; what nobody is in charge of among them.</summary>
    private static IEnumerable<Html> Teams(ValueList<Thing> raised, DateTimeOffset now) =>
        from thing in raised
        group thing by thing.Team into team
        orderby team.Max(thing => thing.Notice.Severity) descending, team.Key.Length is 0, team.Count() descending, team.Key
        select Section($"t-{PathPart.Of(team.Key)}", team.Key.Length > 0 ? team.Key : "nobody in charge", team.ToValueList(), now);

    private static Html UnderWay(ValueList<Thing> rest, DateTimeOffset now) => rest.Count is 0 ? Html.None : Section("under-way", "Under way", rest, now);

    private static Html Section(string id, string name, ValueList<Thing> things, DateTimeOffset now) => Html.Of($"""
        <section class="panel" id="{id}" aria-labelledby="{id}-h"><div class="team"><h2 id="{id}-h">{name}</h2>{Counts(things)}</div>
        <table class="raised blocks"><thead><tr><th><span class="unseen">How bad</span></th><th>What</th><th class="number">For</th>
        <th>Who has it</th><th>Told in</th></tr></thead>
        <tbody>{Sorted(things).Select(thing => Line(thing, now))}</tbody></table></section>
        """);

    private static IEnumerable<Thing> Sorted(ValueList<Thing> things) =>
        things.OrderByDescending(thing => thing.Notice.Severity).ThenBy(thing => thing.Taken is not null).ThenBy(thing => thing.Began);

    private static IEnumerable<Html> Counts(ValueList<Thing> things) =>
        from thing in things
        where thing.IsRaised
        group thing by thing.Notice.Severity into severity
        orderby severity.Key descending
        select Html.Of($"<span class=\"tag {Icons.State(severity.Key, Status.Raised)}\">{Counted(severity.Count(), severity.Key)}</span>");

    private static string Counted(int count, Severity severity) =>
        severity is Severity.Critical ? $"{count} critical" : severity is Severity.Info ? $"{count} info" : Quantity.Count(count, Words.Of(severity));

    private static Html Line(Thing thing, DateTimeOffset now)
    {
        var summary = thing.Notice.Summary is { Length: > 0 } said ? Html.Of($"<div class=\"why\">{Cut.Line(said, 160)}</div>") : Html.None;
        var flaps = thing.IsFlapping ? new Html(" <span class=\"tag warning\">flapping</span>") : Html.None;
        var who = thing.Taken is { } taken ? Html.Of($"<b>{taken.By}</b> <span class=\"soft\">{Times.Ago(taken.At, now)}</span>")
            : thing.IsRaised ? new Html("<span class=\"soft\">nobody yet</span>") : Html.None;
        var first = thing.Rooms[0];
        return Html.Of($"""
            <tr data-stop><td>{Icons.Of(thing.Notice.Severity, thing.Notice.Status)}</td>
            <td><a class="thing" href="{PathPart.Room(first)}">{Cut.Line(thing.Notice.Title, 160)}</a>{flaps}{summary}</td>
            <td class="number">{Times.Since(thing.Began, now)}</td><td>{who}</td>
            <td>{thing.Rooms.Select((room, at) => Html.Of($"{(at > 0 ? ", " : "")}<a href=\"{PathPart.Room(room)}\">{room}</a>"))}</td></tr>
            """);
    }
}
