using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>Lambda's REST: which operation a method and a path are, and where its members are.</summary>
internal static class LambdaRoutes
{
    private static readonly (string Method, string Path, string Operation, int Status)[] All =
    [
        ("POST", "2015-03-31/functions", "CreateFunction", 201),
        ("GET", "2015-03-31/functions", "ListFunctions", 200),
        ("GET", "2015-03-31/functions/{FunctionName}", "GetFunction", 200),
        ("DELETE", "2015-03-31/functions/{FunctionName}", "DeleteFunction", 204),
        ("GET", "2015-03-31/functions/{FunctionName}/configuration", "GetFunctionConfiguration", 200),
        ("PUT", "2015-03-31/functions/{FunctionName}/configuration", "UpdateFunctionConfiguration", 200),
        ("PUT", "2015-03-31/functions/{FunctionName}/code", "UpdateFunctionCode", 200),
        ("POST", "2015-03-31/functions/{FunctionName}/versions", "PublishVersion", 201),
        ("GET", "2015-03-31/functions/{FunctionName}/versions", "ListVersionsByFunction", 200),
        ("POST", "2015-03-31/functions/{FunctionName}/aliases", "CreateAlias", 201),
        ("GET", "2015-03-31/functions/{FunctionName}/aliases", "ListAliases", 200),
        ("GET", "2015-03-31/functions/{FunctionName}/aliases/{Name}", "GetAlias", 200),
        ("PUT", "2015-03-31/functions/{FunctionName}/aliases/{Name}", "UpdateAlias", 200),
        ("DELETE", "2015-03-31/functions/{FunctionName}/aliases/{Name}", "DeleteAlias", 204),
        ("POST", "2015-03-31/functions/{FunctionName}/policy", "AddPermission", 201),
        ("GET", "2015-03-31/functions/{FunctionName}/policy", "GetPolicy", 200),
        ("DELETE", "2015-03-31/functions/{FunctionName}/policy/{StatementId}", "RemovePermission", 204),
        ("PUT", "2017-10-31/functions/{FunctionName}/concurrency", "PutFunctionConcurrency", 200),
        ("DELETE", "2017-10-31/functions/{FunctionName}/concurrency", "DeleteFunctionConcurrency", 204),
        ("GET", "2019-09-30/functions/{FunctionName}/concurrency", "GetFunctionConcurrency", 200),
        ("POST", "2015-03-31/event-source-mappings", "CreateEventSourceMapping", 202),
        ("GET", "2015-03-31/event-source-mappings", "ListEventSourceMappings", 200),
        ("GET", "2015-03-31/event-source-mappings/{UUID}", "GetEventSourceMapping", 200),
        ("PUT", "2015-03-31/event-source-mappings/{UUID}", "UpdateEventSourceMapping", 202),
        ("DELETE", "2015-03-31/event-source-mappings/{UUID}", "DeleteEventSourceMapping", 202),
        ("PUT", "2019-09-25/functions/{FunctionName}/event-invoke-config", "PutFunctionEventInvokeConfig", 200),
        ("POST", "2019-09-25/functions/{FunctionName}/event-invoke-config", "UpdateFunctionEventInvokeConfig", 200),
        ("GET", "2019-09-25/functions/{FunctionName}/event-invoke-config", "GetFunctionEventInvokeConfig", 200),
        ("DELETE", "2019-09-25/functions/{FunctionName}/event-invoke-config", "DeleteFunctionEventInvokeConfig", 204),
        ("POST", "2021-10-31/functions/{FunctionName}/url", "CreateFunctionUrlConfig", 201),
        ("GET", "2021-10-31/functions/{FunctionName}/url", "GetFunctionUrlConfig", 200),
        ("PUT", "2021-10-31/functions/{FunctionName}/url", "UpdateFunctionUrlConfig", 200),
        ("DELETE", "2021-10-31/functions/{FunctionName}/url", "DeleteFunctionUrlConfig", 204),
        ("POST", "2017-03-31/tags/{Resource}", "TagResource", 204),
        ("DELETE", "2017-03-31/tags/{Resource}", "UntagResource", 204),
        ("GET", "2017-03-31/tags/{Resource}", "ListTags", 200),
        ("POST", "2015-03-31/functions/{FunctionName}/invocations", "Invoke", 200),
        ("GET", "2016-08-19/account-settings", "GetAccountSettings", 200),
    ];

