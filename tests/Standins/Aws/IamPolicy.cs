using System.Text.Json;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>What policies say.</summary>
internal static class IamPolicy
{
    private static readonly string[] Members = ["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"];

    /// <summary>True when a statement allows it and none denies it. Conditions are taken as fulfilled in what allows.</summary>
    public static bool Allows(IEnumerable<string> documents, string action, string resource)
    {
        var hits = documents.SelectMany(Statements).Where(statement => Hits(statement, "Action", action, ignoreCase: true) && Hits(statement, "Resource", resource, ignoreCase: false)).ToList();
        return hits.Exists(statement => Effect(statement) is "Allow") && !hits.Exists(statement => Effect(statement) is "Deny");
    }

    /// <summary>True when a policy of a resource lets a service do it for a source.</summary>
    public static bool Lets(string? document, string service, string action, string source) => document is not null && Statements(document).Any(statement =>
        Effect(statement) is "Allow" && Hits(statement, "Action", action, ignoreCase: true)
        && statement.TryGetProperty("Principal", out var principal)
        && (principal.ValueKind is JsonValueKind.String ? principal.GetString() is "*" : principal.TryGetProperty("Service", out var named) && Texts(named).Contains(service))
        && Conditions(statement).All(condition => Like(condition.Value, condition.Key.EndsWith("SourceAccount", StringComparison.OrdinalIgnoreCase) ? source.Split(':')[4] : source)));

    /// <summary>True when a policy of a function lets everybody do it.</summary>
    public static bool LetsAll(string? document, string action) => document is not null && Statements(document).Any(statement =>
        Effect(statement) is "Allow" && Hits(statement, "Action", action, ignoreCase: true) && statement.TryGetProperty("Principal", out var principal) && principal.ValueKind is JsonValueKind.String && principal.GetString() is "*");

    /// <summary>Why IAM would not take it; null when it would.</summary>
    public static string? Problem(string document)
    {
        try
        {
            using var parsed = JsonDocument.Parse(document);
            if (!parsed.RootElement.TryGetProperty("Statement", out _)) return "Syntax errors in policy.";
            foreach (var statement in Statements(document))
            {
                if (statement.EnumerateObject().Any(member => !Members.Contains(member.Name))) return "Syntax errors in policy.";
                if (Effect(statement) is not ("Allow" or "Deny")) return "Syntax errors in policy.";
                if (!statement.TryGetProperty("Action", out var actions) && !statement.TryGetProperty("NotAction", out actions)) return "Policy statement must contain actions.";
                if (Texts(actions).Any(action => action is not "*" && !Regex.IsMatch(action, "^[a-z0-9-]+:[A-Za-z*?]+$"))) return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
                var isTrust = statement.TryGetProperty("Principal", out _);
                if (!isTrust && !statement.TryGetProperty("Resource", out _) && !statement.TryGetProperty("NotResource", out _)) return "Policy statement must contain resources.";
                if (!isTrust && statement.TryGetProperty("Resource", out var resources) && Texts(resources).FirstOrDefault(arn => arn is not "*" && !arn.StartsWith("arn:", StringComparison.Ordinal)) is { } odd)
                    return $"Resource {odd} must be in ARN format or \"*\".";
            }
            return null;
        }
        catch (JsonException)
        {
            return "This policy contains invalid Json";
        }
    }

    /// <summary>The statements of a document.</summary>
    public static IReadOnlyList<JsonElement> Statements(string document)
    {
        var statement = JsonDocument.Parse(document).RootElement.GetProperty("Statement");
        return statement.ValueKind is JsonValueKind.Array ? [.. statement.EnumerateArray()] : [statement];
    }

    /// <summary>A text, or each of a list.</summary>
    public static IReadOnlyList<string> Texts(JsonElement value) => value.ValueKind is JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")] : [value.ToString()];

    /// <summary>True when a pattern of * and ? fits.</summary>
    public static bool Like(string pattern, string text, bool ignoreCase = false) => Regex.IsMatch(text,
        $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$",
        RegexOptions.Singleline | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));

    private static string? Effect(JsonElement statement) => statement.TryGetProperty("Effect", out var effect) ? effect.GetString() : null;

    private static bool Hits(JsonElement statement, string member, string text, bool ignoreCase) =>
        statement.TryGetProperty(member, out var patterns) ? Texts(patterns).Any(pattern => Like(pattern, text, ignoreCase))
        : !statement.TryGetProperty($"Not{member}", out var others) || !Texts(others).Any(pattern => Like(pattern, text, ignoreCase));

    private static IEnumerable<KeyValuePair<string, string>> Conditions(JsonElement statement) => !statement.TryGetProperty("Condition", out var conditions) ? []
        : from test in conditions.EnumerateObject()
          from pair in test.Value.EnumerateObject()
          where pair.Name.StartsWith("aws:Source", StringComparison.OrdinalIgnoreCase)
          select KeyValuePair.Create(pair.Name, Texts(pair.Value)[0]);
}
