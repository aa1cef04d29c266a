using System.Text;

namespace Signalbox.EngineTests;

/// <summary>What a courier does in a room whose last courier died: it asks the chat what it got before it says anything.</summary>
public class ReadingBack
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private DateTimeOffset now = Play.Start;
    private readonly List<(Post Post, FoundPost Message, DateTimeOffset At)> chat = [];
    private readonly List<Inquiry> asked = [];
    private readonly List<TimeSpan> waits = [];
    private readonly List<string> doubts = [];
    private readonly Store store = MemoryStore.Open();
    private Settings settings = Ops("\"per-second\": 10, \"burst\": 10");

    /// <summary>What the chat says when it is asked, in place of what it knows.</summary>
    private Recollection? says;

    private static Settings Ops(string pace, string more = "") => Play.Read($$"""
        { "rooms": { "ops": { "slack": { "channel": "#ops" }, "pace": { {{pace}} } } } {{more}} }
        """);

    private static Settings Wide => Play.Read("""{ "rooms": { "ops": { "slack": { "channel": "#ops" }, "pace": "none" } } }""");

    private World World => new()
    {
        Deliver = (post, _, _) => Task.FromResult<Delivery>(new Delivery.Made(Take(post))),
        ReadBack = _ => (inquiry, _, _) =>
        {
            asked.Add(inquiry);
            if (says is not null) return Task.FromResult(says);
            if (inquiry.Reference.Length is 0) return Task.FromResult(new Recollection([], "which channel?") { NeedsReference = true });
            var thread = inquiry.IsThread ? inquiry.Reference : null;
            return Task.FromResult(new Recollection([.. from each in chat
                                                        where each.At >= inquiry.Since && Thread(each.Post) == thread
                                                        select each.Message], null));
        },
        Reveal = (reference, _, _) => new(new Revealed(reference, null)),
        Now = () => now,
        Wait = (time, _) =>
        {
            waits.Add(time);
            now += time;
            return Task.CompletedTask;
        },
        Chance = () => 0.5,
        Record = _ => { },
        Memory = new(),
    };

    private static string? Thread(Post post) => post.Placing is Placing.Reply or Placing.Shout && post.Reference.Length > 0 ? post.Reference : null;

    private string Take(Post post)
    {
        lock (chat)
        {
            var reference = post is { Placing: Placing.Change, Reference.Length: > 0 } ? post.Reference : $"C1/{chat.Count + 1}";
            chat.Add((post, new(post.Id, reference, Thread(post) is not null), now));
            return reference;
        }
    }

    private async Task Hear(string thing, bool raised = true, string severity = "error")
    {
        var engine = new Engine(settings, store, World, "engine");
        await engine.Accept(Events.Alert(Guid.NewGuid().ToString(), "any", thing, $"{thing} fails", raised, severity, now), Stop);
        while (await engine.Decide(500, Stop) > 0) { }
        now += TimeSpan.FromSeconds(1);
    }

    private Deliveries Courier(string name, World? world = null, Store? mine = null) => new(settings, mine ?? store, world ?? World, name) { Doubt = doubts.Add };

    private Task<int> Serve(string name) => Courier(name).ServeAll(DateTimeOffset.MaxValue, Stop);

    /// <summary>A courier that dies when the chat has taken so many messages, before it notes the last of them.</summary>
    private async Task Dies(int after)
    {
        var taken = 0;
        var isDead = false;
        Task<T> Alive<T>(Func<Task<T>> call) => isDead ? throw new Died() : call();
        async Task<bool> Done(Task task)
        {
            await task;
            return true;
        }
        var world = World with
        {
            Deliver = (post, _, _) =>
            {
                if (isDead) throw new Died();
                isDead = Interlocked.Increment(ref taken) >= after;
                return Task.FromResult<Delivery>(new Delivery.Made(Take(post)));
            },
        };
        var mine = store with
        {
            Settle = (settlements, stop) => Alive(() => Done(store.Settle(settlements, stop))),
            Commit = (change, stop) => Alive(() => store.Commit(change, stop)),
            Keep = (kind, name, body, stop) => Alive(() => Done(store.Keep(kind, name, body, stop))),
            Release = (room, worker, pace, stop) => Alive(() => Done(store.Release(room, worker, pace, stop))),
        };
        await Assert.ThrowsAnyAsync<Exception>(() => Courier("dead", world, mine).ServeAll(DateTimeOffset.MaxValue, Stop));
    }

    private string[] Titles => [.. chat.Select(each => each.Post.Routed.Notice.Title)];

    private void LeaseEnds() => now += TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_message_that_the_room_has_got_is_not_posted_again()
    {
        foreach (var thing in new[] { "a", "b", "c" }) await Hear(thing);
        await Dies(after: 2);
        LeaseEnds();
        await Serve("next");

        Assert.Equal(["a fails", "b fails", "c fails"], Titles);
        Assert.Equal(0, (await store.Count(Stop)).Waiting);
        Assert.Single(asked);
        Assert.Empty(waits);
    }

    [Fact]
    public async Task What_was_found_is_the_message_that_later_ones_belong_to()
    {
        await Hear("a");
        await Hear("b");
        await Dies(after: 2);
        await Hear("b", severity: "critical");
        LeaseEnds();
        await Serve("next");

        Assert.Equal([Placing.Begin, Placing.Begin, Placing.Change, Placing.Shout], chat.Select(each => each.Post.Placing));
        Assert.Equal(["C1/2", "C1/2"], chat.Skip(2).Select(each => each.Post.Reference));
    }

    [Fact]
    public async Task History_says_that_it_was_found()
    {
        await Hear("a");
        await Hear("b");
        await Dies(after: 2);
        LeaseEnds();
        await Serve("next");
        var lines = (await store.History(new(), Stop)).Where(line => line.What is "made").Select(line => Encoding.UTF8.GetString(line.Body.Span)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Single(lines, line => line.Contains("found in the room after a restart", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_of_a_thread_that_was_posted_is_found_in_its_thread()
    {
        await Hear("a");
        await Serve("first");
        await Hear("a", severity: "critical");
        await Dies(after: 2);
        LeaseEnds();
        await Serve("next");

        Assert.Equal([Placing.Begin, Placing.Change, Placing.Shout], chat.Select(each => each.Post.Placing));
        Assert.Equal(["C1/1"], asked.Where(inquiry => inquiry.IsThread).Select(inquiry => inquiry.Reference));
    }

    [Fact]
    public async Task Of_messages_that_were_on_their_way_together_none_is_posted_again()
    {
        settings = Wide;
        await Hear("first");
        await Serve("first");
        for (var number = 0; number < 20; number++) await Hear($"disk-{number}");
        await Dies(after: 16);
        Assert.Equal(17, chat.Count);
        LeaseEnds();
        await Serve("next");
        Assert.Equal(21, chat.Count);
        Assert.Equal(21, Titles.Distinct().Count());
    }

    [Fact]
    public async Task Where_nobody_knows_the_channel_yet_one_message_tells_it_and_the_others_are_found()
    {
        settings = Wide;
        for (var number = 0; number < 20; number++) await Hear($"disk-{number}");
        await Dies(after: 16);
        await store.Keep("reference", "ops", default, Stop);
        LeaseEnds();
        await Serve("next");
        Assert.Equal(20, Titles.Distinct().Count());
        Assert.InRange(chat.Count, 20, 21);
        Assert.Equal(["", "C1/17"], asked.Select(inquiry => inquiry.Reference));
    }

    [Fact]
    public async Task After_a_room_was_given_back_nobody_asks()
    {
        await Hear("a");
        await Serve("one");
        await Hear("b");
        await Serve("two");
        Assert.Empty(asked);
    }

    [Fact]
    public async Task Whoever_lives_again_under_the_same_name_asks_a_second_later_because_a_message_may_still_be_on_the_wire()
    {
        await Hear("a");
        await Hear("b");
        await Dies(after: 2);
        await Serve("dead");
        Assert.Equal(["a fails", "b fails"], Titles);
        Assert.Equal([TimeSpan.FromSeconds(1)], waits);
    }

    [Fact]
    public async Task A_chat_that_cannot_be_asked_is_served_as_ever_and_the_operator_hears_why_once()
    {
        says = new([], "missing_scope: give the app channels:history, and groups:history for private channels");
        foreach (var thing in new[] { "a", "b", "c" }) await Hear(thing);
        await Dies(after: 2);
        LeaseEnds();
        await Serve("next");
        Assert.Equal(["a fails", "b fails", "b fails", "c fails"], Titles);
        Assert.Equal(
            ["room ops: what was said before the restart cannot be seen: missing_scope: give the app channels:history, and groups:history for private channels"], doubts);
    }

    [Fact]
    public async Task What_was_seen_before_the_chat_refused_to_go_on_counts()
    {
        foreach (var thing in new[] { "a", "b", "c" }) await Hear(thing);
        await Dies(after: 2);
        says = new([chat[1].Message], "answered 429 ratelimited");
        LeaseEnds();
        await Serve("next");
        Assert.Equal(["a fails", "b fails", "c fails"], Titles);
        Assert.Single(doubts);
    }

    [Fact]
    public async Task A_pause_that_the_chat_wants_does_not_make_anybody_forget_to_ask()
    {
        foreach (var thing in new[] { "a", "b", "c" }) await Hear(thing);
        await Dies(after: 2);
        LeaseEnds();
        // The next has no time for anything.
        await Courier("hurried").ServeAll(now, Stop);
        Assert.Empty(asked);
        await Serve("next");
        Assert.Equal(["a fails", "b fails", "c fails"], Titles);
    }

    [Fact]
    public async Task What_a_store_failed_to_note_is_found_by_the_same_courier_in_its_next_session()
    {
        foreach (var thing in new[] { "a", "b", "c" }) await Hear(thing);
        var fails = true;
        var one = Courier("one", mine: store with
        {
            Settle = (settlements, stop) =>
            {
                if (chat.Count < 2 || !fails) return store.Settle(settlements, stop);
                fails = false;
                throw new IOException("the disk is full");
            },
        });
        await Assert.ThrowsAsync<IOException>(() => one.ServeAll(DateTimeOffset.MaxValue, Stop));
        await one.ServeAll(DateTimeOffset.MaxValue, Stop);
        Assert.Equal(["a fails", "b fails", "c fails"], Titles);
    }

    [Fact]
    public async Task A_digest_that_the_room_has_got_is_not_said_again()
    {
        settings = Ops("\"per-second\": 0.1, \"burst\": 1", """, "conversations": { "digest-after": "30s" }""");
        await Hear("first");
        await Serve("first");
        for (var number = 0; number < 40; number++) await Hear($"disk-{number}");
        await Dies(after: 1);
        Assert.True(chat[^1].Post.Routed.Notice is { Kind: "digest" });
        LeaseEnds();
        await Serve("next");
        Assert.Equal(0, (await store.Count(Stop)).Waiting);
        Assert.Single(chat, each => each.Post.Routed.Notice is { Kind: "digest" });
        Assert.Equal(2, chat.Count);
    }

    [Fact]
    public async Task A_post_has_one_id_on_every_try_and_no_other_has_it()
    {
        foreach (var thing in new[] { "a", "b", "c" }) await Hear(thing);
        says = new([], null);
        await Dies(after: 2);
        LeaseEnds();
        now += TimeSpan.FromMinutes(5);
        await Serve("next");
        Assert.Equal(["a fails", "b fails", "b fails", "c fails"], Titles);
        var ids = chat.Select(each => each.Post.Id).ToList();
        Assert.Equal(ids[1], ids[2]);
        Assert.Equal(3, ids.Distinct().Count());
        Assert.DoesNotContain("", ids);
    }
}
