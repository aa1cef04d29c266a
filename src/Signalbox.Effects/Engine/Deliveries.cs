namespace Signalbox.Effects;

/// <summary>Makes the posts that wait in a store: room by room, at its pace, in order, the worst first.</summary>
/// <param name="settings">The rooms.</param>
/// <param name="store">Where posts wait.</param>
/// <param name="world">Delivers them.</param>
/// <param name="worker">A name that no other process has.</param>
public sealed class Deliveries(Settings settings, Store store, World world, string worker)
{
    private const int Most = 1_000;
    private static readonly TimeSpan RoomLease = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan GivenUp = TimeSpan.FromDays(1);

    /// <summary>From here on a post says that it had to wait.</summary>
    private static readonly TimeSpan WorthSaying = TimeSpan.FromMinutes(1);

    /// <summary>The priority of what is critical.</summary>
    private const int Critical = 2 * (int)Severity.Critical;

    /// <summary>Called with every post that was tried; for logs.</summary>
    public Action<Post, Delivery> Tried { get; init; } = (_, _) => { };

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
    public async Task<int> Serve(string name, DateTimeOffset until, CancellationToken stop)
    {
        var now = world.Now();
        if (await store.Hold(name, new(worker, now, now + RoomLease), stop) is not { } noted) return 0;
        var pace = StateJson.Pace(noted);
        var session = new Session(name, pace is null ? null : new Bucket(pace.Tokens, pace.At)) { Pause = pace?.Pause };
        try
        {
            while (world.Now() < until && !stop.IsCancellationRequested)
            {
                if (session.Pause is { } pause && pause > world.Now()) break;
                if (await Once(session, until, stop) is false) break;
            }
        }
        finally
        {
            var bucket = session.Bucket;
            await store.Release(name, worker, StateJson.Write(new PaceNote(bucket?.Tokens ?? 1, bucket?.At ?? world.Now(), session.Pause)),
                CancellationToken.None);
        }
        return session.Made;
    }

    /// <summary>One courier's time in a room.</summary>
    private sealed class Session(string room, Bucket? bucket)
    {
        public string Room { get; } = room;
        public Bucket? Bucket { get; set; } = bucket;
        public DateTimeOffset? Pause { get; set; }
        public DateTimeOffset Extended { get; set; }
        public int Made { get; set; }
    }

    /// <summary>The next message of a room.</summary>
    /// <returns>False when nothing waits, or there is no time to wait for the room's pace.</returns>
    private async Task<bool> Once(Session session, DateTimeOffset until, CancellationToken stop)
    {
        var now = world.Now();
        var waiting = await store.Waiting(session.Room, now, Most, stop);
        if (waiting.Count is 0) return false;
        var total = waiting.Count < Most ? waiting.Count : (await store.Backlogs(now, stop)).FirstOrDefault(backlog => backlog.Room == session.Room)?.Count
            ?? waiting.Count;
        var notes = waiting.ToDictionary(each => each.Id, each => StateJson.Post(each.Order.Body));
        var room = RoomOf(session.Room, notes.Values.FirstOrDefault());
        var errands = Dispatch.Next(
            [.. waiting.Select(each =>
                new Queued(each.Id, each.Order.Place.Thread, each.Order.Priority, notes[each.Id]?.Placing ?? Placing.Begin, each.Reference.Length > 0))],
            total, room.Pace, settings.Conduct.DigestAfter, Critical);
        var byId = waiting.ToDictionary(each => each.Id);
        if (errands.Dropped.Count > 0)
            await store.Settle([.. errands.Dropped.Select(id => Merged(byId[id], notes[id], "a newer post says it all", now))], stop);
        if (errands.Send is null && errands.Digest.Count is 0) return true;

        if (await Turn(session, room, until, stop) is false) return false;
        if (world.Now() - session.Extended > RoomLease / 2)
        {
            session.Extended = world.Now();
            if (await store.Hold(session.Room, new(worker, session.Extended, session.Extended + RoomLease), stop) is null) return false;
        }
        if (errands.Digest.Count > 0) await Send(session, room, errands.Digest, byId, notes, total, stop);
        else await Send(session, room, byId[errands.Send!], notes[errands.Send!], WithMention(errands, byId, notes), stop);
        return true;
    }

