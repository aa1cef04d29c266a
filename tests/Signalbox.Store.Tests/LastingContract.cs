using System.Diagnostics;
using Signalbox.Effects;

namespace Signalbox.StoreTests;

/// <summary>What every store must do that outlives its process and is shared by several.</summary>
public abstract class LastingContract : StoreContract
{
    private readonly List<Store> others = [];

    /// <summary>Opens another store object on the same data.</summary>
    protected abstract Task<Store> Again();

    public override async ValueTask DisposeAsync()
    {
        foreach (var other in others) await other.Close();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>True for an engine that ends leases of those that are gone.</summary>
    protected virtual bool KnowsWhoLives => false;

    private async Task<Store> Other()
    {
        others.Add(await Again());
        return others[^1];
    }

    [Fact]
    public async Task Everything_is_there_after_it_was_closed_and_opened_again()
    {
        await Accept(Event("decided"), Event("open", body: "body"));
        await Commit(new()
        {
            Event = "decided",
            At = Noon,
            Revisions = [Revise(Place(), 0, "state") with { Wake = At(5) }],
            Orders = [Say("a"), Say("b"), Say("dead")],
            History = [Line("told", 1)],
        });
        var posts = await Waiting();
        await Settle(
            Made(posts[0], "ts 1"),
            new Settlement(posts[1].Id, Place(), Noon) { NotBefore = At(9) },
            new Settlement(posts[2].Id, Place(), Noon) { Dead = "why" });
        await Store.Hold("ops", LeaseOf("one"), Stop);
        await Store.Keep("silence", "a", Bytes("document"), Stop);
        var census = await Store.Count(Stop);
        await Store.Close();

        var again = await Other();
        Assert.Equal(census, await again.Count(Stop));
        Assert.Equal([false, false], await again.Accept([Event("decided"), Event("open")], Stop));
        Assert.Equal("body", Text(Assert.Single(await again.Claim(LeaseOf("w"), Every, Stop)).Body));
        var saved = Assert.Single(await again.Due(At(5), Every, Stop));
        Assert.Equal((1, "state", "ts 1"), (saved.Version, Text(saved.State), saved.Reference));
        Assert.Empty(await again.Waiting("ops", At(8), Every, Stop));
        var waiting = Assert.Single(await again.Waiting("ops", At(9), Every, Stop));
        Assert.Equal((posts[1].Id, 1, "ts 1"), (waiting.Id, waiting.Attempts, waiting.Reference));
        Assert.Equal("why", Assert.Single(await again.Dead(Every, Stop)).Why);
        // An engine that knows who lives gives a room away when its courier is gone; the others wait until the lease ends.
        Assert.Equal(KnowsWhoLives, await again.Hold("ops", LeaseOf("other", 1), Stop) is not null);
        Assert.Equal("document", Text(Assert.Single(await again.Documents("silence", Stop)).Body));
        Assert.Equal("told", Text(Assert.Single(await again.History(new(), Stop)).Body));
    }

    [Fact]
    public async Task Two_at_once_see_each_others_work()
    {
        var other = await Other();
        await Accept(Event("a"), Event("b"));
        Assert.Equal([false, true], await other.Accept([Event("a"), Event("c")], Stop));
        Assert.Equal("a", Assert.Single(await Store.Claim(LeaseOf("one"), 1, Stop)).Id);
        Assert.Equal(["b", "c"], (await other.Claim(LeaseOf("other"), Every, Stop)).Select(arrival => arrival.Id).Order());
        Assert.True(await other.Commit(new() { Event = "a", At = Noon, Revisions = [Revise(Place(), 0)], Orders = [Say("x")] }, Stop));
        Assert.False(await Commit(new() { Event = "a", At = Noon }));
        Assert.False(await Save(Revise(Place(), 0)));
        Assert.Equal(["x"], await Words());
    }

    [Fact]
    public async Task Two_at_once_accept_and_commit_without_losing_anything()
    {
        Store[] both = [Store, await Other()];
        var wins = await Task.WhenAll(both.SelectMany((store, which) => Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            var won = 0;
            for (var number = 0; number < 25; number++)
            {
                await store.Accept([Event($"shared {number}"), Event($"{which} {worker} {number}")], Stop);
                var saved = (await store.Load([Place()], Stop))[0];
                if (await store.Commit(new() { At = Noon, Revisions = [Revise(Place(), saved.Version)], Orders = [Say("x")] }, Stop)) won++;
            }
            return won;
        }))));
        Assert.Equal(wins.Sum(), (await Load(Place())).Version);
        var census = await Store.Count(Stop);
        Assert.Equal((225, wins.Sum()), (census.Undecided, census.Waiting));
    }

    [Fact]
    public async Task A_wait_ends_early_when_the_other_commits()
    {
        var other = await Other();
        var clock = Stopwatch.StartNew();
        var wait = Store.Await(TimeSpan.FromSeconds(60), Stop);
        await Task.Delay(50, Stop);
        await other.Commit(new() { At = Noon, Orders = [Say("x")] }, Stop);
        await wait;
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }

    [Fact]
    public async Task A_new_store_may_be_opened_by_several_at_once()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Again)));
        others.AddRange(opened);
        Assert.Equal([true], await opened[0].Accept([Event("a")], Stop));
        foreach (var store in opened) Assert.Equal(1, (await store.Count(Stop)).Events);
    }
}
