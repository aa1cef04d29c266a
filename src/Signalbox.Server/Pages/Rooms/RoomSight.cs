namespace Signalbox.Server.Pages.Rooms;

/// <summary>A room as its page shows it.</summary>
/// <param name="Room">The room.</param>
/// <param name="Transcript">What stands in it.</param>
/// <param name="Older">Before when older messages are; null when these are all.</param>
/// <param name="Now">When it was looked at.</param>
internal sealed record RoomSight(Room Room, Transcript Transcript, DateTimeOffset? Older, DateTimeOffset Now)
{
    private const int MostLines = 600;
    private const int MostBeginnings = 30;

    /// <summary>True when these are not the latest messages.</summary>
    public bool IsPast { get; init; }

    /// <summary>Looks at a room.</summary>
    /// <param name="room">Which.</param>
    /// <param name="before">Only what was said before; null for the latest.</param>
    /// <param name="store">Where it is known from.</param>
    /// <param name="now">The time.</param>
    /// <param name="stop">Stops it.</param>
    public static async Task<RoomSight> Of(Room room, DateTimeOffset? before, Store store, DateTimeOffset now, CancellationToken stop)
    {
        var lines = await store.History(new() { Room = room.Name, Before = before, Most = MostLines }, stop);
        // Of one instant there may be more lines than were asked for: the next page begins behind it, unless that is where this one began.
        DateTimeOffset? older = lines.Count < MostLines ? null : lines[^1].At.AddTicks(1) is var next && next < before ? next : lines[^1].At;
        var all = lines.ToList();
        foreach (var thread in Headless(lines).Take(MostBeginnings))
        {
            var rest = await store.History(new() { Room = room.Name, Thread = thread, Before = lines[^1].At, Most = MostLines }, stop);
            var begin = rest.ToList().FindIndex(line => line.What is "made" && StateJson.History(line.Body)?.Words?.Placing is Placing.Begin);
            all.AddRange(rest.Take(begin < 0 ? rest.Count : begin + 1));
        }
        var transcript = Transcript.Of(all);
        if (before is null)
        {
            ValueList<Place> places = [.. transcript.Messages.Select(message => new Place(room.Name, message.Thread)).Distinct()];
            var states = from saved in await store.Load(places, stop)
                         let state = StateJson.Conversation(saved.State)
                         where state is { Said: true }
                         select (saved.Place.Thread, state);
            transcript = transcript.With(states.ToDictionary(each => each.Thread, each => each.state));
        }
        return new(room, transcript, older, now) { IsPast = before is not null };
    }

    /// <summary>Threads whose first line here is not the beginning of their message.</summary>
    private static IEnumerable<string> Headless(ValueList<HistoryLine> lines) =>
        from line in lines
        where line.What is "made"
        group line by line.Place.Thread into thread
        where StateJson.History(thread.Last().Body)?.Words is { Placing: not Placing.Begin }
        select thread.Key;
}
