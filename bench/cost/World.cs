using Signalbox.Deploy;

namespace Signalbox.Bench.Cost;

/// <summary>What is simulated.</summary>
/// <param name="Events">How many events are published.</param>
/// <param name="Hours">Over how long, evenly but at random.</param>
/// <param name="Rooms">Over how many rooms, evenly but at random.</param>
/// <param name="Concurrency">How many sandboxes may run at once.</param>
/// <param name="Memory">MB of each.</param>
/// <param name="Throttled">True for a Slack that takes one message a second in a room after a burst of five; else it takes everything.</param>
internal sealed record World(int Events, double Hours, int Rooms, int Concurrency, int Memory, bool Throttled)
{
    /// <summary>Seconds until Slack has answered.</summary>
    public const double RoundTrip = 0.12;

    /// <summary>Events in a batch at most.</summary>
    public const int Batch = 10;

    /// <summary>Seconds that a call has, and what it keeps back for its answer.</summary>
    public const double Timeout = 9;
    public const double Margin = 0.5;

    /// <summary>Seconds for which a message that was received is hidden: six times the timeout, as deploy makes it.</summary>
    public const double Visibility = 6 * Timeout;

    /// <summary>How often a message is received before it goes to the dead-letter queue.</summary>
    public const int Receives = 5;

    /// <summary>Seconds after which a sandbox with nothing to do is gone.</summary>
    public const double Idle = 600;

    /// <summary>How many calls at once the poller of a queue begins with, and how many more it takes up in a minute.</summary>
    public const int PollersFirst = 5;
    public const double PollersMore = 300;

    /// <summary>Seconds for which the poller of a queue waits; it asks again and again, also when nothing comes.</summary>
    public const double LongPoll = 20;

    /// <summary>Tokens that a room's bucket holds: what Slack takes at once.</summary>
    public const double Burst = 5;

    /// <summary>Bytes of log for an event and for a call: our line, and START, END, REPORT.</summary>
    public const double LogEvent = 320;
    public const double LogCall = 350;
}

/// <summary>What came of it.</summary>
internal sealed record Outcome
{
    public long Calls { get; set; }

    public long Starts { get; set; }

    /// <summary>Seconds that are billed.</summary>
    public double Billed { get; set; }

    public long Told { get; set; }

    /// <summary>How often Slack answered 429.</summary>
    public long Refused { get; set; }

    /// <summary>Events that ended in the dead-letter queue.</summary>
    public long Dead { get; set; }

    public int MostAtOnce { get; set; }

    /// <summary>Seconds from an event to its room, of those told.</summary>
    public List<float> Ages { get; } = [];

    /// <summary>Seconds until the last was told.</summary>
    public double Last { get; set; }

    public double Dollars(Handler handler, World world) =>
        Billed * world.Memory / 1_024 * Prices.GigabyteSecondX86 + Calls * Prices.Invocation + world.Events * Prices.Publish
        + (handler.Batched ? (world.Events + Calls * 2 + World.PollersFirst * world.Hours * 3_600 / World.LongPoll) * Prices.QueueRequest : 0)
        + ((Told + Dead) * World.LogEvent + Calls * World.LogCall) / Prices.Gigabyte * Prices.LogGigabyte;
}
