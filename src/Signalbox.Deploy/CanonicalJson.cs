using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Signalbox.Deploy;

/// <summary>JSON in one form, so that what AWS gives back can be compared with what is wanted.</summary>
internal static class CanonicalJson
{
    /// <summary>The same value with the members of objects sorted and no white space; the text as it is when it is not JSON.</summary>
    public static string Of(string text)
    {
        var read = Json.Parse(Encoding.UTF8.GetBytes(text));
        return read.Expected is null ? Written(json => Write(json, read.Value)) : text;
    }

    /// <summary>What is written, as text.</summary>
    public static string Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Json value)
    {
        if (value.IsObject)
        {
            var members = new SortedDictionary<string, Json>(StringComparer.Ordinal);
            foreach (var (name, inner) in value.Members) members[name.Text ?? ""] = inner;
            json.WriteStartObject();
            foreach (var (name, inner) in members)
            {
                json.WritePropertyName(name);
                Write(json, inner);
            }
            json.WriteEndObject();
        }
        else if (value.IsArray)
        {
            json.WriteStartArray();
            foreach (var item in value.Items) Write(json, item);
            json.WriteEndArray();
        }
        else if (value.Text is { } text)
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteRawValue(value.Raw);
        }
    }
}
