namespace Signalbox.Deploy;

/// <summary>What people look for in logs, as CloudWatch Logs takes it.</summary>
public static class LogPattern
{
    /// <summary>Longest pattern that CloudWatch Logs takes, in characters.</summary>
    public const int Longest = 1024;

    /// <summary>A pattern stays as it is; a text that is none is looked for as it stands, spaces and all.</summary>
    /// <param name="text">Begins with { [ " % ? or - for a pattern.</param>
    /// <seealso href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html"/>
    public static string Of(string text) => text is ['{' or '[' or '"' or '%' or '?' or '-', ..]
        ? text
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
