namespace Signalbox;

/// <summary>Addresses of pages in the AWS console, in the right partition and region.</summary>
public static class ConsolePage
{
    /// <summary>A link to a page: <c>https://eu-west-1.console.aws.amazon.com/rds/home?region=eu-west-1#database:id=x</c>.</summary>
    /// <param name="text">What the button says.</param>
    /// <param name="region">The region of the thing. An event may have made it up: the answer is null unless it looks like a region code.</param>
    /// <param name="page">The page of the service: "rds/home".</param>
    /// <param name="fragment">What follows "#"; null for nothing.</param>
    /// <param name="id">What follows the fragment, made safe for an address; null for nothing.</param>
    /// <param name="after">What follows the id.</param>
    public static Link? Link(string text, string? region, string page, string? fragment = null, string? id = null, string? after = null)
    {
        if (!Regions.IsCode(region)) return null;
        var host = region switch
        {
            ['c', 'n', '-', ..] => ".console.amazonaws.cn/",
            ['u', 's', '-', 'g', 'o', 'v', '-', ..] => ".console.amazonaws-us-gov.com/",
            _ => ".console.aws.amazon.com/",
        };
        ReadOnlySpan<string?> parts =
        [
            "https://", region, host, page, "?region=", region,
            fragment is null ? null : "#", fragment, id is null ? null : Escape(id), after,
        ];
        return new(text, string.Concat(parts));
    }

    /// <summary>A link to the logs of a Lambda function.</summary>
    public static Link? Logs(string function, string? region) =>
        Link("Open the logs", region, "cloudwatch/home", "logsV2:log-groups/log-group/$252Faws$252Flambda$252F", function);

    /// <summary>A text as part of an address.</summary>
    public static string Escape(string text)
    {
        foreach (var unit in text)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('-' or '_' or '.' or '~')) return Uri.EscapeDataString(text);
        }
        return text;
    }
}
