using System.Net.WebSockets;

namespace Signalbox.Effects;

/// <summary>Hands a post to its chat, once. It never tries again by itself, never throws for what a chat may answer, and names no
/// secret.</summary>
/// <param name="post">The message.</param>
/// <param name="within">The time it may take, more than zero.</param>
/// <param name="stop">Stops it earlier, with an <see cref="OperationCanceledException"/>.</param>
public delegate Task<Delivery> Deliver(Post post, TimeSpan within, CancellationToken stop);

/// <summary>Finds the value behind a secret reference.</summary>
/// <param name="reference"><c>env:NAME</c>, <c>file:PATH</c>, what AWS keeps (<see cref="VaultReference"/>), or an http or https address that stands for
/// itself.</param>
/// <param name="afresh">True to look again although the value is known, because it was turned down.</param>
/// <param name="stop">Stops it.</param>
public delegate ValueTask<Revealed> Reveal(string reference, bool afresh, CancellationToken stop);

/// <summary>The time, in UTC.</summary>
public delegate DateTimeOffset Now();

/// <summary>Lets time pass.</summary>
public delegate Task Wait(TimeSpan time, CancellationToken stop);

/// <summary>A number from 0 up to but not including 1, each time another.</summary>
public delegate double Chance();

/// <summary>Notes what became of an event: a log line, a row of a history.</summary>
public delegate void Record(HandledEvent handled);

/// <summary>Answers what we would like to know of an event before telling it: all questions together, within a time, and without ever throwing. What is
/// not known by then is not in the answers.</summary>
public delegate Task<Answers> Ask(ValueList<Question> questions, TimeSpan within, CancellationToken stop);

/// <summary>Opens a WebSocket. Throws what sockets throw; a reason never names the address, which is a secret.</summary>
public delegate Task<WebSocket> Dial(Uri address, CancellationToken stop);

/// <summary>Everything the system does to the world, as values that a test can replace one by one.</summary>
public sealed record World
{
    /// <summary>Hands a post to its chat.</summary>
    public required Deliver Deliver { get; init; }

    /// <summary>How a room is asked which posts it got; null for one that cannot be, as none can unless a host says otherwise.</summary>
    public Func<Room, ReadBack?> ReadBack { get; init; } = _ => null;

    /// <summary>Finds the value behind a secret reference.</summary>
    public required Reveal Reveal { get; init; }

    /// <summary>The time.</summary>
    public required Now Now { get; init; }

    /// <summary>Lets time pass.</summary>
    public required Wait Wait { get; init; }

    /// <summary>Chance.</summary>
    public required Chance Chance { get; init; }

    /// <summary>Notes what became of an event.</summary>
    public required Record Record { get; init; }

    /// <summary>Answers questions; nothing is known unless a host says otherwise.</summary>
    public Ask Ask { get; init; } = (_, _, _) => Task.FromResult(Answers.None);

    /// <summary>Sends a request of our own; nothing goes out unless a host says otherwise.</summary>
    public Send Send { get; init; } = (_, _, _) => Task.FromResult<Answer>(new Answer.Missing("nothing goes out from here", MayPass: false));

    /// <summary>Opens a WebSocket. Throws what sockets throw.</summary>
    public Dial Dial { get; init; } = (_, _) => throw new IOException("nothing goes out from here");

    /// <summary>What this machine knows of time zones.</summary>
    public ZoneOffset Zones { get; init; } = Effects.Zones.Offset;

    /// <summary>The time, and what clocks on walls show.</summary>
    public Moment Moment => new(Now(), Zones);

    /// <summary>What the world says to all that we would like to know of an event; nothing where nothing is asked, or asking fails.</summary>
    public async Task<Answers> FindOut(Reading reading, Settings settings, CancellationToken stop)
    {
        var questions = Pipeline.Ask(reading, settings);
        return questions.Count is 0 ? Answers.None
            : await Run.Guard(() => Ask(questions, settings.Lookups.Within, stop), _ => Answers.None);
    }

    /// <summary>What this process remembers from one event to the next.</summary>
    public required Memory Memory { get; init; }
}

/// <summary>What became of looking up a secret: its value, or why there is none.</summary>
/// <param name="Value">The secret; null when it cannot be had.</param>
/// <param name="Why">The reason, naming the reference but never a value; null when there is a value.</param>
public sealed record Revealed(string? Value, string? Why)
{
    /// <summary>True when the same look-up may find it soon: AWS did not answer, or was busy.</summary>
    public bool MayPass { get; init; }

    /// <summary>Says that there is a value, not which.</summary>
    public override string ToString() => Value is null ? Why ?? "" : "(a secret)";
}
