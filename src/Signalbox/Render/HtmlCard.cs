using System.Text;

namespace Signalbox;

/// <summary>The card in the little HTML that mail programs and Matrix clients agree on.</summary>
internal static class HtmlCard
{
    /// <summary>The card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="parts">Its parts, escaped for HTML.</param>
    /// <param name="mention">Whom it rings, as HTML; empty for nobody.</param>
    public static string Of(Card card, CardParts parts, string mention)
    {
        var html = new StringBuilder(2048);
        html.Append($"<p>{card.Mark} <strong><font color=\"{card.Color}\">{parts.Title()}</font></strong>");
        if (mention.Length > 0) html.Append(' ').Append(mention);
        html.Append("</p>");
        if (parts.Summary is { } summary) html.Append("<p>").Append(Lines(summary)).Append("</p>");
        var facts = 0;
        foreach (var fact in parts.Facts)
            html.Append($"{(facts++ == 0 ? "<ul>" : "")}<li><strong>{fact.Name}</strong>: {Lines(fact.Value)}</li>");
        if (facts > 0) html.Append("</ul>");
        if (parts.Spark.Length > 0) html.Append("<p>").Append(parts.Spark).Append("</p>");
        var links = string.Join(" · ", parts.Links.Select(link => $"<a href=\"{Escaping.Html(link.Url)}\">{link.Text}</a>"));
        if (links.Length > 0) html.Append("<p>").Append(links).Append("</p>");
        return html.Append("<p>").Append(parts.Foot).Append("</p>").ToString();
    }

    private static string Lines(string text) => text.Replace("\n", "<br>", StringComparison.Ordinal);
}
