using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>Patterns of EventBridge, which filter policies of SNS are as well. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html</summary>
internal static class EventPattern
{
    private static readonly string[] Tests = ["prefix", "suffix", "anything-but", "exists", "numeric", "equals-ignore-case", "wildcard", "cidr"];

    /// <summary>JSON; null where it is none.</summary>
    public static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with a pattern; null for nothing.</summary>
    public static string? Problem(string text)
    {
        if (Parsed(text) is not JsonObject pattern) return "Filter is not an object";
        return pattern.Count is 0 ? "Empty patterns are not allowed" : Problem(pattern);
    }

    /// <summary>True when it fits.</summary>
    public static bool Matches(JsonObject pattern, JsonObject? value) => pattern.All(part => part switch
    {
        { Key: "$or", Value: JsonArray choices } => choices.Any(choice => Matches((JsonObject)choice!, value)),
        { Value: JsonObject inner } => value?[part.Key] switch
        {
            JsonObject found => Matches(inner, found),
            JsonArray list => list.OfType<JsonObject>().Any(item => Matches(inner, item)) || list.Count is 0 && Matches(inner, null),
            _ => Matches(inner, null),
        },
        { Value: JsonArray tests } => value is not null && value.TryGetPropertyValue(part.Key, out var found)
            ? (found is JsonArray { Count: > 0 } many ? [.. many] : new JsonNode?[] { found is JsonArray ? "" : found }).Any(one => tests.Any(test => Fits(test, one, isThere: true)))
            : tests.Any(test => Fits(test, null, isThere: false)),
        _ => false,
    });

    private static string? Problem(JsonObject pattern)
    {
        foreach (var (name, value) in pattern)
        {
            switch (value)
            {
                case JsonArray { Count: 0 }: return $"Empty arrays are not allowed ({name})";
                case JsonArray tests when name is not "$or":
                    foreach (var test in tests.OfType<JsonObject>())
                    {
                        if (test.Count is not 1 || !Tests.Contains(test.First().Key)) return $"Unrecognized match type {test.FirstOrDefault().Key}";
                    }
                    break;
                case JsonObject inner when Problem(inner) is { } why: return why;
                case not JsonObject and not JsonArray: return $"\"{name}\" must be an object or an array";
            }
        }
        return null;
    }

    private static bool Fits(JsonNode? test, JsonNode? value, bool isThere)
    {
        if (test is not JsonObject special) return isThere && JsonNode.DeepEquals(test, value);
        var (kind, wanted) = special.First();
        var text = value is JsonValue plain && plain.TryGetValue<string>(out var written) ? written : null;
        return kind switch
        {
            "exists" => wanted!.GetValue<bool>() == isThere,
            "prefix" => text is not null && text.StartsWith(Word(wanted), Comparison(wanted)),
            "suffix" => text is not null && text.EndsWith(Word(wanted), Comparison(wanted)),
            "equals-ignore-case" => text is not null && text.Equals(wanted!.GetValue<string>(), StringComparison.OrdinalIgnoreCase),
            "wildcard" => text is not null && IamPolicy.Like(wanted!.GetValue<string>().Replace("?", "\u0001", StringComparison.Ordinal), text),
            "anything-but" => isThere && wanted switch
            {
                JsonArray list => !list.Any(one => JsonNode.DeepEquals(one, value)),
                JsonObject inner => inner.First() is var (how, what) && (what is JsonArray many ? [.. many] : new JsonNode?[] { what })
                    .All(one => !Fits(new JsonObject { [how] = one?.DeepClone() }, value, isThere)),
                _ => !JsonNode.DeepEquals(wanted, value),
            },
            "numeric" => value is JsonValue number && number.GetValueKind() is JsonValueKind.Number && Compared(double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture), (JsonArray)wanted!),
            _ => false,
        };
    }

    private static string Word(JsonNode? wanted) => wanted is JsonObject inner ? inner["equals-ignore-case"]!.GetValue<string>() : wanted!.GetValue<string>();

    private static StringComparison Comparison(JsonNode? wanted) => wanted is JsonObject ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static bool Compared(double value, JsonArray tests) => tests.Chunk(2).All(pair => double.Parse(pair[1]!.ToJsonString(), CultureInfo.InvariantCulture) is var than && pair[0]!.GetValue<string>() switch
    {
        "<" => value < than,
        "<=" => value <= than,
        ">" => value > than,
        ">=" => value >= than,
        _ => Math.Abs(value - than) < 1e-9,
    });
}
