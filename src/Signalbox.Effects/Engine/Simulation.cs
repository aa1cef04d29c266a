namespace Signalbox.Effects;

/// <summary>Plays a timeline through the real engine on a clock of its own, against chats that exist only here.</summary>
public sealed class Simulation
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private readonly Store store;
    private readonly Engine[] engines;
    private readonly Deliveries[] couriers;
    private readonly Stage stage;
    private DateTimeOffset now;

    /// <summary>Sets it up.</summary>
    /// <param name="settings">Who hears what.</param>
    /// <param name="store">An empty store.</param>
    /// <param name="stage">The chats.</param>
    /// <param name="start">The time at which it begins.</param>
    /// <param name="replicas">How many engines share the store.</param>
    /// <param name="zones">What is known of time zones.</param>
    public Simulation(Settings settings, Store store, Stage stage, DateTimeOffset start, int replicas, ZoneOffset zones)
    {
        (this.store, this.stage, now) = (store, stage, start);
        var world = new World
        {
            Deliver = (post, _, _) => Task.FromResult(this.stage.Deliver(post, now)),
            Reveal = (reference, _, _) => new(new Revealed(reference, null)),
            Now = () => now,
            Wait = (_, _) => Task.CompletedTask,
            Chance = () => 0.5,
            Record = _ => { },
            Zones = zones,
            Memory = new(),
        };
        engines = [.. Enumerable.Range(1, Math.Max(replicas, 1)).Select(number => new Engine(settings, store, world, $"replica {number}")
        {
            Decided = (id, reading, decisions) => Decided(now, reading, decisions),
        })];
        couriers = [.. engines.Select(engine => new Deliveries(settings, store, world, engine.Worker))];
    }

    /// <summary>Called with every decision.</summary>
    public Action<DateTimeOffset, Reading, IReadOnlyList<Decided>> Decided { get; set; } = (_, _, _) => { };

    /// <summary>Called when the clock has moved.</summary>
    public Func<DateTimeOffset, Task> Moved { get; set; } = _ => Task.CompletedTask;

    /// <summary>The time.</summary>
    public DateTimeOffset Now => now;

    /// <summary>Plays entries, each at its time, and then on until nothing waits and nothing happens any more.</summary>
    /// <param name="entries">What happens, in order of time.</param>
    /// <param name="after">How long it goes on behind the last entry at most.</param>
    /// <param name="stop">Stops it.</param>
    public async Task Play(ValueList<(DateTimeOffset At, Func<Simulation, Task> Act)> entries, TimeSpan after, CancellationToken stop)
    {
        var next = 0;
        var end = (entries.Count > 0 ? entries[^1].At : now) + after;
        while (!stop.IsCancellationRequested)
        {
            while (next < entries.Count && entries[next].At <= now) await entries[next++].Act(this);
            await Work(stop);
            var times = new List<DateTimeOffset>();
            if (next < entries.Count) times.Add(entries[next].At);
            if (await store.Due(end, 1, stop) is [var due, ..] && StateJson.Conversation(due.State)?.Wake is { } wake)
                times.Add(wake > now ? wake : now + Tick);
            if ((await store.Count(stop)).Waiting > 0) times.Add(now + Tick);
            if (times.Count is 0 || times.Min() > end) break;
            now = times.Min();
            await Moved(now);
        }
    }

    /// <summary>Something comes in.</summary>
    /// <param name="bytes">Anything.</param>
    /// <param name="replica">Which of the engines it comes to.</param>
    public async Task Hear(byte[] bytes, int replica = 0) => await engines[replica % engines.Length].Accept(bytes, CancellationToken.None);

    /// <summary>Somebody takes care of something.</summary>
    /// <returns>What was acknowledged.</returns>
    public Task<ValueList<string>> Acknowledge(string thread, string by) => engines[0].Acknowledge(thread, by, CancellationToken.None);

    /// <summary>Somebody silences something.</summary>
    public Task Silence(SilenceNote note) => engines[0].Silence(note, CancellationToken.None);

    /// <summary>Somebody ends a silence.</summary>
    public Task EndSilence(string id) => engines[0].EndSilence(id, CancellationToken.None);

    private async Task Work(CancellationToken stop)
    {
        for (var round = 0; round < 1_000; round++)
        {
            var done = 0;
            foreach (var engine in engines) done += await engine.Decide(200, stop) + await engine.Wake(stop);
            if (done is 0) break;
        }
        foreach (var courier in couriers) await courier.ServeAll(now + TimeSpan.FromTicks(1), stop);
    }
}
