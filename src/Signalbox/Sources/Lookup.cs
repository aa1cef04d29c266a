namespace Signalbox;

/// <summary>Tolerant ways to reach what an event and its envelope hold.</summary>
internal static class Lookup
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

    /// <summary>The value of an attribute or HTTP header, whatever the case of its name; null when there is none.</summary>
    public static string? Attribute(this Envelope envelope, string name)
    {
        foreach (var attribute in envelope.Attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(attribute.Value))
            {
                return attribute.Value;
            }
        }
        return null;
    }

    /// <summary>The first resource of an EventBridge event that is an ARN of this kind of thing ("instance/", "service/"), or of any.</summary>
    public static string? ArnOf(this Envelope envelope, string kind = "")
    {
        foreach (var resource in envelope.Resources)
        {
            if (Arn.Read(resource) is { } arn && arn.Resource.StartsWith(kind, StringComparison.Ordinal)) return resource;
        }
        return null;
    }
}
