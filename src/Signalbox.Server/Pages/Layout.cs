namespace Signalbox.Server.Pages;

/// <summary>What surrounds every page.</summary>
internal static class Layout
{
    /// <summary>A whole page.</summary>
    /// <param name="title">What the window is called.</param>
    /// <param name="here">The path of the page, so that the menu shows where one is.</param>
    /// <param name="main">What stands on it.</param>
    public static string Page(string title, string here, Html main) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} · Signalbox</title>
        </head>
        <body data-here="{here}">
        <main>{main}</main>
        </body>
        </html>
        """).Text;
}
