namespace Signalbox.Effects;

/// <summary>Wakes those who wait for something new in a store. Safe to share.</summary>
public sealed class Signal
{
    private const long Recent = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private TaskCompletionSource? next;
    private long raised = -Recent;

    /// <summary>Ends every wait.</summary>
    public void Raise()
    {
        Volatile.Write(ref raised, Environment.TickCount64);
        Interlocked.Exchange(ref next, null)?.TrySetResult();
    }

    /// <summary>Waits until it is raised, or the time has passed, whatever comes first. Throws only when stopped.</summary>
    /// <remarks>Whoever waits has looked for work before, and what came between the look and the wait must not be slept over. Nobody says
    /// when he looked, so for a second after a signal a wait is a mere pause.</remarks>
    public async Task Wait(TimeSpan time, CancellationToken stop)
    {
        var waiting = Volatile.Read(ref next);
        if (waiting is null)
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = Interlocked.CompareExchange(ref next, mine, null) ?? mine;
        }
        var most = Environment.TickCount64 - Volatile.Read(ref raised) < Recent ? Pause : Longest;
        var wait = time < TimeSpan.Zero ? TimeSpan.Zero : time < most ? time : most;
        await waiting.Task.WaitAsync(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
    }
}
