using Signalbox.Server.Ingest;

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

    /// <summary>What the gates that take events remember.</summary>
    public required Reception Reception { get; init; }

    /// <summary>What is counted.</summary>
    public Meters Meters => meters;

    /// <summary>When the server started.</summary>
    public DateTimeOffset StartedAt { get; } = first.World.Now();

    /// <summary>When the settings in force were taken.</summary>
    public DateTimeOffset SettingsAt { get; set; } = first.World.Now();

    /// <summary>The settings in force, and what works by them.</summary>
    public Duty Now { get => now; set => now = value; }

    /// <summary>Who people in Slack are.</summary>
    public SlackPeople SlackPeople { get; } = new();

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
