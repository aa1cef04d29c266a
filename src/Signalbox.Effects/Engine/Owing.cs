namespace Signalbox.Effects;

/// <summary>A post that waits.</summary>
/// <param name="Event">Identity of the event it comes from.</param>
/// <param name="Routed">What is to be said, where and why.</param>
public sealed record Owed(string Event, Routed Routed);

/// <summary>Finds out what of some events still waits, for hosts that answer for their events.</summary>
public static class Owing
{
    private const int Most = 10_000;

    /// <summary>The posts of these events that wait.</summary>
    /// <param name="events">Their identities.</param>
    /// <param name="settings">The rooms.</param>
    /// <param name="store">Where posts wait.</param>
    /// <param name="by">Only what may go out by then.</param>
    /// <param name="stop">Stops it.</param>
    public static async Task<ValueList<Owed>> Of(IReadOnlySet<string> events, Settings settings, Store store, DateTimeOffset by, CancellationToken stop)
    {
        var owed = new List<Owed>();
        if (events.Count is 0) return [];
        foreach (var backlog in await store.Backlogs(by, stop))
        {
            var room = settings.Rooms.FirstOrDefault(room => room.Name == backlog.Room) ?? Room.Local with { Name = backlog.Room };
            foreach (var waiting in await store.Waiting(backlog.Room, by, Most, stop))
            {
                if (StateJson.Post(waiting.Order.Body) is not { } note || !events.Contains(note.Event)) continue;
                owed.Add(new(note.Event, new(note.Notice, room, note.Mention, note.Because)));
            }
        }
        return [.. owed];
    }
}
