using Signalbox.Effects;

namespace Signalbox.StoreTests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Posts_wait_by_priority_and_then_in_the_order_of_commit()
    {
        await Post(Say("a", 5), Say("b", 9), Say("c", 0));
        await Post(Say("d", 9), Say("e", 5));
        Assert.Equal(["b", "d", "a", "e", "c"], await Words());
        Assert.Equal(["b", "d", "a"], await Words(most: 3));
        Assert.Empty(await Words("another room"));
    }

    [Fact]
    public async Task The_ids_of_posts_tell_the_order_of_their_commits()
    {
        for (var number = 0; number < 12; number++) await Post(Say($"{number}", number % 3));
        var byId = (await Waiting()).OrderBy(waiting => waiting.Id.Length).ThenBy(waiting => waiting.Id, StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, 12).Select(number => $"{number}"), byId.Select(waiting => Text(waiting.Order.Body)));
    }

    [Fact]
    public async Task A_waiting_post_says_what_it_is()
    {
        await Commit(new() { At = At(7), Orders = [Say("words", 3, Place("t", "r"))] });
        var waiting = Assert.Single(await Waiting("r", 8));
        Assert.Equal((Place("t", "r"), 3, At(7), 0, ""), (waiting.Order.Place, waiting.Order.Priority, waiting.At, waiting.Attempts, waiting.Reference));
    }

    [Fact]
    public async Task A_post_that_was_made_is_gone()
    {
        await Post(Say("a"), Say("b"));
        await Settle(Made((await Waiting())[0]));
        Assert.Equal(["b"], await Words());
    }

    [Fact]
    public async Task A_postponed_post_is_hidden_until_its_time()
    {
        await Post(Say("a"), Say("b"));
        var first = (await Waiting())[0];
        await Settle(new Settlement(first.Id, first.Order.Place, Noon) { NotBefore = At(10) });
        Assert.Equal(["b"], await Words(now: 9.9));
        Assert.Equal(["a", "b"], await Words(now: 10));
        Assert.Equal([1, 0], (await Waiting(now: 10)).Select(waiting => waiting.Attempts));

        await Settle(new Settlement(first.Id, first.Order.Place, At(10)) { NotBefore = At(20) });
        Assert.Equal([2, 0], (await Waiting(now: 20)).Select(waiting => waiting.Attempts));
    }

    [Fact]
    public async Task Backlogs_count_what_waits_in_rooms_where_something_may_go_out()
    {
        await Commit(new() { At = At(2), Orders = [Say("a", place: Place(room: "b")), Say("b", place: Place(room: "b"))] });
        await Commit(new() { At = At(1), Orders = [Say("c", place: Place(room: "b")), Say("d", place: Place(room: "a")), Say("e", place: Place(room: "B"))] });
        Assert.Equal([new("B", 1, At(1)), new("a", 1, At(1)), new("b", 3, At(1))], await Store.Backlogs(At(2), Stop));

        await Settle([.. (await Waiting("a", 2)).Concat(await Waiting("b", 2)).Where(waiting => Text(waiting.Order.Body) is not "c")
            .Select(waiting => new Settlement(waiting.Id, waiting.Order.Place, At(2)) { NotBefore = At(60) })]);
        await Settle(Made((await Waiting("B", 2))[0]));
        Assert.Equal([new("b", 3, At(1))], await Store.Backlogs(At(2), Stop));
        Assert.Equal([new("a", 1, At(1)), new("b", 3, At(1))], await Store.Backlogs(At(60), Stop));
    }

    [Fact]
    public async Task The_chats_id_of_a_message_is_known_to_the_next_posts()
    {
        await Commit(new() { At = Noon, Revisions = [Revise(Place(), 0)], Orders = [Say("a"), Say("b")] });
        await Settle(Made((await Waiting())[0], "ts 1"));
        Assert.Equal("ts 1", (await Load(Place())).Reference);
        Assert.Equal("ts 1", Assert.Single(await Waiting()).Reference);

        Assert.True(await Save(Revise(Place(), 1, "worse")));
        Assert.Equal("ts 1", (await Load(Place())).Reference);
        await Settle(Made((await Waiting())[0]));
        Assert.Equal("ts 1", (await Load(Place())).Reference);
    }

    [Fact]
    public async Task The_chats_id_is_forgotten_when_a_conversation_begins_afresh()
    {
        await Commit(new() { At = Noon, Revisions = [Revise(Place(), 0)], Orders = [Say("a")] });
        await Settle(Made((await Waiting())[0], "ts 1"));
        await Commit(new() { At = Noon, Revisions = [Revise(Place(), 1) with { Afresh = true }], Orders = [Say("b")] });
        Assert.Equal("", (await Load(Place())).Reference);
        Assert.Equal("", Assert.Single(await Waiting()).Reference);
        await Settle(Made((await Waiting())[0], "ts 2"));
        Assert.Equal("ts 2", (await Load(Place())).Reference);
    }

    [Fact]
    public async Task The_id_of_an_old_message_is_left_out_after_a_new_one_began()
    {
        await Commit(new() { At = Noon, Revisions = [Revise(Place(), 0)], Orders = [Say("old")] });
        var old = (await Waiting())[0];
        await Commit(new() { At = Noon, Revisions = [Revise(Place(), 1) with { Afresh = true }], Orders = [Say("new")] });
        await Settle(Made(old, "ts of the old"));
        Assert.Equal("", (await Load(Place())).Reference);
        Assert.Equal(["new"], await Words());
    }

    [Fact]
    public async Task The_id_of_a_forgotten_conversation_does_not_come_back()
    {
        await Commit(new() { At = Noon, Revisions = [Revise(Place(), 0)], Orders = [Say("old")] });
        var old = (await Waiting())[0];
        await Save(Revise(Place(), 1, ""));
        await Save(Revise(Place(), 0, "raised again"));
        await Settle(Made(old, "ts of the old"));
        Assert.Equal("", (await Load(Place())).Reference);
    }

    [Fact]
    public async Task Settlements_count_in_their_order()
    {
        await Commit(new() { At = Noon, Revisions = [Revise(Place(), 0)], Orders = [Say("a"), Say("b"), Say("c")] });
        var posts = await Waiting();
        await Settle(
            Made(posts[1], "ts 2") with { History = Line("b made", 1) },
            Made(posts[0], "ts 1") with { History = Line("a made", 2) },
            new Settlement(posts[2].Id, Place(), Noon) { NotBefore = At(5), History = Line("c postponed", 3) },
            Made(posts[1], "ts 3") with { History = Line("b again", 4) },
            new Settlement(posts[2].Id, Place(), Noon) { Dead = "no such channel", History = Line("c refused", 5) });
        Assert.Equal("ts 1", (await Load(Place())).Reference);
        Assert.Empty(await Waiting(now: 100));
        Assert.Equal(["c refused", "c postponed", "a made", "b made"], await History());
        Assert.Equal("c", Text(Assert.Single(await Store.Dead(Every, Stop)).Order.Body));
    }

    [Fact]
    public async Task What_is_gone_already_is_skipped_whole()
    {
        await Commit(new() { At = Noon, Revisions = [Revise(Place(), 0)], Orders = [Say("a"), Say("b")] });
        var posts = await Waiting();
        await Settle(Made(posts[0], "ts 1"));
        await Settle(
            Made(posts[0], "ts 2") with { History = Line("twice") },
            new Settlement("no such id", Place(), Noon) { Dead = "x", History = Line("unknown") },
            new Settlement("9223372036854775807", Place(), Noon) { NotBefore = At(1), History = Line("unknown") },
            Made(posts[1]) with { History = Line("b made") });
        Assert.Equal("ts 1", (await Load(Place())).Reference);
        Assert.Equal(["b made"], await History());
        Assert.Equal(new(0, 0, 1, 1, 0, 0, 1), await Store.Count(Stop));
    }

    [Fact]
    public async Task Posts_settled_by_several_at_once_are_settled_once()
    {
        await Commit(new() { At = Noon, Orders = [.. Enumerable.Range(0, 50).Select(number => Say($"{number}"))] });
        var posts = await Waiting();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            Settle([.. posts.Select(post => Made(post) with { History = Line(post.Id) })]))));
        Assert.Equal(50, (await History()).Distinct().Count());
        Assert.Equal(50, (await Store.Count(Stop)).History);
    }

    [Fact]
    public async Task A_post_that_can_never_be_made_is_kept_with_its_reason()
    {
        await Post(Say("a", 7), Say("b"));
        foreach (var (post, second) in (await Waiting()).Zip([1, 2]))
            await Settle(new Settlement(post.Id, post.Order.Place, At(second)) { Dead = $"reason {second}" });
        Assert.Empty(await Words(now: 100));
        var dead = await Store.Dead(Every, Stop);
        Assert.Equal([("b", "reason 2", At(2)), ("a", "reason 1", At(1))], dead.Select(letter => (Text(letter.Order.Body), letter.Why, letter.At)));
        Assert.Equal((Place(), 7), (dead[1].Order.Place, dead[1].Order.Priority));
        Assert.Equal("b", Text(Assert.Single(await Store.Dead(1, Stop)).Order.Body));
    }

    [Fact]
    public async Task Dead_letters_go_back_into_their_queue()
    {
        await Post(Say("a"), Say("b"), Say("c"));
        foreach (var post in await Waiting())
        {
            await Settle(new Settlement(post.Id, post.Order.Place, Noon) { NotBefore = At(1) });
            if (Text(post.Order.Body) is not "c") await Settle(new Settlement(post.Id, post.Order.Place, Noon) { Dead = "x" });
        }
        var b = (await Store.Dead(Every, Stop)).Single(letter => Text(letter.Order.Body) is "b");
        Assert.Equal(0, await Store.Redrive("no such id", At(60), Stop));
        Assert.Equal(1, await Store.Redrive(b.Id, At(60), Stop));
        Assert.Equal(0, await Store.Redrive(b.Id, At(60), Stop));
        Assert.Equal(["b", "c"], await Words(now: 60));
        Assert.Equal([(0, At(60)), (1, At(0))], (await Waiting(now: 60)).Select(waiting => (waiting.Attempts, waiting.At)));
        Assert.Equal(1, await Store.Redrive(null, At(60), Stop));
        Assert.Equal(["a", "b", "c"], await Words(now: 60));
        Assert.Empty(await Store.Dead(Every, Stop));
    }
}
