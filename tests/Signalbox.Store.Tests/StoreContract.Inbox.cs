using Signalbox.Effects;

namespace Signalbox.StoreTests;

public abstract partial class StoreContract
{
    /// <summary>Ids as senders could make them: long, and with every character that an engine might stumble over.</summary>
    public static TheoryData<string> OddIds =>
    [
        new string('a', 500), new string('€', 500), new string('\0', 500), new string('\ud800', 500), string.Concat(Enumerable.Repeat("🚦", 250)),
        "", " ", "a'b\"c;--", "%_\\", "a\0b", "a\u001bb", "\ud800", "tab\tline\n", "é", "e\u0301", "ID", "id", "'); drop table event; --",
    ];

    [Fact]
    public async Task An_event_is_new_once()
    {
        Assert.Equal([true, true], await Accept(Event("a"), Event("b")));
        Assert.Equal([false, true], await Accept(Event("a"), Event("c")));
    }

    [Fact]
    public async Task An_id_twice_in_one_call_is_new_the_first_time()
    {
        Assert.Equal([true, false, true], await Accept(Event("a", body: "first"), Event("a", body: "second"), Event("b")));
        var claimed = await Store.Claim(LeaseOf("w"), Every, Stop);
        Assert.Equal(["first", "{}"], claimed.Select(arrival => Text(arrival.Body)));
    }

    [Fact]
    public async Task An_id_is_known_also_after_its_event_was_decided()
    {
        await Accept(Event("a"));
        Assert.True(await Commit(new() { Event = "a", At = Noon }));
        Assert.Equal([false], await Accept(Event("a")));
        Assert.Empty(await Claim("w"));
    }

    [Fact]
    public async Task What_nobody_has_decided_is_told_apart()
    {
        await Accept(Event("open"), Event("decided"), Event("claimed"), Event("ID\0"));
        await Commit(new() { Event = "decided", At = Noon });
        await Claim("w", most: 2);
        Assert.Equal([true, false, true, false, true, true, false], await Store.Undecided(["open", "decided", "claimed", "unknown", "open", "ID\0", "id\0"], Stop));
        Assert.Empty(await Store.Undecided([], Stop));
    }

    [Fact]
    public async Task An_event_can_be_had_as_it_came()
    {
        await Accept(Event("a", body: "first"), Event("ID\0", body: "second"));
        Assert.Equal("second", Text((await Store.Came("ID\0", Stop))!.Body));
        var claimed = (await Store.Claim(LeaseOf("w"), Every, Stop)).Single(arrival => arrival.Id == "a");
        Assert.Equal((claimed.Part, claimed.At, "first"), await Store.Came("a", Stop) is { } came ? (came.Part, came.At, Text(came.Body)) : default);
        Assert.Null(await Store.Came("unknown", Stop));
        Assert.Null(await Store.Came("id\0", Stop));
    }

