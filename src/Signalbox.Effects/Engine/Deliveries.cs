using System.Collections.Concurrent;
using System.Text;

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

    /// <summary>A message of each room that can be asked is kept by that, for whoever has to ask.</summary>
    private const string ReferenceKind = "reference";

    private static readonly TimeSpan ReadAnew = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GlanceEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>The priority of what is critical.</summary>
    private const int Critical = 2 * (int)Severity.Critical;

    private readonly ConcurrentDictionary<string, Kept> queues = new(StringComparer.Ordinal);
    private readonly Posting posting = new(settings, store, world);
    private readonly ConcurrentDictionary<string, bool> doubts = new(StringComparer.Ordinal);
    private int sessions;

    /// <summary>Called with every post that was tried; for logs.</summary>
    public Action<Post, Delivery> Tried { get => posting.Tried; init => posting.Tried = value; }

    /// <summary>Called, once for each reason, when it cannot be seen whether a room has got what a dead process left: a sentence without any secret.</summary>
    public Action<string> Doubt { get; init; } = _ => { };

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
        var isMine = queues.TryRemove(name, out var kept) && kept.By == pace?.By && now - kept.At < RoomLease && held.Unreleased is null;
        var session = new RoomSession(name, isMine ? kept!.Queue : new(), pace is { At: { } at } ? new Bucket(pace.Tokens, at) : null)
        { Pause = pace?.Pause, Held = now + RoomLease, Hurry = hurry };
        var own = settings.Rooms.FirstOrDefault(room => room.Name == name);
        try
        {
            if (own is not null && world.ReadBack(own) is { } ask) await Inherit(session, own, ask, held, pace, now, stop);
            if (own is { Pace: null } wide) await ServeWide(session, wide, until, stop);
            else while (IsGoing(session, until, stop) && await Once(session, until, stop)) { }
        }
        finally
        {
            var by = $"{worker}/{Interlocked.Increment(ref sessions)}";
            var bucket = session.Bucket;
            // Of what was cut short nobody knows whether the chat took it.
            var isBroken = session.Open > 0;
            var note = new PaceNote(bucket?.Tokens ?? 0, bucket?.At, session.Pause, by)
            {
                Reference = session.Reference is { Length: > 0 } reference ? reference : null,
                // What could not be found out now, because the chat wants a pause or the time is over, the next has to.
                Broken = isBroken ? world.Now() : session.Queue is { IsRead: true, IsEmpty: true } ? null : session.Inherited?.Ended,
            };
            await store.Release(name, worker, StateJson.Write(note), CancellationToken.None);
            if (!session.Queue.IsEmpty && !isBroken) queues[name] = new(session.Queue, by, world.Now());
        }
        return session.Made;
    }

    /// <summary>Where the one before went without a word, or with a message under way, the room may have more than the store knows.</summary>
    private async Task Inherit(RoomSession session, Room room, ReadBack ask, HeldRoom held, PaceNote? pace, DateTimeOffset now, CancellationToken stop)
    {
        (session.Reference, session.IsAskable) = (pace?.Reference, true);
        if ((held.Unreleased ?? pace?.Broken) is not { } ended) return;
        // Where a process was found dead nobody knows when it died. One whose lease ran out has been silent for long.
        if (ended == DateTimeOffset.MinValue) ended = now;
        session.Inherited = new(ask, room, now, ended)
        {
            Doubt = why =>
            {
                if (doubts.TryAdd(why, true)) Doubt(why);
            },
        };
        session.Reference ??= Encoding.UTF8.GetString((await Document(ReferenceKind, room, stop)).Span);
    }

    private async Task<ReadOnlyMemory<byte>> Document(string kind, Room room, CancellationToken stop) =>
        (await store.Documents(kind, stop)).FirstOrDefault(document => document.Name == room.Name)?.Body ?? default;

    /// <summary>Takes off the queue what the room has got already: once, before the first message.</summary>
    private async Task Reconcile(RoomSession session, Room room, CancellationToken stop)
    {
        if (session is not { Inherited: { IsAsked: false } inherited, Queue.IsEmpty: false } || !await Hold(session, Reconciliation.Longest, stop)) return;
        await inherited.Ask(session.Queue, session.Reference is { Length: > 0 } known ? known : session.Queue.Reference, world, stop);
        if (!inherited.IsAsked) return;
        foreach (var talk in session.Queue.Talks.ToList())
        {
            if (inherited.FoundOf(talk) is { Count: > 0 } found) Note(session, await posting.Found(talk, found, stop));
        }
        if (StateJson.Digest(await Document(Posting.DigestKind, room, stop)) is { } note && inherited.Digest(note.Id) is not null)
            Note(session, await posting.Found([.. session.Queue.Talks], note, stop));
    }

    /// <summary>Says what a conversation has to say next, unless the room has got it already.</summary>
    private async Task<Attempt> Make(RoomSession session, Room room, RoomQueue.Talk talk)
    {
        session.Began();
        var attempt = session.Inherited is { } inherited && await inherited.Found(talk, world, session.Hurry) is { Count: > 0 } found
            ? await posting.Found(talk, found, session.Hurry)
            : await posting.Make(room, talk, session.Hurry);
        return await Ended(session, room, attempt);
    }

    /// <summary>What was cut short stays under way: an answer may have been lost with it.</summary>
    private async Task<Attempt> Ended(RoomSession session, Room room, Attempt attempt)
    {
        if (attempt.IsMade || attempt.Settled.Count > 0 || !session.Hurry.IsCancellationRequested) session.Ended();
        if (attempt.Reference is not { Length: > 0 } reference) return attempt;
        var isFirst = session.Reference is not { Length: > 0 };
        session.Reference = reference;
        // Later ones stand in the note that the room is given back with.
        if (session.IsAskable && isFirst) await store.Keep(ReferenceKind, room.Name, Encoding.UTF8.GetBytes(reference), session.Hurry);
        return attempt;
    }

    private bool IsGoing(RoomSession session, DateTimeOffset until, CancellationToken stop) =>
        world.Now() is var now && now < until && !stop.IsCancellationRequested && !(session.Pause > now);

    /// <summary>The next message of a room that has a pace.</summary>
    /// <returns>False when nothing waits, or there is no time to wait for the room's pace.</returns>
    private async Task<bool> Once(RoomSession session, DateTimeOffset until, CancellationToken stop)
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
        await Reconcile(session, room, stop);
        if (session.Queue.IsEmpty) return false;
        session.Bucket = bucket;
        if (time > TimeSpan.Zero)
        {
            if (!await Hold(session, time, stop)) return false;
            await world.Wait(time, stop);
            await Look(session, stop);
        }
        if (!await Hold(session, TimeSpan.Zero, stop) || session.Queue.Talks.FirstOrDefault() is not { } talk) return false;
        var digest = IsDigestDue(session, talk, room.Pace) ? Digested(session.Queue, room) : [];
        var isDigest = digest.Count > 1;
        // What is critical goes between digests and does not end them.
        session.IsFlooded = isDigest || (session.IsFlooded && talk.Rank >= Critical);
        Note(session, isDigest ? await Make(session, room, digest) : await Make(session, room, talk));
        return true;
    }

    private async Task<Attempt> Make(RoomSession session, Room room, List<(RoomQueue.Talk, Utterance)> digest)
    {
        session.Began();
        return await Ended(session, room, await posting.Digest(room, digest, session.Queue.Total, session.Hurry));
    }

    /// <summary>Serves a room without a pace: several conversations at the same time, each in its order.</summary>
    private async Task ServeWide(RoomSession session, Room room, DateTimeOffset until, CancellationToken stop)
    {
        var under = new Dictionary<Task<Attempt>, string>();
        try
        {
            while (true)
            {
                var goes = IsGoing(session, until, stop) && await Hold(session, TimeSpan.Zero, stop);
                if (goes) await Look(session, stop);
                if (goes && under.Count is 0) await Reconcile(session, room, stop);
                var side = session.Inherited is { NeedsReference: true } ? 1 : Side;
                foreach (var talk in goes ? session.Queue.Talks.Take(2 * Side).ToList() : [])
                {
                    if (under.Count >= side) break;
                    if (!under.ContainsValue(talk.Thread)) under[Make(session, room, talk)] = talk.Thread;
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
            foreach (var done in under.Keys.Where(task => task.IsCompletedSuccessfully)) Note(session, await done);
        }
    }

    /// <summary>Reads what waits, when it was not read lately or something came that has to go first.</summary>
    private async Task Look(RoomSession session, CancellationToken stop)
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
    private async Task<bool> Hold(RoomSession session, TimeSpan ahead, CancellationToken stop)
    {
        var now = world.Now();
        if (now >= session.Held) return false;
        if (session.Held - now - ahead > RoomLease / 2) return true;
        session.Held = now + ahead + RoomLease;
        return await store.Hold(session.Room, new(worker, now, session.Held), stop) is not null;
    }

    private static void Note(RoomSession session, Attempt attempt)
    {
        if (attempt.IsMade) session.Made++;
        session.Pause = attempt.Pause ?? (attempt.IsMade ? null : session.Pause);
        foreach (var (talk, ids) in attempt.Settled) session.Queue.Settle(talk, ids, attempt.Reference);
    }

    private bool IsDigestDue(RoomSession session, RoomQueue.Talk first, Pace? pace) => Dispatch.IsDigestDue(
        session.Queue.Messages, first.Rank, Critical, session.Queue.CountFrom(Critical), pace, settings.Conduct.DigestAfter, session.IsFlooded);

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
