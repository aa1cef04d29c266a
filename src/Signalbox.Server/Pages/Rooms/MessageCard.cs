namespace Signalbox.Server.Pages.Rooms;

/// <summary>What the cards of a page need to know besides the notice.</summary>
/// <param name="Room">The room; empty where nothing can be done with a message.</param>
/// <param name="Now">When they are made.</param>
/// <param name="Rendering">What accounts are called.</param>
/// <param name="Token">The hidden field of forms.</param>
internal sealed record Around(string Room, DateTimeOffset Now, Rendering Rendering, Html Token);

/// <summary>A message as a card.</summary>
internal static class MessageCard
{
    private const int LongestSummary = 4_000;
    private const int LongestValue = 2_000;
    private const int MostLinks = 5;
    private const int MostFacts = 16;

    /// <summary>Facts that the page shows in a better way than as words, while it knows how the conversation stands.</summary>
    private static readonly ValueList<string> Drawn = ["Progress", "Acknowledged", "Elapsed"];

    /// <summary>A message with what can be done about it.</summary>
    public static Html Of(Message message, Around around)
    {
        var state = Icons.State(message.Notice.Severity, message.Notice.Status);
        return Html.Of($"""
            <li class="message {state}{(message.IsOpen ? " open" : "")}" id="{message.Id}" data-stop>{Times.Clock(message.At)}
            <article class="card" aria-labelledby="{message.Id}-t">{Body(message.Notice, around, message)}
            {Standing(message, around)}{Actions(message, around)}{Thread(message)}</article></li>
            """);
    }

    /// <summary>What a notice says: title, summary, facts, numbers, where and when.</summary>
    public static Html Body(Notice notice, Around around, Message? message = null)
    {
        var (card, drawn) = (Card.Of(notice, around.Rendering), message?.State is not null);
        var title = Cut.Line(notice.Title, 250) is { Length: > 0 } words ? words : "(no title)";
        var id = message is null ? Html.None : Html.Of($" id=\"{message.Id}-t\"");
        var rings = message?.Mention is { } mention ? Html.Of($"<span class=\"rings\" title=\"whom it rings\">rings {mention}</span>") : Html.None;
        var summary = notice.Summary is { } said && Cut.Readable(said).Trim() is { Length: > 0 } text
            ? Html.Of($"<p class=\"summary\">{Cut.Text(text, LongestSummary)}</p>") : Html.None;
        var (facts, parts) = (new List<Html>(), message?.State is { } known ? Drawings.Parts(known.Parts) : Html.None);
        foreach (var fact in notice.Facts.Take(MostFacts))
        {
            if (drawn && Drawn.Contains(fact.Name)) continue;
            if (fact.Name is "Progress" && Drawings.Parts(fact.Value) is { Text.Length: > 0 } bar) parts = bar;
            else facts.Add(Of(fact));
        }
        return Html.Of($"""
            <div class="title">{Icons.Of(notice.Severity, notice.Status)}<h3{id}>{title}</h3>{rings}</div>{summary}
            {(facts.Count > 0 ? Html.Of($"<dl class=\"facts\">{facts}</dl>") : Html.None)}{(notice.Series is { } series ? Drawings.Spark(series) : Html.None)}
            {parts}{Context(card)}
            """);
    }

    /// <summary>The pages that it leads to: http and https only.</summary>
    public static IEnumerable<Html> Links(Notice notice) =>
        from link in notice.Links.Where(link => IsPage(link.Url)).Take(MostLinks)
        let text = Cut.Line(link.Text, 60)
        select Html.Of($"<a class=\"button\" href=\"{link.Url}\" rel=\"noreferrer noopener\" target=\"_blank\">{(text.Length > 0 ? text : "Open")}</a>");

