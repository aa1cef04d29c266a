using System.Diagnostics;

namespace Signalbox;

/// <summary>What to do after an attempt that did not deliver: closed.</summary>
public abstract record Next
{
    private Next() { }

    /// <summary>Try again after a while.</summary>
    /// <param name="For">How long to wait, zero or more.</param>
    public sealed record Again(TimeSpan For) : Next;

    /// <summary>Leave it to whoever sent the event: SNS, SQS and Lambda try again later, and have a dead-letter queue.</summary>
    /// <param name="Why">The reason, to stand behind the chat's own.</param>
    public sealed record GiveUp(string Why) : Next;

    /// <summary>One arm for each case.</summary>
    public T Match<T>(Func<Again, T> again, Func<GiveUp, T> giveUp) => this switch
    {
        Again x => again(x),
        GiveUp x => giveUp(x),
        _ => throw new UnreachableException(),
    };
}

/// <summary>When a post that could not be delivered now is tried again: exponential backoff with full jitter.</summary>
/// <remarks>A chat that names its own time is taken at its word: neither earlier nor, for lack of time, at all.</remarks>
public static class Retry
{
    /// <summary>Kept free before the deadline, so that the outcome can still be reported.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(300);

    /// <summary>The least time that an attempt is worth starting with.</summary>
    public static readonly TimeSpan LeastAttempt = TimeSpan.FromMilliseconds(200);

    /// <summary>The most time that one attempt may take.</summary>
    public static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(5);

    /// <summary>How often one post is tried in one run.</summary>
    public const int MostAttempts = 6;

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(5);

    /// <summary>Decides after an attempt that may be repeated.</summary>
    /// <param name="attempt">The attempts made so far, from 1.</param>
    /// <param name="outcome">What the chat said.</param>
    /// <param name="left">Time until the deadline, its margin taken off; may be negative.</param>
    /// <param name="chance">From 0 to 1: where in the backoff the wait falls.</param>
    public static Next After(int attempt, Delivery.Later outcome, TimeSpan left, double chance)
    {
        if (attempt >= MostAttempts) return new Next.GiveUp($"gave up after {attempt} attempts");

        var wait = outcome.After is { } asked ? asked < TimeSpan.Zero ? TimeSpan.Zero : asked : Backoff(attempt) * Math.Clamp(chance, 0, 1);
        if (left - LeastAttempt >= wait) return new Next.Again(wait);

        return new Next.GiveUp(outcome.After is null
            ? $"no time was left for another attempt after {attempt}"
            : $"asked to wait {Spell(wait)}, which is past the deadline");
    }

    /// <summary>How long the attempt that starts now may take.</summary>
    /// <param name="left">Time until the deadline, its margin taken off.</param>
    public static TimeSpan Allowance(TimeSpan left) => left < LongestAttempt ? left : LongestAttempt;

    private static TimeSpan Backoff(int attempt)
    {
        var backoff = FirstBackoff * Math.Pow(2, Math.Max(attempt, 1) - 1);
        return backoff < LongestBackoff ? backoff : LongestBackoff;
    }

    private static string Spell(TimeSpan wait) => FormattableString.Invariant($"{Math.Ceiling(wait.TotalSeconds)} s");
}
