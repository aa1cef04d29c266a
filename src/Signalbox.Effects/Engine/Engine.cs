namespace Signalbox.Effects;

/// <summary>Signalbox with a memory: events are accepted durably, decided once, and delivered until they have arrived, whatever dies in between.</summary>
/// <remarks>
/// <para>Every operation does a bounded piece of work and returns; hosts call them in turn. Any number of engines may share a store.</para>
/// <para>An event that was accepted is decided at least once, and by one engine only: the change that decides it is saved together with what is to be said.
/// A post is made at least once: twice only when an engine dies between the chat's yes and the note of it.</para>
/// </remarks>
/// <param name="settings">Who hears what.</param>
/// <param name="store">What outlives the process.</param>
/// <param name="world">Everything else outside.</param>
/// <param name="worker">A name that no other engine on the store has.</param>
public sealed class Engine(Settings settings, Store store, World world, string worker)
{
    private const int MostTries = 12;
    private const int Lanes = 64;
    private const int MostOpen = 10_000;
    private static readonly TimeSpan DecideLease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SilencesKept = TimeSpan.FromSeconds(5);

    /// <summary>What stands in place of an event where a timer decides.</summary>
    private static readonly Reading Nothing = new(new() { Id = "", Transport = "timer" }, "signalbox", "timer", Outcome.Quiet, "its time had come", []);

    private readonly Tide tide = new();
    private (DateTimeOffset At, Silencing Silencing) silences = (DateTimeOffset.MinValue, settings.Silencing);

    /// <summary>Called with every decision, before it is saved; for explain and simulate.</summary>
    public Action<string, Reading, IReadOnlyList<Decided>> Decided { get; init; } = (_, _, _) => { };

    /// <summary>What a room can do with a message that is there; as its chat says, unless a host knows better.</summary>
    public Func<Room, Abilities> Can { get; init; } = room => Chats.Of(room).Can(room);

    /// <summary>The name of this engine among those on the store.</summary>
    public string Worker => worker;

    /// <summary>Keeps what came in. When it has returned, the events survive whatever happens.</summary>
    /// <returns>For each event whether it is new, by its identity.</returns>
    public async Task<ValueList<(string Id, bool IsNew)>> Accept(byte[] bytes, CancellationToken stop) =>
        [.. (await Take(bytes, stop)).Select(each => (each.Id, each.IsNew))];

    /// <summary>Keeps what came in, as <see cref="Accept"/> does, for a host that answers for each event in the words of its wrapping.</summary>
    public async Task<ValueList<Accepted>> Take(byte[] bytes, CancellationToken stop)
    {
        var arrivals = await Arrivals.Of(bytes, world.Now());
        var fresh = await Keep([.. arrivals.Select(each => each.Arrival)], stop);
        return [.. arrivals.Zip(fresh, (each, isNew) => new Accepted(each.Envelope, each.Arrival.Id, isNew))];
    }

    /// <summary>Keeps events that a host has told apart itself.</summary>
    /// <returns>For each whether it is new.</returns>
    public Task<ValueList<bool>> Keep(ValueList<Arrival> arrivals, CancellationToken stop)
    {
        tide.Came(arrivals.Count);
        return store.Accept(arrivals, stop);
    }

    /// <summary>True while so much comes in that deciding had better stand back for a moment: keeping goes first, since a sender waits for it.</summary>
    public bool IsFlooded => tide.IsHigh;

