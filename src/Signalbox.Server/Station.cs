using Signalbox.Server.Admission;

namespace Signalbox.Server;

/// <summary>What every endpoint and page of a running server works with.</summary>
/// <remarks>Settings may be replaced while it runs: whoever needs several things of one time takes <see cref="Now"/> once and keeps it.</remarks>
internal sealed class Station(Store store, Journal journal, Feed feed, Meters meters, Duty first)
{
    private volatile Duty now = first;

    /// <summary>What outlives the process.</summary>
    public Store Store => store;

    /// <summary>The log.</summary>
    public Journal Journal => journal;

    /// <summary>What watchers of pages hear.</summary>
    public Feed Feed => feed;

    /// <summary>What is counted.</summary>
    public Meters Meters => meters;

    /// <summary>When the server started.</summary>
    public DateTimeOffset StartedAt { get; } = first.World.Now();

    /// <summary>When the settings in force were taken.</summary>
    public DateTimeOffset SettingsAt { get; set; } = first.World.Now();

    /// <summary>What it remembers of people who come.</summary>
    public Reception Reception { get; } = new(store);

    /// <summary>True when other machines can call it: people have to sign in then.</summary>
    public bool IsExposed { get; init; }

    /// <summary>The settings in force, and what works by them.</summary>
    public Duty Now { get => now; set => now = value; }

    /// <summary>Who people in Slack are.</summary>
    public SlackPeople SlackPeople { get; } = new();

    /// <summary>The file of the settings; null for none.</summary>
    public string? SettingsPath { get; init; }

    /// <summary>The settings as they are written where they stand in no file.</summary>
    public string SettingsText { get; init; } = "";

    /// <summary>Ends what would never end by itself, such as streams, when the server stops.</summary>
    public CancellationToken IsStopping { get; init; }

    /// <summary>True from the end of starting up to the beginning of a stop: whether to send it events.</summary>
    public bool IsReady { get; set; }
}

/// <summary>Settings, and what works by them until others replace them.</summary>
/// <param name="Settings">Who hears what.</param>
/// <param name="World">Everything outside but the store.</param>
/// <param name="Engine">Accepts and decides.</param>
/// <param name="Deliveries">Delivers.</param>
internal sealed record Duty(Settings Settings, World World, Engine Engine, Deliveries Deliveries)
{
    /// <summary>Queues whose messages are taken.</summary>
    public ValueList<QueueDoor> Queues { get; init; }
}
