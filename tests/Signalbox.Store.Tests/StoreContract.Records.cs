using Signalbox.Effects;

namespace Signalbox.StoreTests;

public abstract partial class StoreContract
{
    private async Task<List<(string, string)>> Documents(string kind = "silence") =>
        [.. from document in await Store.Documents(kind, Stop) select (document.Name, Text(document.Body))];

    [Fact]
    public async Task Documents_are_kept_by_kind_and_name()
    {
        await Store.Keep("silence", "b", Bytes("one"), Stop);
        await Store.Keep("silence", "a\0", Bytes("two"), Stop);
        await Store.Keep("other", "a", Bytes("three"), Stop);
        Assert.Equal([("a\0", "two"), ("b", "one")], await Documents());

        await Store.Keep("silence", "b", Bytes("instead"), Stop);
        Assert.Equal([("a\0", "two"), ("b", "instead")], await Documents());

        await Store.Keep("silence", "a\0", default, Stop);
        await Store.Keep("silence", "never there", default, Stop);
        Assert.Equal([("b", "instead")], await Documents());
        Assert.Equal([("a", "three")], await Documents("other"));
        Assert.Empty(await Documents("nothing"));
    }

    [Fact]
    public async Task History_is_told_newest_first()
    {
        await Commit(new() { At = Noon, History = [Line("b", 2), Line("a", 1), Line("c", 2)] });
        await Commit(new() { At = Noon, History = [Line("d", 1)] });
        Assert.Equal(["c", "b", "d", "a"], await History());
        Assert.Equal(["c", "b"], await History(new() { Most = 2 }));
    }

    [Fact]
    public async Task A_line_of_history_comes_out_as_it_went_in()
    {
        await Commit(new() { At = Noon, History = [Line("{\"why\":\"€\"}", 0.1234567, "id", Place("t", "r"), "acked")] });
        var line = Assert.Single(await Store.History(new(), Stop));
        Assert.Equal((At(0.1234567), "id", Place("t", "r"), "acked", "{\"why\":\"€\"}"), (line.At, line.Event, line.Place, line.What, Text(line.Body)));
    }

    [Fact]
    public async Task History_is_filtered_by_everything_that_is_set()
    {
        await Commit(new()
        {
            At = Noon,
            History =
            [
                Line("1", 1, "e1", Place("t1", "r1")), Line("2", 2, "e2", Place("t1", "r2")),
                Line("3", 3, "e1", Place("t2", "r1")), Line("4", 4, "", new("", "")),
            ],
        });
        Assert.Equal(["3", "1"], await History(new() { Room = "r1" }));
        Assert.Equal(["2", "1"], await History(new() { Thread = "t1" }));
        Assert.Equal(["3", "1"], await History(new() { Event = "e1" }));
        Assert.Equal(["1"], await History(new() { Event = "e1", Room = "r1", Thread = "t1" }));
        Assert.Equal(["3", "2"], await History(new() { From = At(2), Before = At(4) }));
        Assert.Equal(["2"], await History(new() { From = At(2), Thread = "t1" }));
        Assert.Equal(["4"], await History(new() { Room = "", Thread = "", Event = "" }));
        Assert.Empty(await History(new() { Room = "r1", Event = "e2" }));
    }