    /// <summary>True for an http or https address without anything that misleads.</summary>
    public static bool IsPage(string url) =>
        !url.Contains(' ') && Cut.OneLine(url) == url && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static Html Of(Fact fact)
    {
        var value = Cut.Readable(fact.Value).Trim();
        var broad = value.Length > 60 || value.Contains('\n') ? new Html(" class=\"broad\"") : Html.None;
        return Html.Of($"<div{broad}><dt>{Cut.Line(fact.Name, 60)}</dt><dd>{(value.Length > 0 ? Cut.Text(value, LongestValue) : "—")}</dd></div>");
    }

    private static Html Context(Card card)
    {
        var actor = card.Notice.Actor is { Length: > 0 } by ? $" · by {Cut.Line(by, 100)}" : "";
        var at = card.Notice.At is { } instant ? Html.Of($" · {Times.Full(instant)}") : Html.None;
        return Html.Of($"<p class=\"context\">{Cut.Line(card.Where, 300)}{actor}{at}</p>");
    }

    /// <summary>What only the conversation knows, and what goes on counting.</summary>
    private static Html Standing(Message message, Around around)
    {
        if (message.State is not { } state) return Html.None;
        var said = new List<Html>();
        if (state.Phase is Phase.Raised) said.Add(Html.Of($"<span class=\"word\">raised for {Times.Since(state.Began, around.Now)}</span>"));
        if (state.Phase is Phase.Ongoing) said.Add(Html.Of($"<span class=\"word\">under way for {Times.Since(state.Began, around.Now)}</span>"));
        if (state.Acknowledged is { } taken) said.Add(Html.Of($"<span>acknowledged by <b>{taken.By}</b> {Times.Ago(taken.At, around.Now)}</span>"));
        else if (state.Phase is Phase.Raised) said.Add(new("<span class=\"soft\">nobody has taken it yet</span>"));
        if (state.Held is { } held) said.Add(Html.Of($"<span class=\"soft\">held back: {held.Because}</span>"));
        return said.Count > 0 ? Html.Of($"<p class=\"standing\">{said}</p>") : Html.None;
    }

    private static Html Actions(Message message, Around around)
    {
        var acts = new List<Html>();
        if (message.IsOpen && around.Room.Length > 0)
        {
            if (message.State is { Phase: Phase.Raised, Acknowledged: null }) acts.Add(Button("ack", "Acknowledge", message, around, isMain: true));
            acts.Add(Button("silence 1h", "Silence 1 h", message, around));
            acts.Add(Button("silence tomorrow", "Silence until tomorrow", message, around));
        }
        acts.AddRange(Links(message.Notice));
        if (message.Event.Length > 0) acts.Add(Html.Of($"<a class=\"button\" href=\"{PathPart.Event(message.Event)}\">Show event</a>"));
        return acts.Count > 0 ? Html.Of($"<div class=\"actions\">{acts}</div>") : Html.None;
    }

    private static Html Button(string text, string says, Message message, Around around, bool isMain = false) => Html.Of($"""
        <form method="post" action="{PathPart.Room(around.Room)}" data-compose>{around.Token}<input type="hidden" name="text" value="{text}">
        <input type="hidden" name="thread" value="{message.Thread}"><button{(isMain ? new Html(" class=\"main\"") : Html.None)}>{says}</button></form>
        """);

    private static Html Thread(Message message)
    {
        if (message.Lines is not [.., var last] lines) return Html.None;
        return Html.Of($"""
            <details class="thread" id="{message.Id}-d"><summary>{Quantity.Count(lines.Count, "line")} in the thread
            <span class="last">· <b>{Cut.Line(last.Notice.Title, 90)}</b> {Times.Clock(last.At)}</span></summary><ol>{lines.Select(Line)}</ol></details>
            """);
    }

    private static Html Line(ThreadLine line)
    {
        var summary = line.Notice.Summary is { Length: > 0 } said ? Html.Of($"<p class=\"summary\">{Cut.Text(Cut.Readable(said).Trim(), 800)}</p>") : Html.None;
        return Html.Of($"""
            <li>{Times.Clock(line.At)}{Icons.Of(line.Notice.Severity, line.Notice.Status)}<div>{Cut.Line(line.Notice.Title, 250)}{summary}</div></li>
            """);
    }
}
