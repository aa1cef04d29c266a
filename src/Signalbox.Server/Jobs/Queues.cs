namespace Signalbox.Server.Jobs;

/// <summary>Takes messages off queues: each is deleted when its events are in the store, and not before.</summary>
internal static class Queues
{
    public static readonly Job Row = new("queues", (station, duty, stop) => Task.WhenAll(duty.Queues.Select(queue => Run(queue, station, duty, stop))));

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static async Task Run(QueueDoor queue, Station station, Duty duty, CancellationToken stop)
    {
        var pause = TimeSpan.Zero;
        while (true)
        {
            var fault = await Once(queue, duty, stop);
            if (fault is null && pause > TimeSpan.Zero) station.Journal.Says("queue", ("queue", queue.Name), ("outcome", "answers again"));
            if (fault is not null) station.Journal.Complains("queue", ("queue", queue.Name), ("reason", fault));
            pause = fault is null ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Clamp(2 * pause.TotalSeconds, 1, Longest.TotalSeconds));
            if (pause > TimeSpan.Zero) await duty.World.Wait(pause, stop);
        }
    }

    private static async Task<string?> Once(QueueDoor queue, Duty duty, CancellationToken stop)
    {
        var received = await queue.Receive(stop);
        if (received.Messages.Count is 0) return received.Why;
        await Task.WhenAll(received.Messages.Select(message => duty.Engine.Take(message.Event, stop)));
        // What is in the store may leave the queue, also when the server stops meanwhile.
        return await queue.Delete([.. received.Messages.Select(message => message.Handle)], CancellationToken.None);
    }
}
