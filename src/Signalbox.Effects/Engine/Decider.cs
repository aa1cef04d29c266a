namespace Signalbox.Effects;

/// <summary>What becomes of one event: the decisions of its rooms, made on what the store knows, as one change that is saved whole or not at all.</summary>
internal sealed class Decider(Settings settings, Store store, World world, Silencing silencing, Func<Room, Abilities> can)
{
    private static readonly Abilities Nothing = new(Updates: false, Threads: false);

    private readonly Dictionary<Place, Draft> drafts = [];
    private readonly Dictionary<string, Draft> memos = [];
    private readonly List<Order> orders = [];
    private readonly List<HistoryLine> history = [];
    private readonly Moment moment = world.Moment;

    /// <summary>What was decided, for explain and simulate.</summary>
    public List<Decided> Decisions { get; } = [];

    /// <summary>A conversation or a memo while an event is decided: read as what it is and not as both.</summary>
    private sealed class Draft(Saved saved)
    {
        public Saved Saved { get; } = saved;
        public Conversation? Conversation { get; set; } = saved.Place.Room.Length is 0 ? null : StateJson.Conversation(saved.State);
        public Memo? Memo { get; set; } = saved.Place.Room.Length is 0 ? StateJson.Memo(saved.State) : null;
        public bool Changed { get; set; }
        public bool Afresh { get; set; }
    }

    /// <summary>Decides an event.</summary>
    public async Task<Change> Event(string id, Reading reading, Answers answers, CancellationToken stop)
    {
        var routing = Pipeline.Route(reading, settings, answers, moment);
        foreach (var held in routing.Held) Note(id, new("", held.Notice.Thread ?? ""), "held", held.Notice, held.Because);
        if (routing.Routed.Count + routing.Held.Count is 0)
        {
            history.Add(Line(id, new("", ""), "quiet",
                new(reading.Envelope.Subject ?? reading.Source, reading.Why, reading.Source, Severity.Info, Status.Stated)));
        }

        await LoadMemos([.. routing.Routed.Select(routed => routed.Notice).Distinct(ReferenceEqualityComparer.Instance).Cast<Notice>().SelectMany(KeysOf)
            .Distinct()], stop);
        // Where it is decided is asked once: a statement that nothing tells from others has a new place each time.
        var resolved = (from each in routing.Routed
                        let routed = each with { Notice = Nesting.Of(each.Notice, Known) }
                        select (Original: each.Notice, Routed: routed, Place: PlaceOf(routed))).ToList();
        await LoadMemos([.. resolved.Select(each => RoomsOf(each.Routed)).OfType<string>().Distinct()], stop);
        resolved.AddRange([.. Followed([.. resolved.Select(each => each.Routed)]).Select(routed => (routed.Notice, routed, PlaceOf(routed)))]);
        await Load([.. resolved.Select(each => each.Place).Distinct()], stop);

        var learned = new HashSet<Notice>(ReferenceEqualityComparer.Instance);
        foreach (var (original, routed, place) in resolved)
        {
            Hear(id, routed, place);
            if (learned.Add(original)) await Learn(original, routed.Notice, stop);
        }
        foreach (var (_, routed, place) in resolved) Follow(routed, place);
        return Made(id);
    }

    /// <summary>Where the rooms that follow a thread are kept; null where only one room could.</summary>
    private string? RoomsOf(Routed routed) =>
        routed is { Notice.Thread: { } thread, Group: null } && settings.Rooms.Count > 1 ? $"rooms/{Fitting(thread)}" : null;

    /// <summary>Who was told that something is wrong hears how it ends, although a route such as <c>severity >= error</c> leads its end elsewhere.</summary>
    private IEnumerable<Routed> Followed(ValueList<Routed> routed) =>
        from notice in routed.Select(each => each.Notice).Distinct()
        let key = RoomsOf(routed.First(each => each.Notice == notice))
        where key is not null
        from name in Known(key)?.Rooms ?? []
        where !routed.Any(each => each.Room.Name == name && each.Notice == notice)
        let room = RoomOf(name)
        where room is not null
        select new Routed(notice, room, notice.Status is Status.Raised && notice.Severity >= room.MentionAt ? room.Mention : null, "it was told of it before");

    /// <summary>Notes whether a room follows a thread from now on.</summary>
    private void Follow(Routed routed, Place place)
    {
        if (RoomsOf(routed) is not { } key || !memos.TryGetValue(key, out var draft) || !drafts.TryGetValue(place, out var known)) return;
        var memo = draft.Memo ?? Memo.Empty;
        var isOpen = known.Conversation is { Phase: not Phase.Over };
        if (memo.Rooms.Contains(routed.Room.Name) == isOpen) return;
        draft.Memo = memo with { Rooms = isOpen ? [.. memo.Rooms, routed.Room.Name] : [.. memo.Rooms.Where(room => room != routed.Room.Name)] };
        draft.Changed = true;
    }

