namespace Signalbox;

/// <summary>What Elastic Beanstalk's fixed sentences mean: the notifications of an environment carry no other scale.</summary>
internal static class ElasticBeanstalkMessages
{
    private const string NoData = "No Data";
    private const string Opening = "Environment health has transitioned from ";

    /// <summary>A change of colour.</summary>
    /// <param name="From">The colour before, in one writing.</param>
    /// <param name="To">The colour now.</param>
    /// <param name="Severity">What it means.</param>
    /// <param name="IsWell">True for the good colour.</param>
    /// <param name="Rest">The sentences after it: why.</param>
    public readonly record struct Turn(string From, string To, Severity Severity, bool IsWell, string Rest);

    /// <summary>The change of colour that a message tells of, by the fixed form of such messages; null for every other message.</summary>
    public static Turn? HealthIn(string message)
    {
        if (!message.StartsWith(Opening, StringComparison.Ordinal)) return null;
        var rest = message.AsSpan(Opening.Length);
        if (rest.IndexOf(" to ") is not (var to and > 0)) return null;
        var from = rest[..to];
        rest = rest[(to + 4)..];
        // The one colour of two words.
        var end = rest.StartsWith(NoData, StringComparison.OrdinalIgnoreCase) ? NoData.Length : rest.IndexOfAny(". \r\n");
        var colour = end < 0 ? rest : rest[..end];
        if (from.Length > 16 || colour.Length is 0 or > 16) return null;
        var (severity, isWell) = colour.ToString().ToLowerInvariant() switch
        {
            "ok" or "green" => (Severity.Info, true),
            "severe" or "red" => (Severity.Error, false),
            "degraded" or "warning" or "yellow" or "unknown" or "grey" or "gray" or "no data" => (Severity.Warning, false),
            _ => (Severity.Info, false),
        };
        return new(Written(from), Written(colour), severity, isWell, end < 0 ? "" : rest[end..].TrimStart(". ").ToString());
    }

    /// <summary>The severity of the fixed sentences that tell of a failure; info for all others.</summary>
    public static Severity SeverityOf(string message)
    {
        foreach (var (opening, severity) in Failures)
        {
            if (message.StartsWith(opening, StringComparison.OrdinalIgnoreCase)) return severity;
        }
        return Severity.Info;
    }

    /// <summary>Where a fixed sentence that tells of no failure stands in the work on an environment.</summary>
    public static Status StatusOf(string message)
    {
        foreach (var (part, status) in Steps)
        {
            if (message.StartsWith(part, StringComparison.Ordinal)) return status;
        }
        return Status.Stated;
    }

    private static readonly (string Part, Status Status)[] Steps =
    [
        ("New application version was deployed to running EC2 instances", Status.Cleared),
        ("Environment update completed successfully", Status.Cleared),
        ("Successfully launched environment", Status.Cleared),
        ("Application restart completed", Status.Cleared),
        ("createEnvironment is starting", Status.Ongoing),
        ("Environment update is starting", Status.Ongoing),
        ("terminateEnvironment is starting", Status.Ongoing),
        ("terminateEnvironment completed successfully", Status.Cleared),
        ("Deploying new version to instance", Status.Ongoing),
    ];

    private static readonly (string Opening, Severity Severity)[] Failures =
    [
        ("Failed to ", Severity.Error),
        ("Unsuccessful command execution", Severity.Error),
        ("Command failed on instance", Severity.Error),
        ("Command execution completed on all instances. Summary: [Successful: 0, Failed:", Severity.Error),
        ("Update environment operation is complete, but with errors", Severity.Error),
        ("Deployment completed, but with errors", Severity.Error),
        ("Create environment operation is complete, but with errors", Severity.Error),
        ("Service:", Severity.Error),
        ("Stack named ", Severity.Error),
        ("The environment update aborted operation", Severity.Error),
        ("The update environment operation was aborted", Severity.Warning),
        ("Update environment operation was aborted", Severity.Warning),
        ("Environment update is aborting", Severity.Warning),
        ("Aborted ", Severity.Warning),
        ("During an aborted deployment", Severity.Warning),
        ("Removed instance ", Severity.Warning),
        ("Your environment may not have any instances", Severity.Warning),
    ];

    /// <summary>"RED", "red" and "Red" are one colour.</summary>
    private static string Written(ReadOnlySpan<char> colour)
    {
        var lower = colour.Trim().ToString().ToLowerInvariant();
        return lower.Length == 0 ? "?" : lower is "no data" ? NoData : char.ToUpperInvariant(lower[0]) + lower[1..];
    }
}