    [Fact]
    public async Task Of_callers_at_once_exactly_one_hears_that_an_event_is_new()
    {
        var ids = Enumerable.Range(0, 200).Select(number => $"event {number}").ToArray();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            var news = new List<string>();
            // Every other caller goes backwards, so that they meet in the middle.
            foreach (var chunk in (caller % 2 == 0 ? ids : [.. ids.Reverse()]).Chunk(25))
                news.AddRange((await Accept([.. chunk.Select(id => Event(id))])).Zip(chunk).Where(each => each.First).Select(each => each.Second));
            return news;
        })));
        Assert.Equal(ids.Order(), answers.SelectMany(news => news).Order());
    }

    [Theory]
    [MemberData(nameof(OddIds))]
    public async Task Ids_may_hold_any_characters(string id)
    {
        Assert.Equal([true], await Accept(Event(id)));
        Assert.Equal([false], await Accept(Event(id)));
        Assert.Equal([id], await Claim("w"));
        Assert.True(await Commit(new() { Event = id, At = Noon, History = [Line("x", id: id)] }));
        Assert.Equal(["x"], await History(new() { Event = id }));
    }

    [Fact]
    public async Task Ids_that_are_nearly_equal_are_not_equal()
    {
        string[] ids = [.. OddIds.Select(row => row.Data)];
        Assert.All(await Accept([.. ids.Select(id => Event(id))]), Assert.True);
        Assert.Equal(ids, await Claim("w"));
    }

    [Fact]
    public async Task An_event_comes_out_as_it_went_in()
    {
        var body = new byte[256 * 1024];
        new Random(7).NextBytes(body);
        var at = Noon.AddTicks(1_234_567);
        await Store.Accept([new("a", body, 3, at)], Stop);
        var arrival = Assert.Single(await Store.Claim(LeaseOf("w"), Every, Stop));
        Assert.Equal(("a", 3, at), (arrival.Id, arrival.Part, arrival.At));
        Assert.True(arrival.Body.Span.SequenceEqual(body));
    }

    [Fact]
    public async Task An_empty_body_stays_empty()
    {
        await Store.Accept([new("a", default, 0, Noon)], Stop);
        Assert.True(Assert.Single(await Store.Claim(LeaseOf("w"), Every, Stop)).Body.IsEmpty);
    }

    [Fact]
    public async Task A_buffer_may_be_used_again_after_the_call()
    {
        var buffer = "before"u8.ToArray();
        await Store.Accept([new("a", buffer, 0, Noon)], Stop);
        "after!"u8.CopyTo(buffer);
        Assert.Equal("before", Text(Assert.Single(await Store.Claim(LeaseOf("w"), Every, Stop)).Body));
    }

    [Fact]
    public async Task The_oldest_events_are_handed_out_first()
    {
        await Accept(Event("third", 3), Event("first", 1), Event("second", 2), Event("also second", 2));
        Assert.Equal(["first", "second"], await Claim("w", most: 2));
        Assert.Equal(["also second", "third"], await Claim("w", most: 2));
        Assert.Empty(await Claim("w"));
    }

    [Fact]
    public async Task A_claimed_event_is_kept_from_others_until_the_lease_ends()
    {
        await Accept(Event("a"));
        Assert.Equal(["a"], await Claim("one", at: 0));
        Assert.Empty(await Claim("other", at: 29));
        Assert.Equal(["a"], await Claim("other", at: 30));
        Assert.Empty(await Claim("one", at: 31));
    }

    [Fact]
    public async Task Workers_at_once_never_get_the_same_event()
    {
        var ids = Enumerable.Range(0, 200).Select(number => $"{number:000}").ToArray();
        await Accept([.. ids.Select(id => Event(id))]);
        var got = await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            var mine = new List<string>();
            while (await Claim($"w{worker}", most: 7) is { Count: > 0 } more) mine.AddRange(more);
            return mine;
        })));
        Assert.Equal(ids, got.SelectMany(mine => mine).Order());
    }

    [Fact]
    public async Task After_a_lease_ended_the_first_commit_wins()
    {
        await Accept(Event("a"));
        await Claim("slow");
        await Claim("quick", at: 60);
        Assert.True(await Commit(new() { Event = "a", At = At(61), Orders = [Say("by slow")] }));
        Assert.False(await Commit(new() { Event = "a", At = At(62), Orders = [Say("by quick")] }));
        Assert.Equal(["by slow"], await Words(now: 70));
        Assert.Empty(await Claim("w", at: 1_000));
    }

    [Fact]
    public async Task An_unknown_event_cannot_be_decided() => Assert.False(await Commit(new() { Event = "nobody knows it", At = Noon }));

    [Fact]
    public async Task Empty_lists_do_nothing()
    {
        Assert.Empty(await Store.Accept([], Stop));
        Assert.Empty(await Store.Load([], Stop));
        Assert.Empty(await Store.Claim(LeaseOf("w"), 0, Stop));
        Assert.True(await Commit(new() { At = Noon }));
        await Settle();
        Assert.Equal(new(0, 0, 0, 0, 0, 0, 0), await Store.Count(Stop));
    }

    [Fact]
    public async Task What_is_stopped_before_it_begins_does_nothing()
    {
        var stopped = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Accept([Event("a")], stopped));
        Assert.Equal([true], await Accept(Event("a")));
    }
}
