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
            var legible = raw.IndexOf("\\u"u8) < 0 ? raw : line.TextBytes();
            return MayBeBad(legible, "level"u8) || MayBeBad(legible, "severity"u8) ? OfJson(line.TextBytes()) : null;
        }
        var text = line.TextBytes();
        return OfText(text.AsSpan(0, Math.Min(text.Length, Beginning)));
    }

    private static Severity? OfJson(byte[] line)
    {
        if (Json.Parse(line) is not { Expected: null, Value: var json }) return null;
        var level = json["level"u8].Words ?? json["severity"u8].Words ?? json["log_level"u8].Words ?? json["levelname"u8].Words;
        return level is null ? null : StateWords.SeverityOf(level);
    }

    /// <summary>True when a bad word stands behind such a name anywhere, quotes as they are within a text of JSON.</summary>
    private static bool MayBeBad(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        while (line.IndexOf(name) is >= 0 and var at)
        {
            line = line[(at + name.Length)..];
            var value = line.TrimStart("name"u8).TrimStart("\\\" :"u8);
            var end = value.IndexOfAny((byte)'\\', (byte)'"');
            if (end is <= 0 or > LongestWord || Ascii.EqualsIgnoreCase(value[..end], "info"u8)) continue;
            if (StateWords.SeverityOf(Encoding.UTF8.GetString(value[..end])) > Severity.Info) return true;
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
