namespace Signalbox;

/// <summary>How conversations behave: what people decided about them.</summary>
public sealed record Conduct
{
    /// <summary>When a thing counts as flapping; null for never.</summary>
    public Flapping? Flapping { get; init; } = Flapping.Usual;

    /// <summary>When a room is reminded of what is still raised; null for never.</summary>
    public Reminding? Remind { get; init; }

    /// <summary>When what waits for a room would take longer than this one by one, digests name it.</summary>
    public TimeSpan DigestAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What is held back while something else is raised.</summary>
    public ValueList<Mute> Mutes { get; init; }

    /// <summary>What is held back for a time.</summary>
    public ValueList<Silence> Silences { get; init; }

    /// <summary>Flapping is known, nobody is reminded, nothing is held back.</summary>
    public static readonly Conduct Usual = new();
}

/// <summary>A thing that raises and clears again and again.</summary>
/// <param name="Times">More than so often.</param>
/// <param name="Within">In so long.</param>
/// <param name="Settled">It counts as settled when nothing has changed for so long.</param>
public sealed record Flapping(int Times, TimeSpan Within, TimeSpan Settled)
{
    /// <summary>More than four times in half an hour; settled after a quarter of an hour.</summary>
    public static readonly Flapping Usual = new(4, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(15));
}

/// <summary>Something that is still raised and that nobody has acknowledged.</summary>
/// <param name="After">How long after the room last heard of it.</param>
/// <param name="At">The least severity that is worth it.</param>
/// <param name="Most">How often at most.</param>
public sealed record Reminding(TimeSpan After, Severity At, int Most)
{
    /// <summary>After how many reminders others hear of it too; 0 for never.</summary>
    public int EscalateAfter { get; init; }

    /// <summary>The room that hears of it then; null for the same room.</summary>
    public Room? EscalateTo { get; init; }

    /// <summary>Whom that rings, in that room's syntax; null for whom the room rings.</summary>
    public string? EscalateMention { get; init; }
}

/// <summary>Something that makes other things not worth saying while it is raised.</summary>
/// <param name="When">What is held back.</param>
/// <param name="While">What has to be raised meanwhile.</param>
/// <param name="Same">Fields in which both have to be equal, as settings name them.</param>
/// <param name="Text">Its <c>while</c> as it was written.</param>
public sealed record Mute(When When, When While, ValueList<string> Same, string Text)
{
    /// <summary>Its <c>when</c> as it was written.</summary>
    public string Held { get; init; } = "";
}

/// <summary>What nobody shall hear for a time.</summary>
public sealed record Silence
{
    /// <summary>Its name, by which it is ended early.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required When When { get; init; }

    /// <summary>The condition as it was written.</summary>
    public required string Text { get; init; }

    /// <summary>When it begins; null for at once.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>When it ends; null for never, which only one with hours may say.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The hours in which it holds; null for all.</summary>
    public Hours? Hours { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    /// <summary>Why.</summary>
    public string Comment { get; init; } = "";

    /// <summary>True when it holds now.</summary>
    public bool Holds(Moment moment) =>
        (From is not { } from || moment.Now >= from) && (Until is not { } until || moment.Now < until) && Hours?.Holds(moment) is not false;

    /// <summary>When it stops to hold, if it holds now.</summary>
    public DateTimeOffset Ends(Moment moment)
    {
        var hours = Hours?.Changes(moment);
        return (Until, hours) switch
        {
            ({ } until, { } change) => until < change ? until : change,
            ({ } until, null) => until,
            (null, { } change) => change,
            _ => moment.Now + TimeSpan.FromDays(365),
        };
    }

    /// <summary>The reason in words.</summary>
    public string Because(Moment moment) =>
        $"silence {Id} by {By} until {Ends(moment).UtcDateTime:MMM d HH:mm} UTC{(Comment.Length > 0 ? $": {Comment}" : "")}";
}
