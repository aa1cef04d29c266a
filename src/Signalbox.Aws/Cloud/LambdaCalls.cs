using System.Text.Json;
using Signalbox.Aws.Asking;

namespace Signalbox.Aws.Cloud;

/// <summary>Paths and versions of Lambda's API.</summary>
/// <seealso href="https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html"/>
internal static class LambdaCalls
{
    private const string Functions = "/2015-03-31/functions";

    /// <summary>A call about a function.</summary>
    /// <param name="at">Where Lambda is.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="method">The method.</param>
    /// <param name="function">The function; empty for all.</param>
    /// <param name="below">The rest of the path, escaped.</param>
    /// <param name="members">Writes the body; null for none.</param>
    /// <param name="query">The query.</param>
    public static CloudCall Of(
        ApiPlace at, string operation, string method, string function, string below, Action<Utf8JsonWriter>? members = null, params Fact[] query) =>
        CloudCall.Rest(at, operation, method, $"{Root(operation)}{(function.Length > 0 ? $"/{Uri.EscapeDataString(function)}" : "")}{below}", members, query);

    /// <summary>A call about an event source mapping.</summary>
    public static CloudCall Mapping(ApiPlace at, string operation, string method, string id, Action<Utf8JsonWriter>? members = null, params Fact[] query) =>
        CloudCall.Rest(at, operation, method, $"/2015-03-31/event-source-mappings{(id.Length > 0 ? $"/{id}" : "/")}", members, query);

    /// <summary>A call about the tags of a function.</summary>
    public static CloudCall Tags(ApiPlace at, string operation, string method, string arn, Action<Utf8JsonWriter>? members, params Fact[] query) =>
        CloudCall.Rest(at, operation, method, $"/2017-03-31/tags/{Uri.EscapeDataString(arn)}", members, query);

    private static string Root(string operation) => operation switch
    {
        "PutFunctionConcurrency" or "DeleteFunctionConcurrency" => "/2017-10-31/functions",
        "GetFunctionEventInvokeConfig" or "PutFunctionEventInvokeConfig" or "DeleteFunctionEventInvokeConfig" => "/2019-09-25/functions",
        "GetFunctionUrlConfig" or "CreateFunctionUrlConfig" or "UpdateFunctionUrlConfig" or "DeleteFunctionUrlConfig" => "/2021-10-31/functions",
        _ => Functions,
    };
}
