using System.Diagnostics;

namespace Signalbox;

/// <summary>What a source made of an event: closed, so that every reader meets every case.</summary>
public abstract record Parsed
{
    private Parsed() { }

    /// <summary>It says something.</summary>
    /// <param name="Notices">One or more.</param>
    public sealed record Told(ValueList<Notice> Notices) : Parsed;

    /// <summary>It says nothing that anybody wants to hear.</summary>
    /// <param name="Why">The reason, shown by explain.</param>
    public sealed record Quiet(string Why) : Parsed;

    /// <summary>It is of this source but cannot be read. It is told as it came, with the fault beside it.</summary>
    /// <param name="Fault">What is wrong with it.</param>
    public sealed record Garbled(Fault Fault) : Parsed;

    /// <summary>One arm for each case.</summary>
    public T Match<T>(Func<Told, T> told, Func<Quiet, T> quiet, Func<Garbled, T> garbled) => this switch
    {
        Told x => told(x),
        Quiet x => quiet(x),
        Garbled x => garbled(x),
        _ => throw new UnreachableException(),
    };
}

/// <summary>Why an event could not be read.</summary>
/// <param name="Where">The member or line.</param>
/// <param name="Expected">What should stand there.</param>
/// <param name="Found">What stands there, cut short.</param>
public sealed record Fault(string Where, string Expected, string Found)
{
    /// <summary>The fault as a sentence.</summary>
    public override string ToString() => $"{Where}: expected {Expected}, found {Found}";
}

/// <summary>How an event was read.</summary>
public enum Outcome
{
    /// <summary>A row knew it and tells it.</summary>
    Told,

    /// <summary>A row knew it and has a reason to say nothing.</summary>
    Quiet,

    /// <summary>A row knew it but could not read it: told as it came, with the fault.</summary>
    Garbled,

    /// <summary>No row knows it: told as it came.</summary>
    AsItCame,
}

/// <summary>An event that was read: by which row, with what outcome, and what it says.</summary>
/// <param name="Envelope">The event.</param>
/// <param name="Source">Name of the row that read it; "event" when none knows it.</param>
/// <param name="Kind">Kind of its first notice, or of the event when there is none.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Why">The reason for the outcome, in words.</param>
/// <param name="Notices">What it says; none only when the outcome is quiet.</param>
public sealed record Reading(Envelope Envelope, string Source, string Kind, Outcome Outcome, string Why, ValueList<Notice> Notices);
