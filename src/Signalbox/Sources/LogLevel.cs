using System.Text;

namespace Signalbox;

/// <summary>How bad a line of a log says it is.</summary>
/// <remarks>
/// JSON: the field for it, at the top: <c>level</c>, <c>severity</c>, <c>log_level</c> or <c>levelname</c>. Text: the first word for it near the
/// beginning, in capitals, in square brackets or after <c>level=</c>; an "error" inside a sentence says nothing.
/// </remarks>
internal static class LogLevel
{
    /// <summary>A text line names its level before what it has to say.</summary>
    private const int Beginning = 120;
    private const int LongestWord = 24;

    /// <summary>The level of a line; null when it names none. What a line of JSON says below a warning is not told from nothing.</summary>
    public static Severity? Of(Json line)
    {
        // Most lines are fine: taking the escapes out of each, and reading it as JSON, takes several times as long as looking for a bad word.
        if (line.Raw is [(byte)'{', ..] raw)
        {
            if (FirstOf(raw) is { IsEmpty: false } first) return Is(first, "info"u8) ? null : StateWords.SeverityOf(Encoding.UTF8.GetString(first));
            // Who writes quotes as numbers writes all of them so.
            var isBad = MayBeBad(raw, out var isNamed) || (!isNamed && raw.IndexOf("\\u"u8) >= 0 && MayBeBad(line.TextBytes(), out _));
            return isBad ? OfJson(line.TextBytes()) : null;
        }
        var text = line.TextBytes();
        return OfText(text.AsSpan(0, Math.Min(text.Length, Beginning)));
    }

    /// <summary>The level that a line of JSON begins with, as those of many loggers do; empty when it begins otherwise.</summary>
    /// <remarks>The first member is the line's own, and not one of something inside it.</remarks>
    private static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("{\\\"level\\\":"u8)) return default;
        line = line[11..].TrimStart((byte)' ');
        if (!line.StartsWith("\\\""u8)) return default;
        var end = line[2..].IndexOf((byte)'\\');
        return end is > 0 and <= LongestWord ? line.Slice(2, end) : default;
    }

    private static Severity? OfJson(byte[] line)
    {
        if (Json.Parse(line) is not { Expected: null, Value: var json }) return null;
        var level = json["level"u8].Words ?? json["severity"u8].Words ?? json["log_level"u8].Words ?? json["levelname"u8].Words;
        return level is null ? null : StateWords.SeverityOf(level);
    }

    /// <summary>True when a bad word stands behind a name for the level anywhere, quotes as they are within a text of JSON.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isNamed">True when it has such a name, with a word behind it.</param>
    private static bool MayBeBad(ReadOnlySpan<byte> line, out bool isNamed)
    {
        isNamed = false;
        // One look for what both names share is all that most lines cost.
        for (int at; (at = line.IndexOf("eve"u8)) >= 0;)
        {
            var before = at > 0 ? line[at - 1] : 0;
            line = line[(at + 3)..];
            var start = before is (byte)'l' && line is [(byte)'l', ..] ? 1 : before is (byte)'s' && line.StartsWith("rity"u8) ? 4 : 0;
            if (start == 0) continue;
            if (line[start..].StartsWith("name"u8)) start += 4;
            while (start < line.Length && line[start] is (byte)'\\' or (byte)'"' or (byte)' ' or (byte)':') start++;
            var end = start;
            while (end < line.Length && end - start <= LongestWord && line[end] is not ((byte)'\\' or (byte)'"')) end++;
            var word = line[start..end];
            if (end == line.Length || word.Length is 0 or > LongestWord || !line[..start].Contains((byte)':')) continue;
            isNamed = true;
            if (word is [(byte)'i' or (byte)'I', (byte)'n' or (byte)'N', (byte)'f' or (byte)'F', (byte)'o' or (byte)'O']) continue;
            if (StateWords.SeverityOf(Encoding.UTF8.GetString(word)) > Severity.Info) return true;
        }
        return false;
    }

    private static Severity? OfText(ReadOnlySpan<byte> line)
    {
        for (var at = 0; at < line.Length; at++)
        {
            if (!char.IsAsciiLetter((char)line[at])) continue;
            var start = at;
            while (at < line.Length && IsOfWord(line[at])) at++;
            if (WordOf(line[start..at]) is { } word && Stands(line, start, at)) return StateWords.SeverityOf(word);
        }
        return null;
    }

    /// <summary>Part of a word or of a name: "ERROR_RATE" and "x.ERROR" are none.</summary>
    private static bool IsOfWord(byte unit) => char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'_' or (byte)'-' or (byte)'.' or (byte)'/';

    private static bool Stands(ReadOnlySpan<byte> line, int start, int end)
    {
        var before = line[..start];
        if (before is [.., var last] && IsOfWord(last)) return false;
        return !line[start..end].ContainsAnyExceptInRange((byte)'A', (byte)'Z')
            || (before is [.., (byte)'['] && end < line.Length && line[end] is (byte)']')
            || before.TrimEnd((byte)'"') is var name && (name.EndsWith("level="u8) || name.EndsWith("lvl="u8) || name.EndsWith("severity="u8));
    }

    /// <summary>The words that logs have for it, fewer than those that a field may hold: "LOW" or "OK" in a line is no level.</summary>
    private static string? WordOf(ReadOnlySpan<byte> word) => word.Length is < 3 or > 9 ? null
        : Is(word, "info"u8) ? "info" : Is(word, "error"u8) || Is(word, "err"u8) || Is(word, "severe"u8) ? "error"
        : Is(word, "warn"u8) || Is(word, "warning"u8) ? "warning"
        : Is(word, "critical"u8) || Is(word, "fatal"u8) || Is(word, "panic"u8) || Is(word, "emerg"u8) || Is(word, "emergency"u8) ? "critical"
        : Is(word, "debug"u8) || Is(word, "trace"u8) || Is(word, "notice"u8) ? "info" : null;

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> level) => Ascii.EqualsIgnoreCase(word, level);
}
