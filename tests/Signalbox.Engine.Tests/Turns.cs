namespace Signalbox.EngineTests;

/// <summary>Lets workers take steps one at a time, in an order that chance decides and a seed repeats: every interleaving can happen.</summary>
internal sealed class Turns(Random chance)
{
    private readonly List<TaskCompletionSource> waiting = [];

    /// <summary>Waits until it is the caller's turn.</summary>
    public Task Next()
    {
        var mine = new TaskCompletionSource();
        waiting.Add(mine);
        return mine.Task;
    }

    /// <summary>Runs pieces of work side by side until all have ended.</summary>
    public async Task Together(IEnumerable<Func<Task>> work)
    {
        var running = work.Select(each => each()).ToList();
        while (running.Exists(each => !each.IsCompleted))
        {
            if (waiting.Count is 0) throw new InvalidOperationException("everybody waits, and nobody has a turn");
            var place = chance.Next(waiting.Count);
            var next = waiting[place];
            waiting.RemoveAt(place);
            // What follows the turn runs right here, up to where it wants the next one.
            next.SetResult();
        }
        foreach (var each in running) await each;
    }
}
