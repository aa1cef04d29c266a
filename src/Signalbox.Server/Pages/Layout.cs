using Signalbox.Server.Admission;

namespace Signalbox.Server.Pages;

/// <summary>A page without what stands on it.</summary>
/// <param name="Title">What the window is called: it says the state, as in "2 raised · databases".</param>
/// <param name="Here">The path of its entry in the menu.</param>
internal sealed record Frame(string Title, string Here)
{
    /// <summary>Who looks at it; null for nobody who has signed in.</summary>
    public Person? Person { get; init; }

    /// <summary>When it was made, by which the script tells how far the reader's clock is off; null where it does not matter.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>True when it is fetched again whenever something changes: what stands in elements with <c>data-live</c> is swapped then.</summary>
    public bool IsLive { get; init; }

    /// <summary>The room whose changes matter; null for all.</summary>
    public string? Room { get; init; }

    /// <summary>True when what stands on it takes the whole width.</summary>
    public bool IsWide { get; init; }
}

/// <summary>What surrounds every page.</summary>
internal static class Layout
{
    private static readonly ValueList<(string Path, string Name)> Menu =
    [
        ("/", "Rooms"), ("/now", "Now"), ("/timeline", "Timeline"), ("/history", "History"), ("/routing", "Routing"), ("/health", "Health"), ("/try", "Try"),
    ];

    /// <summary>A whole page.</summary>
    /// <param name="title">What the window is called.</param>
    /// <param name="here">The path of its entry in the menu.</param>
    /// <param name="main">What stands on it.</param>
    public static string Page(string title, string here, Html main) => Page(new(title, here), main);

    /// <summary>A whole page.</summary>
    /// <param name="frame">What the page is.</param>
    /// <param name="main">What stands on it.</param>
    public static string Page(Frame frame, Html main) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="now" content="{(frame.Now is { } now ? Times.Iso(now) : "")}">
        <title>{frame.Title} · Signalbox</title>
        <link rel="icon" type="image/svg+xml" href="{Assets.Sign.Href}">
        <link rel="stylesheet" href="{Assets.Style.Href}">
        <script src="{Assets.Script.Href}"></script>
        </head>
        <body{Data(frame)}>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
        <a class="brand" href="/"><img src="{Assets.Sign.Href}" alt="" width="24" height="24">Signalbox</a>
        <nav class="menu" aria-label="Pages">{Menu.Select(entry => Entry(entry.Path, entry.Name, frame.Here))}</nav>
        <div class="tools">{(frame.IsLive ? new Html("<span class=\"pulse scripted\" role=\"status\">live</span>") : Html.None)}
        {(frame.Person is { } person ? Html.Of($"<span class=\"person\">{person.Name}</span>{person.SignOut}") : Html.None)}
        <button class="plain scripted" type="button" data-do="theme" aria-label="Light or dark" title="Light or dark">{Icons.Theme}</button>
        <button class="plain scripted" type="button" data-do="help" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)">?</button>
        </div>
        </header>
        <main id="main"{(frame.IsWide ? new Html(" class=\"wide\"") : Html.None)}>{main}</main>
        {Help}
        </body>
        </html>
        """).Text;

    private static readonly Html Help = new("""
        <dialog id="help" aria-labelledby="help-title">
        <h2 id="help-title">Keyboard</h2>
        <dl>
        <dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous</dd>
        <dt><kbd>Enter</kbd></dt><dd>open what has the focus</dd>
        <dt><kbd>/</kbd></dt><dd>to the line for typing</dd>
        <dt><kbd>↑</kbd> <kbd>↓</kbd></dt><dd>in the composer: what you typed before</dd>
        <dt><kbd>Esc</kbd></dt><dd>out of the line</dd>
        <dt><kbd>g</kbd> then</dt><dd><kbd>r</kbd> rooms, <kbd>n</kbd> now, <kbd>t</kbd> timeline, <kbd>h</kbd> history, <kbd>o</kbd> routing,
        <kbd>e</kbd> health, <kbd>y</kbd> try</dd>
        <dt><kbd>?</kbd></dt><dd>this help</dd>
        </dl>
        <form method="dialog"><button class="main">Close</button></form>
        </dialog>
        """);

    private static Html Entry(string path, string name, string here) =>
        Html.Of($"<a href=\"{path}\"{(path == here ? new Html(" aria-current=\"page\"") : Html.None)}>{name}</a>");

    private static Html Data(Frame frame) => Html.Of(
        $"{(frame.IsLive ? new Html(" data-live") : Html.None)}{(frame.Room is { } room ? Html.Of($" data-room=\"{room}\"") : Html.None)}");
}