    /// <summary>Decides what a conversation does now that its time has come.</summary>
    public async Task<Change> Wake(Saved saved, CancellationToken stop)
    {
        drafts[saved.Place] = new(saved);
        if (RoomOf(saved.Place.Room) is not { } room || drafts[saved.Place].Conversation is not { } before)
        {
            // Its room is in the settings no more: it sleeps until another event wakes it.
            drafts[saved.Place].Conversation = drafts[saved.Place].Conversation is { } gone ? gone with { Wake = null } : null;
            drafts[saved.Place].Changed = true;
            return Made(null);
        }
        await LoadMemos([.. KeysOf(before.Notice)], stop);
        var decision = Converse.Wake(before, SituationOf(room, before.Notice, saved.Place));
        Apply("", new(before.Notice, room, null, before.Because), saved.Place, decision);
        drafts[saved.Place].Changed = true;
        return Made(null);
    }

    /// <summary>Decides what a room hears of a notice that comes from Signalbox itself, whatever the routes say.</summary>
    public async Task<Change> Own(string id, Notice notice, Room room, CancellationToken stop)
    {
        var mention = notice.Status is Status.Raised && notice.Severity >= room.MentionAt ? room.Mention : null;
        var routed = new Routed(notice, room, mention, "Signalbox's own");
        await LoadMemos([.. KeysOf(notice)], stop);
        var place = PlaceOf(routed);
        await Load([place], stop);
        Hear(id, routed, place);
        return Made(null);
    }

    /// <summary>Decides that somebody takes care of a conversation.</summary>
    public Change? Acknowledge(Saved saved, string by)
    {
        drafts[saved.Place] = new(saved);
        if (RoomOf(saved.Place.Room) is not { } room || drafts[saved.Place].Conversation is not { } before) return null;
        var decision = Converse.Acknowledge(before, by, SituationOf(room, before.Notice, saved.Place));
        if (decision.After is null) return null;
        Apply("", new(before.Notice, room, null, before.Because), saved.Place, decision);
        return Made(null);
    }

    private void Hear(string id, Routed routed, Place place)
    {
        var draft = drafts[place];
        if (Converse.ThreadOf(routed) is null)
        {
            // A statement has no conversation; that it was said is kept, so that the same statement under another id is not said again.
            if (draft.Saved.Version > 0 || draft.Changed)
            {
                Note(id, place, "quiet", routed.Notice, "the same event came before");
                Decisions.Add(new(routed, new(null, [], "the same event came before") { What = "quiet" }));
                return;
            }
            draft.Changed = Fingerprint.Of(routed.Notice) is not null;
        }
        var decision = Converse.Hear(draft.Conversation, routed, id, SituationOf(routed.Room, routed.Notice, place));
        Apply(id, routed, place, decision);
    }

    private void Apply(string id, Routed routed, Place place, Decision decision)
    {
        Decisions.Add(new(routed, decision));
        var draft = drafts[place];
        if (decision.After is { } after && !after.Equals(draft.Conversation))
        {
            draft.Conversation = after;
            draft.Changed = true;
            draft.Afresh |= decision.Afresh;
        }
        if (decision.What is "held") Quiet(routed.Notice, place);
        Note(id, place, decision.What, routed.Notice, decision.Because);
        foreach (var saying in decision.Sayings)
        {
            var room = saying.Elsewhere ?? routed.Room;
            var at = saying.Elsewhere is null ? place : new Place(room.Name, $"escalated/{place.Thread}");
            orders.Add(new(at, Priority(saying), StateJson.Write(new PostNote(saying.Placing, saying.Notice, saying.Mention, saying.Because, id,
                routed.Otherwise?.Name, settings.Rooms.Contains(room) ? null : room["webhook"])
            { Lines = saying.Lines })));
        }
    }

    /// <summary>The worst first; a change of what is there comes after what nobody has heard of.</summary>
    private static int Priority(Saying saying) => 2 * (int)saying.Notice.Severity + (saying.Placing is Placing.Change ? 0 : 1);

    private Situation SituationOf(Room room, Notice notice, Place place)
    {
        var hold = silencing.Of(notice, moment);
        if (hold is null && Muting.Of(notice, settings.Conduct, Known) is { } muted && place.Room.Length > 0) hold = muted.Hold;
        return new() { Moment = moment, Conduct = settings.Conduct, Abilities = settings.Rooms.Contains(room) ? can(room) : Nothing, Hold = hold };
    }

