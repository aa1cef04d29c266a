namespace Signalbox.Effects;

/// <summary>An engine at work: decides what came in, wakes what is due and delivers what waits, until it is stopped.</summary>
/// <remarks>
/// Trouble with the store is reported and tried again, ever more slowly up to every ten seconds: an accepted event waits there meanwhile.
/// </remarks>
/// <param name="engine">Decides.</param>
/// <param name="deliveries">Delivers.</param>
/// <param name="store">Says when there is something new.</param>
/// <param name="world">The clock.</param>
/// <param name="retention">How long what is kept; pruned every hour.</param>
public sealed class Works(Engine engine, Deliveries deliveries, Store store, World world, Retention retention)
{
    private const int Batch = 256;
    private const int Sip = 64;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Back = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>What is under way at a stop gets so long to end by itself: an event that is given up waits for its lease, a message may be said
    /// twice.</summary>
    private static readonly TimeSpan Finishing = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Task> couriers = [];

    /// <summary>Called with what goes wrong, in a sentence without any secret.</summary>
    public Action<string> Trouble { get; init; } = _ => { };

    /// <summary>Called with what was pruned, when anything was.</summary>
    public Action<Pruned> Pruned { get; init; } = _ => { };

    /// <summary>Works until it is stopped; then what is under way ends first.</summary>
    public async Task Run(CancellationToken stop)
    {
        using var hurrying = new CancellationTokenSource();
        var hurry = hurrying.Token;
        using var asked = stop.Register(() => hurrying.CancelAfter(Finishing));
        await Task.WhenAll(Again("deciding", ending => DecideAndWake(ending, hurry), stop),
            Again("delivering", ending => StartCouriers(ending, hurry), stop), Again("pruning", Prune, stop));
        await Task.WhenAll(couriers.Values);
    }

    private async Task<bool> DecideAndWake(CancellationToken stop, CancellationToken hurry)
    {
        var isFlooded = engine.IsFlooded;
        var count = await engine.Decide(isFlooded ? Sip : Batch, hurry) + await engine.Wake(hurry);
        // The oldest go on being decided, so that nothing waits for the end of a flood, but most of the machine keeps what comes in.
        for (var waited = TimeSpan.Zero; isFlooded && waited < Back && engine.IsFlooded; waited += Breath) await Task.Delay(Breath, stop);
        return count > 0;
    }

    private async Task<bool> Prune(CancellationToken stop)
    {
        var gone = await store.Prune(retention, world.Now(), stop);
        if (gone.Events + gone.Conversations + gone.History + gone.Dead > 0) Pruned(gone);
        await Task.Delay(PruneEvery, stop);
        return true;
    }

    /// <summary>One courier for each room that has something to say and none yet.</summary>
    private async Task<bool> StartCouriers(CancellationToken stop, CancellationToken hurry)
    {
        foreach (var (room, done) in couriers.Where(pair => pair.Value.IsCompleted).ToList()) couriers.Remove(room);
        var started = false;
        foreach (var backlog in await store.Backlogs(world.Now(), stop))
        {
            if (couriers.ContainsKey(backlog.Room)) continue;
            couriers[backlog.Room] = Deliver(backlog.Room, stop, hurry);
            started = true;
        }
        return started;
    }

    private async Task Deliver(string room, CancellationToken stop, CancellationToken hurry)
    {
        try
        {
            // A room that is paused, or somebody else's, is looked at again in a while and not at once.
            if (await deliveries.Serve(room, DateTimeOffset.MaxValue, stop, hurry) is 0) await Task.Delay(Look, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            Trouble($"delivering to {room} failed ({fault.GetType().Name})");
        }
    }

    private async Task Again(string what, Func<CancellationToken, Task<bool>> work, CancellationToken stop)
    {
        var pause = Look;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var busy = await work(stop);
                pause = Look;
                if (!busy) await store.Await(Look, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Trouble($"{what} failed ({fault.GetType().Name}); again in {pause.TotalSeconds:0.#} s");
                try
                {
                    await Task.Delay(pause, stop);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }
}
