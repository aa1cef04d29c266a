using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>Addresses of functions, and where their code is read. https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html</summary>
public sealed partial class LambdaStandin
{
    /// <summary>What is asked of an address of a function; null where it is none.</summary>
    internal Task<AwsReply?>? Called(AwsRequest request)
    {
        if (request.Path.StartsWith("/_code/", StringComparison.Ordinal)) return Task.FromResult(aws.Locked(() => Code(request)));
        var host = request.Header("host") ?? "";
        if (host.Contains(".lambda-url.", StringComparison.Ordinal)) return Called(request, host.Split('.')[0], request.Path);
        return request.Path.Split('/', 4) is ["", "_url", var id, .. var rest] ? Called(request, id, $"/{(rest.Length > 0 ? rest[0] : "")}") : null;
    }

    private async Task<AwsReply?> Called(AwsRequest request, string id, string path)
    {
        var found = aws.Locked(() => Functions.Values.SelectMany(function => function.Urls.Select(url => (Function: function, Qualifier: url.Key, Url: url.Value)))
            .FirstOrDefault(one => one.Url["FunctionUrl"]!.GetValue<string>().Contains(id, StringComparison.Ordinal)));
        var forbidden = new AwsReply(403, "application/json", """{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}"""u8.ToArray(), ("x-amzn-ErrorType", "AccessDeniedException"));
        if (found.Function is null) return new(404, "application/json", """{"Message":null}"""u8.ToArray());
        // Since October 2025 everybody needs both rights, the second one bound to calls through the address.
        var policy = found.Function.Policy(found.Qualifier);
        var isLet = found.Url["AuthType"]!.GetValue<string>() is "NONE"
            ? IamPolicy.LetsAll(policy, "lambda:InvokeFunctionUrl") && IamPolicy.LetsAll(policy, "lambda:InvokeFunction")
            : AwsSignature.Read(request) is { } signed && aws.Identities.TryGetValue(signed.Key, out var identity)
                && AwsSignature.Judge(request, signed, identity, aws.Clock()).Fault is SignatureFault.None;
        if (!isLet) return forbidden;
        try
        {
            var version = found.Function.Qualified(found.Qualifier is "" ? null : found.Qualifier)!;
            var arn = found.Url["FunctionArn"]!.GetValue<string>();
            return Written(await Now(new(found.Function, version, Encoding.UTF8.GetBytes(Event(request, id, path).ToJsonString()), Guid.NewGuid().ToString(), arn)));
        }
        catch (AwsFault fault) when (fault.Status is 429)
        {
            return new(429, "application/json", """{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}"""u8.ToArray());
        }
    }

    private JsonObject Event(AwsRequest request, string id, string path)
    {
        var now = aws.Now();
        var headers = new JsonObject(request.Headers.Where(header => header.Name is not ("connection" or "expect" or "cookie")).GroupBy(header => header.Name)
            .Select(group => KeyValuePair.Create(group.Key, (JsonNode?)string.Join(',', group.Select(header => header.Value)))));
        var said = new JsonObject
        {
            ["version"] = "2.0",
            ["routeKey"] = "$default",
            ["rawPath"] = path,
            ["rawQueryString"] = request.Query,
            ["headers"] = headers,
            ["requestContext"] = new JsonObject
            {
                ["accountId"] = "anonymous",
                ["apiId"] = id,
                ["domainName"] = $"{id}.lambda-url.eu-west-1.on.aws",
                ["domainPrefix"] = id,
                ["http"] = new JsonObject { ["method"] = request.Method, ["path"] = path, ["protocol"] = "HTTP/1.1", ["sourceIp"] = "127.0.0.1", ["userAgent"] = request.Header("user-agent") },
                ["requestId"] = Guid.NewGuid().ToString(),
                ["routeKey"] = "$default",
                ["stage"] = "$default",
                ["time"] = now.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture),
                ["timeEpoch"] = now.ToUnixTimeMilliseconds(),
            },
        };
        if (request.Query.Length > 0)
            said["queryStringParameters"] = new JsonObject(request.Parameters.GroupBy(pair => pair.Name).Select(group => KeyValuePair.Create(group.Key, (JsonNode?)string.Join(',', group.Select(pair => pair.Value)))));
        if (request.Header("cookie") is { } cookies) said["cookies"] = new JsonArray([.. cookies.Split(';', StringSplitOptions.TrimEntries)]);
        var isText = request.Header("content-type") is { } type && (type.StartsWith("text/", StringComparison.Ordinal) || type.Contains("json", StringComparison.Ordinal) || type.Contains("xml", StringComparison.Ordinal));
        if (request.Body.Length > 0) said["body"] = isText ? request.Text : Convert.ToBase64String(request.Body);
        said["isBase64Encoded"] = request.Body.Length > 0 && !isText;
        return said;
    }

    private static AwsReply Written(LambdaOutcome outcome)
    {
        if (outcome.Error is not null) return new(502, "application/json", "Internal Server Error"u8.ToArray());
        if (EventPattern.Parsed(outcome.Text) is not JsonObject answer || answer["statusCode"] is not { } status) return new(200, "application/json", outcome.Payload);
        var body = answer["body"]?.ToString() ?? "";
        var headers = (answer["headers"] as JsonObject ?? []).Select(header => (header.Key, header.Value?.ToString() ?? "")).ToArray();
        return new((int)status.GetValue<double>(), headers.FirstOrDefault(header => header.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase)).Item2 ?? "application/json",
            answer["isBase64Encoded"]?.GetValue<bool>() is true ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body),
            [.. headers.Where(header => !header.Key.Equals("content-type", StringComparison.OrdinalIgnoreCase))]);
    }

    private AwsReply? Code(AwsRequest request) => request.Path.Split('/') is [_, _, var arn, var number] && Functions.TryGetValue(Uri.UnescapeDataString(arn), out var function)
        && function.Qualified(Uri.UnescapeDataString(number)) is { } version ? new(200, "application/zip", version.Zip) : new(404, null, []);
}
