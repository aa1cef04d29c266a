namespace Signalbox;

/// <summary>Addresses that a request which says it comes from SNS asks us to open. What is wrong with one is said in words; null when it is SNS's own.</summary>
/// <remarks>
/// They are judged letter by letter before any parser of addresses sees them, so that user info, ports, look-alikes and back slashes never
/// depend on how a parser reads them.
/// </remarks>
public static class SnsAddress
{
    private const string Scheme = "https://";

    /// <summary>Where the certificate is with which a message was signed.</summary>
    /// <param name="address">The address as the message has it.</param>
    /// <param name="topic">The topic's ARN: in China its SNS has a domain of its own.</param>
    public static string? CertificateFault(string? address, string topic)
    {
        if (HostFault(address, topic, sameRegion: false, out var path) is { } fault) return fault;
        return path.EndsWith(".pem", StringComparison.Ordinal) && !path.Contains('?') && !path.Contains("..", StringComparison.Ordinal)
            ? null : "does not end in .pem";
    }

    /// <summary>Where a subscription is confirmed.</summary>
    /// <param name="address">The address as the message has it.</param>
    /// <param name="topic">The topic that asks: the address must confirm a subscription to it and to no other.</param>
    /// <param name="token">The token of the message: the address must carry the same.</param>
    public static string? ConfirmationFault(string? address, string topic, string token)
    {
        if (HostFault(address, topic, sameRegion: true, out var path) is { } fault) return fault;
        if (!path.StartsWith("/?", StringComparison.Ordinal)) return "is not a call of SNS";
        var values = new Dictionary<string, string>();
        foreach (var pair in path[2..].Split('&'))
        {
            var cut = pair.IndexOf('=');
            if (cut < 0 || !values.TryAdd(pair[..cut], Uri.UnescapeDataString(pair[(cut + 1)..]))) return "is not a call of SNS";
        }
        if (values.GetValueOrDefault("Action") is not "ConfirmSubscription") return "does something else than confirm a subscription";
        if (values.GetValueOrDefault("TopicArn") != topic) return "is about another topic";
        return values.GetValueOrDefault("Token") == token ? null : "has another token than the message";
    }

    private static string? HostFault(string? address, string topic, bool sameRegion, out string path)
    {
        path = "";
        if (address is null || !address.StartsWith(Scheme, StringComparison.Ordinal)) return "does not begin with https://";
        foreach (var unit in address)
        {
            if (unit is <= ' ' or > '~' or '\\' or '#') return "holds characters that SNS does not write";
        }
        var end = address.IndexOf('/', Scheme.Length);
        if (end < 0) return "has no path";
        var host = address[Scheme.Length..end];
        path = address[end..];
        if (RegionOf(host, out var isChina) is not { } region) return "is not on a host of SNS";
        if (isChina != topic.StartsWith("arn:aws-cn:", StringComparison.Ordinal)) return "is on a host of another partition than the topic's";
        return sameRegion && region != Arn.RegionOf(topic) ? "is on a host of another region than the topic's" : null;
    }

    private static string? RegionOf(string host, out bool isChina)
    {
        isChina = host.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal);
        var suffix = isChina ? ".amazonaws.com.cn" : ".amazonaws.com";
        if (!host.StartsWith("sns.", StringComparison.Ordinal) || !host.EndsWith(suffix, StringComparison.Ordinal)) return null;
        if (host.Length <= "sns.".Length + suffix.Length) return null;
        var region = host["sns.".Length..^suffix.Length];
        return region.Length >= 3 && region.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit is '-') ? region : null;
    }
}
