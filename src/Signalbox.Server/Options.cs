namespace Signalbox.Server;

/// <summary>What a server is started with.</summary>
public sealed record Options
{
    /// <summary>Where it listens: an address and a port; port 0 for any.</summary>
    public required string Listen { get; init; }

    /// <summary>The settings to begin with.</summary>
    public required Settings Settings { get; init; }

    /// <summary>The file they came from; null for none. It is looked at again whenever it changes.</summary>
    public string? SettingsPath { get; init; }

    /// <summary>Where else they came from, to be looked at again; null for a file, for nowhere, and for never.</summary>
    public SettingsElsewhere? Elsewhere { get; init; }

    /// <summary>What outlives the process, open. The server does not close it.</summary>
    public required Store Store { get; init; }

    /// <summary>Makes the world that settings need.</summary>
    public required Func<Settings, Outside> Open { get; init; }

    /// <summary>Fetches certificates of SNS and confirms subscriptions there; null for connections of our own.</summary>
    public Send? Fetch { get; init; }

    /// <summary>Opens a queue that settings name, over the connections of the world.</summary>
    public Func<Queue, Send, QueueDoor>? Queue { get; init; }

    /// <summary>Takes the lines of the log.</summary>
    public required Action<ReadOnlyMemory<byte>> Log { get; init; }

    /// <summary>Called with the address under which it can be reached, once it listens and works.</summary>
    public Action<string> Started { get; init; } = _ => { };

    /// <summary>True to play the recorded timelines into its rooms.</summary>
    public bool Demo { get; init; }

    /// <summary>The name that no other process on the store has.</summary>
    public required string Worker { get; init; }

    /// <summary>How long a stop may take before what is under way is left to others.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
