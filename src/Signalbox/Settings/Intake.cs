namespace Signalbox;

/// <summary>Who may bring a server events, and how it knows them.</summary>
public sealed record Intake
{
    /// <summary>Patterns of the SNS topics that may send; none lets no topic in.</summary>
    public ValueList<string> Topics { get; init; }

    /// <summary>How old a message of SNS may be.</summary>
    public TimeSpan Replay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The keys of programs.</summary>
    public ValueList<KeyGrant> Keys { get; init; }

    /// <summary>References to the secrets of GitHub's webhooks.</summary>
    public ValueList<string> GitHub { get; init; }

    /// <summary>References to the secret tokens of GitLab's webhooks.</summary>
    public ValueList<string> GitLab { get; init; }

    /// <summary>References to the secrets of Standard Webhooks.</summary>
    public ValueList<string> Standard { get; init; }

    /// <summary>True for a topic that may send.</summary>
    public bool Allows(string topic) => Topics.Any(pattern => Glob.Fits(pattern, topic));

    /// <summary>Nobody but this machine.</summary>
    public static readonly Intake Usual = new();
}

/// <summary>A key with which a program brings events.</summary>
/// <param name="Name">As people know it; it stands in the log.</param>
public sealed record KeyGrant(string Name)
{
    /// <summary>Reference to the key; null where its hash is known.</summary>
    public string? Reference { get; init; }

    /// <summary>SHA-256 of the key, in hexadecimal digits; null where a reference leads to it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The topic of events that come with it and name none; null for none.</summary>
    public string? Source { get; init; }

    /// <summary>How many events a second it may bring; null for any number.</summary>
    public double? PerSecond { get; init; }

    /// <summary>True when it may also silence.</summary>
    public bool MaySilence { get; init; }
}
