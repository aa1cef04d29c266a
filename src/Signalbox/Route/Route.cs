namespace Signalbox;

/// <summary>One rule of who hears what.</summary>
public sealed record Route
{
    /// <summary>What <see cref="Mention"/> says to ring nobody.</summary>
    public const string Nobody = "none";

    /// <summary>What it is about.</summary>
    public When When { get; init; } = When.Everything;

    /// <summary>The condition as it was written; empty for everything.</summary>
    public string Text { get; init; } = "";

    /// <summary>Who hears it; none when it is quiet.</summary>
    public ValueList<Room> To { get; init; }

    /// <summary>True when whoever is in charge hears it too, in rooms of their own.</summary>
    public bool ToOwner { get; init; }

    /// <summary>Who hears it where nobody is in charge, or a room does not exist; null for nobody else.</summary>
    public Room? Otherwise { get; init; }

    /// <summary>How like notices are gathered; null for each by itself.</summary>
    public Grouping? Group { get; init; }

    /// <summary>Whom it rings instead of whom the room rings; <see cref="Nobody"/> for nobody, null for whom the room says.</summary>
    public string? Mention { get; init; }

    /// <summary>The least severity that rings, instead of the room's own.</summary>
    public Severity? MentionAt { get; init; }

    /// <summary>Why whatever this matches is held back from every room; null for a route that tells.</summary>
    public string? Quiet { get; init; }

    /// <summary>True when it decides itself who is rung, rather than leaving it to the room.</summary>
    internal bool DecidesMention => Mention is not null || MentionAt is not null;

    /// <summary>Nobody is rung because something goes on as planned, or is over.</summary>
    internal static bool IsBad(Notice notice) => notice.Status is Status.Raised or Status.Stated;

    /// <summary>Whom it rings in a room for such a notice; null for nobody.</summary>
    internal string? Rings(Room room, Notice notice)
    {
        var mention = Mention ?? room.Mention;
        return IsBad(notice) && notice.Severity >= (MentionAt ?? room.MentionAt) && mention is not Nobody ? mention : null;
    }

    /// <summary>The reason in words: "route 2: source = rds". A long condition is cut.</summary>
    /// <param name="number">Its place among the routes, from 1.</param>
    internal string Because(int number)
    {
        const int longest = 120;
        var words = Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var condition = words.Length is 0 ? "everything" : string.Join(' ', words);
        if (condition.Length > longest)
        {
            var cut = condition.LastIndexOf(' ', longest - 1);
            if (cut < longest / 2) cut = char.IsHighSurrogate(condition[longest - 2]) ? longest - 2 : longest - 1;
            condition = condition[..cut] + "…";
        }
        return $"route {number}: {condition}";
    }
}
