using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox;

/// <summary>The settings as a JSON Schema, for editors.</summary>
public static class Schema
{
    /// <summary>The schema, draft 2020-12, as indented JSON that ends in a line break. The same text every time.</summary>
    public static string Write() => Write("Signalbox settings", Keys.Schema);

    /// <summary>The schema of another file.</summary>
    /// <param name="title">What it describes.</param>
    /// <param name="body">Writes its members.</param>
    internal static string Write(string title, Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer,
            new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", title);
            body(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
