namespace Signalbox;

/// <summary>The parts of an Amazon Resource Name: <c>arn:partition:service:region:account:resource</c>.</summary>
/// <remarks>
/// Parts that the ARN leaves empty are null, as in an S3 bucket's, which names neither region nor account.
/// A part costs a text when it is asked for.
/// </remarks>
public readonly record struct Arn
{
    private readonly string text;

    private Arn(string text) => this.text = text;

    /// <summary>Reads an ARN, or answers null when the text is none.</summary>
    public static Arn? Read(string? text) => text is not null && IsArn(text) ? new(text) : null;

    /// <summary>Region of an ARN, or null.</summary>
    public static string? RegionOf(string? text) => Read(text)?.Region;

    /// <summary>Account of an ARN, or null.</summary>
    public static string? AccountOf(string? text) => Read(text)?.Account;

    /// <summary>The service: "rds".</summary>
    public string Service => Part(2) ?? "";

    /// <summary>The region: "eu-west-1"; null when the ARN names none.</summary>
    public string? Region => Part(3);

    /// <summary>The account; null when the ARN names none.</summary>
    public string? Account => Part(4);

    /// <summary>Everything after the account: "db:payments-db", "stack/name/uuid".</summary>
    public string Resource => text[Start(5)..];

    /// <summary>What a person calls the resource: the part after the last "/" or ":".</summary>
    public string Name => text[(text.AsSpan().LastIndexOfAny('/', ':') + 1)..];

    private static bool IsArn(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("arn:")) return false;
        var colons = 0;
        foreach (var unit in text)
        {
            if (unit is ':' && ++colons == 5) return true;
        }
        return false;
    }

    private string? Part(int place)
    {
        var start = Start(place);
        var length = text.AsSpan(start).IndexOf(':');
        return length > 0 ? text.AsSpan(start, length).Trim().ToString() : null;
    }

    private int Start(int place)
    {
        var at = 0;
        while (place-- > 0) at = text.IndexOf(':', at) + 1;
        return at;
    }
}
