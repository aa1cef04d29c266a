namespace Signalbox.Effects;

/// <summary>What becomes of a post after an answer.</summary>
public enum Fate
{
    /// <summary>It has arrived.</summary>
    Made,

    /// <summary>It is tried again.</summary>
    Later,

    /// <summary>It is given up, and reported with the reason.</summary>
    Refused,
}

/// <summary>An answer that a chat documents, for docs/chats.md and for the tests that hold delivery to it.</summary>
/// <param name="Status">HTTP status; the reply code where the chat speaks SMTP.</param>
/// <param name="Body">The body, or an example of it.</param>
/// <param name="Fate">What becomes of the post.</param>
/// <param name="About">What it means, in a few words.</param>
public sealed record KnownAnswer(int Status, string Body, Fate Fate, string About)
{
    /// <summary>True when it says that the room does not exist, or takes nothing any more: others hear of it then.</summary>
    public bool RoomIsGone { get; init; }
}
