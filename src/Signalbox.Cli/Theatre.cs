using System.Globalization;
using System.Text;
using Signalbox.Effects;

namespace Signalbox.Cli;

/// <summary>Staged rooms as text: what people in them see.</summary>
internal static class Theatre
{
    /// <summary>Everything that stands in a room.</summary>
    public static string Text(StagedRoom room)
    {
        var text = new StringBuilder();
        foreach (var message in room.Messages) Write(text, message);
        return text.ToString();
    }

    /// <summary>Every line moved in.</summary>
    public static string Indented(string text) => string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => $"    {line}"));

    /// <summary>A card as lines, without what tells nothing here.</summary>
    public static IEnumerable<string> Card(Notice notice)
    {
        var card = Signalbox.Card.Of(notice, new(_ => null));
        yield return $"{card.Mark} {Cut.OneLine(notice.Title)}";
        if (notice.Summary is { Length: > 0 } summary)
        {
            foreach (var line in Cut.Readable(summary).Split('\n')) yield return line;
        }
        foreach (var fact in notice.Facts)
        {
            var lines = Cut.Readable(fact.Value).Split('\n');
            yield return lines.Length is 1 ? $"{fact.Name}: {lines[0]}" : $"{fact.Name}:";
            if (lines.Length is 1) continue;
            foreach (var line in lines) yield return $"  {line}";
        }
    }

    private static void Write(StringBuilder text, StagedMessage message)
    {
        var edits = message.Edits.Count is 0 ? "" : $"  (changed {message.Edits.Count}×, last {Clock(message.Edits[^1])})";
        Write(text, Clock(message.At), "  ", Card(message.Notice), $"{Rings(message.Mention)}{edits}");
        foreach (var reply in message.Replies)
            Write(text, $"  {Clock(reply.At)}", reply.IsShout ? "  ↳! " : "  ↳ ", Card(reply.Notice), Rings(reply.Mention));
    }

    private static void Write(StringBuilder text, string clock, string sign, IEnumerable<string> lines, string after)
    {
        var first = true;
        foreach (var line in lines)
        {
            text.Append(first ? $"{clock}{sign}" : new string(' ', clock.Length + sign.Length)).Append(line).Append(first ? after : "").Append('\n');
            first = false;
        }
    }

    private static string Rings(string? mention) => mention is null ? "" : $"  [rings {mention}]";

    /// <summary>The time of day.</summary>
    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
