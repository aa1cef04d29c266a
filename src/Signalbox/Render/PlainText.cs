using System.Text;

namespace Signalbox;

/// <summary>The card as plain text: for pipes, for logs, and for chats that refuse anything better.</summary>
public static class PlainText
{
    /// <summary>The whole card.</summary>
    public static string Of(Card card) => $"{card.Mark} {Cut.OneLine(card.Notice.Title)}\n{Body(card)}";

    /// <summary>Everything that the notice says, whatever its length.</summary>
    public static string Whole(Card card) => $"{card.Mark} {Cut.OneLine(card.Notice.Title)}\n{Body(card, int.MaxValue, int.MaxValue)}\n";

    /// <summary>The card without its title.</summary>
    public static string Body(Card card) => Body(card, 4_000, 1_000);

    private static string Body(Card card, int longestSummary, int longestValue)
    {
        var text = new StringBuilder(512);
        var notice = card.Notice;
        if (!string.IsNullOrWhiteSpace(notice.Summary)) AppendIndented(text, Cut.Text(Cut.Readable(notice.Summary), longestSummary));
        foreach (var fact in notice.Facts)
        {
            text.Append("   ").Append(Cut.Line(fact.Name, 60)).Append(": ");
            AppendValue(text, Cut.Text(Cut.Readable(fact.Value), longestValue));
        }
        if (card.Spark.Length > 0) text.Append("   ").Append(Cut.OneLine(card.Spark)).Append('\n');
        foreach (var link in notice.Links) text.Append("   ").Append(Cut.OneLine(link.Text)).Append(": ").Append(Cut.OneLine(link.Url)).Append('\n');
        text.Append("   ").Append(Cut.OneLine(card.Where));
        if (notice.Actor is { Length: > 0 } actor) text.Append(" · by ").Append(Cut.OneLine(actor));
        if (card.When.Length > 0) text.Append(" · ").Append(card.When);
        return text.ToString();
    }

    private static void AppendIndented(StringBuilder text, string lines)
    {
        foreach (var line in lines.AsSpan().EnumerateLines()) text.Append("   ").Append(line.TrimEnd()).Append('\n');
    }

    private static void AppendValue(StringBuilder text, string value)
    {
        var first = true;
        foreach (var line in value.AsSpan().EnumerateLines())
        {
            if (!first) text.Append("      ");
            first = false;
            text.Append(line.TrimEnd()).Append('\n');
        }
    }
}
