using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Effects;

/// <summary>One HTTP request to a chat.</summary>
/// <param name="Address">Where to; null when the room names no http or https address. Also a secret: it stands in no reason.</param>
/// <param name="Body">The body.</param>
public sealed record Letter(Uri? Address, ReadOnlyMemory<byte> Body)
{
    /// <summary>The method.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>What the body is.</summary>
    public string Type { get; init; } = "application/json; charset=utf-8";

    /// <summary>How much of the answer is read, in bytes.</summary>
    public int LongestAnswer { get; init; } = 4096;

    /// <summary>Headers of the answer that are wanted.</summary>
    public ValueList<string> Wants { get; init; }

    /// <summary>Headers besides those.</summary>
    public ValueList<Fact> Headers { get; init; }

    /// <summary>Why there is no address.</summary>
    public string Fault { get; init; } = "";

    /// <summary>A request to an address that stands in an option of the room.</summary>
    /// <param name="option">Name of the option, for the reason when it is no address.</param>
    /// <param name="address">The whole address.</param>
    /// <param name="body">The body.</param>
    public static Letter To(string option, string? address, ReadOnlyMemory<byte> body) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new(uri, body)
            : new(null, body) { Fault = $"its {option} is not an http or https address" };

    /// <summary>The same with an <c>Authorization</c> header.</summary>
    public Letter Authorized(string scheme, string? credentials) =>
        credentials is null ? this : this with { Headers = [.. Headers, new("Authorization", $"{scheme} {credentials}")] };

    /// <summary>An address with more of a query.</summary>
    public static string? With(string? address, string query) =>
        address is null ? null : $"{address}{(address.Contains('?') ? "&" : "?")}{query}";

    /// <summary>A JSON object with a flag more in it, in front; as it was when it has that member.</summary>
    public static ReadOnlyMemory<byte> With(ReadOnlyMemory<byte> payload, string name, bool value) => InFront(payload, name, value ? "true" : "false");

    /// <summary>A JSON object with one more member, in front; as it was when it has that member.</summary>
    /// <param name="payload">The object.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="json">Its value, as JSON.</param>
    public static ReadOnlyMemory<byte> InFront(ReadOnlyMemory<byte> payload, string name, string json)
    {
        var message = Json.Parse(payload.ToArray()).Value;
        if (!message.IsObject || message[Encoding.UTF8.GetBytes(name)].Exists) return payload;
        var first = Encoding.UTF8.GetBytes($"{{\"{name}\":{json}{(message.Count > 0 ? "," : "")}");
        return (byte[])[.. first, .. payload.Span[(payload.Span.IndexOf((byte)'{') + 1)..]];
    }

    /// <summary>A JSON object with a text in it, in place of the one that it has.</summary>
    public static ReadOnlyMemory<byte> Set(ReadOnlyMemory<byte> payload, string name, string value) => Edit(payload, message => message[name] = value);

    /// <summary>A JSON object after a change; as it was when it is none.</summary>
    public static ReadOnlyMemory<byte> Edit(ReadOnlyMemory<byte> payload, Action<JsonObject> change)
    {
        if (JsonNode.Parse(payload.Span) is not JsonObject message) return payload;
        change(message);
        return Encoding.UTF8.GetBytes(message.ToJsonString());
    }

    /// <summary>A JSON object with one more text in it, in front; as it was when it has that member.</summary>
    public static ReadOnlyMemory<byte> With(ReadOnlyMemory<byte> payload, string name, string value) =>
        InFront(payload, name, $"\"{System.Text.Json.JsonEncodedText.Encode(value)}\"");
}
