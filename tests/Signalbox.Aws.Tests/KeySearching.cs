using Signalbox.Aws.Cloud;
using Signalbox.Effects;

namespace Signalbox.Aws.Tests;

/// <summary>A search for access keys that many wait for.</summary>
public sealed class KeySearching
{
    private static readonly AwsKeys Found = new("AKIDEXAMPLE", "secret", null);
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;
    private int searches;

    [Fact]
    public async Task All_who_ask_meanwhile_wait_for_one_search_on_no_thread_of_the_pool()
    {
        var (gate, isPooled) = (new TaskCompletionSource<AwsKeys>(), true);
        var search = Searching(() =>
        {
            isPooled = Thread.CurrentThread.IsThreadPoolThread;
            return gate.Task;
        });
        var asked = Enumerable.Range(0, 20).Select(_ => search.Keys(TestContext.Current.CancellationToken)).ToList();
        gate.SetResult(Found);
        Assert.All(await Task.WhenAll(asked), keys => Assert.Equal(Found, keys));
        Assert.Equal((1, false), (searches, isPooled));
    }

    [Fact]
    public async Task It_goes_on_when_whoever_asked_has_no_more_time()
    {
        var gate = new TaskCompletionSource<AwsKeys>();
        var search = Searching(() => gate.Task);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search.Keys(new CancellationToken(canceled: true)));
        var next = search.Keys(TestContext.Current.CancellationToken);
        gate.SetResult(Found);
        Assert.Equal((Found, 1), (await next, searches));
    }

    [Fact]
    public async Task Keys_are_asked_for_each_time_because_they_end()
    {
        var search = Searching(() => Task.FromResult(Found with { Id = $"AKID{searches}" }));
        Assert.Equal("AKID1", (await search.Keys(TestContext.Current.CancellationToken)).Id);
        Assert.Equal("AKID2", (await search.Keys(TestContext.Current.CancellationToken)).Id);
    }

    [Fact]
    public async Task Keys_that_were_found_cost_the_next_who_asks_no_thread()
    {
        var asked = new List<int>();
        var search = Searching(() =>
        {
            asked.Add(Environment.CurrentManagedThreadId);
            return Task.FromResult(Found);
        });
        await search.Keys(TestContext.Current.CancellationToken);
        var here = Environment.CurrentManagedThreadId;
        var again = search.Keys(TestContext.Current.CancellationToken);
        Assert.Equal((here, Found), (asked[1], await again));
        Assert.NotEqual(here, asked[0]);
    }

    [Fact]
    public async Task That_there_are_none_is_remembered_for_half_a_minute()
    {
        var search = Searching(() => searches is 1 ? throw new CloudException("", "there are none") : Task.FromResult(Found));
        foreach (var _ in Enumerable.Range(0, 3))
            Assert.Equal("there are none", (await Assert.ThrowsAsync<CloudException>(() => search.Keys(TestContext.Current.CancellationToken))).Message);
        now = now.AddSeconds(29);
        await Assert.ThrowsAsync<CloudException>(() => search.Keys(TestContext.Current.CancellationToken));
        Assert.Equal(1, searches);
        now = now.AddSeconds(1);
        Assert.Equal(Found, await search.Keys(TestContext.Current.CancellationToken));
    }

    private KeySearch Searching(Func<Task<AwsKeys>> find) => new(() =>
    {
        Interlocked.Increment(ref searches);
        return find();
    }, () => now);
}
