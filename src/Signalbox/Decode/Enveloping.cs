using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Signalbox;

/// <summary>Wraps an HTTP request as Lambda would get it, for events of which the headers are a part: what is kept then decodes alike everywhere.</summary>
public static class Enveloping
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of the wrapping.</summary>
    /// <param name="path">Where it was posted.</param>
    /// <param name="id">The sender's own id of the event, the same on every repeat; null for none.</param>
    /// <param name="headers">The headers that are a part of the event, names in lower case.</param>
    /// <param name="body">The body; base64 when it is not UTF-8.</param>
    public static byte[] Of(string path, string? id, IEnumerable<Fact> headers, ReadOnlySpan<byte> body)
    {
        var buffer = new ArrayBufferWriter<byte>(body.Length + body.Length / 8 + 256);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteStartObject("requestContext");
            json.WriteStartObject("http");
            json.WriteString("method", "POST");
            json.WriteEndObject();
            if (id is not null) json.WriteString("requestId", id);
            json.WriteEndObject();
            json.WriteString("rawPath", path);
            json.WriteStartObject("headers");
            foreach (var (name, value) in headers) json.WriteString(name, value);
            json.WriteEndObject();
            if (Utf8.IsValid(body))
            {
                json.WriteString("body", body);
            }
            else
            {
                json.WriteBoolean("isBase64Encoded", true);
                json.WriteBase64String("body", body);
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
