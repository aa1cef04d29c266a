namespace Signalbox.Effects;

/// <summary>What became of a message.</summary>
/// <param name="IsMade">True when the room has it.</param>
/// <param name="Pause">Until when the chat wants to be left alone; null for not at all.</param>
/// <param name="Reference">The chat's id of the conversation's message from now on; null to leave it.</param>
/// <param name="Settled">The posts that wait no more.</param>
internal sealed record Attempt(bool IsMade, DateTimeOffset? Pause, string? Reference, List<(RoomQueue.Talk Talk, ValueList<string> Ids)> Settled);

/// <summary>Makes one message of posts that wait, and notes what became of them.</summary>
/// <remarks>What a message says for others is taken off the queue with it and never before: when it cannot be made, nothing is lost.</remarks>
internal sealed class Posting(Settings settings, Store store, World world)
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan GivenUp = TimeSpan.FromDays(1);

    /// <summary>From here on a post says that it had to wait.</summary>
    private static readonly TimeSpan WorthSaying = TimeSpan.FromMinutes(1);

    /// <summary>What a digest on its way covers is kept by that, under its room's name.</summary>
    public const string DigestKind = "digest";

    private const string FoundThere = "found in the room after a restart: it was made, and nobody had noted it";

    /// <summary>Called with every post that was tried.</summary>
    public Action<Post, Delivery> Tried { get; set; } = (_, _) => { };

    /// <summary>True to keep in history what was said word for word, and not only its title: for hosts that show rooms.</summary>
    public bool KeepsWords { get; set; }

    /// <summary>The room of that name, or the one that its event names.</summary>
    public Room RoomOf(string name, PostNote? note) => settings.Rooms.FirstOrDefault(room => room.Name == name)
        ?? (note?.Webhook is { } webhook ? Chats.RoomOf(webhook) : Room.Local with { Name = name });

    /// <summary>Says what a conversation has to say next.</summary>
    public async Task<Attempt> Make(Room room, RoomQueue.Talk talk, CancellationToken stop)
    {
        var (utterance, head) = (talk.First, talk[talk.First.Send]);
        var (waiting, place) = (head.Waiting, head.Waiting.Order.Place);
        if (head.Note is not { } order || talk[utterance.Says].Note is not { } says)
        {
            await store.Settle([new(waiting.Id, place, world.Now()) { Dead = "it cannot be read any more" }], stop);
            return new(false, null, null, [(talk, [waiting.Id])]);
        }
        // What was to be added to a message that the room never got is a message of its own.
        var placing = waiting.Reference.Length is 0 ? Placing.Begin : order.Placing;
        var mention = utterance.With.Select(id => talk[id].Note?.Mention).Prepend(order.Mention).FirstOrDefault(each => each is not null);
        var id = utterance.Says == head.Id ? head.Identity : $"{head.Identity}/{talk[utterance.Says].Identity}";
        var (delivery, post) =
            await Deliver(new(Late(Words(says, placing), waiting, placing), room, mention, order.Because), order.Event, id, placing, waiting.Reference, stop);
        if (delivery is Delivery.Refused { MessageIsGone: true } && placing is not Placing.Begin)
        {
            placing = Placing.Begin;
            var alone = new Routed(Late(Words(says, placing), waiting, placing), room, mention, order.Because);
            (delivery, post) = await Deliver(alone, order.Event, id, placing, "", stop);
        }
        Tried(post, delivery);
        // A line that stands by itself is not the conversation's message: that one may yet come.
        var isMain = placing is Placing.Begin && order.Placing is Placing.Begin or Placing.Change;
        return await Settle(talk, utterance, post, isMain, delivery, stop);
    }

    /// <summary>Says in one message what many conversations wait to say.</summary>
    public async Task<Attempt> Digest(Room room, List<(RoomQueue.Talk Talk, Utterance Utterance)> named, int total, CancellationToken stop)
    {
        var notes = named.Select(each => each.Talk[each.Utterance.Says].Note!).ToList();
        var covered = named.Sum(each => 1 + each.Utterance.With.Count);
        var notice = Signalbox.Digest.Of([.. notes.Select(note => (note.Notice, note.Lines))], total - covered, world.Now());
        var mention = notes.Select(note => note.Mention).FirstOrDefault(each => each is not null);
        var routed = new Routed(notice, room, mention, "more waits than can be said one by one");
        var note = new DigestNote(Identity.Hash("digest", room.Name, $"{world.Now().UtcTicks}", named[0].Talk[named[0].Utterance.Send].Identity),
            [.. named.SelectMany(each => each.Utterance.With.Prepend(each.Utterance.Send))]);
        if (world.ReadBack(room) is not null) await store.Keep(DigestKind, room.Name, StateJson.Write(note), stop);
        var (delivery, post) = await Deliver(routed, $"digest/{named[0].Utterance.Send}", note.Id, Placing.Begin, "", stop);
        Tried(post, delivery);
        // What a chat does not take as a digest it may take one by one.
        if (delivery is Delivery.Refused) return await Make(room, named[0].Talk, stop);
        var first = named[0].Talk;
        if (delivery is not Delivery.Made)
            return await Settle(first, new(first.First.Send, named[0].Utterance.Says, []), post, isMain: false, delivery, stop);
        var now = world.Now();
        string Named(PostNote? note) => note is { Lines.Count: > 1 } ? "its members are named in a digest" : "named in a digest";
        await store.Settle([.. named.SelectMany(each => each.Utterance.With.Select(id => Merged(each.Talk[id], "a newer post says it all", now))
            .Append(Merged(each.Talk[each.Utterance.Send], Named(each.Talk[each.Utterance.Says].Note), now)))], stop);
        var place = new Place(room.Name, $"digest/{now.UtcTicks}");
        await store.Commit(new() { At = now, History = [Told(post, "", place, "made", routed.Because)] }, stop);
        ValueList<string> All(Utterance utterance) => [utterance.Send, .. utterance.With];
        return new(true, null, null, [.. named.Select(each => (each.Talk, All(each.Utterance)))]);
    }

    /// <summary>Notes posts of one conversation that the room has got already.</summary>
    public async Task<Attempt> Found(RoomQueue.Talk talk, List<(RoomQueue.Entry Entry, FoundPost Post)> found, CancellationToken stop)
    {
        var now = world.Now();
        var settled = from each in found
                      let note = each.Entry.Note
                      let isMain = !each.Post.IsReply && note?.Placing is Placing.Begin or Placing.Change
                      select new Settlement(each.Entry.Id, each.Entry.Waiting.Order.Place, now)
                      {
                          Reference = isMain ? each.Post.Reference : null,
                          History = note is null ? null : new(now, note.Event, each.Entry.Waiting.Order.Place, "made", StateJson.Write(
                              HistoryNote.Of(Words(note, each.Post.IsReply ? note.Placing : Placing.Begin), FoundThere) with
                              {
                                  Words = KeepsWords ? new(each.Post.IsReply ? note.Placing : Placing.Begin, note.Notice, note.Mention) : null,
                              })),
                      };
        ValueList<Settlement> all = [.. settled];
        await store.Settle(all, stop);
        return new(false, null, all.LastOrDefault(each => each.Reference is not null)?.Reference, [(talk, [.. all.Select(each => each.Id)])]);
    }

    /// <summary>Notes posts that a digest named which the room has got already.</summary>
    public async Task<Attempt> Found(List<RoomQueue.Talk> talks, DigestNote note, CancellationToken stop)
    {
        var (now, covered) = (world.Now(), note.Covers.ToHashSet(StringComparer.Ordinal));
        var named = talks.Select(talk => (Talk: talk, Entries: talk.Entries.FindAll(entry => covered.Contains(entry.Id))))
            .Where(each => each.Entries.Count > 0).ToList();
        await store.Settle([.. named.SelectMany(each => each.Entries).Select(entry => Merged(entry, $"named in a digest {FoundThere}", now))], stop);
        return new(false, null, null, [.. named.Select(each => (each.Talk, (ValueList<string>)[.. each.Entries.Select(entry => entry.Id)]))]);
    }

    /// <summary>A line of a thread names what it is about where it stands by itself.</summary>
    private static Notice Words(PostNote says, Placing placing) =>
        placing is Placing.Begin && says is { Placing: Placing.Reply or Placing.Shout, Lines: [var line, ..] }
            ? says.Notice with { Title = line } : says.Notice;

    /// <summary>What comes late says so: whoever reads it at night must not take it for news.</summary>
    private Notice Late(Notice notice, Waiting waiting, Placing placing)
    {
        var waited = world.Now() - waiting.At;
        if (placing is Placing.Change || waited < WorthSaying) return notice;
        return notice with { Facts = [.. notice.Facts, new("Waited for the chat", Quantity.Duration(waited))] };
    }

    private async Task<Attempt> Settle(
        RoomQueue.Talk talk, Utterance utterance, Post post, bool isMain, Delivery delivery, CancellationToken stop)
    {
        var (now, head, routed) = (world.Now(), talk[utterance.Send], post.Routed);
        var (waiting, order, place) = (head.Waiting, head.Note!, head.Waiting.Order.Place);
        var settlement = new Settlement(waiting.Id, place, now);
        HistoryLine Line(string what, string because) => Told(post, order.Event, place, what, because);
        switch (delivery)
        {
            case Delivery.Made made:
                var reference = isMain ? made.Reference : null;
                await store.Settle([settlement with { Reference = reference, History = Line("made", routed.Because) },
                    .. utterance.With.Select(id => Merged(talk[id], "a newer post says it all", now))], stop);
                return new(true, null, reference, [(talk, [waiting.Id, .. utterance.With])]);
            case Delivery.Later later when now - waiting.At < GivenUp:
                // What the chat says of one message mostly holds for the room: the others are not worth a refusal each. The room waits and not the
                // post: what was said after it must not overtake it.
                await store.Settle([settlement with { NotBefore = now, History = waiting.Attempts is 0 ? Line("postponed", later.Why) : null }], stop);
                return new(false, now + (later.After ?? Backoff(waiting.Attempts)), null, []);
            case Delivery.Later later:
                settlement = settlement with { Dead = $"{later.Why}; given up after {GivenUp.TotalHours:0} hours", History = Line("refused", later.Why) };
                break;
            case Delivery.Refused refused:
                settlement = settlement with { Dead = refused.Why, History = Line("refused", refused.Why) };
                if (refused.RoomIsGone && await Elsewhere(order, routed, refused, stop)) settlement = settlement with { Dead = null };
                break;
        }
        await store.Settle([settlement], stop);
        return new(false, null, null, [(talk, [waiting.Id])]);
    }

    private HistoryLine Told(Post post, string id, Place place, string what, string because) => new(world.Now(), id, place, what,
        StateJson.Write(HistoryNote.Of(post.Routed.Notice, because) with
        {
            Words = KeepsWords && what is "made" ? new(post.Placing, post.Routed.Notice, post.Routed.Mention) : null,
        }));

    private static Settlement Merged(RoomQueue.Entry entry, string because, DateTimeOffset now) => new(entry.Id, entry.Waiting.Order.Place, now)
    {
        History = entry.Note is not { } note ? null : new(now, note.Event, entry.Waiting.Order.Place, "merged",
            StateJson.Write(HistoryNote.Of(note.Notice, because) with { Title = note.Lines is [var line] ? line : note.Notice.Title })),
    };

    /// <summary>A room that does not exist: whoever hears of it otherwise does, and the operator hears of the room once.</summary>
    private async Task<bool> Elsewhere(PostNote order, Routed routed, Delivery.Refused refused, CancellationToken stop)
    {
        var now = world.Now();
        var orders = new List<Order>();
        if (order.Otherwise is { } other && other != routed.Room.Name)
        {
            var note = order with
            {
                Mention = null,
                Otherwise = null,
                Notice = routed.Notice
                with
                { Summary = $"(Meant for {routed.Room.Name}: {refused.Why}.) {routed.Notice.Summary}" },
                Placing = Placing.Begin
            };
            orders.Add(new(new(other, routed.Notice.Thread ?? $"gone/{order.Event}"), 2 * (int)routed.Notice.Severity + 1, StateJson.Write(note)));
        }
        var known = (await store.Load([new("", $"gone/{routed.Room.Name}")], stop))[0];
        ValueList<Revision> revisions = [];
        if (known.Version is 0 && settings.Operator is { } operators && operators.Name != routed.Room.Name)
        {
            revisions = [new(known.Place, 0, "{}"u8.ToArray()) { IsOpen = false }];
            var trouble = new Notice
            {
                Source = "signalbox",
                Kind = "room",
                Severity = Severity.Error,
                Status = Status.Stated,
                Subject = routed.Room.Name,
                At = now,
                Title = $"Room {routed.Room.Name} cannot be reached",
                Summary = $"{Chats.Of(routed.Room).Name} says: {refused.Why}. What was meant for it goes to {order.Otherwise ?? "the dead letters"}.",
            };
            orders.Add(new(new(operators.Name, $"gone/{routed.Room.Name}"), 2 * (int)Severity.Error + 1,
                StateJson.Write(new PostNote(Placing.Begin, trouble, operators.Mention, "a room does not exist", "", null, null))));
        }
        var committed = orders.Count > 0 && await store.Commit(new() { At = now, Revisions = revisions, Orders = [.. orders] }, stop);
        return committed && order.Otherwise is not null;
    }

    private async Task<(Delivery, Post)> Deliver(
        Routed routed, string eventId, string id, Placing placing, string reference, CancellationToken stop)
    {
        var payload = await Run.Guard(() => Task.FromResult<byte[]?>(Chats.Of(routed.Room).Render(routed, settings.Rendering)), _ => null);
        var post = new Post(routed, payload) { EventId = eventId, Id = id, Placing = placing, Reference = reference };
        if (payload is null) return (new Delivery.Refused("it could not be rendered"), post);
        return (await Run.Guard(() => world.Deliver(post, Retry.LongestAttempt, stop), why => new Delivery.Later(null, why)), post);
    }

    private TimeSpan Backoff(int attempts)
    {
        var most = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(attempts, 10)), LongestBackoff.TotalSeconds));
        return most / 2 + most / 2 * world.Chance();
    }
}
