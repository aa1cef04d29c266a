namespace Signalbox;

/// <summary>A team and what it is in charge of.</summary>
public sealed record Owner
{
    /// <summary>Its name in the settings.</summary>
    public required string Name { get; init; }

    /// <summary>What it owns.</summary>
    public required When When { get; init; }

    /// <summary>That condition as it is written; empty for none that is.</summary>
    public string Text { get; init; } = "";

    /// <summary>Its rooms, where <c>to: owner</c> leads; none when routes name them.</summary>
    public ValueList<Room> Rooms { get; init; }

    /// <summary>Whom its notices ring, in the chat's syntax; null for whom the room says.</summary>
    public string? Mention { get; init; }

    /// <summary>The least severity that rings; null for what the room says.</summary>
    public Severity? MentionAt { get; init; }

    /// <summary>When it is rung; null for always. What is critical rings at any time.</summary>
    public Hours? Hours { get; init; }

    /// <summary>Whom its notices ring outside of its hours; null for nobody unless they are critical.</summary>
    public string? Outside { get; init; }

    /// <summary>Whom it rings in a room for such a notice, and why nobody when its hours say so.</summary>
    internal (string? Mention, string? Why) Rings(Room room, Notice notice, Moment? moment)
    {
        var mention = Mention ?? room.Mention;
        if (notice.Severity < (MentionAt ?? room.MentionAt) || mention is null or "none") return (null, null);
        if (Hours is null || moment is null || Hours.Holds(moment) || notice.Severity is Severity.Critical) return (mention, null);
        return Outside is { } other ? (other, $"outside of {Hours.Text}") : (null, $"rings nobody outside of {Hours.Text}");
    }
}

/// <summary>A notice with who is in charge of it, and why.</summary>
/// <param name="Notice">The notice, its owner and tags filled in.</param>
/// <param name="Owner">Who is in charge; null when nobody is.</param>
/// <param name="Because">The reason in words: "tag team=payments on stack payments-api"; empty when nobody is.</param>
public readonly record struct Owned(Notice Notice, Owner? Owner, string Because);