    /// <summary>Decides events that wait, each conversation's in their order.</summary>
    /// <returns>How many were taken.</returns>
    public async Task<int> Decide(int most, CancellationToken stop)
    {
        var now = world.Now();
        var taken = await store.Claim(new(worker, now, now + DecideLease), most, stop);
        if (taken.Count is 0) return 0;
        var silencing = await Silencing(stop);
        var read = new List<(Arrival Arrival, Reading Reading)>();
        foreach (var arrival in taken) read.Add((arrival, await Read(await Arrivals.Envelope(arrival))));
        var lanes = read.GroupBy(each => each.Reading.Notices.Count > 0 ? each.Reading.Notices[0].Thread ?? each.Arrival.Id : each.Arrival.Id)
            .Select(lane => lane.ToList()).ToList();
        for (var first = 0; first < lanes.Count; first += Lanes)
        {
            await Task.WhenAll(lanes.Skip(first).Take(Lanes).Select(async lane =>
            {
                foreach (var (arrival, reading) in lane) await DecideOne(arrival, reading, silencing, stop);
            }));
        }
        return taken.Count;
    }

    /// <summary>What would be decided if this came in now. Nothing is kept, and nobody hears of it.</summary>
    public async Task<ValueList<Decided>> Preview(Reading reading, Answers answers, CancellationToken stop)
    {
        var decider = new Decider(settings, store, world, await Silencing(stop), Can);
        await decider.Event(reading.Envelope.Id, reading, answers, stop);
        return [.. decider.Decisions];
    }

    /// <summary>Decides for conversations whose time has come.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> Wake(CancellationToken stop)
    {
        var due = await store.Due(world.Now(), 100, stop);
        var silencing = due.Count > 0 ? await Silencing(stop) : settings.Silencing;
        foreach (var saved in due)
        {
            // Somebody else's change is as good: it has a time to wake of its own.
            var decider = new Decider(settings, store, world, silencing, Can);
            if (await store.Commit(await decider.Wake(saved, stop), stop)) Decided("", Nothing, decider.Decisions);
        }
        return due.Count;
    }

    /// <summary>Notes that somebody takes care of the open conversations of a thread, in every room.</summary>
    /// <param name="thread">The thread key, or its beginning or its subject where only one has it.</param>
    /// <param name="by">Who.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>The titles of what was acknowledged; none when nothing open has that name.</returns>
    public async Task<ValueList<string>> Acknowledge(string thread, string by, CancellationToken stop)
    {
        var titles = new List<string>();
        var silencing = await Silencing(stop);
        foreach (var (place, _) in await Find(thread, stop))
        {
            for (var attempt = 0; attempt < MostTries; attempt++)
            {
                var saved = (await store.Load([place], stop))[0];
                if (new Decider(settings, store, world, silencing, Can).Acknowledge(saved, by) is not { } change) break;
                if (!await store.Commit(change, stop)) continue;
                titles.Add(StateJson.Conversation(saved.State)?.Notice.Title ?? place.Thread);
                break;
            }
        }
        return [.. titles.Distinct()];
    }

