using Signalbox.Server.Jobs;

namespace Signalbox.Server;

/// <summary>Something that goes on beside requests for as long as settings are in force: one file and one row.</summary>
/// <param name="Name">What the log calls it.</param>
/// <param name="Run">Works until it is stopped. What it throws is logged, and it begins again after a while.</param>
internal sealed record Job(string Name, Func<Station, Duty, CancellationToken, Task> Run);

/// <summary>Everything that goes on.</summary>
internal static class JobTable
{
    /// <summary>The rows.</summary>
    public static readonly ValueList<Job> All = [Queues.Row, SocketMode.Row, RoomWatch.Row, Heartbeats.Row];
}
