using Signalbox.Aws;
using Signalbox.Aws.Dynamo;
using Signalbox.Effects;

namespace Signalbox.StoreTests;

/// <summary>What a store in DynamoDB does beyond what all stores do.</summary>
public class DynamoTables(DynamoServer server)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Revision Revise(Place place, long expected = 0) => new(place, expected, new byte[] { 1 });

    [Fact]
    public async Task A_table_is_made_once_and_found_from_then_on()
    {
        var spec = await server.Table("made-once");
        Assert.StartsWith("Found the DynamoDB table made-once; ", await DynamoStore.Init(spec, DynamoServer.Trust, Stop));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_named_with_what_makes_it()
    {
        var spec = (await server.Table("made-once")).Replace("made-once", "never-made", StringComparison.Ordinal);
        var store = await DynamoStore.Open(spec, DynamoServer.Trust);
        var trouble = await Assert.ThrowsAsync<StoreException>(() => store.Count(Stop));
        Assert.Equal("there is no DynamoDB table never-made: signalbox store init makes it", trouble.Message);
        await store.Close();
    }

    [Theory]
    [InlineData("dynamodb:table", "expected dynamodb://TABLE?region=REGION")]
    [InlineData("dynamodb://a b", "expected the name of a table (3 to 255 of a-z, A-Z, 0-9, _, - and .) after dynamodb://, found \"a b\"")]
    [InlineData("dynamodb://table?region=", "expected the name of a region after region=")]
    [InlineData("dynamodb://table?endpoint=localhost", "expected an http or https address after endpoint=")]
    [InlineData("dynamodb://table?profile=x", "expected region=… or endpoint=…, found profile=")]
    public async Task An_address_that_is_not_right_is_said_with_what_was_expected(string spec, string why)
    {
        var opened = await StoreKind.OpenOne(spec, [DynamoStore.Kind(DynamoServer.Trust)]);
        Assert.Equal($"The store cannot be opened: the address of the DynamoDB table is not right: {why}", opened.Why);
    }

    [Fact]
    public async Task A_decision_may_change_thousands_of_things()
    {
        var store = server.Open(await server.Prefix());
        await store.Accept([new("webhook", default, 0, Noon)], Stop);
        ValueList<Place> places = [.. Enumerable.Range(0, 800).Select(number => new Place("ops", $"alert {number}"))];
        var change = new Change
        {
            Event = "webhook",
            At = Noon,
            Revisions = [.. places.Select(place => Revise(place))],
            Orders = [.. places.Select(place => new Order(place, 5, default))],
            History = [.. places.Select(place => new HistoryLine(Noon, "webhook", place, "told", default))],
        };
        Assert.True(await store.Commit(change, Stop));
        Assert.False(await store.Commit(change, Stop));
        Assert.Equal(new(0, 1, 800, 800, 800, 0, 800), await store.Count(Stop));
        Assert.Equal(places, from waiting in await store.Waiting("ops", Noon, 10_000, Stop) select waiting.Order.Place);
        await store.Close();
    }

    [Fact]
    public async Task An_event_larger_than_an_item_comes_out_as_it_went_in()
    {
        var store = server.Open(await server.Prefix());
        var body = new byte[1_000_000];
        new Random(7).NextBytes(body);
        Assert.Equal([true, false], await store.Accept([new("a", body, 0, Noon), new("a", body, 0, Noon)], Stop));
        Assert.Equal([false], await store.Accept([new("a", new byte[500_000], 0, Noon)], Stop));
        Assert.True(Assert.Single(await store.Claim(new("w", Noon, Noon.AddSeconds(1)), 10, Stop)).Body.Span.SequenceEqual(body));
        Assert.True(await store.Commit(new() { Event = "a", At = Noon }, Stop));
        await store.Close();
    }

    [Fact]
    public async Task A_decision_whose_maker_died_before_it_was_saved_is_voided()
    {
        var prefix = await server.Prefix();
        var store = server.Open(prefix);
        var (known, fresh) = (new Place("ops", "known"), new Place("ops", "new"));
        await store.Commit(new() { At = Noon, Revisions = [Revise(known)] }, Stop);
        await Mark(prefix, "dead", known, fresh);

        Assert.Equal([1, 0], from saved in await store.Load([known, fresh], Stop) select saved.Version);
        Assert.True(await store.Commit(new() { At = Noon, Revisions = [Revise(known, 1), Revise(fresh)], Orders = [new(known, 5, default)] }, Stop));
        Assert.Equal([2, 1], from saved in await store.Load([known, fresh], Stop) select saved.Version);
        await store.Close();
    }

    /// <summary>Marks conversations as taken by a decision that nobody will ever save.</summary>
    private async Task Mark(string prefix, string decision, params Place[] places)
    {
        using var table = Reach.Table(DynamoAddress.Read(server.Spec), new(DynamoServer.Trust));
        foreach (var place in places)
        {
            await table.Update(new Rows(prefix).Talk(place), "SET #tx = :tx, #pend = :pend", null,
                new() { [":tx"] = new() { S = decision }, [":pend"] = Staged.Of([], []) }, Stop);
        }
    }
}