    /// <summary>Waits for the room's pace.</summary>
    private async Task<bool> Turn(Session session, Room room, DateTimeOffset until, CancellationToken stop)
    {
        if (room.Pace is not { } pace) return true;
        var now = world.Now();
        var (after, wait) = (session.Bucket ?? Bucket.Full(pace, now)).Take(pace, now, until - now);
        session.Bucket = after;
        if (wait is not { } time) return false;
        if (time > TimeSpan.Zero) await world.Wait(time, stop);
        return true;
    }

    private async Task Send(Session session, Room room, Waiting waiting, PostNote? order, PostNote? says, CancellationToken stop)
    {
        var place = waiting.Order.Place;
        if (order is null || says is null)
        {
            await store.Settle([new(waiting.Id, place, world.Now()) { Dead = "it cannot be read any more" }], stop);
            return;
        }
        // What was to be added to a message that the room never got is a message of its own.
        var placing = order.Placing is not Placing.Begin && waiting.Reference.Length is 0 ? Placing.Begin : order.Placing;
        var routed = new Routed(Late(says.Notice, waiting, placing), room, says.Mention ?? order.Mention, order.Because);
        var (delivery, post) = await Deliver(routed, order.Event, placing, waiting.Reference, stop);
        if (delivery is Delivery.Refused { MessageIsGone: true } && placing is not Placing.Begin)
        {
            placing = Placing.Begin;
            (delivery, post) = await Deliver(routed, order.Event, placing, "", stop);
        }
        Tried(post, delivery);
        await Settle(session, waiting, order, routed, placing, delivery, stop);
    }

    private async Task Settle(Session session, Waiting waiting, PostNote order, Routed routed, Placing placing, Delivery delivery, CancellationToken stop)
    {
        var (now, place) = (world.Now(), waiting.Order.Place);
        var settlement = new Settlement(waiting.Id, place, now);
        HistoryLine Line(string what, string because) => new(now, order.Event, place, what,
            StateJson.Write(new HistoryNote(routed.Notice.Title, because, routed.Notice.Source, routed.Notice.Severity, routed.Notice.Status)));
        switch (delivery)
        {
            case Delivery.Made made:
                session.Made++;
                session.Pause = null;
                settlement = settlement
                    with { Reference = placing is Placing.Begin && order.Placing is not Placing.Shout and not Placing.Reply ? made.Reference : null,
                        History = Line("made", routed.Because) };
                break;
            case Delivery.Later later when now - waiting.At < GivenUp:
                var wait = later.After ?? Backoff(waiting.Attempts);
                // What the chat says of one message mostly holds for the room: the others are not worth a refusal each.
                session.Pause = now + wait;
                settlement = settlement with { NotBefore = now + wait, History = waiting.Attempts is 0 ? Line("postponed", later.Why) : null };
                break;
            case Delivery.Later later:
                settlement = settlement with { Dead = $"{later.Why}; given up after {GivenUp.TotalHours:0} hours", History = Line("refused", later.Why) };
                break;
            case Delivery.Refused refused:
                settlement = settlement with { Dead = refused.Why, History = Line("refused", refused.Why) };
                if (refused.RoomIsGone && await Elsewhere(order, routed, refused, stop)) settlement = settlement with { Dead = null };
                break;
        }
        await store.Settle([settlement], stop);
    }

    private async Task Send(Session session, Room room, ValueList<string> ids, Dictionary<string, Waiting> byId, Dictionary<string, PostNote?> notes,
        int total, CancellationToken stop)
    {
        ValueList<string> readable = [.. ids.Where(id => notes[id] is not null)];
        var (notice, named) = Digest.Of([.. readable.Select(id => notes[id]!.Notice)], total, Chats.Of(room).DigestRoom, world.Now());
        ValueList<string> told = [.. readable.Take(named)];
        var worst = notes[told[0]]!;
        var mention = told.Select(id => notes[id]!.Mention).FirstOrDefault(each => each is not null);
        var routed = new Routed(notice, room, mention, "more waits than can be said one by one");
        var (delivery, post) = await Deliver(routed, $"digest/{told[0]}", Placing.Begin, "", stop);
        Tried(post, delivery);
        if (delivery is not Delivery.Made)
        {
            await Settle(session, byId[told[0]], worst, routed, Placing.Begin, delivery, stop);
            return;
        }
        session.Made++;
        var now = world.Now();
        await store.Settle([.. told.Select(id => Merged(byId[id], notes[id], "named in a digest", now))], stop);
    }