    private static readonly (string Header, string Member)[] Headers =
        [("x-amz-invocation-type", "InvocationType"), ("x-amz-log-type", "LogType"), ("x-amz-client-context", "ClientContext")];

    /// <summary>How Lambda is spoken with.</summary>
    public static AwsProtocol Protocol { get; } = new(Read, Write, (id, fault) => new AwsReply(fault.Status, "application/json",
        AwsProtocol.Bytes(Error(fault).ToJsonString()), ("x-amzn-RequestId", id), ("x-amzn-ErrorType", fault.Code)).With(fault.Headers));

    private static JsonObject Error(AwsFault fault) => fault.Code switch
    {
        "UnrecognizedClientException" or "InvalidSignatureException" or "MissingAuthenticationTokenException" or "ExpiredTokenException" or "ValidationException"
            => new() { ["message"] = fault.Message },
        "AccessDeniedException" => new() { ["Message"] = fault.Message },
        "TooManyRequestsException" => new() { ["Reason"] = fault.Message is "Rate exceeded" ? "CallerRateLimitExceeded" : "ReservedFunctionConcurrentInvocationLimitExceeded", ["Type"] = "User", ["message"] = fault.Message },
        _ => new() { ["Type"] = fault.Status < 500 ? "User" : "Service", ["Message"] = fault.Message },
    };

    private static (string, JsonObject)? Read(AwsRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var route in All)
        {
            if (route.Method != request.Method || Match(route.Path.Split('/'), parts) is not { } members) continue;
            var input = route.Operation is "Invoke" || request.Body.Length is 0 ? [] : AwsProtocol.ParsedObject(request.Body);
            foreach (var (name, value) in members) input[name] = value;
            foreach (var (name, value) in request.Parameters)
            {
                if (name is "tagKeys") ((JsonArray)(input["TagKeys"] ??= new JsonArray())).Add(value);
                else input[name] = value;
            }
            foreach (var (header, member) in Headers)
            {
                if (route.Operation is "Invoke" && request.Header(header) is { } value) input[member] = value;
            }
            return (route.Operation, input);
        }
        return null;
    }

    private static Dictionary<string, string>? Match(string[] pattern, string[] parts)
    {
        if (pattern.Length != parts.Length) return null;
        var members = new Dictionary<string, string>();
        for (var at = 0; at < parts.Length; at++)
        {
            if (pattern[at][0] is '{') members[pattern[at][1..^1]] = Uri.UnescapeDataString(parts[at]);
            else if (pattern[at] != parts[at]) return null;
        }
        return members;
    }

    private static AwsReply Write(AwsCall call, JsonNode? output)
    {
        if (call.Operation is "Invoke") return Invoked(call, (JsonObject)output!);
        var status = All.First(route => route.Operation == call.Operation).Status;
        return new(status, status is 204 ? null : "application/json", status is 204 ? [] : AwsProtocol.Bytes(output!.ToJsonString()), ("x-amzn-RequestId", call.Id));
    }

    private static AwsReply Invoked(AwsCall call, JsonObject output)
    {
        var reply = new AwsReply(output["Status"]!.GetValue<int>(), "application/json", Convert.FromBase64String(output["Payload"]?.GetValue<string>() ?? ""), ("x-amzn-RequestId", call.Id));
        if (output["Error"]?.GetValue<string>() is { } error) reply = reply.With(("X-Amz-Function-Error", error));
        if (output["Log"]?.GetValue<string>() is { } log) reply = reply.With(("X-Amz-Log-Result", log));
        return output["Version"]?.GetValue<string>() is { } version ? reply.With(("X-Amz-Executed-Version", version)) : reply;
    }
}