    /// <summary>Tells the operator's room of a trouble of Signalbox's own, or that one is over: a conversation like any other.</summary>
    /// <returns>False when there is no such room.</returns>
    public async Task<bool> Report(Notice notice, CancellationToken stop)
    {
        if (settings.Operator is not { } room) return false;
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var decider = new Decider(settings, store, world, settings.Silencing, Can);
            if (await store.Commit(await decider.Own($"own/{Guid.NewGuid():n}", notice, room, stop), stop)) break;
        }
        return true;
    }

    /// <summary>What is open in any room: thread and title, each once, the latest first.</summary>
    public async Task<ValueList<string>> OpenThreads(CancellationToken stop) =>
        [.. (await OpenIn(null, stop)).Select(each => $"{each.Place.Thread}: {Cut.OneLine(each.State.Notice.Title)}").Distinct()];

    /// <summary>The conversations that are open in a room, or with null in any, the latest change first.</summary>
    public async Task<ValueList<(Place Place, Conversation State)>> OpenIn(string? room, CancellationToken stop) =>
        [.. from saved in await store.Open(MostOpen, stop)
            where saved.Place.Room.Length > 0 && (room is null || saved.Place.Room == room)
            let state = StateJson.Conversation(saved.State)
            where state is { Phase: not Phase.Over }
            select (saved.Place, state)];

    /// <summary>The open conversations that people mean by a name: the whole thread key, else the one subject or beginning of a key. The same thing
    /// may be talked of in several rooms; none when the name could be several things.</summary>
    public async Task<ValueList<(Place Place, Conversation State)>> Find(string name, CancellationToken stop)
    {
        var known = await OpenIn(null, stop);
        Func<(Place Place, Conversation State), bool>[] ways =
        [
            each => each.Place.Thread == name,
            each => string.Equals(each.State.Notice.Subject, name, StringComparison.OrdinalIgnoreCase),
            each => each.Place.Thread.StartsWith(name, StringComparison.OrdinalIgnoreCase),
        ];
        foreach (var way in ways)
        {
            var found = known.Where(way).ToValueList();
            if (found.Select(each => each.Place.Thread).Distinct().Count() is 1) return found;
        }
        return [];
    }

    /// <summary>Every silence that somebody asked for, those of the settings first.</summary>
    public async Task<ValueList<Silence>> Silences(CancellationToken stop) =>
        [.. settings.Conduct.Silences,
         .. from document in await store.Documents("silence", stop)
            let silence = StateJson.Silence(document.Body)?.Silence(settings.Accounts)
            where silence is not null
            select silence];

    /// <summary>Adds a silence, or replaces the one of its name.</summary>
    public async Task Silence(SilenceNote note, CancellationToken stop)
    {
        await store.Keep("silence", note.Id, StateJson.Write(note), stop);
        silences = (DateTimeOffset.MinValue, silences.Silencing);
    }

    /// <summary>Ends a silence, and wakes what it held back.</summary>
    /// <returns>False when there is none of that name.</returns>
    public async Task<bool> EndSilence(string id, CancellationToken stop)
    {
        var known = (await store.Documents("silence", stop)).FirstOrDefault(document => document.Name == id);
        if (known is null) return false;
        await store.Keep("silence", id, default, stop);
        silences = (DateTimeOffset.MinValue, silences.Silencing);
        foreach (var saved in await store.Open(MostOpen, stop))
        {
            if (StateJson.Conversation(saved.State) is not { Held: { } held } state || !held.Because.StartsWith($"silence {id} ", StringComparison.Ordinal))
                continue;
            await store.Commit(new()
            {
                At = world.Now(),
                Revisions = [new(saved.Place, saved.Version, StateJson.Write(state with { Wake = world.Now() })) { Wake = world.Now() }]
            }, stop);
        }
        return true;
    }

    private async Task DecideOne(Arrival arrival, Reading reading, Silencing silencing, CancellationToken stop)
    {
        var answers = await world.FindOut(reading, settings, stop);
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var decider = new Decider(settings, store, world, silencing, Can);
            var change = await decider.Event(arrival.Id, reading, answers, stop);
            if (await store.Commit(change, stop))
            {
                Decided(arrival.Id, reading, decider.Decisions);
                return;
            }
        }
        // Others decide on the same conversations all the time: the lease ends, and somebody takes it again.
    }

    private static Task<Reading> Read(Envelope envelope) => Run.Guard(() => Task.FromResult(Pipeline.Read(envelope)), why => Plan.Unread(envelope, why));

    private async Task<Silencing> Silencing(CancellationToken stop)
    {
        var now = world.Now();
        if (now - silences.At < SilencesKept && now >= silences.At) return silences.Silencing;
        var all = await Silences(stop);
        silences = (now, all.Count == settings.Conduct.Silences.Count ? settings.Silencing : Signalbox.Silencing.Of(all));
        return silences.Silencing;
    }
}

/// <summary>An event that a store has kept.</summary>
/// <param name="Envelope">The event.</param>
/// <param name="Id">Its identity in the store.</param>
/// <param name="IsNew">False when the store knew it already.</param>
public sealed record Accepted(Envelope Envelope, string Id, bool IsNew);
