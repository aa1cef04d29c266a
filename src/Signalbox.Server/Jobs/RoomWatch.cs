using System.Collections.Concurrent;

namespace Signalbox.Server.Jobs;

/// <summary>Tells the operator's room when another room refuses for a while, or when more and more waits for it; and when that is over.</summary>
internal static class RoomWatch
{
    public static readonly Job Row = new("room watch", Run);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    private static async Task Run(Station station, Duty duty, CancellationToken stop)
    {
        var raised = new ConcurrentDictionary<string, bool>();
        var watch = duty.Settings.Serving.Watch;
        while (true)
        {
            await duty.World.Wait(Look, stop);
            var now = duty.World.Now();
            var backlogs = (await station.Store.Backlogs(now, stop)).ToDictionary(backlog => backlog.Room);
            foreach (var room in duty.Settings.Rooms)
            {
                var backlog = backlogs.GetValueOrDefault(room.Name);
                var trouble = Refusing(room.Name, station.Meters.RefusedSince(room.Name), watch, now)
                    ?? Behind(room.Name, backlog, watch, now);
                if (trouble is { } found)
                {
                    raised[room.Name] = true;
                    await duty.Engine.Report(Of(room.Name, now) with { Title = found.Title, Summary = found.Why }, stop);
                }
                else if (raised.TryRemove(room.Name, out _))
                {
                    await duty.Engine.Report(Of(room.Name, now) with { Status = Status.Cleared, Title = $"Room {room.Name} keeps up again" }, stop);
                }
            }
        }
    }

    /// <summary>A room that has refused everything for too long.</summary>
    internal static (string Title, string Why)? Refusing(string room, (DateTimeOffset At, string Why)? since, Watching watch, DateTimeOffset now) =>
        since is not { } refused || now - refused.At < watch.RefusedFor ? null
            : ($"Room {room} has refused for {Quantity.Duration(now - refused.At)}", $"Its chat says: {refused.Why}. What is meant for it waits in the store.");

    /// <summary>A room for which too much waits, or for too long.</summary>
    internal static (string Title, string Why)? Behind(string room, Backlog? backlog, Watching watch, DateTimeOffset now) =>
        backlog is null || backlog.Count < watch.Backlog && now - backlog.Oldest < watch.Behind ? null
            : ($"Room {room} is behind", $"{Quantity.Count(backlog.Count, "post")} wait for it, the oldest for {Quantity.Duration(now - backlog.Oldest)}.");

    private static Notice Of(string room, DateTimeOffset now) => new()
    {
        Source = "signalbox",
        Kind = "room",
        Severity = Severity.Error,
        Status = Status.Raised,
        Title = "",
        Subject = room,
        Thread = $"signalbox/room/{room}",
        At = now,
    };
}
