namespace Signalbox.Effects;

/// <summary>How much comes in just now: from some measure on keeping goes before deciding, which could not follow anyway.</summary>
/// <remarks>A sender waits for the answer and gives up; an event that is kept can wait. By the clock of the machine and not of the world: it is about what
/// this process has to do.</remarks>
internal sealed class Tide
{
    /// <summary>Events in a span of time from which on it is high: about as many as one process decides in it.</summary>
    private const int Many = 800;
    private const long Span = 100;

    /// <summary>So long it may last without a break: who sends that much for longer gets half of the machine and not all of it.</summary>
    private const long Longest = 10_000;

    private readonly Lock guard = new();
    private long span;
    private int before;
    private int now;
    private long? since;

    /// <summary>Notes that events came in.</summary>
    public void Came(int events)
    {
        lock (guard)
        {
            Turn();
            now += events;
        }
    }

    /// <summary>True when deciding has to stand back.</summary>
    public bool IsHigh
    {
        get
        {
            lock (guard)
            {
                Turn();
                if (before + now < Many)
                {
                    since = null;
                    return false;
                }
                var at = Environment.TickCount64;
                return at - (since ??= at) < Longest;
            }
        }
    }

    private void Turn()
    {
        var current = Environment.TickCount64 / Span;
        if (current == span) return;
        (before, now, span) = (current == span + 1 ? now : 0, 0, current);
    }
}
