namespace Signalbox.Effects;

/// <summary>Accepted events in memory. Whoever calls takes care that calls come one at a time.</summary>
internal sealed class MemoryInbox
{
    private readonly Dictionary<string, Kept> events = new(StringComparer.Ordinal);
    private readonly SortedSet<Kept> undecided = new(Comparer<Kept>.Create((one, other) =>
        one.Event.At.CompareTo(other.Event.At) is not 0 and var order ? order : one.Number.CompareTo(other.Number)));
    private long last;

    public int Count => events.Count;

    public int Undecided => undecided.Count;

    public ValueList<bool> Accept(ValueList<Arrival> arrivals) => arrivals.Select(Accept).ToValueList();

    public ValueList<Arrival> Claim(Lease lease, int most)
    {
        var mine = undecided.Where(kept => kept.Until <= lease.Now).Take(most).ToList();
        foreach (var kept in mine) kept.Until = lease.Until;
        return mine.Select(kept => kept.Event).ToValueList();
    }

    public bool IsUndecided(string id) => events.TryGetValue(id, out var kept) && kept.Decided is null;

    public Arrival? Came(string id) => events.TryGetValue(id, out var kept) ? kept.Event : null;

    public void Decide(string id, DateTimeOffset at)
    {
        events[id].Decided = at;
        undecided.Remove(events[id]);
    }

    public int Prune(DateTimeOffset before)
    {
        var old = events.Values.Where(kept => kept.Decided < before).Select(kept => kept.Event.Id).ToList();
        foreach (var id in old) events.Remove(id);
        return old.Count;
    }

    private bool Accept(Arrival arrival)
    {
        // A copy: the buffer in which it came may be filled anew.
        var kept = new Kept(arrival with { Body = arrival.Body.ToArray() }, ++last);
        return events.TryAdd(arrival.Id, kept) && undecided.Add(kept);
    }

    private sealed class Kept(Arrival arrival, long number)
    {
        public Arrival Event => arrival;

        public long Number => number;

        public DateTimeOffset Until { get; set; } = DateTimeOffset.MinValue;

        public DateTimeOffset? Decided { get; set; }
    }
}
