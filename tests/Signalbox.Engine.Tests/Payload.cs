using System.Text;
using System.Text.Json;

namespace Signalbox.EngineTests;

/// <summary>What people read of a payload.</summary>
internal static class Payload
{
    /// <summary>Every text in it, one to a line.</summary>
    public static string Words(ReadOnlyMemory<byte> payload)
    {
        var text = new StringBuilder();
        var reader = new Utf8JsonReader(payload.Span);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String) text.AppendLine(reader.GetString());
        }
        return text.ToString();
    }
}
