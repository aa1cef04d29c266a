using System.Collections.Concurrent;

namespace Signalbox.Effects;

/// <summary>Makes the posts that wait in a store: room by room, at its pace, in order, the worst first.</summary>
/// <remarks>A room without a pace hears several conversations at the same time; each of them stays in order.</remarks>
/// <param name="settings">The rooms.</param>
/// <param name="store">Where posts wait.</param>
/// <param name="world">Delivers them.</param>
/// <param name="worker">A name that no other process has.</param>
public sealed class Deliveries(Settings settings, Store store, World world, string worker)
{
    /// <summary>So many posts are read at once: what waits beyond them is heard of, but not yet known.</summary>
    private const int Most = 20_000;

    /// <summary>So many of the most urgent are looked at between two messages, for what came in meanwhile.</summary>
    private const int Glance = 32;

    /// <summary>So many conversations are served at the same time in a room without a pace.</summary>
    private const int Side = 16;

    private static readonly TimeSpan RoomLease = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ReadAnew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GlanceEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>The priority of what is critical.</summary>
    private const int Critical = 2 * (int)Severity.Critical;

    private readonly ConcurrentDictionary<string, Kept> queues = new(StringComparer.Ordinal);
    private readonly Posting posting = new(settings, store, world);
    private int sessions;

    /// <summary>Called with every post that was tried; for logs.</summary>
    public Action<Post, Delivery> Tried { get => posting.Tried; init => posting.Tried = value; }

    /// <summary>True to keep in history what was said word for word, for hosts that show rooms.</summary>
    public bool KeepsWords { get => posting.KeepsWords; init => posting.KeepsWords = value; }

    /// <summary>A queue as it was when its room was given back.</summary>
    private sealed record Kept(RoomQueue Queue, string By, DateTimeOffset At);

    /// <summary>Serves every room that has something to say, side by side.</summary>
    /// <param name="until">When to stop.</param>
    /// <param name="stop">Stops earlier.</param>
    /// <returns>How many posts were made.</returns>
    public async Task<int> ServeAll(DateTimeOffset until, CancellationToken stop)
    {
        var backlogs = await store.Backlogs(world.Now(), stop);
        return (await Task.WhenAll(backlogs.Select(backlog => Serve(backlog.Room, until, stop)))).Sum();
    }

    /// <summary>Serves one room until nothing waits, its chat wants a pause, or the time is over.</summary>
    /// <returns>How many posts were made.</returns>
    public Task<int> Serve(string name, DateTimeOffset until, CancellationToken stop) => Serve(name, until, stop, stop);

    /// <summary>Same, for a host that gives what is under way more time than what is not begun: a message that is cut short may be said twice.</summary>
    /// <param name="name">The room.</param>
    /// <param name="until">When to stop.</param>
    /// <param name="stop">From when on nothing is begun.</param>
    /// <param name="hurry">From when on what is under way is cut short.</param>
    /// <returns>How many posts were made.</returns>
    public async Task<int> Serve(string name, DateTimeOffset until, CancellationToken stop, CancellationToken hurry)
    {
        var now = world.Now();
        if (await store.Hold(name, new(worker, now, now + RoomLease), stop) is not { } held) return 0;
        var pace = StateJson.Pace(held.Note);
        // Who had the room in between has left a note of his own, or would still have it.
        var queue = queues.TryRemove(name, out var kept) && kept.By == pace?.By && now - kept.At < RoomLease ? kept.Queue : new();
        var session = new Session(name, queue, pace is { At: { } at } ? new Bucket(pace.Tokens, at) : null)
        { Pause = pace?.Pause, Held = now + RoomLease, Hurry = hurry };
        try
        {
            if (settings.Rooms.FirstOrDefault(room => room.Name == name) is { Pace: null } wide) await ServeWide(session, wide, until, stop);
            else while (IsGoing(session, until, stop) && await Once(session, until, stop)) { }
        }
        finally
        {
            var by = $"{worker}/{Interlocked.Increment(ref sessions)}";
            var bucket = session.Bucket;
            await store.Release(name, worker, StateJson.Write(new PaceNote(bucket?.Tokens ?? 0, bucket?.At, session.Pause, by)), CancellationToken.None);
            if (!session.Queue.IsEmpty) queues[name] = new(session.Queue, by, world.Now());
        }
        return session.Made;
    }

    /// <summary>One courier's time in a room.</summary>
    private sealed class Session(string room, RoomQueue queue, Bucket? bucket)
    {
        public string Room { get; } = room;
        public RoomQueue Queue { get; } = queue;
        public Bucket? Bucket { get; set; } = bucket;
        public DateTimeOffset? Pause { get; set; }
        public DateTimeOffset Held { get; set; }
        public DateTimeOffset Glanced { get; set; }
        public int Made { get; set; }
        public CancellationToken Hurry { get; init; }
    }

    private bool IsGoing(Session session, DateTimeOffset until, CancellationToken stop) =>
        world.Now() is var now && now < until && !stop.IsCancellationRequested && !(session.Pause > now);

