namespace Signalbox;

/// <summary>AWS regions by the names that older messages print instead of codes.</summary>
public static class Regions
{
    /// <summary>True for a text with the shape of a region code: "eu-west-1", "us-gov-east-1", "ap-southeast-5".</summary>
    public static bool IsCode(string? text)
    {
        if (text is null || text.Length is < 9 or > 16 || text[^1] is < '0' or > '9' || text[2] is not '-' || text[^2] is not '-') return false;
        foreach (var letter in text.AsSpan(0, text.Length - 1))
        {
            if (letter is not ((>= 'a' and <= 'z') or '-')) return false;
        }
        return true;
    }

    /// <summary>The region where its partition has what belongs to no region.</summary>
    public static string HomeOf(string? region) => region is ['c', 'n', '-', ..] ? "cn-north-1"
        : region is ['u', 's', '-', 'g', 'o', 'v', '-', ..] ? "us-gov-west-1" : "us-east-1";

    /// <summary>The code of a region given by code or by either display name ("US East (N. Virginia)", "US West - Oregon"); null when unknown.</summary>
    public static string? CodeOf(string? name) => name switch
    {
        null => null,
        _ when IsCode(name) => name,
        _ when name.Contains("Virginia", StringComparison.Ordinal) => "us-east-1",
        _ when name.Contains("Ohio", StringComparison.Ordinal) => "us-east-2",
        _ when name.Contains("N. California", StringComparison.Ordinal) || name is "US West - Northern California" => "us-west-1",
        _ when name.Contains("Oregon", StringComparison.Ordinal) => "us-west-2",
        _ when name.Contains("GovCloud", StringComparison.Ordinal) => name.Contains("East", StringComparison.Ordinal) ? "us-gov-east-1" : "us-gov-west-1",
        _ when name.Contains("Montreal", StringComparison.Ordinal) || name is "Canada (Central)" => "ca-central-1",
        _ when name.Contains("Calgary", StringComparison.Ordinal) || name is "Canada West (Calgary)" => "ca-west-1",
        _ when name.Contains("Ireland", StringComparison.Ordinal) => "eu-west-1",
        _ when name.Contains("London", StringComparison.Ordinal) => "eu-west-2",
        _ when name.Contains("Paris", StringComparison.Ordinal) => "eu-west-3",
        _ when name.Contains("Frankfurt", StringComparison.Ordinal) => "eu-central-1",
        _ when name.Contains("Zurich", StringComparison.Ordinal) => "eu-central-2",
        _ when name.Contains("Stockholm", StringComparison.Ordinal) => "eu-north-1",
        _ when name.Contains("Milan", StringComparison.Ordinal) => "eu-south-1",
        _ when name.Contains("Spain", StringComparison.Ordinal) => "eu-south-2",
        _ when name.Contains("Tokyo", StringComparison.Ordinal) => "ap-northeast-1",
        _ when name.Contains("Seoul", StringComparison.Ordinal) => "ap-northeast-2",
        _ when name.Contains("Osaka", StringComparison.Ordinal) => "ap-northeast-3",
        _ when name.Contains("Singapore", StringComparison.Ordinal) => "ap-southeast-1",
        _ when name.Contains("Sydney", StringComparison.Ordinal) => "ap-southeast-2",
        _ when name.Contains("Jakarta", StringComparison.Ordinal) => "ap-southeast-3",
        _ when name.Contains("Melbourne", StringComparison.Ordinal) => "ap-southeast-4",
        _ when name.Contains("Malaysia", StringComparison.Ordinal) => "ap-southeast-5",
        _ when name.Contains("Thailand", StringComparison.Ordinal) => "ap-southeast-7",
        _ when name.Contains("Mumbai", StringComparison.Ordinal) => "ap-south-1",
        _ when name.Contains("Hyderabad", StringComparison.Ordinal) => "ap-south-2",
        _ when name.Contains("Hong Kong", StringComparison.Ordinal) => "ap-east-1",
        _ when name.Contains("Taipei", StringComparison.Ordinal) => "ap-east-2",
        _ when name.Contains("Bahrain", StringComparison.Ordinal) => "me-south-1",
        _ when name.Contains("UAE", StringComparison.Ordinal) => "me-central-1",
        _ when name.Contains("Tel Aviv", StringComparison.Ordinal) => "il-central-1",
        _ when name.Contains("Cape Town", StringComparison.Ordinal) => "af-south-1",
        _ when name.Contains("Paulo", StringComparison.Ordinal) => "sa-east-1",
        _ when name.Contains("Mexico", StringComparison.Ordinal) => "mx-central-1",
        _ when name.Contains("Beijing", StringComparison.Ordinal) => "cn-north-1",
        _ when name.Contains("Ningxia", StringComparison.Ordinal) => "cn-northwest-1",
        _ => null,
    };
}
