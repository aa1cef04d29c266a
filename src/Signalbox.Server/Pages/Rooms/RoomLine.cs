namespace Signalbox.Server.Pages.Rooms;

/// <summary>A room in a list of rooms.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Chat">Its chat.</param>
internal sealed record RoomLine(string Name, string Chat)
{
    private const int MostLines = 80;

    /// <summary>How bad the worst thing is that is raised there; null when nothing is.</summary>
    public Severity? Worst { get; init; }

    /// <summary>How many things are raised.</summary>
    public int Raised { get; init; }

    /// <summary>How many are under way.</summary>
    public int Ongoing { get; init; }

    /// <summary>Who takes care of what is raised.</summary>
    public ValueList<string> Takers { get; init; }

    /// <summary>How many of the raised nobody has taken.</summary>
    public int Untaken { get; init; }

    /// <summary>What was said last; null for nothing yet.</summary>
    public Message? Last { get; init; }

    /// <summary>When messages and lines were posted lately: by them the browser counts what is unread.</summary>
    public ValueList<DateTimeOffset> Times { get; init; }

    /// <summary>How it stands in one word.</summary>
    public string State => Worst is { } worst ? Icons.State(worst, Status.Raised) : Ongoing > 0 ? "ongoing" : "cleared";

    /// <summary>Every room of the settings, and every other that was told something and still has it open.</summary>
    public static async Task<ValueList<RoomLine>> All(Settings settings, Store store, CancellationToken stop)
    {
        var open = Conversations.Of(await store.Open(Conversations.Most, stop)).ToLookup(each => each.Place.Room, each => each.State);
        var lines = new List<RoomLine>();
        foreach (var room in settings.Rooms)
        {
            var history = await store.History(new() { Room = room.Name, Most = MostLines }, stop);
            lines.Add(Of(room, [.. open[room.Name]], history));
        }
        return [.. lines];
    }

    /// <summary>A room from what is open there, and its latest history.</summary>
    public static RoomLine Of(Room room, ValueList<Conversation> open, ValueList<HistoryLine> history)
    {
        var raised = open.Where(state => state.Phase is Phase.Raised).ToList();
        var messages = Transcript.Of(history).Messages;
        return new(room.Name, room.Chat)
        {
            Worst = raised.Count > 0 ? raised.Max(state => state.Notice.Severity) : null,
            Raised = raised.Count,
            Ongoing = open.Count - raised.Count,
            Takers = [.. raised.Select(state => state.Acknowledged?.By).OfType<string>().Distinct()],
            Untaken = raised.Count(state => state.Acknowledged is null),
            Last = messages.MaxBy(message => message.Changed ?? message.At),
            Times = [.. messages.SelectMany(message => message.Lines.Select(line => line.At).Prepend(message.At)).Order()],
        };
    }
}
