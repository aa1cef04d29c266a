using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Server.Pages.Explained;

/// <summary>Bytes as people can read them.</summary>
internal static class RawText
{
    private const int Longest = 200_000;

    /// <summary>JSON with a line for each member; anything else as it came.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest) return Cut.Text(Cut.Readable(Encoding.UTF8.GetString(bytes)), Longest);
        try
        {
            var reader = new Utf8JsonReader(bytes, new() { MaxDepth = 200 });
            using var document = JsonDocument.ParseValue(ref reader);
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 200 }))
                document.WriteTo(json);
            return Cut.Readable(Encoding.UTF8.GetString(buffer.WrittenSpan));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return Cut.Readable(Encoding.UTF8.GetString(bytes));
        }
    }
}
