using System.Diagnostics;
using Signalbox.Effects;

namespace Signalbox.StoreTests;

public abstract partial class StoreContract
{
    private async Task<string?> Hold(string worker, double at = 0, double seconds = 30) =>
        await Store.Hold("ops", LeaseOf(worker, at, seconds), Stop) is { } held ? Text(held.Note) : null;

    private async Task<DateTimeOffset?> Unreleased(string worker, double at) => (await Store.Hold("ops", LeaseOf(worker, at), Stop))!.Unreleased;

    [Fact]
    public async Task One_courier_has_a_room()
    {
        Assert.Equal("", await Hold("one"));
        Assert.Null(await Hold("other", at: 29));
        Assert.NotNull(await Store.Hold("another room", LeaseOf("other"), Stop));
    }

    [Fact]
    public async Task A_courier_may_extend_its_lease()
    {
        await Hold("one");
        Assert.Equal("", await Hold("one", at: 20));
        Assert.Null(await Hold("other", at: 49));
        Assert.Equal("", await Hold("other", at: 50));
        Assert.Null(await Hold("one", at: 51));
    }

    [Fact]
    public async Task A_room_given_back_tells_its_pace_to_the_next()
    {
        await Hold("one");
        await Store.Release("ops", "one", Bytes("2 tokens"), Stop);
        Assert.Equal("2 tokens", await Hold("other", at: 1));
        Assert.Equal("2 tokens", await Hold("other", at: 2));
    }

    [Fact]
    public async Task Only_who_has_a_room_gives_it_back()
    {
        await Store.Release("ops", "nobody", Bytes("x"), Stop);
        await Hold("one");
        await Store.Release("ops", "other", Bytes("x"), Stop);
        Assert.Null(await Hold("other", at: 1));
        Assert.Equal("", await Hold("other", at: 30));
        await Store.Release("ops", "one", Bytes("x"), Stop);
        Assert.Null(await Hold("one", at: 31));
    }

    [Fact]
    public async Task A_room_that_was_given_back_is_had_by_nobody()
    {
        await Hold("one");
        await Store.Release("ops", "one", Bytes("first"), Stop);
        await Store.Release("ops", "one", Bytes("second"), Stop);
        Assert.Equal("first", await Hold("other"));
    }

    [Fact]
    public async Task A_room_tells_when_its_last_courier_did_not_give_it_back()
    {
        Assert.Null(await Unreleased("one", at: 0));
        Assert.Equal(At(30), await Unreleased("one", at: 10));
        Assert.Equal(At(40), await Unreleased("other", at: 50));
        await Store.Release("ops", "other", Bytes("pace"), Stop);
        Assert.Null(await Unreleased("one", at: 51));
        // Whoever did not get it has nothing to say.
        Assert.Null(await Hold("other", at: 52));
        Assert.Equal(At(81), await Unreleased("third", at: 90));
        Assert.Equal("pace", await Hold("third", at: 91));
    }

    [Fact]
    public async Task Of_couriers_at_once_one_gets_the_room()
    {
        var got = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Hold($"courier {number}"))));
        Assert.Single(got, pace => pace is not null);
    }

    [Fact]
    public async Task A_wait_ends_early_when_somebody_commits_a_post() =>
        await EndsEarly(() => Post(Say("x")));

    [Fact]
    public async Task A_wait_ends_early_when_an_event_comes_in() =>
        await EndsEarly(() => Accept(Event("a")));

    [Fact]
    public async Task What_came_just_before_a_wait_is_not_slept_over()
    {
        await Post(Say("x"));
        var clock = Stopwatch.StartNew();
        await Store.Await(TimeSpan.FromSeconds(30), Stop);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task A_wait_ends_when_its_time_has_passed()
    {
        await Store.Await(TimeSpan.Zero, Stop);
        await Store.Await(TimeSpan.FromSeconds(-1), Stop);
        await Store.Await(TimeSpan.FromMilliseconds(50), Stop);
    }

    [Fact]
    public async Task A_wait_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        var wait = Store.Await(TimeSpan.MaxValue, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private async Task EndsEarly(Func<Task> something)
    {
        var clock = Stopwatch.StartNew();
        var wait = Store.Await(TimeSpan.FromSeconds(60), Stop);
        await Task.Delay(20, Stop);
        await something();
        await wait;
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }
}