    [Fact]
    public async Task Pruning_takes_what_is_old_and_of_no_more_use()
    {
        await Accept(Event("decided long ago"), Event("decided lately"), Event("undecided"));
        await Commit(new()
        {
            Event = "decided long ago",
            At = At(0),
            Revisions = [Revise(Place("over long ago"), 0) with { IsOpen = false }, Revise(Place("open"), 0)],
        });
        await Commit(new() { Event = "decided lately", At = At(100), Revisions = [Revise(Place("over lately"), 0) with { IsOpen = false }] });
        await Commit(new() { At = At(0), Orders = [Say("waits"), Say("dead long ago"), Say("dead lately")], History = [Line("old", 0), Line("new", 100)] });
        foreach (var post in await Waiting())
        {
            if (Text(post.Order.Body) is not "waits")
                await Settle(new Settlement(post.Id, post.Order.Place, At(Text(post.Order.Body) is "dead lately" ? 100 : 0)) { Dead = "x" });
        }

        var minute = TimeSpan.FromMinutes(1);
        Assert.Equal(new(0, 0, 0, 0), await Store.Prune(new(minute, minute, minute, minute), At(60), Stop));
        Assert.Equal(new(1, 1, 1, 1), await Store.Prune(new(minute, minute, minute, minute), At(61), Stop));
        Assert.Equal(new(0, 0, 0, 0), await Store.Prune(new(minute, minute, minute, minute), At(61), Stop));

        Assert.Equal(new(1, 2, 1, 2, 1, 1, 1), await Store.Count(Stop));
        Assert.Equal([true, false, false], await Accept(Event("decided long ago"), Event("decided lately"), Event("undecided")));
        var left = await Store.Load([Place("over long ago"), Place("over lately"), Place("open")], Stop);
        Assert.Equal([0, 1, 1], left.Select(saved => saved.Version));
        Assert.Equal(["waits"], await Words(now: 61));
        Assert.Equal(["new"], await History());
        Assert.Equal("dead lately", Text(Assert.Single(await Store.Dead(Every, Stop)).Order.Body));
    }

    [Fact]
    public async Task Each_kind_of_data_has_a_retention_of_its_own()
    {
        await Accept(Event("a"));
        await Commit(new() { Event = "a", At = Noon, Revisions = [Revise(Place(), 0) with { IsOpen = false }], Orders = [Say("x")], History = [Line("x")] });
        await Settle(new Settlement((await Waiting())[0].Id, Place(), Noon) { Dead = "x" });
        var (one, long_) = (TimeSpan.FromSeconds(1), TimeSpan.FromDays(9));
        Assert.Equal(new(1, 0, 0, 0), await Store.Prune(new(one, long_, long_, long_), At(60), Stop));
        Assert.Equal(new(0, 1, 0, 0), await Store.Prune(new(long_, one, long_, long_), At(60), Stop));
        Assert.Equal(new(0, 0, 1, 0), await Store.Prune(new(long_, long_, one, long_), At(60), Stop));
        Assert.Equal(new(0, 0, 0, 1), await Store.Prune(new(long_, long_, long_, one), At(60), Stop));
    }

    [Fact]
    public async Task A_great_deal_is_pruned_whole()
    {
        Arrival[] events = [.. Enumerable.Range(0, 3_000).Select(number => Event($"{number}"))];
        await Accept(events);
        await Commit(new() { At = Noon, History = [.. events.Select(arrival => Line(arrival.Id))] });
        await Task.WhenAll(events.Select(arrival => Commit(new() { Event = arrival.Id, At = Noon })));
        Assert.Equal(new(3_000, 0, 3_000, 0), await Store.Prune(Retention.Usual, Noon.AddYears(1), Stop));
        Assert.Equal(new(0, 0, 0, 0, 0, 0, 0), await Store.Count(Stop));
    }

    [Fact]
    public async Task The_census_counts_everything()
    {
        await Accept(Event("a"), Event("b"), Event("c"));
        await Commit(new()
        {
            Event = "a",
            At = Noon,
            Revisions = [Revise(Place("1"), 0), Revise(Place("2"), 0), Revise(Place("3"), 0) with { IsOpen = false }],
            Orders = [Say("x"), Say("y"), Say("z"), Say("dead")],
            History = [Line("x"), Line("y")],
        });
        await Settle(new Settlement((await Waiting())[3].Id, Place(), Noon) { Dead = "x" });
        Assert.Equal(new(Undecided: 2, Events: 3, Open: 2, Conversations: 3, Waiting: 3, Dead: 1, History: 2), await Store.Count(Stop));
    }
}
