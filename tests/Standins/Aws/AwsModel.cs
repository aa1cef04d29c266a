using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>AWS's own description of a service, as its command-line tool brings it. Where it is on the machine, every request is held to it.</summary>
internal sealed class AwsModel(JsonElement root)
{
    /// <summary>Members and enumerations that came after the oldest description that is used: that of Debian 12.</summary>
    private static readonly string[] Newer = ["LoggingConfig", "InvokedViaFunctionUrl", "ScalingConfig", "Tags", "MessageSystemAttributeNames", "Runtime", "RuntimeVersionConfig", "tags"];

    private static readonly ConcurrentDictionary<string, AwsModel?> Known = new();
    private static readonly ConcurrentDictionary<string, Regex?> Patterns = new();

    /// <summary>The description of a service, by the name that a signature gives it; null where it is not on the machine.</summary>
    public static AwsModel? Of(string service) => Known.GetOrAdd(service, name => AwsModelFiles.Read(name switch
    {
        "monitoring" => "cloudwatch",
        "tagging" => "resourcegroupstaggingapi",
        _ => name,
    }) is { } model ? new(model) : null);

    /// <summary>Fails where the input of a call is not as it is described.</summary>
    public void Validate(AwsCall call)
    {
        if (!root.GetProperty("operations").TryGetProperty(call.Operation, out var operation) || !operation.TryGetProperty("input", out var input)) return;
        foreach (var fault in Faults(Shape(input), call.Input, "", call.IsQuery)) throw call.Invalid($"1 validation error detected: {fault}");
    }

    private JsonElement Shape(JsonElement reference) => root.GetProperty("shapes").GetProperty(reference.GetProperty("shape").GetString()!);

    private IEnumerable<string> Faults(JsonElement shape, JsonNode? value, string path, bool isQuery)
    {
        var at = path.Length > 0 ? path : "the input";
        switch (shape.GetProperty("type").GetString())
        {
            case "structure": return value is JsonObject structure ? OfStructure(shape, structure, path, isQuery) : isQuery && Plain(value) is "" ? [] : [Of(value, at, "be a structure")];
            case "list": return value is JsonArray list ? OfList(shape, list, path, isQuery) : isQuery && Plain(value) is "" ? [] : [Of(value, at, "be a list")];
            case "map": return value is JsonObject map ? OfMap(shape, map, path, isQuery) : isQuery && Plain(value) is "" ? [] : [Of(value, at, "be a map")];
            case "string": return value is JsonValue text && text.TryGetValue<string>(out var words) ? OfText(shape, words, at) : [Of(value, at, "be a string")];
            case "integer" or "long" or "double" or "float":
                return double.TryParse(Plain(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? OfNumber(shape, number, at) : [Of(value, at, "be a number")];
            case "boolean": return Plain(value) is "true" or "false" ? [] : [Of(value, at, "be true or false")];
            default: return [];
        }
    }

    private IEnumerable<string> OfStructure(JsonElement shape, JsonObject value, string path, bool isQuery)
    {
        var members = shape.TryGetProperty("members", out var all) ? all.EnumerateObject().ToList() : [];
        string? Found(JsonProperty member) => value.Select(pair => pair.Key).FirstOrDefault(key => key.Equals(member.Name, isQuery ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
            || (member.Value.TryGetProperty("locationName", out var name) && key == name.GetString()));
        var payload = shape.TryGetProperty("payload", out var body) ? body.GetString() : null;
        foreach (var required in shape.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [])
        {
            if (required != payload && Found(members.Find(member => member.Name == required)) is null) yield return $"Value null at '{Join(path, required)}' failed to satisfy constraint: Member must not be null";
        }
        var known = members.Select(Found).ToHashSet();
        foreach (var odd in value.Select(pair => pair.Key).Where(key => !known.Contains(key) && !Newer.Contains(key)))
            yield return $"'{Join(path, odd)}' is no member; AWS's description knows {string.Join(", ", members.Select(member => member.Name))}";
        foreach (var member in members)
        {
            if (Found(member) is not { } key || value[key] is not { } inner) continue;
            foreach (var fault in Faults(Shape(member.Value), inner, Join(path, member.Name), isQuery)) yield return fault;
        }
    }

    private IEnumerable<string> OfList(JsonElement shape, JsonArray value, string path, bool isQuery)
    {
        foreach (var fault in OfLength(shape, value.Count, $"[{string.Join(", ", value.Select(Plain))}]", path)) yield return fault;
        for (var at = 0; at < value.Count; at++)
        {
            foreach (var fault in Faults(Shape(shape.GetProperty("member")), value[at], $"{path}.{at + 1}.member", isQuery)) yield return fault;
        }
    }

    private IEnumerable<string> OfMap(JsonElement shape, JsonObject value, string path, bool isQuery)
    {
        foreach (var fault in OfLength(shape, value.Count, value.ToJsonString(), path)) yield return fault;
        foreach (var (key, inner) in value)
        {
            foreach (var fault in Faults(Shape(shape.GetProperty("key")), key, $"{path} key", isQuery).Concat(Faults(Shape(shape.GetProperty("value")), inner, $"{path}.{key}", isQuery))) yield return fault;
        }
    }

    private static IEnumerable<string> OfText(JsonElement shape, string value, string at)
    {
        foreach (var fault in OfLength(shape, value.Length, value, at)) yield return fault;
        if (shape.TryGetProperty("enum", out var names) && names.EnumerateArray().All(name => name.GetString() != value) && !IsNewer(at))
            yield return $"Value '{value}' at '{at}' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", names.EnumerateArray().Select(name => name.GetString()))}]";
        if (shape.TryGetProperty("pattern", out var pattern) && Pattern(pattern.GetString()!) is { } regex && !regex.IsMatch(value))
            yield return $"Value '{value}' at '{at}' failed to satisfy constraint: Member must satisfy regular expression pattern: {pattern.GetString()}";
    }

