namespace Signalbox;

/// <summary>A notice on its way to one room, and why it goes there.</summary>
/// <param name="Notice">What is said.</param>
/// <param name="Room">Where.</param>
/// <param name="Mention">Whom it rings, in the chat's own syntax; null when nobody.</param>
/// <param name="Because">The reason in words: "route 2: source = rds".</param>
public sealed record Routed(Notice Notice, Room Room, string? Mention, string Because)
{
    private readonly Rare? rare;

    /// <summary>Who hears it when the chat says that the room does not exist; null for nobody.</summary>
    public Room? Otherwise { get => rare?.Otherwise; init => rare = value is null && rare is null ? null : new(value, Group); }

    /// <summary>How it is gathered with its like; null for each by itself.</summary>
    public Grouping? Group { get => rare?.Group; init => rare = value is null && rare is null ? null : new(Otherwise, value); }

    /// <summary>What few have: the others do not pay for it.</summary>
    private sealed record Rare(Room? Otherwise, Grouping? Group);
}

/// <summary>Like notices that come in a burst are said in one message.</summary>
/// <param name="By">The fields that are equal in a group, as settings name them.</param>
/// <param name="Wait">How long the first waits for the others.</param>
public sealed record Grouping(ValueList<string> By, TimeSpan Wait);

/// <summary>A message ready to be delivered.</summary>
/// <param name="Routed">What it says, where and why.</param>
/// <param name="Payload">The body for the room's chat: UTF-8 JSON.</param>
public sealed record Post(Routed Routed, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Identity of the event it tells of, for telling it once.</summary>
    public required string EventId { get; init; }

    private readonly Standing? standing;

    /// <summary>Where in its conversation it stands.</summary>
    public Placing Placing
    {
        get => standing?.Placing ?? Placing.Begin;
        init => standing = new(value, Reference, Id);
    }

    /// <summary>The chat's own id of its conversation's message; empty for none.</summary>
    public string Reference
    {
        get => standing?.Reference ?? "";
        init => standing = new(Placing, value, Id);
    }

    /// <summary>Its identity: the same on every try of it, also by another process and in other words, and another for every other post. Empty without a
    /// store, which alone knows it.</summary>
    public string Id
    {
        get => standing?.Id ?? "";
        init => standing = new(Placing, Reference, value);
    }

    /// <summary>Most posts begin: they do not pay for what the others need.</summary>
    private sealed record Standing(Placing Placing, string Reference, string Id);
}
