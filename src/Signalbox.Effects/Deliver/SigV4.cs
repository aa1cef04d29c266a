using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Effects;

/// <summary>AWS Signature Version 4 of a request whose path is escaped once, and whose query is escaped and in order.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>
internal static class SigV4
{
    /// <summary>The request with the headers that sign it.</summary>
    public static Letter Sign(Letter letter, AwsKeys keys, string region, string service, DateTimeOffset now)
    {
        if (letter.Address is not { } address) return letter;
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";

        List<Fact> more = [new("x-amz-date", time)];
        if (keys.SessionToken is { } token) more.Add(new("x-amz-security-token", token));
        // AWS wants every header of its own signed, in the order of their names.
        var own = letter.Headers.Where(header => header.Name.StartsWith("x-amz-", StringComparison.Ordinal));
        ValueList<Fact> headers =
        [
            new("content-type", letter.Type), new("host", address.Authority), .. more.Concat(own).OrderBy(header => header.Name, StringComparer.Ordinal),
        ];
        var names = string.Join(';', headers.Select(header => header.Name));
        // Every service but S3 has the path escaped once more than it is sent.
        var path = address.AbsolutePath.Replace("%", "%25", StringComparison.Ordinal);
        var canonical = $"{letter.Method}\n{path}\n{address.Query.TrimStart('?')}\n"
            + $"{string.Concat(headers.Select(header => $"{header.Name}:{header.Value}\n"))}\n{names}\n{Hex(SHA256.HashData(letter.Body.Span))}";
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";

        var key = Encoding.UTF8.GetBytes($"AWS4{keys.Secret}");
        foreach (var part in scope.Split('/')) key = Mac(key, part);
        return (letter with { Headers = [.. letter.Headers, .. more] })
            .Authorized("AWS4-HMAC-SHA256", $"Credential={keys.Id}/{scope}, SignedHeaders={names}, Signature={Hex(Mac(key, toSign))}");
    }

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

/// <summary>Access keys of AWS.</summary>
/// <param name="Id">Access key id.</param>
/// <param name="Secret">Secret access key.</param>
/// <param name="SessionToken">What temporary keys need besides; null for others.</param>
internal sealed record AwsKeys(string Id, string Secret, string? SessionToken)
{
    /// <summary>Names no key.</summary>
    public override string ToString() => "(access keys)";
}
