using Signalbox.Server.Admission;

using Signalbox.Server.Pages.Rooms;

namespace Signalbox.Server.Pages.Explained;

/// <summary>An event: as it came, the value on every arrow, what was decided then, and what the chats answered.</summary>
internal static class EventPage
{
    private const int MostLines = 500;

    public static readonly Gate Row = new("GET", "/events/{id}", Door.Viewer, async (http, station) =>
    {
        var (duty, id) = (station.Now, PathPart.Read((string?)http.Request.RouteValues["id"]));
        var came = await station.Store.Came(id, http.RequestAborted);
        var history = await station.Store.History(new() { Event = id, Most = MostLines }, http.RequestAborted);
        var frame = new Frame("Event", "/history") { Person = People.Of(http), Now = duty.World.Now() };
        if (came is null && history.Count is 0)
        {
            await Reply.Html(http, 404, Layout.Page(frame with { Title = "No such event" }, Missing(id)));
            return;
        }
        var flow = came is null ? null
            : await Run.Guard<Flow?>(async () => await Flow.Asking(await Arrivals.Envelope(came), duty.Settings, duty.World, http.RequestAborted), _ => null);
        var around = new Around("", frame.Now.Value, duty.Settings.Rendering, Html.None);
        await Reply.Html(http, 200, Layout.Page(frame with { Title = Title(flow, history) }, Of(id, came, flow, history, duty.Settings, around)));
    });

    /// <summary>What the window is called.</summary>
    public static string Title(Flow? flow, ValueList<HistoryLine> history) =>
        Cut.Line((flow?.Reading.Notices is [var notice, ..] ? notice.Title
            : history.Count > 0 ? StateJson.History(history[^1].Body)?.Title : null) ?? "Event", 80);

    /// <summary>The page.</summary>
    /// <param name="id">Identity of the event.</param>
    /// <param name="came">The event as it came; null when that is no longer kept.</param>
    /// <param name="flow">What is made of it today; null when nothing can be.</param>
    /// <param name="history">What happened with it, newest first.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="around">What cards need to know.</param>
    public static Html Of(string id, Arrival? came, Flow? flow, ValueList<HistoryLine> history, Settings settings, Around around) => Html.Of($"""
        <div class="head"><h1>{Title(flow, history)}</h1>
        <p>{(came is null ? new("no longer kept as it came") : Html.Of($"came {Times.Full(came.At)}"))}</p></div>
        <div class="panel pad"><ol class="steps">
        {(came is null ? Html.None : Arrows.Step("Came", Raw(id, came)))}
        {(flow is null ? Html.None : Arrows.Of(flow, settings, around))}
        {Arrows.Step("Converse", Decisions(history))}
        {Arrows.Step("Deliver", Deliveries(history))}
        </ol></div>
        {(flow is null ? Html.None : Today)}
        """);

    private static readonly Html Today = new("""
        <p class="hint">Read, own and route are shown as today's settings have it; converse and deliver are what happened.</p>
        """);

    private static Html Raw(string id, Arrival came) => Html.Of($"""
        <p class="soft">{id}</p><details>
        <summary class="soft">{Quantity.Size(came.Body.Length)} as it came{(came.Part > 0 ? $", event {came.Part + 1} in them" : "")}</summary>
        <pre class="raw" tabindex="0" aria-label="The event as it came"><code>{RawText.Of(came.Body.Span)}</code></pre></details>
        """);

    private static Html Decisions(ValueList<HistoryLine> history)
    {
        var lines = history.Reverse().Where(line => !IsDelivery(line.What)).ToList();
        return lines.Count is 0 ? new("<p class=\"soft\">Nothing was decided yet.</p>") : Html.Of($"<ul>{lines.Select(Line)}</ul>");
    }

    private static Html Deliveries(ValueList<HistoryLine> history)
    {
        var lines = history.Reverse().Where(line => IsDelivery(line.What)).ToList();
        return lines.Count is 0 ? new("<p class=\"soft\">Nothing was sent.</p>") : Html.Of($"<ul>{lines.Select(Line)}</ul>");
    }

    private static bool IsDelivery(string what) => what is "made" or "refused" or "postponed";

    private static Html Line(HistoryLine line)
    {
        var note = StateJson.History(line.Body);
        var room = line.Place.Room.Length > 0 ? Html.Of($"<a href=\"{PathPart.Room(line.Place.Room)}\"><b>{line.Place.Room}</b></a> ") : Html.None;
        var how = note?.Words is { } words ? $" as {Placed(words.Placing)}" : "";
        return Html.Of($"""
            <li>{Times.Second(line.At)} {room}<span class="tag {Class(line.What)}">{line.What}</span>{how} {Cut.Line(note?.Title ?? "", 160)}
            <span class="soft">{Cut.Line(note?.Because ?? "", 400)}</span></li>
            """);
    }

    private static string Placed(Placing placing) => placing switch
    {
        Placing.Begin => "a message",
        Placing.Change => "a change of its message",
        Placing.Reply => "a line in the thread",
        _ => "a line that the whole room sees",
    };

    private static string Class(string what) => what switch { "made" => "cleared", "refused" => "error", "postponed" or "held" => "warning", _ => "info" };

    private static Html Missing(string id) => Html.Of($"""
        <div class="empty"><h1>There is no such event</h1>
        <p>Nothing is known of <code>{Cut.Line(id, 120)}</code>: it never came, or its time in the store is over.</p></div>
        """);
}
