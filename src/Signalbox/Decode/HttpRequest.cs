using System.Text;

namespace Signalbox;

/// <summary>An HTTP request as Lambda gets it: Function URL, API Gateway (payload 2.0 and 1.0) and load balancer; the body may be base64.</summary>
internal static class HttpRequest
{
    public static bool Unwrap(Json value, in Wrapping outer, List<Envelope> into)
    {
        var context = value["requestContext"u8];
        var isRequest = (context["http"u8].IsObject && value["rawPath"u8].IsText)
            || (value["httpMethod"u8].IsText && (context.IsObject || value["resource"u8].IsText));
        if (!isRequest) return false;

        var headers = Headers(value["headers"u8]);
        var inside = outer.Inside("http") with
        {
            Id = Header(headers, "x-amz-sns-message-id") ?? context["requestId"u8].Words ?? outer.Id,
            Topic = Header(headers, "x-amz-sns-topic-arn") ?? Header(headers, "x-signalbox-source") ?? outer.Topic,
            At = Instants.Read(context["timeEpoch"u8]) ?? Instants.Read(context["requestTimeEpoch"u8]) ?? outer.At,
            // Of a Function URL that everybody may call it is "anonymous".
            Account = context["accountId"u8].Words is { Length: 12 } account && account.All(char.IsAsciiDigit) ? account : outer.Account,
            Attributes = headers,
        };
        var body = value["body"u8];
        var bytes = !body.IsText ? body.Exists ? Encoding.UTF8.GetBytes(body.AsWritten) : []
            : (value["isBase64Encoded"u8].Kind is JsonKind.True ? Packed.Bytes(body) : null) ?? body.TextBytes();
        Decode.Inner(Fields(headers, bytes) ?? bytes, inside, into);
        return true;
    }

    /// <summary>The fields of a form in which no event stands as a whole; null for any other body.</summary>
    private static byte[]? Fields(ValueList<Fact> headers, byte[] body) =>
        Header(headers, "content-type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true
        && Encoding.UTF8.GetString(body) is var text && FormText.Event(text) is null ? FormText.Fields(text) : null;

    private static ValueList<Fact> Headers(Json headers)
    {
        var known = new List<Fact>();
        foreach (var (name, value) in headers.Members)
        {
            if (value.Scalar is { } text) known.Add(new(name.Text!.ToLowerInvariant(), text));
        }
        return [.. known];
    }

    private static string? Header(ValueList<Fact> headers, string name)
    {
        foreach (var header in headers)
        {
            if (header.Name == name && header.Value.Length > 0) return header.Value;
        }
        return null;
    }
}
