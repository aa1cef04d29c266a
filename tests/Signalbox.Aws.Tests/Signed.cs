using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Aws.Tests;

/// <summary>Checks a signature with nothing but what came over the wire and the secret key, by the documentation of Signature Version 4.</summary>
internal static class Signed
{
    public const string Id = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /// <summary>The service and region of the request's scope, when its signature holds.</summary>
    public static (string Service, string Region) By(Heard heard)
    {
        var said = heard.Headers["authorization"];
        var scope = said.Split("Credential=")[1].Split(',')[0].Split('/');
        Assert.Equal(Id, scope[0]);
        var names = said.Split("SignedHeaders=")[1].Split(',')[0].Split(';');
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(heard.Headers.Keys.Where(name => name.StartsWith("x-amz-", StringComparison.Ordinal)), name => Assert.Contains(name, names));
        Assert.Contains("host", names);
        var hash = Hex(SHA256.HashData(Encoding.UTF8.GetBytes(heard.Body)));
        if (scope[3] is "s3") Assert.Equal(hash, heard.Headers["x-amz-content-sha256"]);
        var (path, query) = heard.Path.Split('?') is [var before, var after] ? (before, after) : (heard.Path, "");
        // What is sent is escaped once; every service but S3 escapes it once more.
        if (scope[3] is not "s3") path = path.Replace("%", "%25", StringComparison.Ordinal);
        var canonical = $"{heard.Method}\n{path}\n{query}\n{string.Concat(names.Select(name => $"{name}:{heard.Headers[name]}\n"))}\n{string.Join(';', names)}\n{hash}";
        var text = $"AWS4-HMAC-SHA256\n{heard.Headers["x-amz-date"]}\n{string.Join('/', scope[1..])}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope[1..].Aggregate(Encoding.UTF8.GetBytes($"AWS4{Secret}"), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        Assert.Equal(Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))), said.Split("Signature=")[1]);
        var date = DateTimeOffset.ParseExact(heard.Headers["x-amz-date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(date, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        return (scope[3], scope[2]);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