    /// <summary>What a mute keeps quiet is looked at again when its cause is gone.</summary>
    private void Quiet(Notice notice, Place place)
    {
        if (Muting.Of(notice, settings.Conduct, Known) is not { } muted || !memos.TryGetValue(muted.Key, out var draft) || draft.Memo is not { } memo) return;
        var quieted = new Fact(place.Room, place.Thread);
        if (memo.Quieted.Contains(quieted)) return;
        draft.Memo = memo with { Quieted = [.. memo.Quieted, quieted] };
        draft.Changed = true;
    }

    private async Task Learn(Notice original, Notice notice, CancellationToken stop)
    {
        ValueList<Remembered> learned = [.. Nesting.Learned(notice, original), .. Muting.Learned(notice, settings.Conduct, Known)];
        if (learned.Count is 0) return;
        await LoadMemos([.. learned.Select(each => each.Key)], stop);
        foreach (var (key, memo) in learned)
        {
            var draft = memos[key];
            if (memo.Equals(draft.Memo ?? Memo.Empty)) continue;
            draft.Memo = memo;
            draft.Changed = true;
            if (memo is not { Causes.Count: 0, Quieted.Count: > 0 }) continue;
            ValueList<Place> places = [.. memo.Quieted.Select(quieted => new Place(quieted.Name, quieted.Value))];
            await Load(places, stop);
            foreach (var place in places)
            {
                if (drafts[place].Conversation is not { Held: not null } quiet) continue;
                drafts[place].Conversation = quiet with { Wake = moment.Now };
                drafts[place].Changed = true;
            }
            draft.Memo = memo with { Quieted = [] };
        }
    }

    private IEnumerable<string> KeysOf(Notice notice) => [.. Nesting.Keys(notice), .. Muting.Keys(notice, settings.Conduct)];

    private Memo? Known(string key) => memos.TryGetValue(key, out var draft) ? draft.Memo : null;

    private async Task LoadMemos(ValueList<string> keys, CancellationToken stop)
    {
        ValueList<Place> missing = [.. keys.Where(key => !memos.ContainsKey(key)).Select(key => new Place("", key))];
        if (missing.Count is 0) return;
        foreach (var saved in await store.Load(missing, stop)) memos[saved.Place.Thread] = new(saved);
    }

    private async Task Load(ValueList<Place> places, CancellationToken stop)
    {
        ValueList<Place> missing = [.. places.Where(place => !drafts.ContainsKey(place))];
        if (missing.Count is 0) return;
        foreach (var saved in await store.Load(missing, stop)) drafts[saved.Place] = new(saved);
    }

    /// <summary>Where a notice is decided: its conversation, or for a statement what tells it from every other.</summary>
    private static Place PlaceOf(Routed routed) =>
        new(routed.Room.Name, Fitting(Converse.ThreadOf(routed) ?? $"said/{Fingerprint.Of(routed.Notice) ?? Guid.NewGuid().ToString("n")}"));

    private static string Fitting(string thread) => thread.Length <= 1000 ? thread : $"{thread[..980]}-{Identity.Hash(thread)}";

    private Room? RoomOf(string name) => settings.Rooms.FirstOrDefault(room => room.Name == name);

    private Change Made(string? id) => new()
    {
        Event = id,
        At = moment.Now,
        Revisions =
        [
            .. from draft in drafts.Values
               where draft.Changed
               select new Revision(draft.Saved.Place, draft.Saved.Version, draft.Conversation is { } state ? StateJson.Write(state) : "{}"u8.ToArray())
               {
                   Wake = draft.Conversation?.Wake,
                   IsOpen = draft.Conversation is { } open && (open.Phase is not Phase.Over || open.Wake is not null),
                   Afresh = draft.Afresh,
               },
            .. from draft in memos.Values
               where draft.Changed
               select new Revision(draft.Saved.Place, draft.Saved.Version,
                   StateJson.Write(draft.Memo ?? Memo.Empty)) { IsOpen = draft.Memo is { Causes.Count: > 0 } or { Thread: not null } or { Rooms.Count: > 0 } },
        ],
        Orders = [.. orders],
        History = [.. history],
    };

    private void Note(string id, Place place, string what, Notice notice, string because) =>
        history.Add(Line(id, place, what, new(notice.Title, because, notice.Source, notice.Severity, notice.Status)));

    private HistoryLine Line(string id, Place place, string what, HistoryNote note) => new(moment.Now, id, place, what, StateJson.Write(note));
}

/// <summary>What was decided for one room.</summary>
/// <param name="Routed">What the room was to hear.</param>
/// <param name="Decision">What it hears.</param>
public sealed record Decided(Routed Routed, Decision Decision);
