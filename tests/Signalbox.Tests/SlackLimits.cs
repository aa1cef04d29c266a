using System.Text;
using System.Text.Json;

namespace Signalbox.Tests;

/// <summary>Slack's documented limits, read out of a payload by somebody else's JSON reader.</summary>
internal static class SlackLimits
{
    /// <summary>Everything that Slack would refuse in a payload; empty when it takes it.</summary>
    public static List<string> Broken(ReadOnlyMemory<byte> payload)
    {
        var faults = new List<string>();
        using var document = JsonDocument.Parse(payload);
        var root = document.RootElement;
        if (root.GetProperty("text").GetString() is not { Length: > 0 and <= 4_000 }) faults.Add("text is empty or over 4,000 characters");
        var blocks = Blocks(root).ToList();
        if (blocks.Count > 50) faults.Add($"{blocks.Count} blocks");
        var bytes = blocks.Sum(block => Encoding.UTF8.GetByteCount(block.GetRawText()));
        if (bytes > 12_000) faults.Add($"{bytes} bytes of blocks");
        foreach (var block in blocks) Check(block, faults);
        return faults;
    }

    /// <summary>Every text that Slack would read as mrkdwn.</summary>
    public static IEnumerable<string> Mrkdwn(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        return [.. Texts(document.RootElement)];
    }

    private static IEnumerable<JsonElement> Blocks(JsonElement root)
    {
        if (root.TryGetProperty("blocks", out var blocks))
            foreach (var block in blocks.EnumerateArray()) yield return block;
        if (!root.TryGetProperty("attachments", out var attachments)) yield break;
        foreach (var attachment in attachments.EnumerateArray())
        {
            if (!attachment.TryGetProperty("blocks", out var inner)) continue;
            foreach (var block in inner.EnumerateArray()) yield return block;
        }
    }

    private static void Check(JsonElement block, List<string> faults)
    {
        var type = block.GetProperty("type").GetString();
        if (block.TryGetProperty("text", out var text)) Length(text.GetProperty("text").GetString(), 3_000, $"text of a {type}", faults);
        if (block.TryGetProperty("fields", out var fields))
        {
            if (fields.GetArrayLength() is 0 or > 10) faults.Add($"{fields.GetArrayLength()} fields");
            foreach (var field in fields.EnumerateArray()) Length(field.GetProperty("text").GetString(), 2_000, "field", faults);
        }
        if (!block.TryGetProperty("elements", out var elements)) return;
        if (elements.GetArrayLength() is 0 || elements.GetArrayLength() > (type is "context" ? 10 : 25)) faults.Add($"{elements.GetArrayLength()} elements in {type}");
        foreach (var element in elements.EnumerateArray())
        {
            if (element.GetProperty("type").GetString() is "button")
            {
                Length(element.GetProperty("text").GetProperty("text").GetString(), 75, "button", faults);
                if (element.TryGetProperty("action_id", out var id))
                {
                    Length(id.GetString(), 255, "action_id", faults);
                    Length(element.GetProperty("value").GetString(), 2_000, "value", faults);
                }
                else
                {
                    Length(element.GetProperty("url").GetString(), 3_000, "url", faults);
                }
            }
            else
            {
                Length(element.GetProperty("text").GetString(), 3_000, "context", faults);
            }
        }
    }

    private static void Length(string? text, int limit, string what, List<string> faults)
    {
        if (text is not { Length: > 0 } || text.Length > limit) faults.Add($"{what} of {text?.Length ?? 0} characters");
        else if (string.IsNullOrWhiteSpace(text)) faults.Add($"{what} of white space");
        else if (text.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar) && !text.Contains('\uFFFD')) faults.Add($"{what} cut inside a character");
    }

    private static IEnumerable<string> Texts(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (member.Value.ValueKind is JsonValueKind.String && member.Name is "text" or "fallback" or "pretext" or "title" or "value" or "footer")
                        yield return member.Value.GetString()!;
                    foreach (var text in Texts(member.Value)) yield return text;
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    foreach (var text in Texts(item)) yield return text;
                break;
        }
    }
}
