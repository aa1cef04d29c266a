using System.Buffers;
using System.Text;

namespace Signalbox;

/// <summary>Makes untrusted text harmless in the chats: what it says stays, what it could do goes.</summary>
internal static class Escaping
{
    /// <summary>Stands between two signs that would do something together, and is not seen.</summary>
    private const char Apart = '\u200B';

    private static readonly SearchValues<char> Formatting = SearchValues.Create("\\*_~`|[]<>#");
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(" ()<>[]|\"\\`@");

    /// <summary>Text of at most so many characters once it is escaped. It is cut first, so that no escape is cut in two.</summary>
    public static string Fit(string text, int limit, Func<string, string> escape)
    {
        for (var room = limit; room > 1;)
        {
            var escaped = escape(Cut.Text(text, room));
            if (escaped.Length <= limit) return escaped;
            room -= int.Max(1, (escaped.Length - limit) / 6);
        }
        return "…";
    }

    /// <summary>The text as it is, for places where a chat reads no markup.</summary>
    public static string Nothing(string text) => text;

    /// <summary>For HTML, between tags and inside of an attribute in double quotes.</summary>
    public static string Html(string text) => text.AsSpan().IndexOfAny("&<>\"") < 0 ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>For HTML in which <c>@name</c> would ring.</summary>
    public static string QuietHtml(string text) => Quiet(Html(text));

    /// <summary>CardParts what would ring or link by itself: <c>@name</c>, <c>&lt;!here&gt;</c>, <c>](</c>. Formatting stays.</summary>
    public static string Quiet(string text)
    {
        if (text.AsSpan().IndexOfAny("@<]#") < 0) return text;
        var safe = new StringBuilder(text.Length + 8);
        for (var at = 0; at < text.Length; at++)
        {
            safe.Append(text[at]);
            if (at + 1 == text.Length) break;
            var parted = (text[at], text[at + 1]) switch
            {
                ('@', var next) => !char.IsWhiteSpace(next),
                ('<', var next) => next is '!' or '@' or '#' or ':' or 't' || char.IsAsciiLetter(next),
                (']', '(' or '[') or ('#', '*') => true,
                _ => false,
            };
            if (parted) safe.Append(Apart);
        }
        return safe.ToString();
    }

    /// <summary>For Markdown: a backslash before every sign that could format, link or quote, and nothing that rings.</summary>
    public static string Markdown(string text)
    {
        var quiet = Quiet(text);
        if (quiet.AsSpan().IndexOfAny(Formatting) < 0 && !StartsLine(quiet)) return quiet;
        var safe = new StringBuilder(quiet.Length + 16);
        var fresh = true;
        for (var at = 0; at < quiet.Length; at++)
        {
            var unit = quiet[at];
            // Inside of a word it formats nowhere, and names are full of it.
            var inWord = unit is '_' && at > 0 && at + 1 < quiet.Length && char.IsLetterOrDigit(quiet[at - 1]) && char.IsLetterOrDigit(quiet[at + 1]);
            if ((Formatting.Contains(unit) && !inWord) || (fresh && unit is '-' or '+' or '=')) safe.Append('\\');
            safe.Append(unit);
            fresh = unit is '\n' || (fresh && unit is ' ');
        }
        return safe.ToString();
    }

    /// <summary>For chats that know no escape: a text that would format goes into code.</summary>
    public static string Code(string text)
    {
        var quiet = Quiet(text);
        if (!Mrkdwn.WouldFormat(quiet) && quiet.AsSpan().IndexOfAny("*`") < 0) return quiet;
        return quiet.Contains('\n') ? $"```\n{quiet.Replace('`', 'ˋ')}\n```" : $"`{quiet.Replace('`', 'ˋ')}`";
    }

    /// <summary>Sentences that people wrote: formatting may stay, a lone backtick that would swallow the rest may not.</summary>
    public static string Prose(string text)
    {
        var quiet = Quiet(text);
        return quiet.Count('`') % 2 == 0 ? quiet : quiet.Replace('`', 'ˋ');
    }

    /// <summary>An address that can stand in <c>[…](…)</c> and <c>&lt;…|…&gt;</c>.</summary>
    public static string Address(string url)
    {
        if (url.AsSpan().IndexOfAny(Unsafe) < 0) return url;
        var safe = new StringBuilder(url.Length + 16);
        foreach (var unit in url)
        {
            if (Unsafe.Contains(unit))
                safe.Append('%').Append(((int)unit).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            else safe.Append(unit);
        }
        return safe.ToString();
    }

    private static bool StartsLine(string text) =>
        text.Length > 0 && text.TrimStart(' ') is ['-' or '+' or '=', ..] || text.AsSpan().IndexOfAny("\n") >= 0;
}
