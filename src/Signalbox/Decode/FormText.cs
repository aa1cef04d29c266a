using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Signalbox;

/// <summary>A form in the body of a request, as senders of webhooks write it unless they are told to send JSON (<c>payload=%7B…</c>).</summary>
internal static class FormText
{
    private const string Payload = "payload=";

    /// <summary>The event in the field that senders put one into; null when the text is no such form.</summary>
    public static byte[]? Event(string text)
    {
        if (!text.StartsWith(Payload, StringComparison.Ordinal)) return null;
        var end = text.IndexOf('&', StringComparison.Ordinal);
        var value = Plain(text[Payload.Length..(end < 0 ? text.Length : end)]);
        return value.StartsWith('{') || value.StartsWith('[') ? Encoding.UTF8.GetBytes(value) : null;
    }

    /// <summary>The fields of a form as an object of texts; null when the text is none.</summary>
    public static byte[]? Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = pair.IndexOf('=', StringComparison.Ordinal);
            if (cut < 1 || pair.AsSpan(0, cut).ContainsAny(" \n\"{")) return null;
            fields.TryAdd(Plain(pair[..cut]), Plain(pair[(cut + 1)..]));
        }
        if (fields.Count is 0) return null;
        var json = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in fields) writer.WriteString(name, value);
            writer.WriteEndObject();
        }
        return json.WrittenSpan.ToArray();
    }

    private static string Plain(string encoded) => Uri.UnescapeDataString(encoded.Replace('+', ' '));
}
