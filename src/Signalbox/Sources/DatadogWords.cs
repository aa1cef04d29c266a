using System.Buffers;

namespace Signalbox;

/// <summary>What Datadog writes around the name and the message of a monitor.</summary>
internal static class DatadogWords
{
    private static readonly SearchValues<char> EndOfAddress = SearchValues.Create(" \t\r\n()[]<>\"");

    /// <summary>What stands in brackets before a name.</summary>
    /// <param name="Transition">"Triggered", as written; null when no bracket holds such a word.</param>
    /// <param name="Priority">"P2".</param>
    /// <param name="Scope">"host:web-1".</param>
    /// <param name="Name">What is left: the name as people gave it, with the brackets that they wrote themselves.</param>
    internal readonly record struct Marks(string? Transition, string? Priority, string? Scope, string Name);

    /// <summary>"[P2] [Triggered on {host:web-1}] CPU is high" in its parts.</summary>
    public static Marks Of(string title)
    {
        var (rest, own) = (title.TrimStart(), "");
        string? transition = null, priority = null, scope = null;
        while (rest.StartsWith('[') && rest.IndexOf(']', StringComparison.Ordinal) is var end and > 0)
        {
            var mark = rest[1..end];
            var on = mark.IndexOf(" on ", StringComparison.Ordinal);
            var word = (on < 0 ? mark : mark[..on]).Trim();
            if (IsPriority(word)) priority ??= word.ToUpperInvariant();
            else if (Turn(word) is null) own += $"[{mark}] ";
            else (transition, scope) = (transition ?? word, scope ?? (on < 0 ? null : Scope(mark[(on + 4)..])));
            rest = rest[(end + 1)..].TrimStart();
        }
        return new(transition, priority, scope, rest.Length > 0 ? own + rest : title);
    }

    /// <summary>What became of the alert: "triggered", "warn", "no data" or "recovered"; null for any other word, and for a sentence.</summary>
    public static string? Turn(string? word) => word?.ToLowerInvariant() switch
    {
        "triggered" or "re-triggered" or "renotify" or "alert" or "re-alert" or "alerting" => "triggered",
        "warn" or "re-warn" or "warning" => "warn",
        "no data" or "re-no data" or "no_data" or "nodata" => "no data",
        "recovered" or "no data recovered" or "warn recovered" or "no longer" or "ok" or "resolved" => "recovered",
        _ => null,
    };

    /// <summary>True for "P1" to "P5".</summary>
    public static bool IsPriority(string? word) => word is ['P' or 'p', >= '1' and <= '5'];

    /// <summary>A message without the marks around it, its pictures and the row of links at its end, which are for Datadog's own pages.</summary>
    public static string Message(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.Replace("%%%", "", StringComparison.Ordinal).Split('\n'))
        {
            var start = line.TrimStart();
            var isLinks = start.StartsWith("[[", StringComparison.Ordinal) || start.StartsWith("[![", StringComparison.Ordinal);
            var isTwice = start.Length == 0 && (lines.Count == 0 || lines[^1].AsSpan().Trim().IsEmpty);
            if (!isTwice && (!isLinks || !start.Contains("](http", StringComparison.Ordinal))) lines.Add(line);
        }
        while (lines.Count > 0 && lines[^1].Trim() is "" or "- - -" or "---" or "***") lines.RemoveAt(lines.Count - 1);
        return Cut.Readable(string.Join('\n', lines)).Trim();
    }

    /// <summary>The address of a monitor's page in a text, and the number of the monitor; null for both when there is none.</summary>
    public static (string? Page, string? Id) Monitor(string? text)
    {
        const string Path = "/monitors/";
        if (text is null) return default;
        for (var at = text.IndexOf(Path, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Path, at + 1, StringComparison.Ordinal))
        {
            var number = text.AsSpan(at + Path.Length);
            var digits = number.IndexOfAnyExceptInRange('0', '9') is var length and >= 0 ? length : number.Length;
            var start = text.AsSpan(0, at).LastIndexOf("https://");
            if (digits is 0 or > 20 || start < 0 || text.AsSpan(start, at - start).IndexOfAny(EndOfAddress) >= 0) continue;
            var end = number.IndexOfAny(EndOfAddress);
            return (end < 0 ? text[start..] : text[start..(at + Path.Length + end)], number[..digits].ToString());
        }
        return default;
    }

    /// <summary>"{host:web-1}" is "host:web-1"; everything ("*") is no place.</summary>
    private static string? Scope(string written) => written.Trim().Trim('{', '}').Trim() is { Length: > 0 } scope and not "*" ? scope : null;
}
