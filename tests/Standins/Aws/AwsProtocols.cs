using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Signalbox.Standins;

/// <summary>How a service is spoken with.</summary>
/// <param name="Read">The operation and its input; null when the request is of another protocol.</param>
/// <param name="Write">An answer; the output is null where an operation says nothing.</param>
/// <param name="Fail">An error.</param>
internal sealed record AwsProtocol(
    Func<AwsRequest, (string Operation, JsonObject Input)?> Read, Func<AwsCall, JsonNode?, AwsReply> Write, Func<string, AwsFault, AwsReply> Fail)
{
    private static readonly string[] Maps = ["Attributes", "FailedAttributes"];

    /// <summary>AWS's JSON, whose target names the operation.</summary>
    public static AwsProtocol Json(string prefix, string version, string space = "") => new(
        request => request.Header("x-amz-target") is { } target && target.StartsWith($"{prefix}.", StringComparison.Ordinal)
            ? (target[(prefix.Length + 1)..], request.Body.Length is 0 ? [] : ParsedObject(request.Body)) : null,
        (call, output) => new(200, $"application/x-amz-json-{version}", Bytes(output is null ? "" : output.ToJsonString()), ("x-amzn-RequestId", call.Id)),
        (id, fault) => new AwsReply(fault.Status, $"application/x-amz-json-{version}",
            Bytes(new JsonObject { ["__type"] = $"{space}{fault.Code}", ["message"] = fault.Message }.ToJsonString()), ("x-amzn-RequestId", id))
            .With(fault.Headers).With(fault.QueryCode is { } old ? [("x-amzn-query-error", $"{old};Sender")] : []));

    /// <summary>AWS's query protocol: a form in, XML out.</summary>
    public static AwsProtocol Query(string space, Func<string, JsonObject, JsonObject>? input = null, Func<string, JsonNode?, XElement?>? output = null) => new(
        request => Form(request) is { } form && form.FirstOrDefault(pair => pair.Name is "Action").Value is { Length: > 0 } action
            ? (action, Tree(form) is var tree && input is not null ? input(action, tree) : tree) : null,
        (call, result) => Xml(200, space, call.Id, call.Operation,
            output?.Invoke(call.Operation, result) ?? (result is null ? null : new XElement($"{call.Operation}Result", Elements(result)))),
        (id, fault) => new AwsReply(fault.Status, "text/xml", Bytes(Qualified(new XElement("ErrorResponse",
            new XElement("Error", new XElement("Type", fault.Status < 500 ? "Sender" : "Receiver"), new XElement("Code", fault.QueryCode ?? fault.Code), new XElement("Message", fault.Message)),
            new XElement("RequestId", id)), space)), ("x-amzn-RequestId", id)).With(fault.Headers));

    /// <summary>The bytes of a text.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>An object of JSON, or AWS's word for what is none.</summary>
    public static JsonObject ParsedObject(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw new AwsFault(400, "SerializationException", "Unexpected token");
        }
        catch (JsonException)
        {
            throw new AwsFault(400, "SerializationException", "Could not parse request body into json");
        }
    }

    /// <summary>What the members of an object are in XML: lists of <c>member</c>, maps of <c>entry</c>.</summary>
    public static IEnumerable<object> Elements(JsonNode? node) => node switch
    {
        JsonObject parts => parts.Where(part => part.Value is not null).Select(part => new XElement(part.Key,
            part.Value is JsonObject map && Maps.Contains(part.Key)
                ? map.Select(entry => new XElement("entry", new XElement("key", entry.Key), new XElement("value", Text(entry.Value))))
                : Elements(part.Value))),
        JsonArray list => list.Select(item => new XElement("member", Elements(item))),
        _ => [Text(node)],
    };

    /// <summary>A single value as XML writes it.</summary>
    public static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString() ?? "";

    private static AwsReply Xml(int status, string space, string id, string operation, XElement? result) => new(status, "text/xml", Bytes(Qualified(
        new XElement($"{operation}Response", result, new XElement("ResponseMetadata", new XElement("RequestId", id))), space)), ("x-amzn-RequestId", id));

    private static string Qualified(XElement root, string space)
    {
        foreach (var element in root.DescendantsAndSelf()) element.Name = XName.Get(element.Name.LocalName, space);
        return root.ToString(SaveOptions.DisableFormatting);
    }

    private static List<(string Name, string Value)>? Form(AwsRequest request)
    {
        if (request.Header("content-type") is { } type && type.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal)) return [.. AwsRequest.Pairs(request.Text)];
        return request.Query.Length > 0 && request.Header("x-amz-target") is null ? [.. request.Parameters] : null;
    }

    /// <summary>A form as a tree: numbers make lists, <c>member</c> is left out, <c>entry</c> makes a map.</summary>
    private static JsonObject Tree(List<(string Name, string Value)> form)
    {
        var root = new JsonObject();
        foreach (var (name, value) in form.Where(pair => pair.Name is not ("Action" or "Version") && !pair.Name.StartsWith("X-Amz-", StringComparison.Ordinal)))
        {
            var at = root;
            var parts = name.Split('.');
            foreach (var part in parts[..^1]) at = (JsonObject)(at[part] ??= new JsonObject());
            at[parts[^1]] = value;
        }
        return (JsonObject)Lists(root)!;
    }

    private static JsonNode? Lists(JsonNode? node)
    {
        if (node is not JsonObject parts) return node?.DeepClone();
        if (parts.Count is 1 && parts.First() is { Key: "member" } inner) return Lists(inner.Value);
        if (parts.Count is 1 && parts.First() is { Key: "entry", Value: JsonObject entries })
            return new JsonObject(entries.Select(entry => KeyValuePair.Create(Text(entry.Value!["key"] ?? entry.Value["Name"]), Lists(entry.Value["value"] ?? entry.Value["Value"]))));
        if (parts.Count > 0 && parts.All(part => part.Key.All(char.IsAsciiDigit)))
            return new JsonArray([.. parts.OrderBy(part => int.Parse(part.Key, CultureInfo.InvariantCulture)).Select(part => Lists(part.Value))]);
        return new JsonObject(parts.Select(part => KeyValuePair.Create(part.Key, Lists(part.Value))));
    }
}
