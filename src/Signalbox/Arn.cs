namespace Signalbox;

/// <summary>The parts of an Amazon Resource Name: <c>arn:partition:service:region:account:resource</c>.</summary>
/// <remarks>Parts that the ARN leaves empty are null, as in an S3 bucket's, which names neither region nor account.</remarks>
public readonly record struct Arn(string Partition, string Service, string? Region, string? Account, string Resource)
{
    /// <summary>Reads an ARN, or answers null when the text is none.</summary>
    public static Arn? Read(string? text)
    {
        if (text is null || !text.StartsWith("arn:", StringComparison.Ordinal)) return null;
        Span<Range> parts = stackalloc Range[6];
        if (text.AsSpan().Split(parts, ':') < 6) return null;
        return new(text[parts[1]], text[parts[2]], Known(text[parts[3]]), Known(text[parts[4]]), text[parts[5]]);
    }

    /// <summary>Region of an ARN, or null.</summary>
    public static string? RegionOf(string? text) => Part(text, 3);

    /// <summary>Account of an ARN, or null.</summary>
    public static string? AccountOf(string? text) => Part(text, 4);

    /// <summary>What a person calls the resource: the part after the last "/" or ":".</summary>
    public string Name => Resource[(Resource.AsSpan().LastIndexOfAny('/', ':') + 1)..];

    private static string? Part(string? text, int place)
    {
        if (text is null || !text.StartsWith("arn:", StringComparison.Ordinal)) return null;
        Span<Range> parts = stackalloc Range[6];
        return text.AsSpan().Split(parts, ':') < 6 ? null : Known(text[parts[place]]);
    }

    private static string? Known(string part) => part.Length > 0 ? part : null;
}
