using Signalbox.Server.Pages.Past;

namespace Signalbox.Server.Pages.Upkeep;

/// <summary>How a room does.</summary>
/// <param name="Room">The room.</param>
/// <param name="Waiting">How many posts wait for it.</param>
/// <param name="Oldest">When the oldest of them was decided; null when none waits.</param>
/// <param name="At">When its chat answered last; null when that is not known.</param>
/// <param name="Answer">What it answered: made, later, refused; empty when that is not known.</param>
/// <param name="Why">Why it was not made; empty when it was.</param>
internal sealed record RoomHealth(Room Room, int Waiting, DateTimeOffset? Oldest, DateTimeOffset? At, string Answer, string Why)
{
    /// <summary>So far back the last answer of a chat is looked for in history, where this process has not tried it itself.</summary>
    private const int MostRead = 300;

    /// <summary>How it stands, as a word of <see cref="Icons"/>.</summary>
    public string State(DateTimeOffset now) => Answer switch
    {
        "refused" => "error",
        "later" or "postponed" => "warning",
        _ => Oldest is { } oldest && now - oldest > TimeSpan.FromMinutes(5) ? "warning" : Answer.Length is 0 && Waiting is 0 ? "info" : "cleared",
    };

    /// <summary>Every room of the settings, and those that something waits for.</summary>
    public static async Task<ValueList<RoomHealth>> All(Station station, CancellationToken stop)
    {
        var rooms = station.Now.Settings.Rooms;
        var backlogs = (await station.Store.Backlogs(DateTimeOffset.MaxValue, stop)).ToDictionary(backlog => backlog.Room);
        var healths = new List<RoomHealth>();
        foreach (var room in rooms.Concat(backlogs.Keys.Where(name => rooms.All(room => room.Name != name)).Select(name => Room.Local with { Name = name })))
        {
            var backlog = backlogs.GetValueOrDefault(room.Name);
            var (at, answer, why) = station.Meters.LastAnswer(room.Name) is { } last
                ? ((DateTimeOffset?)last.At, last.Outcome, last.Why) : await Past(station.Store, room, stop);
            healths.Add(new(room, backlog?.Count ?? 0, backlog?.Oldest, at, answer, why));
        }
        return [.. healths];
    }

    private static async Task<(DateTimeOffset?, string, string)> Past(Store store, Room room, CancellationToken stop)
    {
        var found = await Scan.Back(store, new() { Room = room.Name }, null, 1, MostRead,
            line => line.What is "made" or "refused" or "postponed" ? PastLine.Of(line) : null, stop);
        return found.Found is [var last] ? (last.Line.At, last.Line.What, last.Line.What is "made" ? "" : last.Note.Because) : (null, "", "");
    }
}
