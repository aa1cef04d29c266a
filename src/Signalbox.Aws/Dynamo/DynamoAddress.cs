using System.Text.RegularExpressions;
using Signalbox.Effects;

namespace Signalbox.Aws.Dynamo;

/// <summary>Which table, and where: <c>dynamodb://TABLE?region=REGION&amp;endpoint=ADDRESS</c>.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Region">The region; null for the environment's.</param>
/// <param name="Endpoint">Where DynamoDB is, for stand-ins and interface endpoints; null for the region's own.</param>
internal sealed partial record DynamoAddress(string Table, string? Region, Uri? Endpoint)
{
    /// <summary>How it is written.</summary>
    public const string Form = "dynamodb://TABLE?region=REGION";

    private const string Prefix = "dynamodb://";

    /// <summary>Reads what the settings say; throws <see cref="StoreException"/> with what is wrong.</summary>
    public static DynamoAddress Read(string spec)
    {
        var parts = spec.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? spec[Prefix.Length..].Split('?', 2) : throw Wrong($"expected {Form}");
        var table = parts[0].TrimEnd('/');
        if (!TableName().IsMatch(table)) throw Wrong($"expected the name of a table (3 to 255 of a-z, A-Z, 0-9, _, - and .) after {Prefix}, found \"{table}\"");
        var (region, endpoint) = ((string?)null, (Uri?)null);
        foreach (var option in parts.Length > 1 ? parts[1].Split('&', StringSplitOptions.RemoveEmptyEntries) : [])
        {
            var (name, value) = option.Split('=', 2) is [var left, var right] ? (left, Uri.UnescapeDataString(right)) : (option, "");
            switch (name)
            {
                case "region" when value.Length > 0:
                    region = value;
                    break;
                case "endpoint" when Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https":
                    endpoint = address;
                    break;
                case "region":
                    throw Wrong("expected the name of a region after region=");
                case "endpoint":
                    throw Wrong("expected an http or https address after endpoint=");
                default:
                    throw Wrong($"expected region=… or endpoint=…, found {name}=");
            }
        }
        return new(table, region, endpoint);
    }

    private static StoreException Wrong(string why) => new($"the address of the DynamoDB table is not right: {why}");

    [GeneratedRegex("^[a-zA-Z0-9_.-]{3,255}$")]
    private static partial Regex TableName();
}
