namespace Signalbox.Server;

/// <summary>Whoever works by the settings in force: the engine, the couriers and every job. Others take over as a whole when settings change.</summary>
/// <remarks>While the old ones finish what they have begun the new ones work already: leases keep them apart, as they do several servers.</remarks>
internal sealed class Crew(Options options, Journal journal, Feed feed, Meters meters)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly List<Task> leaving = [];
    private int number;
    private Shift? current;

    /// <summary>Those who work together.</summary>
    private sealed record Shift(Duty Duty, Outside Outside, CancellationTokenSource Over, Task Working);

    /// <summary>Puts together what settings need; nobody works yet.</summary>
    public (Duty Duty, Outside Outside) Prepare(Settings settings)
    {
        var outside = options.Open(settings);
        var world = outside.World with { Deliver = meters.Timed(Here(outside.World.Deliver)), Dial = outside.Dial };
        var worker = $"{options.Worker}/{++number}";
        var engine = new Engine(settings, options.Store, world, worker)
        {
            Decided = (id, reading, decided) =>
            {
                journal.Decided(id, reading, decided);
                meters.Decided(reading, decided, world.Now());
                foreach (var room in decided.Select(each => each.Routed.Room.Name).Distinct()) feed.Say(room);
            },
        };
        var deliveries = new Deliveries(settings, options.Store, world, worker)
        {
            KeepsWords = true,
            Doubt = why => journal.Doubts("reading back", ("reason", why)),
            Tried = (post, delivery) =>
            {
                journal.Tried(post, delivery);
                meters.Tried(post, delivery, world.Now());
                feed.Say(post.Routed.Room.Name);
            },
        };
        ValueList<QueueDoor> queues = options.Queue is { } open ? [.. settings.Serving.Queues.Select(queue => open(queue, outside.Send))] : [];
        return (new(settings, world, engine, deliveries) { Queues = queues }, outside);
    }

    /// <summary>Begins to work by what was prepared; whoever worked before finishes what they have begun.</summary>
    public void Begin((Duty Duty, Outside Outside) prepared, Station station)
    {
        var over = new CancellationTokenSource();
        var (duty, outside) = prepared;
        var works = new Works(duty.Engine, duty.Deliveries, options.Store, duty.World, duty.Settings.Retention)
        {
            Trouble = what => journal.Complains("trouble", ("reason", what)),
            Pruned = gone => journal.Says("pruned", ("events", $"{gone.Events}"), ("history", $"{gone.History}"), ("dead", $"{gone.Dead}")),
        };
        var working = Task.WhenAll(JobTable.All.Select(job => Again(job, station, duty, over.Token)).Prepend(works.Run(over.Token)));
        var before = current;
        current = new(duty, outside, over, working);
        station.Now = duty;
        meters.Expected = duty.Settings.Serving.Heartbeats;
        if (before is not null) leaving.Add(Leave(before));
    }

    /// <summary>Ends all work within the time of grace; what is not done by then is left to others, or to the next start.</summary>
    public async Task End()
    {
        if (current is { } last) leaving.Add(Leave(last));
        current = null;
        await Task.WhenAll(leaving);
    }

    private async Task Leave(Shift shift)
    {
        await shift.Over.CancelAsync();
        var done = await Task.WhenAny(shift.Working, Task.Delay(options.Grace)) == shift.Working;
        if (!done) journal.Doubts("stopping", ("reason", "something did not end in time; what it had is taken up again when its lease ends"));
        if (done) shift.Outside.Dispose();
        if (done) shift.Over.Dispose();
    }

    private async Task Again(Job job, Station station, Duty duty, CancellationToken stop)
    {
        for (var pause = FirstPause; !stop.IsCancellationRequested; pause = TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * 2, LongestPause.TotalSeconds)))
        {
            try
            {
                await job.Run(station, duty, stop);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                journal.Complains("job", ("job", job.Name), ("reason", $"it failed ({fault.GetType().Name}) and begins again"));
                await Task.Delay(pause, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>A local room is shown from history: the post has arrived when that has it, under an id by which it can be changed and answered.</summary>
    private static Deliver Here(Deliver deliver) => (post, within, stop) => Chats.Of(post.Routed.Room) != Local.Row
        ? deliver(post, within, stop)
        : Task.FromResult<Delivery>(new Delivery.Made(post.Reference.Length > 0 ? post.Reference : Guid.NewGuid().ToString("n")));
}
