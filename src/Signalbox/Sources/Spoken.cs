using System.Globalization;
using System.Text;

namespace Signalbox;

/// <summary>Values of events as people say them, and the tolerant ways to reach them.</summary>
internal static class Spoken
{
    /// <summary>The member of that name in camelCase, else in PascalCase: SDKs and event buses spell the same record differently.</summary>
    public static Json Cased(this Json value, ReadOnlySpan<byte> camel)
    {
        if (value[camel] is { Kind: not JsonKind.Missing } found) return found;
        if (camel.Length is 0 or > 64 || camel[0] is < (byte)'a' or > (byte)'z') return default;
        Span<byte> pascal = stackalloc byte[64];
        camel.CopyTo(pascal);
        pascal[0] -= 32;
        return value[pascal[..camel.Length]];
    }

    /// <summary>The value of an attribute or HTTP header; null when there is none.</summary>
    public static string? Attribute(this Envelope envelope, string name)
    {
        foreach (var attribute in envelope.Attributes)
        {
            if (attribute.Name == name && !string.IsNullOrWhiteSpace(attribute.Value)) return attribute.Value;
        }
        return null;
    }

    /// <summary>"2024-06-01 12:00 UTC"; null for no time.</summary>
    public static string? When(DateTimeOffset? at) =>
        at is { } time ? string.Create(CultureInfo.InvariantCulture, stackalloc char[32], $"{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : null;

    /// <summary>"PACKAGE_VULNERABILITY", "package-vulnerability" and "PackageVulnerability" as "package vulnerability".</summary>
    public static string? Plain(string? code)
    {
        if (code is null) return null;
        var words = new StringBuilder(code.Length + 8);
        for (var at = 0; at < code.Length; at++)
        {
            var unit = code[at];
            var begins = char.IsUpper(unit) && at > 0
                && (char.IsLower(code[at - 1]) || at + 1 < code.Length && char.IsUpper(code[at - 1]) && char.IsLower(code[at + 1]));
            if (begins && words.Length > 0 && words[^1] is not ' ') words.Append(' ');
            if (unit is '_' or '-' or ' ')
            {
                if (words.Length > 0 && words[^1] is not ' ') words.Append(' ');
            }
            else
            {
                words.Append(char.ToLowerInvariant(unit));
            }
        }
        return words.ToString();
    }

    /// <summary>A text that begins a sentence.</summary>
    public static string? Capital(string? text) => string.IsNullOrEmpty(text) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The scalars of an array as "a, b and 3 more"; a scalar as it is; null when there is nothing.</summary>
    public static string? List(Json values, int most = 4)
    {
        if (!values.IsArray) return values.Scalar is { } one && !string.IsNullOrWhiteSpace(one) ? one : null;
        var texts = new List<string>();
        foreach (var value in values.Items)
        {
            if (value.Scalar is { } text && !string.IsNullOrWhiteSpace(text)) texts.Add(Cut.Line(text, 80));
        }
        return List(texts, most);
    }

    /// <summary>"a, b and 3 more"; null for none.</summary>
    public static string? List(List<string> texts, int most = 4)
    {
        if (texts.Count == 0) return null;
        return texts.Count <= most ? string.Join(", ", texts) : $"{string.Join(", ", texts.GetRange(0, most))} and {texts.Count - most} more";
    }

    /// <summary>What a person calls a thing that is named by an ARN or by itself; null for null.</summary>
    public static string? Name(string? arn) => Arn.Read(arn) is { Name: { Length: > 0 } name } ? name : arn;

    /// <summary>A link to an address that an event carries; null unless it is one of the web without a login in it.</summary>
    public static Link? Page(string text, string? url) =>
        url is { Length: <= 2000 } && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            && address.UserInfo.Length == 0 && address.Host.Length > 0
            ? new(text, address.AbsoluteUri)
            : null;

    /// <summary>A fault of an event that lacks the one thing without which nothing can be said.</summary>
    public static Parsed.Garbled Lacks(Envelope envelope, string where, string expected) =>
        new(new(where, expected, Cut.Line(envelope.Text ?? envelope.Body.ToString(), 60)));
}
