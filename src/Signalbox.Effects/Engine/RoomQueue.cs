namespace Signalbox.Effects;

/// <summary>What waits for one room, as its courier knows it: read once and kept up to date, so that a message costs what it says and not what waits.</summary>
/// <remarks>It holds only while its courier has the room: nobody else takes posts away then.</remarks>
internal sealed class RoomQueue
{
    private static readonly Comparer<string> Commits = Comparer<string>.Create((one, other) =>
        one.Length.CompareTo(other.Length) is not 0 and var order ? order : string.CompareOrdinal(one, other));

    private Dictionary<string, Entry> entries = [];
    private readonly Dictionary<string, Talk> talks = new(StringComparer.Ordinal);
    private readonly SortedSet<Talk> turns = new(Comparer<Talk>.Create((one, other) =>
        other.Rank.CompareTo(one.Rank) is not 0 and var order ? order : Commits.Compare(one.Entries[0].Id, other.Entries[0].Id)));
    private readonly Dictionary<int, int> ranks = [];
    private int listed;

    /// <summary>A post that waits.</summary>
    public sealed record Entry(Waiting Waiting, PostNote? Note)
    {
        public string Id => Waiting.Id;

        /// <summary>What the chat is told that it is: the numbers of a store begin again with the next store, and rooms outlive them.</summary>
        public string Identity => Signalbox.Identity.Hash(
            Id, Waiting.Order.Place.Room, Waiting.Order.Place.Thread, $"{Waiting.At.UtcTicks}", Note?.Event ?? "");

        public Queued Queued => Note is null
            ? new(Id, Waiting.Order.Priority, Placing.Begin, false, Id, true)
            : new(Id, Waiting.Order.Priority, Note.Placing, Waiting.Reference.Length > 0,
                // What names several things is not said by what names one of them.
                Note.Lines.Count > 1 ? Id : $"{Note.Notice.Thread}\n{Note.Notice.Part?.Name}",
                Note.Notice.Thread != Waiting.Order.Place.Thread || Note.Notice.Status is Status.Stated || Note.Notice.Part is not null);
    }

    /// <summary>What waits of one conversation, in the order of commits.</summary>
    public sealed class Talk
    {
        public List<Entry> Entries { get; } = [];
        public string Thread => Entries[0].Waiting.Order.Place.Thread;
        public Utterance First { get; private set; } = new("", "", []);

        /// <summary>The highest priority of what the next message says.</summary>
        public int Rank { get; private set; }

        public int Messages => Entries.Count - First.With.Count;

        public void Decide()
        {
            First = Dispatch.First([.. Entries.Select(entry => entry.Queued)]);
            var said = First.With.Append(First.Send).ToHashSet(StringComparer.Ordinal);
            Rank = Entries.Where(entry => said.Contains(entry.Id)).Max(entry => entry.Waiting.Order.Priority);
        }

        public Entry this[string id] => Entries.Find(entry => entry.Id == id)!;
    }

    /// <summary>When it was last read whole.</summary>
    public DateTimeOffset Read { get; private set; } = DateTimeOffset.MinValue;

    public bool IsRead => Read > DateTimeOffset.MinValue;

    public bool IsEmpty => turns.Count is 0;

    /// <summary>How many posts wait, those that were not read included.</summary>
    public int Total => entries.Count + Unread;

    /// <summary>How many messages that is, one by one.</summary>
    public int Messages => listed + Unread;

    /// <summary>How many posts wait that were too many to read.</summary>
    private int Unread { get; set; }

    /// <summary>Any post of it, for a room that is in no settings.</summary>
    public PostNote? Sample => turns.Min?.Entries[0].Note;

    /// <summary>How many conversations have a message of that rank or above.</summary>
    public int CountFrom(int rank) => ranks.Where(pair => pair.Key >= rank).Sum(pair => pair.Value);

    /// <summary>The chat's id of any message that something belongs to; empty for none.</summary>
    public string Reference => entries.Values.Select(entry => entry.Waiting.Reference).FirstOrDefault(reference => reference.Length > 0) ?? "";

    /// <summary>What waits, in no order.</summary>
    public IEnumerable<Entry> Entries => entries.Values;

    /// <summary>The conversations, the one whose turn it is first.</summary>
    public IEnumerable<Talk> Talks => turns;

    /// <summary>True when all of these are known already.</summary>
    public bool Knows(ValueList<Waiting> some) => some.All(each => entries.ContainsKey(each.Id));

    /// <summary>Replaces it by what the store says.</summary>
    public void Fill(ValueList<Waiting> waiting, int total, DateTimeOffset now)
    {
        var before = entries;
        entries = waiting.ToDictionary(each => each.Id,
            each => before.TryGetValue(each.Id, out var known) ? known with { Waiting = each } : new Entry(each, StateJson.Post(each.Order.Body)));
        (Read, Unread, listed) = (now, Math.Max(total - waiting.Count, 0), 0);
        talks.Clear();
        turns.Clear();
        ranks.Clear();
        foreach (var entry in entries.Values.OrderBy(entry => entry.Id, Commits))
        {
            var thread = entry.Waiting.Order.Place.Thread;
            if (!talks.TryGetValue(thread, out var talk)) talks[thread] = talk = new();
            talk.Entries.Add(entry);
        }
        foreach (var talk in talks.Values) Enter(talk);
    }

    /// <summary>Takes out what is settled, and notes the message that its conversation has in the room now.</summary>
    public void Settle(Talk talk, ValueList<string> ids, string? reference)
    {
        // It may have been read anew meanwhile.
        var thread = talk.Thread;
        if (!talks.TryGetValue(thread, out var current)) return;
        Leave(current);
        var gone = ids.ToHashSet(StringComparer.Ordinal);
        foreach (var id in ids) entries.Remove(id);
        current.Entries.RemoveAll(entry => gone.Contains(entry.Id));
        for (var place = 0; reference is not null && place < current.Entries.Count; place++)
        {
            var entry = current.Entries[place];
            if (entry.Note?.Placing is Placing.Begin) break;
            current.Entries[place] = entries[entry.Id] = entry with { Waiting = entry.Waiting with { Reference = reference } };
        }
        if (current.Entries.Count > 0) Enter(current);
        else talks.Remove(thread);
    }

    private void Enter(Talk talk)
    {
        talk.Decide();
        turns.Add(talk);
        listed += talk.Messages;
        ranks[talk.Rank] = ranks.GetValueOrDefault(talk.Rank) + 1;
    }

    private void Leave(Talk talk)
    {
        turns.Remove(talk);
        listed -= talk.Messages;
        ranks[talk.Rank]--;
    }
}
