using System.Text;

namespace Signalbox.EngineTests;

/// <summary>Two workers on one store, on a clock of its own, with everything going wrong that a scenario wants.</summary>
internal sealed class Play
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A room that can update and thread, one that cannot, a slow one, and two whose notices are grouped.</summary>
    public static readonly Settings Settings = Read("""
        { "rooms": {
            "bot": { "slack": { "channel": "#bot" } }, "hook": { "slack": { "webhook": "env:HOOK" } },
            "slow": { "slack": { "channel": "#slow" }, "pace": { "per-second": 0.2, "burst": 1 } },
            "like": { "slack": { "channel": "#like" } }, "likehook": { "slack": { "webhook": "env:LIKE" } } },
          "routes": [
            { "when": "tag.team = slow", "to": "slow" },
            { "when": "tag.team = like", "to": ["like", "likehook"], "group": { "by": "tag.team", "wait": "20s" } },
            { "when": "not tag.team in [slow, like]", "to": ["bot", "hook"] } ],
          "conversations": { "digest-after": "30s", "remind": { "after": "10m", "at": "error", "most": 2 } } }
        """);

    private readonly Store store;
    private readonly Random chance;
    private readonly Turns turns;
    private readonly Worker[] workers = new Worker[2];
    private readonly Dictionary<int, int> stacks = [];
    private readonly List<(byte[] Bytes, string Id)> sent = [];
    private int deaths, lives, serial;

    private Play(Store store, Scenario scenario)
    {
        (this.store, Scenario, chance, deaths) = (store, scenario, new Random(scenario.Seed), scenario.Deaths);
        turns = new(chance);
        for (var place = 0; place < workers.Length; place++) workers[place] = Born();
    }

    private sealed record Worker(Engine Engine, Deliveries Deliveries, Mortal Mortal);

    public Scenario Scenario { get; }
    public DateTimeOffset Now { get; private set; } = Start;
    public Chat Chat { get; } = new();
    public List<News> News { get; } = [];

    /// <summary>What every stack said last, by thread: over and well, or failed for good.</summary>
    public Dictionary<string, Status> Stacks { get; } = [];

    /// <summary>Things that somebody silenced at some time.</summary>
    public HashSet<string> Silenced { get; } = [];

    /// <summary>The ids of events that are another's repeat under an id of their own.</summary>
    public Dictionary<string, string> Repeats { get; } = [];

    public List<string> Accepted { get; } = [];
    public List<Decided> Decisions { get; } = [];

    /// <summary>How many posts a room saw of which no store knows, because a process died in between.</summary>
    public Dictionary<string, int> Unrecorded { get; } = [];

    public int Died { get; private set; }
    public bool IsSettled { get; private set; }
    public Census Census { get; private set; } = new(0, 0, 0, 0, 0, 0, 0);
    public ValueList<HistoryLine> History { get; private set; }
    public ValueList<Saved> Open { get; private set; }

    /// <summary>Plays a scenario to its end, and on until nothing happens any more.</summary>
    public static async Task<Play> Of(Scenario scenario, Store store)
    {
        var play = new Play(store, scenario);
        await play.Run();
        play.Census = await store.Count(default);
        play.History = await store.History(new() { Most = 100_000 }, default);
        play.Open = await store.Open(1_000, default);
        return play;
    }

    private async Task Run()
    {
        foreach (var step in Scenario.Steps)
        {
            var until = Now + TimeSpan.FromSeconds(step.After);
            while (Now < until)
            {
                Now = await Next(until);
                await Work([]);
            }
            await Work([() => Happen(step)]);
        }
        deaths = 0;
        var end = Now + TimeSpan.FromHours(6);
        for (var round = 0; round < 4_000 && Now < end; round++)
        {
            var next = await Next(end);
            IsSettled = next == end;
            if (IsSettled) break;
            Now = next;
            await Work([]);
        }
    }

    /// <summary>The time at which something may happen: the next second while anything waits, else when a conversation wants to be woken.</summary>
    private async Task<DateTimeOffset> Next(DateTimeOffset until)
    {
        var count = await store.Count(default);
        var tick = Now + TimeSpan.FromSeconds(1);
        if (count.Undecided + count.Waiting > 0) return tick < until ? tick : until;
        if (await store.Due(until, 1, default) is not [var due, ..] || StateJson.Conversation(due.State)?.Wake is not { } wake) return until;
        return wake > Now ? wake : tick;
    }

    private Task Work(IEnumerable<Func<Task>> more) => turns.Together(
        [.. more, .. Enumerable.Range(0, workers.Length).Select(place => (Func<Task>)(() => Tick(place)))]);

    private async Task Tick(int place)
    {
        try
        {
            var (engine, deliveries, _) = workers[place];
            for (var round = 0; round < 100 && await engine.Decide(4, default) + await engine.Wake(default) > 0; round++) { }
            await deliveries.ServeAll(Now + TimeSpan.FromTicks(1), default);
        }
        catch (Died)
        {
            Reborn(place);
        }
    }

    /// <summary>Does something with one of the workers; when it dies over it, with whoever comes after it.</summary>
    private async Task Insist(Func<Engine, Task> act)
    {
        while (true)
        {
            var place = chance.Next(workers.Length);
            var worker = workers[place];
            try
            {
                await act(worker.Engine);
                return;
            }
            catch (Died)
            {
                if (ReferenceEquals(workers[place], worker)) Reborn(place);
            }
        }
    }

    private void Reborn(int place)
    {
        if (!workers[place].Mortal.IsDead) return;
        Died++;
        foreach (var room in workers[place].Mortal.Unrecorded) Unrecorded[room] = Unrecorded.GetValueOrDefault(room) + 1;
        workers[place] = Born();
    }

    private Worker Born()
    {
        var (last, after) = deaths > 0 ? (chance.Next(1, 80), chance.Next(2) is 0) : (0, false);
        if (deaths > 0) deaths--;
        var mortal = new Mortal(turns, last, after);
        var name = $"worker {++lives}";
        var world = new World
        {
            Deliver = mortal.Of((post, _, _) => Task.FromResult(Chat.Deliver(post, Now))),
            Reveal = (reference, _, _) => new(new Revealed(reference, null)),
            Now = () => Now,
            Wait = (_, _) => Task.CompletedTask,
            Chance = () => 0.5,
            Record = _ => { },
            Memory = new(),
        };
        var mine = mortal.Of(store);
        var engine = new Engine(Settings, mine, world, name) { Decided = (_, _, decisions) => Decisions.AddRange(decisions) };
        return new(engine, new Deliveries(Settings, mine, world, name), mortal);
    }

    private async Task Happen(Step step)
    {
        var (team, thing) = (step.Which % 12) switch
        {
            < 5 => ("fast", $"fast-{step.Which}"),
            < 8 => ("slow", $"slow-{step.Which}"),
            _ => ("like", $"like-{step.Which}"),
        };
        string[] rooms = ["bot", "hook", "slow", "like", "likehook"];
        var room = rooms[step.Which % rooms.Length];
        switch (step.What)
        {
            case Happening.Raised:
                await Alert(team, thing, true, "warning", 0);
                break;
            case Happening.Worse:
                await Alert(team, thing, true, "critical", 0);
                break;
            case Happening.Cleared:
                await Alert(team, thing, false, "warning", 0);
                break;
            case Happening.Late:
                await Alert(team, thing, step.Which % 2 is 0, "warning", 200);
                break;
            case Happening.Burst:
                for (var number = 0; number < 40; number++) await Alert(team, $"{team}-burst-{serial}", true, number % 9 is 0 ? "critical" : "error", 0);
                break;
            case Happening.Sent_again when sent.Count > 0:
                await Hear(sent[step.Which % sent.Count].Bytes, sent[step.Which % sent.Count].Id);
                break;
            case Happening.Sent_again_under_another_id when sent.Count > 0:
                var (bytes, id) = sent[step.Which % sent.Count];
                var other = $"again-{++serial}";
                Repeats[other] = Repeats.GetValueOrDefault(id, id);
                await Hear(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace($"\"{id}\"", $"\"{other}\"", StringComparison.Ordinal)), other);
                break;
            case Happening.Stack_goes_on or Happening.Stack_fails:
                await Stack(step.Which % 3, step.What is Happening.Stack_fails);
                break;
            case Happening.Statement:
                var words = $"statement-{++serial}";
                await Hear(Events.Statement(words, $"Somebody said {words}.", Now), words);
                break;
            case Happening.Acknowledged:
                await Insist(engine => engine.Acknowledge(thing, "anna", default));
                break;
            case Happening.Silenced:
                Silenced.Add(thing);
                var silence = new SilenceNote($"silence-{thing}", $"subject = {thing}", null, Now + TimeSpan.FromMinutes(4), null, "anna", "");
                await Insist(engine => engine.Silence(silence, default));
                break;
            case Happening.Silence_ended:
                await Insist(engine => engine.EndSilence($"silence-{thing}", default));
                break;
            case Happening.Chat_is_busy or Happening.Chat_is_broken or Happening.Chat_stalls or Happening.Chat_forgets:
                Chat.Break(room, Trouble.Busy + (step.What - Happening.Chat_is_busy), Now + TimeSpan.FromSeconds(3 + 9 * step.Which));
                break;
        }
    }

    private async Task Alert(string team, string thing, bool isRaised, string severity, int late)
    {
        // A thousandth of a second apart: of any two it can be told which came first.
        var at = Now.AddSeconds(-late).AddMilliseconds(++serial);
        var (id, words) = ($"alert-{serial}", $"{thing} fails, news {serial}");
        News.Add(new(id, team, thing, words, isRaised, at));
        await Hear(Events.Alert(id, team, thing, words, isRaised, severity, at), id);
    }

    private async Task Stack(int number, bool fails)
    {
        var stage = stacks.GetValueOrDefault(number);
        stacks[number] = stage + 1;
        var stack = $"stack-{number}-{stage / 10}";
        var thread = $"stack {stack}";
        var at = Now.AddMilliseconds(++serial);
        var id = $"stack-{serial}";
        (string? Resource, string Status) next = (stage % 10) switch
        {
            0 => (null, "UPDATE_IN_PROGRESS"),
            1 => ("Queue", "CREATE_IN_PROGRESS"),
            2 => ("Queue", fails ? "CREATE_FAILED" : "CREATE_COMPLETE"),
            3 when fails => (null, "UPDATE_ROLLBACK_IN_PROGRESS"),
            3 => (null, "UPDATE_COMPLETE"),
            _ => (null, "UPDATE_ROLLBACK_COMPLETE"),
        };
        // Once it is over the next event is of another stack.
        if (next.Resource is null && next.Status.EndsWith("_COMPLETE", StringComparison.Ordinal))
        {
            stacks[number] = (stage / 10 + 1) * 10;
            Stacks[thread] = next.Status is "UPDATE_COMPLETE" ? Status.Cleared : Status.Raised;
        }
        await Hear(Events.Stack(id, stack, next.Resource, next.Status, fails ? "it has no room" : "", at), id);
    }

    private async Task Hear(byte[] bytes, string id)
    {
        sent.Add((bytes, id));
        // No two events come at the very same time: which of them is older no store promises.
        Now = Now.AddMilliseconds(1);
        await Insist(async engine =>
        {
            foreach (var (accepted, _) in await engine.Accept(bytes, default)) Accepted.Add(accepted);
        });
    }

    public static Settings Read(string json)
    {
        var read = SettingsReader.Read(JsonTree.Read(Encoding.UTF8.GetBytes(json)).Tree!);
        return read.Settings ?? throw new InvalidOperationException(string.Join("; ", read.Problems));
    }
}
