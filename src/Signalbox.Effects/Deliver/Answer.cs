using System.Diagnostics;

namespace Signalbox.Effects;

/// <summary>Sends one request to a chat. Never throws but for <paramref name="stop"/>, and follows no redirect.</summary>
/// <param name="letter">The request, with an address.</param>
/// <param name="within">The time that all of it may take.</param>
/// <param name="stop">Stops it.</param>
public delegate Task<Answer> Send(Letter letter, TimeSpan within, CancellationToken stop);

/// <summary>What came back from a chat's server: closed.</summary>
public abstract record Answer
{
    private Answer() { }

    /// <summary>An HTTP answer.</summary>
    /// <param name="Status">Its status.</param>
    /// <param name="RetryAfter">How long the server asks to wait, zero or more, a day at most; null when it does not say, or nothing
    /// usable.</param>
    /// <param name="Body">Its beginning as text: 4 KiB unless the letter asked for more.</param>
    public sealed record Came(int Status, TimeSpan? RetryAfter, string Body) : Answer
    {
        /// <summary>Those headers that the letter asked for and that came.</summary>
        public ValueList<Fact> Headers { get; init; }
    }

    /// <summary>No answer, or not a whole one.</summary>
    /// <param name="Why">The reason, without address or secret.</param>
    /// <param name="MayPass">False when the next try would end the same way: a certificate that is not accepted.</param>
    public sealed record Missing(string Why, bool MayPass) : Answer;

    /// <summary>One arm for each case.</summary>
    public T Match<T>(Func<Came, T> came, Func<Missing, T> missing) => this switch
    {
        Came x => came(x),
        Missing x => missing(x),
        _ => throw new UnreachableException(),
    };
}
