namespace Signalbox.Deploy;

/// <summary>What a project's files say, for one environment.</summary>
public sealed record ProjectSpec
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; may be empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>The environment that was taken: what was asked for, else <c>defaultEnvironment</c>; null for neither.</summary>
    public string? Environment { get; init; }

    /// <summary>The profile of AWS's shared files; null for what the shell says.</summary>
    public string? Profile { get; init; }

    /// <summary>The region; null for what the shell or the profile says.</summary>
    public string? Region { get; init; }

    /// <summary>Its functions, sorted by name; never empty.</summary>
    public required ValueList<FunctionSpec> Functions { get; init; }
}
