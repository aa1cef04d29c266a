using System.Collections.Concurrent;

namespace Signalbox.Effects;

/// <summary>Finds those of the waiting posts that a room has got already, after whoever served it before went without a word.</summary>
/// <remarks>
/// A process that dies between a chat's yes and the note of it leaves posts that wait although people read them. Where the chat can be asked, it is:
/// once for the room itself, and once for each thread that a waiting post would answer in, when its turn comes. Whatever the chat says, or does not
/// say, the room is served: a message twice is better than none.
/// </remarks>
/// <param name="ask">Asks the chat.</param>
/// <param name="room">The room.</param>
/// <param name="taken">When it was taken over.</param>
/// <param name="ended">When the lease of whoever had it before ended or will end, or when he was cut short.</param>
internal sealed class Reconciliation(ReadBack ask, Room room, DateTimeOffset taken, DateTimeOffset ended)
{
    /// <summary>A message that was on the wire at a kill is in the room by then. Nobody waits for it where the lease of the dead has run out.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>So long all that is asked of threads may take together.</summary>
    private static readonly TimeSpan PatienceWithThreads = TimeSpan.FromSeconds(5);

    /// <summary>So long the room may be kept waiting for what it is asked first.</summary>
    public static readonly TimeSpan Longest = Rest + Patience;

    /// <summary>A lease, and as much again as a courier may have waited ahead of a message: what the dead posted and did not note is not older.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromMinutes(5);

    /// <summary>As far the clock of a chat may be from ours, and that of one process from another's.</summary>
    private static readonly TimeSpan ChatSkew = TimeSpan.FromMinutes(2), Skew = TimeSpan.FromSeconds(10);

    /// <summary>A courier has one message on its way in a room with a pace, and sixteen in one without: no more threads than that had an answer on its
    /// way, and a few more come first by now.</summary>
    private const int MostThreads = 32;

    private readonly ConcurrentDictionary<string, FoundPost> found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> threads = new(StringComparer.Ordinal);
    private readonly DateTimeOffset since = ended - Reach - ChatSkew;
    private bool hasRested = ended < taken - Rest;
    private bool isHopeless;
    private long spent;

    /// <summary>When whoever had it before went.</summary>
    public DateTimeOffset Ended => ended;

    /// <summary>True when nothing is left to be asked of the room itself.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>True when the chat can be asked only after one more message: so long they go out one by one.</summary>
    public bool NeedsReference { get; private set; }

    /// <summary>Called with why not everything could be seen, in a sentence without any secret.</summary>
    public required Action<string> Doubt { get; init; }

    /// <summary>Asks the room what stands in it, before anything is posted there.</summary>
    /// <param name="queue">What waits.</param>
    /// <param name="reference">A message of the room; empty for none.</param>
    /// <param name="world">The clock.</param>
    /// <param name="stop">Stops it.</param>
    public async Task Ask(RoomQueue queue, string reference, World world, CancellationToken stop)
    {
        if (IsAsked || (NeedsReference && reference.Length is 0)) return;
        var waiting = queue.Entries.Where(IsOfBefore).ToList();
        if (waiting.Count is 0)
        {
            IsAsked = true;
            return;
        }
        if (!hasRested) await world.Wait(Rest, stop);
        hasRested = true;
        var said = await Said(new(room, reference, IsThread: false, From(waiting.Min(entry => entry.Waiting.At))), stop);
        (NeedsReference, IsAsked) = (said.NeedsReference, !said.NeedsReference);
    }

    /// <summary>Those posts of a conversation that the room has got.</summary>
    public async Task<List<(RoomQueue.Entry Entry, FoundPost Post)>> Found(RoomQueue.Talk talk, World world, CancellationToken stop)
    {
        if (talk.Entries.Find(entry => IsOfBefore(entry) && IsReply(entry) && !found.ContainsKey(entry.Identity)) is { Waiting: var waiting }
            && !isHopeless && Volatile.Read(ref spent) < PatienceWithThreads.Ticks
            && threads.Count < MostThreads && threads.TryAdd(waiting.Reference, true))
        {
            var began = world.Now();
            await Said(new(room, waiting.Reference, IsThread: true, From(waiting.At)), stop);
            Interlocked.Add(ref spent, (world.Now() - began).Ticks);
        }
        return FoundOf(talk);
    }

    /// <summary>Same, without asking for anything.</summary>
    public List<(RoomQueue.Entry Entry, FoundPost Post)> FoundOf(RoomQueue.Talk talk) => found.IsEmpty ? [] :
        [.. from entry in talk.Entries where found.ContainsKey(entry.Identity) select (entry, found[entry.Identity])];

    /// <summary>The message that named many posts at once; null when the room has not got it.</summary>
    public FoundPost? Digest(string id) => found.GetValueOrDefault(id);

    private static bool IsReply(RoomQueue.Entry entry) => entry is { Waiting.Reference.Length: > 0, Note.Placing: Placing.Reply or Placing.Shout };

    /// <summary>Nothing was posted before it was committed.</summary>
    private DateTimeOffset From(DateTimeOffset committed) => committed - ChatSkew > since ? committed - ChatSkew : since;

    /// <summary>Whoever is gone cannot have posted what came later.</summary>
    private bool IsOfBefore(RoomQueue.Entry entry) => entry.Waiting.At <= taken + Skew;

    private async Task<Recollection> Said(Inquiry inquiry, CancellationToken stop)
    {
        var said = await Run.Guard(() => ask(inquiry, Patience, stop), why => new Recollection([], why));
        // In front of the stroke stands the post, behind it whose words it said.
        foreach (var post in said.Posts) found[post.Id.Split('/')[0]] = post;
        if (said is { Missing: { } why, NeedsReference: false })
        {
            isHopeless = true;
            Doubt($"room {room.Name}: what was said before the restart cannot be seen: {why}");
        }
        return said;
    }
}
