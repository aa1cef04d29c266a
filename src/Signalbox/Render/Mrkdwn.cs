using System.Text;

namespace Signalbox;

/// <summary>Makes untrusted text harmless in Slack's mrkdwn: no mention, no link, no formatting that the event did not mean.</summary>
internal static class Mrkdwn
{
    /// <summary>Begins a text object, up to its text's opening quote.</summary>
    public static ReadOnlySpan<byte> Open => "{\"type\":\"mrkdwn\",\"verbatim\":true,\"text\":\""u8;

    /// <summary>Ends a text object, from its text's closing quote on.</summary>
    public static ReadOnlySpan<byte> Close => "\"}"u8;

    /// <summary>Escapes the three signs that Slack asks for. Once, in this order.</summary>
    public static string Escape(string text) => text.AsSpan().IndexOfAny('&', '<', '>') < 0 ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>A text that reads as it is, cut so that it takes at most so many characters once escaped.</summary>
    /// <remarks>Slack has no escape for <c>* _ ~</c> and backtick: a text in which they would format goes into a code span or block.</remarks>
    public static string Literal(string text, int limit)
    {
        if (!WouldFormat(text)) return Fit(text, limit);
        if (text.Contains('\n')) return $"```{Fit(text.Replace('`', 'ˋ'), limit - 6)}```";
        return $"`{Fit(text.Replace('`', 'ˋ'), limit - 2)}`";
    }

    /// <summary>Sentences that people wrote: bold and italics may stay, a lone backtick that would swallow the rest may not.</summary>
    public static string Prose(string text, int limit)
    {
        var fitted = Fit(text, limit);
        return fitted.AsSpan().Count('`') % 2 == 0 ? fitted : fitted.Replace('`', 'ˋ');
    }

    /// <summary>Escaped text of at most so many characters: cut before it is escaped, so that no escape is cut in two.</summary>
    public static string Fit(string text, int limit)
    {
        if (text.Length * 5 <= limit) return Escape(text);
        var room = limit;
        while (true)
        {
            var escaped = Escape(Cut.Text(text, room));
            if (escaped.Length <= limit) return escaped;
            room -= int.Max(1, (escaped.Length - limit + 4) / 5);
        }
    }

    /// <summary>True when Slack would show part of the text bold, italic, struck through, as code, as a quote or as an emoji.</summary>
    public static bool WouldFormat(string text)
    {
        if (text.AsSpan().IndexOfAny("*_~`:") < 0) return text.StartsWith('>');
        foreach (var sign in "*_~`:")
        {
            var open = -1;
            for (var at = text.IndexOf(sign, StringComparison.Ordinal); at >= 0; at = text.IndexOf(sign, at + 1))
            {
                if (open >= 0 && Closes(text, at)) return sign is not ':' || IsEmoji(text.AsSpan(open + 1, at - open - 1));
                if (Opens(text, at) && (open < 0 || sign is ':')) open = at;
            }
        }
        return text.StartsWith('>');
    }

    private static bool Opens(string text, int at) =>
        (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && at + 1 < text.Length && !char.IsWhiteSpace(text[at + 1]);

    private static bool Closes(string text, int at) =>
        (at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1])) && !char.IsWhiteSpace(text[at - 1]);

    private static bool IsEmoji(ReadOnlySpan<char> name)
    {
        foreach (var unit in name)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('_' or '-' or '+' or '\'')) return false;
        }
        return name.Length > 0 && name.ContainsAnyInRange('a', 'z');
    }

    /// <summary>A text of Slack's own form with everything that rings made harmless; dates, links and channels stay.</summary>
    public static string Defuse(string text)
    {
        if (!text.Contains('<')) return text;
        var safe = new StringBuilder(text.Length + 8);
        for (var at = 0; at < text.Length; at++)
        {
            var rings = text[at] is '<' && at + 1 < text.Length
                && (text[at + 1] is '@' || (text[at + 1] is '!' && !text.AsSpan(at + 2).StartsWith("date^")));
            if (rings) safe.Append("&lt;");
            else safe.Append(text[at]);
        }
        return safe.ToString();
    }
}
