namespace Signalbox.Server.Pages.Now;

/// <summary>Something that is open, however many rooms were told of it.</summary>
/// <param name="Thread">The key of its conversations.</param>
/// <param name="Notice">The latest that is known of it.</param>
/// <param name="Began">Since when.</param>
/// <param name="Rooms">Where it was told, by name.</param>
internal sealed record Thing(string Thread, Notice Notice, DateTimeOffset Began, ValueList<string> Rooms)
{
    /// <summary>True when something is wrong, false when it is merely under way.</summary>
    public bool IsRaised { get; init; }

    /// <summary>True when it comes and goes.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>Who takes care of it; null for nobody.</summary>
    public Acknowledgement? Taken { get; init; }

    /// <summary>Who is in charge of it; empty for nobody.</summary>
    public string Team => Notice.Owners.Count > 0 ? Notice.Owners[0] : "";

    /// <summary>Everything that is open, one for each thread.</summary>
    public static ValueList<Thing> All(IEnumerable<(Place Place, Conversation State)> open) =>
    [
        .. from each in open
           group each by each.Place.Thread into thread
           let latest = thread.MaxBy(each => each.State.Latest).State
           select new Thing(thread.Key, latest.Notice, thread.Min(each => each.State.Began), [.. thread.Select(each => each.Place.Room).Distinct().Order()])
           {
               IsRaised = latest.Phase is Phase.Raised,
               IsFlapping = latest.Flapping is not null,
               Taken = thread.Select(each => each.State.Acknowledged).FirstOrDefault(taken => taken is not null),
           },
    ];
}
