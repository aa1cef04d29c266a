namespace Signalbox;

/// <summary>A notice on its way to one room, and why it goes there.</summary>
/// <param name="Notice">What is said.</param>
/// <param name="Room">Where.</param>
/// <param name="Mention">Whom it rings, in the chat's own syntax; null when nobody.</param>
/// <param name="Because">The reason in words: "route 2: source = rds".</param>
public sealed record Routed(Notice Notice, Room Room, string? Mention, string Because);

/// <summary>A message ready to be delivered.</summary>
/// <param name="Routed">What it says, where and why.</param>
/// <param name="Payload">The body for the room's chat: UTF-8 JSON.</param>
public sealed record Post(Routed Routed, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Identity of the event it tells of, for telling it once.</summary>
    public required string EventId { get; init; }
}
