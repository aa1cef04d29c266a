using System.Diagnostics;

namespace Signalbox;

/// <summary>What became of a post: closed, and a value of the core, since retries are decided from it.</summary>
public abstract record Delivery
{
    private Delivery() { }

    /// <summary>The chat has it.</summary>
    /// <param name="Reference">The chat's own id of the message; empty when it gives none.</param>
    public sealed record Made(string Reference) : Delivery;

    /// <summary>Not now: trying again can help.</summary>
    /// <param name="After">How long the chat asked to wait; null when it did not say.</param>
    /// <param name="Why">The reason, without any secret.</param>
    public sealed record Later(TimeSpan? After, string Why) : Delivery;

    /// <summary>Never: trying again cannot help.</summary>
    /// <param name="Why">The reason, without any secret.</param>
    public sealed record Refused(string Why) : Delivery
    {
        /// <summary>True when the chat says that the room does not exist, or takes nothing any more.</summary>
        public bool RoomIsGone { get; init; }

        /// <summary>True when the chat says that the message to be changed or answered is not there.</summary>
        public bool MessageIsGone { get; init; }

        /// <summary>The reason: all that people need.</summary>
        public override string ToString() => $"Refused {{ Why = {Why} }}";
    }

    /// <summary>One arm for each case.</summary>
    public T Match<T>(Func<Made, T> made, Func<Later, T> later, Func<Refused, T> refused) => this switch
    {
        Made x => made(x),
        Later x => later(x),
        Refused x => refused(x),
        _ => throw new UnreachableException(),
    };
}