    private static IEnumerable<string> OfNumber(JsonElement shape, double value, string at)
    {
        if (shape.TryGetProperty("min", out var min) && value < min.GetDouble()) yield return $"Value '{value}' at '{at}' failed to satisfy constraint: Member must have value greater than or equal to {min}";
        if (shape.TryGetProperty("max", out var max) && value > max.GetDouble()) yield return $"Value '{value}' at '{at}' failed to satisfy constraint: Member must have value less than or equal to {max}";
    }

    private static IEnumerable<string> OfLength(JsonElement shape, int length, string value, string at)
    {
        var shown = value.Length > 60 ? $"{value[..60]}…" : value;
        if (shape.TryGetProperty("min", out var min) && length < min.GetDouble()) yield return $"Value '{shown}' at '{at}' failed to satisfy constraint: Member must have length greater than or equal to {min}";
        if (shape.TryGetProperty("max", out var max) && length > max.GetDouble()) yield return $"Value '{shown}' at '{at}' failed to satisfy constraint: Member must have length less than or equal to {max}";
    }

    private static bool IsNewer(string at) => Newer.Contains(at.Split('.')[^1], StringComparer.OrdinalIgnoreCase) || at is "runtime";

    private static Regex? Pattern(string pattern) => Patterns.GetOrAdd(pattern, text =>
    {
        try
        {
            return new($"^(?:{text})$", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        }
        catch (ArgumentException)
        {
            // Java knows some classes that .NET does not.
            return null;
        }
    });

    private static string Of(JsonNode? value, string at, string must) => $"Value '{Plain(value)}' at '{at}' failed to satisfy constraint: Member must {must}";

    private static string Plain(JsonNode? value) => AwsProtocol.Text(value);

    private static string Join(string path, string name)
    {
        var camel = $"{char.ToLowerInvariant(name[0])}{name[1..]}";
        return path.Length > 0 ? $"{path}.{camel}" : camel;
    }
}
