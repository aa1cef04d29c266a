namespace Signalbox.Effects;

/// <summary>Posts that wait, dead letters and who has which room, in memory. Whoever calls takes care that calls come one at a time.</summary>
internal sealed class MemoryOutbox(MemoryConversations conversations)
{
    private static readonly Comparer<Kept> Turn = Comparer<Kept>.Create((one, other) =>
        other.Order.Priority.CompareTo(one.Order.Priority) is not 0 and var order ? order : one.Number.CompareTo(other.Number));

    private readonly Dictionary<string, Kept> waiting = [];
    private readonly Dictionary<string, SortedSet<Kept>> queues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kept> dead = [];
    private readonly Dictionary<string, Holding> rooms = new(StringComparer.Ordinal);

    /// <summary>The number that the next post gets.</summary>
    public long Next { get; private set; } = 1;

    public int CountWaiting => waiting.Count;

    public int CountDead => dead.Count;

    public void Add(Change change)
    {
        foreach (var order in change.Orders) Enqueue(new(Next++, order with { Body = order.Body.ToArray() }, change.At));
    }

    public ValueList<Backlog> Backlogs(DateTimeOffset now) => queues
        .Where(queue => queue.Value.Any(kept => kept.NotBefore <= now))
        .OrderBy(queue => queue.Key, StringComparer.Ordinal)
        .Select(queue => new Backlog(queue.Key, queue.Value.Count, queue.Value.Min(kept => kept.At)))
        .ToValueList();

    public ValueList<Waiting> Waiting(string room, DateTimeOffset now, int most) => !queues.TryGetValue(room, out var queue) ? [] : queue
        .Where(kept => kept.NotBefore <= now)
        .Take(most)
        .Select(kept => new Waiting(kept.Id, kept.Order, kept.At, kept.Attempts, conversations.Reference(kept.Order.Place)))
        .ToValueList();

    public HeldRoom? Hold(string room, Lease lease)
    {
        var holding = rooms.GetValueOrDefault(room, new("", DateTimeOffset.MinValue, default));
        if (holding.Worker != lease.Worker && holding.Until > lease.Now) return null;
        rooms[room] = holding with { Worker = lease.Worker, Until = lease.Until };
        return new(holding.Pace, holding.Worker.Length > 0 ? holding.Until : null);
    }

    public bool Release(string room, string worker, ReadOnlyMemory<byte> pace)
    {
        if (!rooms.TryGetValue(room, out var holding) || holding.Worker != worker) return false;
        rooms[room] = new("", DateTimeOffset.MinValue, pace.ToArray());
        return true;
    }

    /// <summary>Notes what became of posts.</summary>
    /// <returns>What is to be remembered of those that were not gone already.</returns>
    public List<HistoryLine> Settle(ValueList<Settlement> settlements)
    {
        var lines = new List<HistoryLine>();
        foreach (var settlement in settlements)
        {
            if (!waiting.TryGetValue(settlement.Id, out var kept)) continue;
            if (settlement.Reference is { } reference) conversations.Refer(kept.Order.Place, kept.Number, reference);
            if (settlement.History is { } line) lines.Add(line);
            if (settlement.Dead is { } why)
            {
                Dequeue(kept);
                dead[kept.Id] = kept with { At = settlement.At, Why = why };
            }
            else if (settlement.NotBefore is { } notBefore)
            {
                Dequeue(kept);
                Enqueue(kept with { NotBefore = notBefore, Attempts = kept.Attempts + 1 });
            }
            else
            {
                Dequeue(kept);
            }
        }
        return lines;
    }

    public ValueList<DeadLetter> Dead(int most) => dead.Values
        .OrderByDescending(kept => kept.At).ThenByDescending(kept => kept.Number)
        .Take(most)
        .Select(kept => new DeadLetter(kept.Id, kept.Order, kept.At, kept.Why))
        .ToValueList();

    public int Redrive(string? id, DateTimeOffset now)
    {
        var back = dead.Values.Where(kept => id is null || kept.Id == id).ToList();
        foreach (var kept in back)
        {
            dead.Remove(kept.Id);
            // It keeps its number, so that it stands before what was said after it.
            Enqueue(new(kept.Number, kept.Order, now));
        }
        return back.Count;
    }

    public int Prune(DateTimeOffset before)
    {
        var old = dead.Values.Where(kept => kept.At < before).ToList();
        foreach (var kept in old) dead.Remove(kept.Id);
        return old.Count;
    }

    private void Enqueue(Kept kept)
    {
        waiting[kept.Id] = kept;
        if (!queues.TryGetValue(kept.Order.Place.Room, out var queue)) queues[kept.Order.Place.Room] = queue = new(Turn);
        queue.Add(kept);
    }

    private void Dequeue(Kept kept)
    {
        waiting.Remove(kept.Id);
        queues[kept.Order.Place.Room].Remove(kept);
    }

    private sealed record Kept(long Number, Order Order, DateTimeOffset At)
    {
        public string Id { get; } = $"{Number}";

        public int Attempts { get; init; }

        public DateTimeOffset NotBefore { get; init; } = DateTimeOffset.MinValue;

        public string Why { get; init; } = "";
    }

    private sealed record Holding(string Worker, DateTimeOffset Until, ReadOnlyMemory<byte> Pace);
}
