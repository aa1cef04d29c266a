using Signalbox.Effects;

namespace Signalbox.Standins;

/// <summary>A world in which nothing happens by itself: time passes only by waiting, and every post arrives.</summary>
public sealed class Still
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly Lock guard = new();
    private DateTimeOffset now = Noon;

    public Still() => World = new()
    {
        Deliver = (_, _, _) => Task.FromResult<Delivery>(new Delivery.Made("")),
        Reveal = (reference, _, _) => new(new Revealed(reference, null)),
        Now = () => { lock (guard) return now; },
        Wait = (time, stop) =>
        {
            stop.ThrowIfCancellationRequested();
            lock (guard)
            {
                now += time;
                Waits.Add(time.TotalSeconds);
            }
            return Task.CompletedTask;
        },
        Chance = () => 1,
        Record = handled => Recorded.Add(handled),
        Memory = new(),
    };

    public World World { get; init; }

    /// <summary>Every wait so far, in seconds.</summary>
    public List<double> Waits { get; } = [];

    public List<HandledEvent> Recorded { get; } = [];

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time)
    {
        lock (guard) now += time;
    }
}
