using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>What a request says of its signature.</summary>
/// <param name="Key">The access key's id.</param>
/// <param name="Region">The region of its scope.</param>
/// <param name="Service">The service of its scope.</param>
/// <param name="Date">The day of its scope.</param>
/// <param name="Names">The names of the headers that are signed.</param>
/// <param name="Signature">The signature, in hex.</param>
/// <param name="Time">When it was signed.</param>
/// <param name="InQuery">True when all that stands in the query.</param>
internal sealed record SignedAs(string Key, string Date, string Region, string Service, string Names, string Signature, string Time, bool InQuery)
{
    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";
}

/// <summary>How a signature is wrong.</summary>
internal enum SignatureFault
{
    None,
    Missing,
    UnknownKey,
    UnknownToken,
    ExpiredToken,
    Mismatch,
    OutOfTime,
}

/// <summary>
/// Signature version 4, from AWS's description of it and from nothing that the product does: the canonical request is made of the bytes that came.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
internal static partial class AwsSignature
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>What it is signed as; null when it is not signed.</summary>
    public static SignedAs? Read(AwsRequest request)
    {
        if (request.Header("authorization") is { } header)
        {
            var match = Authorization().Match(header);
            if (!match.Success) return null;
            return Of(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, request.Header("x-amz-date") ?? "", inQuery: false);
        }
        var query = request.Parameters.ToLookup(pair => pair.Name, pair => pair.Value);
        string Value(string name) => query[name].FirstOrDefault() ?? "";
        return Value("X-Amz-Algorithm") is "AWS4-HMAC-SHA256"
            ? Of(Value("X-Amz-Credential"), Value("X-Amz-SignedHeaders"), Value("X-Amz-Signature"), Value("X-Amz-Date"), inQuery: true)
            : null;
    }

    /// <summary>Judges it. The words are those that AWS adds.</summary>
    public static (SignatureFault Fault, string Words) Judge(AwsRequest request, SignedAs signed, AwsIdentity? key, DateTimeOffset now)
    {
        if (key is null) return (SignatureFault.UnknownKey, "");
        var token = signed.InQuery ? request.Parameters.FirstOrDefault(pair => pair.Name is "X-Amz-Security-Token").Value : request.Header("x-amz-security-token");
        if (token != key.Token) return (SignatureFault.UnknownToken, "");
        if (key.Until is { } until && until < now) return (SignatureFault.ExpiredToken, "");
        if (!DateTimeOffset.TryParseExact(signed.Time, TimeFormat, null, DateTimeStyles.AssumeUniversal, out var at) || !signed.Time.StartsWith(signed.Date, StringComparison.Ordinal))
            return (SignatureFault.Mismatch, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
        var names = signed.Names.Split(';');
        if (!names.Contains("host")) return (SignatureFault.Mismatch, "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        if (signed.Service is "s3" && request.Headers.FirstOrDefault(header => header.Name.StartsWith("x-amz-", StringComparison.Ordinal) && !names.Contains(header.Name)) is { Name: { } unsigned })
            return (SignatureFault.Mismatch, $"There were headers present in the request which were not signed: {unsigned}");
        if (PayloadHash(request, signed) is not { } payload) return (SignatureFault.Mismatch, "The provided 'x-amz-content-sha256' header does not match what was computed.");

        var lines = names.Select(name => (Name: name, Values: request.Headers.Where(header => header.Name == name).Select(header => Spaces().Replace(header.Value, " ")).ToList())).ToList();
        if (lines.Any(line => line.Values.Count is 0)) return (SignatureFault.Mismatch, "");
        var canonical = string.Join('\n', request.Method, Path(request, signed.Service), Query(request), string.Concat(lines.Select(line => $"{line.Name}:{string.Join(',', line.Values)}\n")),
            signed.Names, payload);
        var words = $"AWS4-HMAC-SHA256\n{signed.Time}\n{signed.Scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var bytes = Encoding.UTF8.GetBytes($"AWS4{key.Secret}");
        foreach (var part in (string[])[signed.Date, signed.Region, signed.Service, "aws4_request", words]) bytes = HMACSHA256.HashData(bytes, Encoding.UTF8.GetBytes(part));
        if (Hex(bytes) != signed.Signature) return (SignatureFault.Mismatch, "");

        var lasts = signed.InQuery ? TimeSpan.FromSeconds(int.Parse(request.Parameters.First(pair => pair.Name is "X-Amz-Expires").Value, CultureInfo.InvariantCulture)) : TimeSpan.FromMinutes(5);
        if (at + lasts < now) return (SignatureFault.OutOfTime, $"Signature expired: {signed.Time} is now earlier than {Time(now - lasts)} ({Time(now)} - 5 min.)");
        return at > now.AddMinutes(5) ? (SignatureFault.OutOfTime, $"Signature not yet current: {signed.Time} is still later than {Time(now.AddMinutes(5))} ({Time(now)} + 5 min.)") : default;
    }

    private static SignedAs? Of(string credential, string names, string signature, string time, bool inQuery) =>
        credential.Split('/') is [var key, var date, var region, var service, "aws4_request"] ? new(key, date, region, service, names, signature, time, inQuery) : null;

    private static string? PayloadHash(AwsRequest request, SignedAs signed)
    {
        var real = Hex(SHA256.HashData(request.Body));
        var said = request.Header("x-amz-content-sha256");
        if (signed.Service is "s3" && signed.InQuery) return said ?? "UNSIGNED-PAYLOAD";
        if (said is null) return real;
        var isName = said is "UNSIGNED-PAYLOAD" || said.StartsWith("STREAMING-", StringComparison.Ordinal);
        return isName || said == real ? said : null;
    }

    /// <summary>Every part once more encoded as it came; S3 alone takes the path as it is.</summary>
    private static string Path(AwsRequest request, string service)
    {
        if (service is "s3") return string.Join('/', request.Path.Split('/').Select(part => Uri.EscapeDataString(Uri.UnescapeDataString(part))));
        var parts = new List<string>();
        foreach (var part in request.Path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part is not "..") parts.Add(Uri.EscapeDataString(part));
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }
        return $"/{string.Join('/', parts)}{(parts.Count > 0 && request.Path.EndsWith('/') ? "/" : "")}";
    }

    private static string Query(AwsRequest request) => string.Join('&', request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Select(pair => (Name: Again(pair[0]), Value: pair.Length is 2 ? Again(pair[1]) : ""))
        .Where(pair => pair.Name is not "X-Amz-Signature")
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Again(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex("^AWS4-HMAC-SHA256 +Credential=([^, ]+), *SignedHeaders=([^, ]+), *Signature=([0-9a-f]{64})$")]
    private static partial Regex Authorization();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
