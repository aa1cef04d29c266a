using System.Globalization;
using System.Text;

namespace Signalbox.Deploy;

/// <summary>A line of a log as people read it.</summary>
public static class LogLine
{
    private const int Outcome = 8;

    /// <summary>The line in parts; empty for what is said elsewhere: where an invocation begins and ends, its report says.</summary>
    /// <param name="line">The line.</param>
    /// <param name="name">Columns for the function's name; 0 to leave it out.</param>
    public static ValueList<Paint> Of(LogEvent line, int name)
    {
        var text = line.Text.TrimEnd('\r', '\n');
        if (IsFrame(text)) return [];
        var json = text.StartsWith('{') ? Json.Parse(Encoding.UTF8.GetBytes(text)).Value : default;
        if (json["type"u8].Text is { } type && type.StartsWith("platform.", StringComparison.Ordinal) && type is not "platform.report") return [];
        var report = InvocationReport.Read(text) ?? InvocationReport.Read(json);
        return
        [
            new(Tone.Quiet, line.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) + "  "),
            .. name > 0 ? (Paint[])[new(Tone.Strong, line.Function.PadRight(name) + "  ")] : [],
            .. report is not null ? Reported(report) : IsOurs(json) ? Told(json) : Plain(text, name),
        ];
    }

    /// <summary>True for an error, ours or Lambda's.</summary>
    private static bool IsTrouble(string text) =>
        text.Contains("Task timed out after", StringComparison.Ordinal) || text.Contains("Runtime.ExitError", StringComparison.Ordinal)
        || text.StartsWith("[ERROR]", StringComparison.Ordinal) || text.Contains("\tERROR\t", StringComparison.Ordinal);

    private static bool IsFrame(string text) =>
        text.StartsWith("START RequestId:", StringComparison.Ordinal) || text.StartsWith("END RequestId:", StringComparison.Ordinal)
        || text.StartsWith("INIT_START ", StringComparison.Ordinal);

    private static bool IsOurs(Json json) =>
        json["level"u8].Text is not null && json["time"u8].Exists && (json["outcome"u8].Exists || json["reason"u8].Exists || json["card"u8].Exists);

    private static ValueList<Paint> Reported(InvocationReport report) =>
        [new(report.Status.Length > 0 ? Tone.Bad : Tone.Quiet, $"{(report.Status.Length > 0 ? "ended" : "done"),-Outcome}  {Paint.Safe(report.Words)}")];

    /// <summary>Outcome, source and kind, room, milliseconds, reason: each where it is said.</summary>
    private static ValueList<Paint> Told(Json json)
    {
        var level = json["level"u8].Text ?? "";
        var tone = level switch { "error" => Tone.Bad, "warn" => Tone.Doubtful, _ => Tone.Plain };
        var outcome = json["outcome"u8].Text ?? (json["card"u8].Exists ? "card" : level);
        var what = string.Join('/', ((string?[])[json["source"u8].Text ?? (json["slack"u8].Text is { } slack ? $"slack {slack}" : null), json["kind"u8].Text])
            .OfType<string>());
        var words = new List<string>();
        if (what.Length > 0) words.Add(what);
        if (json["settings"u8].Text is { } settings) words.Add($"{settings}{(json["version"u8].Text is { } version ? $" ({version})" : "")}");
        if (json["room"u8].Text is { } room) words.Add($"→ {room}");
        if (json["ms"u8].Number is { } ms) words.Add($"{Quantity.Of(ms)} ms");
        if (json["attempts"u8].Number is { } attempts and > 1) words.Add($"{Quantity.Of(attempts)} tries");
        var reason = json["reason"u8].Text ?? json["card"u8].Text ?? (level is "info" ? json["because"u8].Text : null);
        var isSaid = json["reason"u8].Exists || json["card"u8].Exists;
        return
        [
            new(tone is Tone.Plain && outcome is "made" ? Tone.Good : tone is Tone.Plain ? Tone.Quiet : tone, Paint.Safe(outcome).PadRight(Outcome) + "  "),
            new(Tone.Plain, Paint.Safe(string.Join("  ", words))),
            .. reason is null ? [] : (Paint[])[new(isSaid ? tone : Tone.Quiet, $"{(words.Count > 0 ? "  " : "")}{Indented(reason, 0)}")],
        ];
    }

    private static ValueList<Paint> Plain(string text, int name) => [new(IsTrouble(text) ? Tone.Bad : Tone.Plain, Indented(text, name))];

    /// <summary>What follows a line end begins below the text before it.</summary>
    private static string Indented(string text, int name)
    {
        var below = "\n" + new string(' ', 25 + (name > 0 ? name + 2 : 0));
        return string.Join(below, text.ReplaceLineEndings("\n").Replace('\r', '\n').Split('\n').Select(Paint.Safe));
    }
}
