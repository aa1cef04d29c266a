using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Signalbox.Standins;

/// <summary>A version of an object.</summary>
/// <param name="Bytes">What it holds.</param>
/// <param name="Version">Its id.</param>
/// <param name="Type">The type of its content.</param>
/// <param name="At">When it was put.</param>
public sealed record S3Object(byte[] Bytes, string Version, string Type, DateTimeOffset At)
{
    /// <summary>Its tag, with quotes.</summary>
    public string ETag => $"\"{Convert.ToHexStringLower(MD5.HashData(Bytes))}\"";
}

/// <summary>S3, path style: objects with versions. Buckets are there when something is put into them here; a call of the API needs them to be.</summary>
public sealed class S3Standin
{
    private static readonly string[] Presigning = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature", "X-Amz-Security-Token", "x-id"];

    internal S3Standin() => Service = new([new(Read, Write, Fail)], new()
    {
        ["CreateBucket"] = call => { Buckets.TryAdd(call.Need("Bucket"), []); return new JsonObject(); },
        ["PutObject"] = Put,
        ["GetObject"] = Get,
        ["HeadObject"] = Get,
        ["DeleteObject"] = call => { Bucket(call).Remove(call.Need("Key")); return new JsonObject(); },
    }, call => $"arn:aws:s3:::{call.Need("Bucket")}{(call.Text("Key") is { } key ? $"/{key}" : "")}");

    internal AwsService Service { get; }

    /// <summary>Buckets by name, in them the versions of each object by key, oldest first.</summary>
    public Dictionary<string, Dictionary<string, List<S3Object>>> Buckets { get; } = [];

    /// <summary>The bytes of an object now; null when there is none.</summary>
    public byte[]? Bytes(string bucket, string key) => Buckets.GetValueOrDefault(bucket)?.GetValueOrDefault(key)?[^1].Bytes;

    /// <summary>Puts an object, and its bucket where it is not there.</summary>
    public S3Object Put(string bucket, string key, byte[] bytes, DateTimeOffset at)
    {
        Buckets.TryAdd(bucket, []);
        var versions = Buckets[bucket].TryGetValue(key, out var had) ? had : Buckets[bucket][key] = [];
        versions.Add(new(bytes, Guid.NewGuid().ToString("N"), "binary/octet-stream", at));
        return versions[^1];
    }

    private JsonNode? Put(AwsCall call)
    {
        Bucket(call);
        return Shown(Put(call.Need("Bucket"), call.Need("Key"), Body(call.Request), call.Now));
    }

    private JsonNode? Get(AwsCall call)
    {
        if (!Bucket(call).TryGetValue(call.Need("Key"), out var versions)) throw new AwsFault(404, "NoSuchKey", "The specified key does not exist.");
        var found = call.Text("VersionId") is { } id ? versions.Find(version => version.Version == id) ?? throw new AwsFault(404, "NoSuchVersion", "The specified version does not exist.") : versions[^1];
        if (call.Request.Header("if-none-match") is { } tag && tag.Trim('"') == found.ETag.Trim('"')) throw new AwsFault(304, "NotModified", "Not Modified");
        return Shown(found);
    }

    private Dictionary<string, List<S3Object>> Bucket(AwsCall call) => Buckets.GetValueOrDefault(call.Need("Bucket")) ?? throw new AwsFault(404, "NoSuchBucket", "The specified bucket does not exist");

    private static JsonObject Shown(S3Object found) => new()
    {
        ["ETag"] = found.ETag,
        ["VersionId"] = found.Version,
        ["Body"] = Convert.ToBase64String(found.Bytes),
        ["ContentType"] = found.Type,
        ["LastModified"] = found.At.UtcDateTime.ToString("R", CultureInfo.InvariantCulture),
    };

    private static (string, JsonObject)? Read(AwsRequest request)
    {
        var parts = request.Path.TrimStart('/').Split('/', 2).Select(Uri.UnescapeDataString).ToArray();
        var input = new JsonObject { ["Bucket"] = parts[0] };
        var isObject = parts.Length is 2 && parts[1].Length > 0;
        if (isObject) input["Key"] = parts[1];
        foreach (var (name, value) in request.Parameters.Where(pair => !Presigning.Contains(pair.Name))) input[name is "versionId" ? "VersionId" : name] = value;
        return ($"{request.Method switch { "PUT" => isObject ? "Put" : "Create", "HEAD" => "Head", "DELETE" => "Delete", _ => "Get" }}{(isObject ? "Object" : "Bucket")}", input);
    }

    private static AwsReply Write(AwsCall call, JsonNode? output)
    {
        if (output?["ETag"] is not { } tag) return new(200, null, [], ("x-amz-request-id", call.Id));
        var reply = new AwsReply(200, null, [], ("x-amz-request-id", call.Id), ("ETag", tag.GetValue<string>()), ("x-amz-version-id", output["VersionId"]!.GetValue<string>()));
        if (call.Operation is "PutObject") return reply;
        var bytes = Convert.FromBase64String(output["Body"]!.GetValue<string>());
        reply = reply.With(("Last-Modified", output["LastModified"]!.GetValue<string>()), ("Accept-Ranges", "bytes")) with { Type = output["ContentType"]!.GetValue<string>(), Body = bytes };
        return call.Operation is "HeadObject" ? reply.With(("Content-Length", bytes.Length.ToString(CultureInfo.InvariantCulture))) : reply;
    }

    private static AwsReply Fail(string id, AwsFault fault) => new(fault.Status, "application/xml", fault.Status is 304 ? [] : Encoding.UTF8.GetBytes(
        new XElement("Error", new XElement("Code", fault.Code), new XElement("Message", fault.Message), new XElement("RequestId", id)).ToString()), ("x-amz-request-id", id));

    /// <summary>The body, out of the pieces that newer clients cut it into.</summary>
    private static byte[] Body(AwsRequest request)
    {
        if (request.Header("x-amz-content-sha256")?.StartsWith("STREAMING-", StringComparison.Ordinal) is not true) return request.Body;
        using var whole = new MemoryStream();
        for (var at = 0; at < request.Body.Length;)
        {
            var end = at + request.Body.AsSpan(at).IndexOf("\r\n"u8);
            var size = int.Parse(Encoding.ASCII.GetString(request.Body, at, end - at).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size is 0) break;
            whole.Write(request.Body, end + 2, size);
            at = end + 2 + size + 2;
        }
        return whole.ToArray();
    }
}
