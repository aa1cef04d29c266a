namespace Signalbox.Server;

/// <summary>Sees what other processes on the store have done, and tells whoever watches a page. Looks only while somebody does.</summary>
internal sealed class Lookout(Station station)
{
    private const int Most = 200;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private HashSet<(DateTimeOffset At, string Event, Place Place, string What)> seen = [];
    private DateTimeOffset from;

    /// <summary>Looks once a second until it is stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pace, stop);
                if (station.Feed.Watchers > 0) await Look(stop);
                else (from, seen) = (default, []);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The pages that it serves say more about a store in trouble than it could.
                station.Journal.Doubts("looking for changes failed", ("reason", fault.GetType().Name));
            }
        }
    }

    /// <summary>Says the rooms of every line of history that was not there before.</summary>
    internal async Task Look(CancellationToken stop)
    {
        var lines = await station.Store.History(new() { From = from == default ? null : from, Most = from == default ? 1 : Most }, stop);
        if (lines.Count is 0) return;
        var now = lines.Select(line => (line.At, line.Event, line.Place, line.What)).ToHashSet();
        var fresh = now.Where(line => !seen.Contains(line)).ToList();
        var isFirst = from == default;
        (from, seen) = (lines[0].At, [.. now.Where(line => line.At == lines[0].At)]);
        if (isFirst) return;
        foreach (var room in fresh.Select(line => line.Place.Room).Distinct()) station.Feed.Say(room);
    }
}
