using System.Text.Unicode;

namespace Signalbox;

/// <summary>A request of Slack's as Lambda gets it: through a Function URL, API Gateway or a load balancer.</summary>
/// <param name="Timestamp">The header X-Slack-Request-Timestamp; null for none.</param>
/// <param name="Signature">The header X-Slack-Signature; null for none.</param>
/// <param name="Body">The body byte by byte as Slack sent it: what it has signed.</param>
public sealed record SlackCall(string? Timestamp, string? Signature, byte[] Body)
{
    private static readonly ValueList<string> Paths = ["/hooks/slack/actions", "/hooks/slack/commands", "/hooks/slack/events"];

    /// <summary>The request; null for anything that does not come in at one of Slack's paths. Ordinary events pay for one search.</summary>
    public static SlackCall? Of(byte[] bytes)
    {
        if (bytes.AsSpan().IndexOf("/hooks/slack/"u8) < 0 || !Utf8.IsValid(bytes)) return null;
        if (Json.Parse(bytes) is not { Expected: null, Value: { IsObject: true } call } || !call["requestContext"u8].IsObject) return null;
        var path = call["rawPath"u8].Text ?? call["path"u8].Text ?? "";
        if (!Paths.Any(known => path.EndsWith(known, StringComparison.Ordinal))) return null;
        var body = call["body"u8];
        var raw = call["isBase64Encoded"u8].Kind is JsonKind.True ? FromBase64(body.Text ?? "") : body.IsText ? body.TextBytes() : [];
        return new(Header(call, "x-slack-request-timestamp"), Header(call, "x-slack-signature"), raw);
    }

    private static string? Header(Json call, string name)
    {
        foreach (var (known, value) in call["headers"u8].Members)
        {
            if (string.Equals(known.Text, name, StringComparison.OrdinalIgnoreCase)) return value.Text;
        }
        foreach (var (known, values) in call["multiValueHeaders"u8].Members)
        {
            if (string.Equals(known.Text, name, StringComparison.OrdinalIgnoreCase)) return values[0].Text;
        }
        return null;
    }

    /// <summary>What is no base64 is nothing that Slack has signed.</summary>
    private static byte[] FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : [];
    }
}
