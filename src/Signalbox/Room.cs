namespace Signalbox;

/// <summary>A place where people read.</summary>
public sealed record Room
{
    /// <summary>Its name in the settings.</summary>
    public required string Name { get; init; }

    /// <summary>Name of its chat's row: "slack", "local".</summary>
    public required string Chat { get; init; }

    /// <summary>What its chat needs to know, as checked against that row's keys; defaults filled in.</summary>
    public ValueList<Fact> Options { get; init; }

    /// <summary>Whom a notice here rings, in the chat's syntax; null for nobody.</summary>
    public string? Mention { get; init; }

    /// <summary>The least severity that rings.</summary>
    public Severity MentionAt { get; init; } = Severity.Error;

    /// <summary>How fast messages may follow each other; null for as fast as they come.</summary>
    public Pace? Pace { get; init; }

    /// <summary>The value of an option, or null. References to secrets come as they are written: <c>env:NAME</c>.</summary>
    public string? this[string option]
    {
        get
        {
            foreach (var fact in Options)
            {
                if (fact.Name == option) return fact.Value;
            }
            return null;
        }
    }

    /// <summary>The room that needs nothing: the terminal, or the log of a function.</summary>
    public static readonly Room Local = new() { Name = "local", Chat = "local" };
}

/// <summary>A token bucket: so many messages at once, then so many a second.</summary>
public sealed record Pace(double PerSecond, int Burst);
