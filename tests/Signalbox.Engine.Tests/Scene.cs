namespace Signalbox.EngineTests;

/// <summary>A few events in their order through the real engine, on a clock of its own.</summary>
internal sealed class Scene(string settings)
{
    private readonly List<(DateTimeOffset At, Func<Simulation, Task> Act)> entries = [];
    private int serial;

    public Stage Stage { get; } = new();

    /// <summary>An alert so many seconds after the beginning; it happened earlier when it came late.</summary>
    public Scene Alert(double at, string thing, bool raised = true, string severity = "error", double late = 0)
    {
        var (when, id) = (Play.Start.AddSeconds(at), $"id-{++serial}");
        return At(at, play => play.Hear(Events.Alert(id, "any", thing, $"{thing} fails", raised, severity, when.AddSeconds(-late).AddMilliseconds(serial))));
    }

    public Scene Stack(double at, string name, string status) =>
        At(at, play => play.Hear(Events.Stack($"id-{++serial}", name, null, status, "", Play.Start.AddSeconds(at))));

    public Scene Busy(string room, double from, double until)
    {
        Stage.Break(new(room, Play.Start.AddSeconds(from), Play.Start.AddSeconds(until), new Delivery.Later(TimeSpan.FromSeconds(1), "answered 429")));
        return this;
    }

    public async Task<Stage> Played(double hours = 1)
    {
        var simulation = new Simulation(Play.Read(settings), MemoryStore.Open(), Stage, Play.Start, 1, Zones.Offset);
        await simulation.Play([.. entries.OrderBy(entry => entry.At)], TimeSpan.FromHours(hours), TestContext.Current.CancellationToken);
        return Stage;
    }

    private Scene At(double at, Func<Simulation, Task> act)
    {
        entries.Add((Play.Start.AddSeconds(at), act));
        return this;
    }
}
