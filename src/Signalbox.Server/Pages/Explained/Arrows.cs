using Signalbox.Server.Pages.Rooms;

namespace Signalbox.Server.Pages.Explained;

/// <summary>The value on every pure arrow for one event, as steps of a list: decode, read, ask, own, route.</summary>
internal static class Arrows
{
    private const int MostOthers = 40;

    /// <summary>The steps.</summary>
    /// <param name="flow">The event.</param>
    /// <param name="settings">By which it is explained.</param>
    /// <param name="around">What cards need to know.</param>
    public static Html Of(Flow flow, Settings settings, Around around) =>
        Html.All([Decoded(flow.Reading.Envelope), Read(flow, around), Asked(flow), .. flow.Owned(settings).Select(owned => Owned(owned, flow, settings))]);

    /// <summary>A step with its name.</summary>
    public static Html Step(string name, Html what) => Html.Of($"<li><h2>{name}</h2><div>{what}</div></li>");

    /// <summary>Names and values; what is empty is left out.</summary>
    public static Html Pairs(params IEnumerable<(string Name, string? Value)> pairs)
    {
        var shown = from pair in pairs
                    where !string.IsNullOrWhiteSpace(pair.Value)
                    select Html.Of($"<dt>{Cut.Line(pair.Name, 60)}</dt><dd>{Cut.Text(Cut.Readable(pair.Value), 2_000)}</dd>");
        return Html.Of($"<dl class=\"pairs\">{shown}</dl>");
    }

    private static Html Decoded(Envelope envelope) => Step("Decode", Pairs(
        ("Transport", envelope.Transport), ("Id", envelope.Id), ("Topic", envelope.Topic), ("Subject", envelope.Subject),
        ("Publisher", envelope.Publisher), ("Detail type", envelope.DetailType)));

    private static Html Read(Flow flow, Around around)
    {
        var reading = flow.Reading;
        return Step("Read", Html.Of($"""
            <p><b>{reading.Source}</b> {reading.Kind}: {Words.Of(reading.Outcome)}, <span class="soft">{Cut.OneLine(reading.Why)}</span></p>
            {reading.Notices.Select(notice => Told(notice, around))}
            """));
    }

    private static Html Told(Notice notice, Around around) => Html.Of($"""
        <div class="heard {Icons.State(notice.Severity, notice.Status)}">{MessageCard.Body(notice, around)}
        <details><summary class="soft">Every field</summary>{Pairs(Fields(notice))}</details></div>
        """);

    private static IEnumerable<(string, string?)> Fields(Notice notice) =>
    [
        ("Severity", Words.Of(notice.Severity)), ("Status", Words.Of(notice.Status)), ("Subject", notice.Subject), ("ARN", notice.Arn),
        ("Account", notice.Account), ("Region", notice.Region), ("At", notice.At is { } at ? Times.Iso(at) : null), ("Actor", notice.Actor),
        ("Thread", notice.Thread),
        ("Part", notice.Part is { } part ? $"{part.Name} ({Words.Of(part.Status)})" : null),
        .. notice.Tags.Select(tag => ($"tag.{tag.Key}", (string?)(tag.Value + (tag.Of is { } bearer ? $" (of {bearer})" : "")))),
        .. notice.Links.Select(link => (link.Text, (string?)link.Url)),
    ];

    private static Html Asked(Flow flow) => flow.Answers.All.Count is 0 ? Html.None : Step("Ask", Pairs(
        flow.Answers.All.Select(answered => (Flow.Asked(answered.Question), (string?)$"{Flow.Said(answered) ?? "nothing"} ({answered.From})"))));

    private static Html Owned(Owned owned, Flow flow, Settings settings)
    {
        var notice = owned.Notice;
        var owner = owned.Owner is { } known ? Html.Of($"<b>{known.Name}</b>, <span class=\"soft\">because {owned.Because}</span>")
            : notice.Owners.Count > 0 ? Html.Of($"<b>{string.Join(", ", notice.Owners)}</b>, <span class=\"soft\">the event names them</span>")
            : new("<span class=\"soft\">nobody is in charge of it as far as the settings say</span>");
        var others = settings.Routes.NotTaken(notice);
        var rest = others.Count is 0 ? Html.None : Html.Of($"""
            <details><summary class="soft">{Quantity.Count(others.Count, "route")} not taken</summary>
            <ul>{others.Take(MostOthers).Select(other => Html.Of($"<li class=\"soft\">{other}</li>"))}</ul></details>
            """);
        var held = flow.Routing.Held.Where(held => held.Notice == notice).Select(Held);
        var taken = flow.Routing.Routed.Where(routed => routed.Notice == notice).Select(To);
        return Html.Of($"{Step("Own", owner)}{Step("Route", Html.Of($"<ul>{held}{taken}</ul>{rest}"))}");
    }

    private static Html Held(Held held) => Html.Of($"<li>held back <span class=\"soft\">by {held.Because}</span></li>");

    private static Html To(Routed routed)
    {
        var rings = routed.Mention is { } mention ? $", rings {mention}" : "";
        return Html.Of($"""
            <li>to <a href="{PathPart.Room(routed.Room.Name)}"><b>{routed.Room.Name}</b></a> ({routed.Room.Chat}){rings}:
            <span class="soft">{routed.Because}</span></li>
            """);
    }
}
