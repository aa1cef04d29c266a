namespace Signalbox.Effects;

/// <summary>Asks a chat which of our posts a room got lately. It never tries again by itself, never throws for what a chat may answer, and names no
/// secret.</summary>
/// <param name="inquiry">What is asked.</param>
/// <param name="within">The time that it may take, more than zero.</param>
/// <param name="stop">Stops it earlier, with an <see cref="OperationCanceledException"/>.</param>
public delegate Task<Recollection> ReadBack(Inquiry inquiry, TimeSpan within, CancellationToken stop);

/// <summary>A question to a chat about what was said.</summary>
/// <param name="Room">Where.</param>
/// <param name="Reference">The chat's own id of a message of the room; empty for none.</param>
/// <param name="IsThread">True for the answers to that very message, false for what stands in the room itself.</param>
/// <param name="Since">From when on.</param>
public sealed record Inquiry(Room Room, string Reference, bool IsThread, DateTimeOffset Since);

/// <summary>What a chat knows of our posts.</summary>
/// <param name="Posts">Those found, also when not everything could be seen.</param>
/// <param name="Missing">Why not everything could be seen, without any secret; null when it was.</param>
public sealed record Recollection(ValueList<FoundPost> Posts, string? Missing)
{
    /// <summary>True when the chat can be asked only with the reference of a message of the room.</summary>
    public bool NeedsReference { get; init; }
}

/// <summary>A post of ours that stands in a room.</summary>
/// <param name="Id">Its identity, as <see cref="Post.Id"/>.</param>
/// <param name="Reference">The chat's own id of the message.</param>
/// <param name="IsReply">True when it stands in a thread.</param>
public sealed record FoundPost(string Id, string Reference, bool IsReply);
