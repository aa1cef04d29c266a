using Signalbox.Effects;

namespace Signalbox.StoreTests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Nothing_is_known_of_a_new_conversation()
    {
        var saved = await Load(Place());
        Assert.Equal((Place(), 0, 0, ""), (saved.Place, saved.Version, saved.State.Length, saved.Reference));
    }

    [Fact]
    public async Task A_conversation_counts_how_often_it_was_saved()
    {
        Assert.True(await Save(Revise(Place(), 0, "raised")));
        Assert.True(await Save(Revise(Place(), 1, "worse")));
        var saved = await Load(Place());
        Assert.Equal((2, "worse", ""), (saved.Version, Text(saved.State), saved.Reference));
    }

    [Fact]
    public async Task Conversations_are_loaded_in_the_order_asked()
    {
        await Save(Revise(Place("a"), 0, "A"), Revise(Place("b"), 0, "B"), Revise(Place("a", "other"), 0, "elsewhere"));
        var saved = await Store.Load([Place("b"), Place("nobody"), Place("a", "other"), Place("a")], Stop);
        Assert.Equal(["B", "", "elsewhere", "A"], saved.Select(each => Text(each.State)));
        Assert.Equal([Place("b"), Place("nobody"), Place("a", "other"), Place("a")], saved.Select(each => each.Place));
    }

    [Fact]
    public async Task Rooms_and_threads_may_hold_any_characters()
    {
        var odd = string.Concat(OddIds.Select(row => row.Data).Where(id => id.Length < 100));
        Place[] places = [new("a", "bc"), new("ab", "c"), new(odd, ""), new("", odd), new("ops", new('€', 1_000)), new("ops", new('\0', 1_000))];
        foreach (var (number, place) in places.Index())
        {
            Assert.True(await Commit(new()
            {
                At = Noon,
                Revisions = [Revise(place, 0, $"state {number}")],
                Orders = [Say("x", place: place)],
                History = [Line("x", place: place)],
            }));
        }
        foreach (var (number, place) in places.Index())
        {
            Assert.Equal($"state {number}", Text((await Load(place)).State));
            Assert.Contains(place, from waiting in await Waiting(place.Room) select waiting.Order.Place);
            Assert.Equal([place], from line in await Store.History(new() { Room = place.Room, Thread = place.Thread }, Stop) select line.Place);
        }
    }

    [Fact]
    public async Task A_decision_on_an_old_version_is_turned_down()
    {
        await Save(Revise(Place(), 0, "one"));
        Assert.False(await Save(Revise(Place(), 0, "two")));
        Assert.False(await Save(Revise(Place(), 2, "two")));
        Assert.False(await Save(Revise(Place("nobody"), 1, "two")));
        Assert.Equal((1, "one"), ((await Load(Place())).Version, Text((await Load(Place())).State)));
    }

    [Fact]
    public async Task Of_eight_commits_at_once_one_wins_each_version()
    {
        for (var version = 0; version < 10; version++)
        {
            var expected = version;
            var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() =>
                Commit(new() { At = Noon, Revisions = [Revise(Place(), expected, $"{caller}")], Orders = [Say($"{expected}")] }))));
            Assert.Single(won, each => each);
        }
        Assert.Equal(10, (await Load(Place())).Version);
        Assert.Equal(Enumerable.Range(0, 10).Select(version => $"{version}"), await Words());
    }

    [Fact]
    public async Task Commits_over_the_same_conversations_in_another_order_get_through()
    {
        var wins = await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            Place[] places = [Place("a"), Place("b"), Place("c")];
            if (caller % 2 == 1) Array.Reverse(places);
            var won = 0;
            while (won < 5)
            {
                var saved = await Store.Load([.. places], Stop);
                if (await Commit(new() { At = Noon, Revisions = [.. saved.Select(each => Revise(each.Place, each.Version))] })) won++;
            }
            return won;
        })));
        Assert.Equal(40, wins.Sum());
        Assert.Equal([40, 40, 40], (await Store.Load([Place("a"), Place("b"), Place("c")], Stop)).Select(saved => saved.Version));
    }

    [Fact]
    public async Task Nothing_of_a_decision_is_seen_when_one_conversation_moved_on()
    {
        await Accept(Event("a"));
        await Save(Revise(Place("moved"), 0));
        Assert.False(await Commit(new()
        {
            Event = "a",
            At = Noon,
            Revisions = [Revise(Place("new"), 0), Revise(Place("moved"), 0), Revise(Place("another"), 0)],
            Orders = [Say("x"), Say("y", place: Place(room: "other"))],
            History = [Line("x")],
        }));
        Assert.Equal(0, (await Load(Place("new"))).Version);
        Assert.Empty(await Words());
        Assert.Empty(await History());
        Assert.Equal(["a"], await Claim("w"));
        Assert.Equal(new(1, 1, 1, 1, 0, 0, 0), await Store.Count(Stop));
        Assert.True(await Commit(new() { Event = "a", At = Noon, Revisions = [Revise(Place("moved"), 1)] }));
    }

    [Fact]
    public async Task Nothing_of_a_decision_is_seen_when_its_event_was_decided()
    {
        Assert.False(await Commit(new() { Event = "gone", At = Noon, Revisions = [Revise(Place(), 0)], Orders = [Say("x")], History = [Line("x")] }));
        Assert.Equal(new(0, 0, 0, 0, 0, 0, 0), await Store.Count(Stop));
    }

    [Fact]
    public async Task A_conversation_without_a_state_is_forgotten()
    {
        await Save(Revise(Place(), 0) with { Wake = At(1) });
        Assert.False(await Save(Revise(Place(), 0, "")));
        Assert.True(await Save(Revise(Place(), 1, "")));
        Assert.Equal(0, (await Load(Place())).Version);
        Assert.Empty(await Store.Due(At(9), Every, Stop));
        Assert.True(await Save(Revise(Place("never there"), 0, "")));
        Assert.Equal(0, (await Store.Count(Stop)).Conversations);
    }

    [Fact]
    public async Task Conversations_are_woken_when_they_asked_for_it_earliest_first()
    {
        await Save(Revise(Place("late"), 0) with { Wake = At(20) }, Revise(Place("early"), 0) with { Wake = At(10) }, Revise(Place("never"), 0));
        Assert.Empty(await Store.Due(At(9.9), Every, Stop));
        Assert.Equal(["early"], from saved in await Store.Due(At(10), Every, Stop) select saved.Place.Thread);
        Assert.Equal(["early", "late"], from saved in await Store.Due(At(20), Every, Stop) select saved.Place.Thread);
        Assert.Equal(["early"], from saved in await Store.Due(At(20), 1, Stop) select saved.Place.Thread);

        Assert.True(await Save(Revise(Place("early"), 1) with { Wake = At(30) }, Revise(Place("late"), 1)));
        Assert.Empty(await Store.Due(At(29), Every, Stop));
        var due = Assert.Single(await Store.Due(At(30), Every, Stop));
        Assert.Equal((Place("early"), 2, "raised"), (due.Place, due.Version, Text(due.State)));
    }

    [Fact]
    public async Task Open_conversations_are_listed_with_the_latest_change_first()
    {
        foreach (var (thread, second) in new[] { ("a", 1), ("b", 2), ("c", 3) })
            await Commit(new() { At = At(second), Revisions = [Revise(Place(thread), 0)] });
        await Commit(new() { At = At(4), Revisions = [Revise(Place("a"), 1)] });
        await Commit(new() { At = At(5), Revisions = [Revise(Place("b"), 1) with { IsOpen = false }] });
        Assert.Equal(["a", "c"], from saved in await Store.Open(Every, Stop) select saved.Place.Thread);
        Assert.Equal(["a"], from saved in await Store.Open(1, Stop) select saved.Place.Thread);
        Assert.Equal((2, 3), ((await Store.Count(Stop)).Open, (await Store.Count(Stop)).Conversations));
    }

    [Fact]
    public async Task Many_conversations_are_loaded_at_once()
    {
        Place[] places = [.. Enumerable.Range(0, 500).Select(number => Place($"thread {number}"))];
        Assert.True(await Save([.. places.Select(place => Revise(place, 0, place.Thread))]));
        Assert.Equal(places.Select(place => place.Thread), (await Store.Load([.. places], Stop)).Select(saved => Text(saved.State)));
    }
}
