namespace Signalbox;

/// <summary>Addresses of pages in the AWS console, in the right partition and region.</summary>
public static class ConsolePage
{
    /// <summary>A page of a service: <c>https://eu-west-1.console.aws.amazon.com/rds/home?region=eu-west-1#…</c>.</summary>
    /// <param name="region">The region code; null for a service that has none.</param>
    /// <param name="path">Path and fragment, where "{region}" stands for the region: "rds/home?region={region}#database:id=x".</param>
    public static string Url(string? region, string path)
    {
        var host = region switch
        {
            null => "console.aws.amazon.com",
            ['c', 'n', '-', ..] => $"{region}.console.amazonaws.cn",
            ['u', 's', '-', 'g', 'o', 'v', '-', ..] => $"{region}.console.amazonaws-us-gov.com",
            _ => $"{region}.console.aws.amazon.com",
        };
        return $"https://{host}/{path.Replace("{region}", region ?? "us-east-1", StringComparison.Ordinal)}";
    }

    /// <summary>A page for a region that an event may have made up: null unless it looks like a region code.</summary>
    public static Link? Link(string text, string? region, string path) => Regions.IsCode(region) ? new(text, Url(region, path)) : null;

    /// <summary>A text as part of an address.</summary>
    public static string Escape(string text) => Uri.EscapeDataString(text);
}
