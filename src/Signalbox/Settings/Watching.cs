namespace Signalbox;

/// <summary>When the operator's room hears of a room that does not take what it gets.</summary>
/// <param name="RefusedFor">A room that has refused everything for so long.</param>
/// <param name="Backlog">A room for which so many posts wait.</param>
/// <param name="Behind">A room whose oldest post has waited for so long.</param>
public sealed record Watching(TimeSpan RefusedFor, int Backlog, TimeSpan Behind)
{
    /// <summary>What holds when nothing is set.</summary>
    public static readonly Watching Usual = new(TimeSpan.FromMinutes(10), 1_000, TimeSpan.FromMinutes(15));
}

/// <summary>An event that is expected again and again.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="When">Which events.</param>
/// <param name="Text">The same as it is written.</param>
/// <param name="Every">It comes at least so often.</param>
public sealed record Heartbeat(string Name, When When, string Text, TimeSpan Every);

/// <summary>A queue whose messages are taken.</summary>
/// <param name="Url">Its URL.</param>
/// <param name="Region">Its region; null for the one in its URL.</param>
/// <param name="Endpoint">Where SQS is, for tests and proxies; null for AWS.</param>
public sealed record Queue(string Url, string? Region, string? Endpoint);
