using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Cloud.Tests;

/// <summary>Makes calls of AWS by hand: signed, or signed wrongly, as a test wants it.</summary>
public sealed class AwsHand(AwsStandin aws) : IDisposable
{
    private readonly HttpClient http = new();

    /// <summary>Whose keys.</summary>
    public (string Key, string Secret, string? Token) Keys { get; set; } = (AwsStandin.AccessKey, AwsStandin.SecretKey, null);

    /// <summary>When it signs.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>What it changes after it has signed.</summary>
    public Action<HttpRequestMessage> Then { get; set; } = _ => { };

    public void Dispose() => http.Dispose();

    /// <summary>An operation of a service that speaks JSON.</summary>
    public async Task<(int Status, JsonNode? Body)> Json(string service, string target, object input)
    {
        var version = service is "sqs" ? "1.0" : "1.1";
        var (status, body) = await Call(HttpMethod.Post, "/", service, System.Text.Json.JsonSerializer.Serialize(input), ("content-type", $"application/x-amz-json-{version}"), ("x-amz-target", target));
        return (status, body.Length > 0 ? JsonNode.Parse(body) : null);
    }

    /// <summary>An operation of Lambda.</summary>
    public async Task<(int Status, JsonNode? Body)> Lambda(HttpMethod method, string path, object? input = null)
    {
        var (status, body) = await Call(method, path, "lambda", input is null ? "" : System.Text.Json.JsonSerializer.Serialize(input), ("content-type", "application/json"));
        return (status, body.Length > 0 ? JsonNode.Parse(body) : null);
    }

    /// <summary>An operation of a service that takes a form.</summary>
    public Task<(int Status, string Body)> Form(string service, string form) => Call(HttpMethod.Post, "/", service, form, ("content-type", "application/x-www-form-urlencoded"));

    public async Task<(int Status, string Body)> Call(HttpMethod method, string path, string service, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, aws.Address + path);
        if (body.Length > 0) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        var time = (At ?? DateTimeOffset.UtcNow).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var signed = headers.Where(header => header.Name is not "content-type" || body.Length > 0).Append(("host", new Uri(aws.Address).Authority)).Append(("x-amz-date", time))
            .Concat(Keys.Token is { } token ? [("x-amz-security-token", token)] : []).OrderBy(header => header.Item1, StringComparer.Ordinal).ToList();
        foreach (var (name, value) in signed.Where(header => header.Item1 is not "host"))
        {
            if (name is "content-type") request.Content!.Headers.TryAddWithoutValidation(name, value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
        var names = string.Join(';', signed.Select(header => header.Item1));
        var parts = path.Split('?', 2);
        var canonical = string.Join('\n', method.Method, string.Join('/', parts[0].Split('/').Select(Uri.EscapeDataString)), parts.Length > 1 ? parts[1] : "",
            string.Concat(signed.Select(header => $"{header.Item1}:{header.Item2}\n")), names, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        var scope = $"{time[..8]}/eu-west-1/{service}/aws4_request";
        var key = Encoding.UTF8.GetBytes($"AWS4{Keys.Secret}");
        foreach (var part in (string[])[.. scope.Split('/'), $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}"]) key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        request.Headers.TryAddWithoutValidation("authorization", $"AWS4-HMAC-SHA256 Credential={Keys.Key}/{scope}, SignedHeaders={names}, Signature={Hex(key)}");
        Then(request);
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