    /// <summary>What comes late says so: whoever reads it at night must not take it for news.</summary>
    private Notice Late(Notice notice, Waiting waiting, Placing placing)
    {
        var waited = world.Now() - waiting.At;
        return placing is Placing.Change || waited < WorthSaying ? notice : notice
            with { Facts = [.. notice.Facts, new("Waited for the chat", Quantity.Duration(waited))] };
    }

    /// <summary>The words of the newest post that is merged into one, and whom any of them rings.</summary>
    private static PostNote? WithMention(Errands errands, Dictionary<string, Waiting> byId, Dictionary<string, PostNote?> notes)
    {
        var (thread, says) = (byId[errands.Send!].Order.Place.Thread, notes[errands.Says!]);
        var mention = errands.Dropped.Where(id => byId[id].Order.Place.Thread == thread).Select(id => notes[id]?.Mention).FirstOrDefault(each =>
            each is not null);
        return says is null ? null : says with { Mention = notes[errands.Send!]?.Mention ?? mention };
    }

    private static Settlement Merged(Waiting waiting, PostNote? note, string because, DateTimeOffset now) => new(waiting.Id, waiting.Order.Place, now)
    {
        History = note is null ? null : new(now, note.Event, waiting.Order.Place, "merged",
            StateJson.Write(new HistoryNote(note.Notice.Title, because, note.Notice.Source, note.Notice.Severity, note.Notice.Status))),
    };

    /// <summary>A room that does not exist: whoever hears of it otherwise does, and the operator hears of the room once.</summary>
    private async Task<bool> Elsewhere(PostNote order, Routed routed, Delivery.Refused refused, CancellationToken stop)
    {
        var now = world.Now();
        var orders = new List<Order>();
        if (order.Otherwise is { } other && other != routed.Room.Name)
        {
            var note = order with { Mention = null, Otherwise = null, Notice = routed.Notice
                with { Summary = $"(Meant for {routed.Room.Name}: {refused.Why}.) {routed.Notice.Summary}" }, Placing = Placing.Begin };
            orders.Add(new(new(other, routed.Notice.Thread ?? $"gone/{order.Event}"), 2 * (int)routed.Notice.Severity + 1, StateJson.Write(note)));
        }
        var known = (await store.Load([new("", $"gone/{routed.Room.Name}")], stop))[0];
        ValueList<Revision> revisions = [];
        if (known.Version is 0 && settings.Operator is { } operators && operators.Name != routed.Room.Name)
        {
            revisions = [new(known.Place, 0, "{}"u8.ToArray()) { IsOpen = false }];
            var trouble = new Notice
            {
                Source = "signalbox", Kind = "room", Severity = Severity.Error, Status = Status.Stated, Subject = routed.Room.Name, At = now,
                Title = $"Room {routed.Room.Name} cannot be reached",
                Summary = $"{Chats.Of(routed.Room).Name} says: {refused.Why}. What was meant for it goes to {order.Otherwise ?? "the dead letters"}.",
            };
            orders.Add(new(new(operators.Name, $"gone/{routed.Room.Name}"), 2 * (int)Severity.Error + 1,
                StateJson.Write(new PostNote(Placing.Begin, trouble, operators.Mention, "a room does not exist", "", null, null))));
        }
        var committed = orders.Count > 0 && await store.Commit(new() { At = now, Revisions = revisions, Orders = [.. orders] }, stop);
        return committed && order.Otherwise is not null;
    }

    private async Task<(Delivery, Post)> Deliver(Routed routed, string id, Placing placing, string reference, CancellationToken stop)
    {
        var payload = await Run.Guard(() => Task.FromResult<byte[]?>(Chats.Of(routed.Room).Render(routed, settings.Rendering)), _ => null);
        var post = new Post(routed, payload) { EventId = id, Placing = placing, Reference = reference };
        if (payload is null) return (new Delivery.Refused("it could not be rendered"), post);
        return (await Run.Guard(() => world.Deliver(post, Retry.LongestAttempt, stop), why => new Delivery.Later(null, why)), post);
    }

    private Room RoomOf(string name, PostNote? note) => settings.Rooms.FirstOrDefault(room => room.Name == name)
        ?? (note?.Webhook is { } webhook ? Chats.RoomOf(webhook) : Room.Local with { Name = name });

    private TimeSpan Backoff(int attempts)
    {
        var most = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(attempts, 10)), LongestBackoff.TotalSeconds));
        return most / 2 + most / 2 * world.Chance();
    }
}