    /// <summary>The next message of a room that has a pace.</summary>
    /// <returns>False when nothing waits, or there is no time to wait for the room's pace.</returns>
    private async Task<bool> Once(Session session, DateTimeOffset until, CancellationToken stop)
    {
        var now = world.Now();
        var room = settings.Rooms.FirstOrDefault(each => each.Name == session.Room);
        if (room is null)
        {
            await Look(session, stop);
            room = posting.RoomOf(session.Room, session.Queue.Sample);
        }
        var (bucket, wait) = room.Pace is { } pace ? (session.Bucket ?? Bucket.Full(pace, now)).Take(pace, now, until - now) : (null, TimeSpan.Zero);
        if (wait is not { } time) return false;
        await Look(session, stop);
        if (session.Queue.IsEmpty) return false;
        session.Bucket = bucket;
        if (time > TimeSpan.Zero)
        {
            if (!await Hold(session, time, stop)) return false;
            await world.Wait(time, stop);
            await Look(session, stop);
        }
        if (!await Hold(session, TimeSpan.Zero, stop) || session.Queue.Talks.FirstOrDefault() is not { } talk) return false;
        Note(session, IsDigestDue(session.Queue, talk, room.Pace) && Digested(session.Queue, room) is { Count: > 1 } digest
            ? await posting.Digest(room, digest, session.Queue.Total, session.Hurry)
            : await posting.Make(room, talk, session.Hurry));
        return true;
    }

    /// <summary>Serves a room without a pace: several conversations at the same time, each in its order.</summary>
    private async Task ServeWide(Session session, Room room, DateTimeOffset until, CancellationToken stop)
    {
        var under = new Dictionary<Task<Attempt>, string>();
        try
        {
            while (true)
            {
                var goes = IsGoing(session, until, stop) && await Hold(session, TimeSpan.Zero, stop);
                if (goes) await Look(session, stop);
                foreach (var talk in goes ? session.Queue.Talks.Take(2 * Side).ToList() : [])
                {
                    if (under.Count >= Side) break;
                    if (!under.ContainsValue(talk.Thread)) under[posting.Make(room, talk, session.Hurry)] = talk.Thread;
                }
                if (under.Count is 0) return;
                await Task.WhenAny(under.Keys);
                foreach (var done in under.Keys.Where(task => task.IsCompleted).ToList())
                {
                    under.Remove(done);
                    Note(session, await done);
                }
            }
        }
        finally
        {
            // What is under way ends before the room is given back.
            await ((Task)Task.WhenAll(under.Keys)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads what waits, when it was not read lately or something came that has to go first.</summary>
    private async Task Look(Session session, CancellationToken stop)
    {
        var (now, queue) = (world.Now(), session.Queue);
        if (!queue.IsEmpty && now - queue.Read < ReadAnew && now >= queue.Read)
        {
            if (now - session.Glanced < GlanceEvery && now >= session.Glanced) return;
            session.Glanced = now;
            if (queue.Knows(await store.Waiting(session.Room, now, Glance, stop))) return;
        }
        var waiting = await store.Waiting(session.Room, now, Most, stop);
        var total = waiting.Count < Most ? waiting.Count
            : (await store.Backlogs(now, stop)).FirstOrDefault(backlog => backlog.Room == session.Room)?.Count ?? waiting.Count;
        queue.Fill(waiting, total, now);
        session.Glanced = now;
    }

    /// <summary>Keeps the room for a time to come.</summary>
    /// <returns>False when it is somebody else's, or may have been in between: what we know of it is then old.</returns>
    private async Task<bool> Hold(Session session, TimeSpan ahead, CancellationToken stop)
    {
        var now = world.Now();
        if (now >= session.Held) return false;
        if (session.Held - now - ahead > RoomLease / 2) return true;
        session.Held = now + ahead + RoomLease;
        return await store.Hold(session.Room, new(worker, now, session.Held), stop) is not null;
    }

    private static void Note(Session session, Attempt attempt)
    {
        if (attempt.IsMade) session.Made++;
        session.Pause = attempt.Pause ?? (attempt.IsMade ? null : session.Pause);
        foreach (var (talk, ids) in attempt.Settled) session.Queue.Settle(talk, ids, attempt.Reference);
    }

    private bool IsDigestDue(RoomQueue queue, RoomQueue.Talk first, Pace? pace) =>
        Dispatch.IsDigestDue(queue.Messages, first.Rank, Critical, queue.CountFrom(Critical), pace, settings.Conduct.DigestAfter);

    /// <summary>As much as one digest can name, the most urgent first; nothing when the first has more to say than fits.</summary>
    private static List<(RoomQueue.Talk Talk, Utterance Utterance)> Digested(RoomQueue queue, Room room)
    {
        var (named, left) = (new List<(RoomQueue.Talk, Utterance)>(), Chats.Of(room).DigestRoom);
        foreach (var talk in queue.Talks)
        {
            foreach (var utterance in Dispatch.Named([.. talk.Entries.Select(entry => entry.Queued)]))
            {
                if (talk[utterance.Says].Note is not { } note) return named;
                left -= Digest.Length(note.Lines, note.Notice);
                if (left < 0) return named;
                named.Add((talk, utterance));
            }
        }
        return named;
    }
}
