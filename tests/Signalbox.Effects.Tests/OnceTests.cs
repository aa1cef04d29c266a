namespace Signalbox.Effects.Tests;

public class OnceTests
{
    private readonly Still still = new();
    private readonly List<string> posted = [];
    private readonly HashSet<string> down = [];
    private Settings settings = Events.To(Events.Room("ops"));

    private async Task<Handled> Tell(byte[] bytes)
    {
        posted.Clear();
        var world = still.World with
        {
            Deliver = (post, _, _) =>
            {
                var words = $"{post.Routed.Room.Name} {post.Routed.Notice.Title}";
                lock (posted) posted.Add(words);
                return Task.FromResult<Delivery>(down.Any(word => words.Contains(word, StringComparison.Ordinal))
                    ? new Delivery.Refused("answered 404")
                    : new Delivery.Made(""));
            },
        };
        return await Run.Handle(bytes, settings, world, still.World.Now().AddSeconds(9), TestContext.Current.CancellationToken);
    }

    private static byte[] Batch => Events.Sqs("jobs", ("a", "one"), ("b", "two"));

    [Fact]
    public async Task A_repeat_goes_only_where_the_first_run_failed()
    {
        down.Add("two");
        Assert.Equal(["b"], (await Tell(Batch)).FailedRecords);

        down.Clear();
        var handled = await Tell(Batch);

        Assert.Equal(["ops two"], posted);
        Assert.True(handled.Succeeded);
        Assert.Equal([true, false], handled.Events.Select(each => each.Sent[0].Repeat));
    }

    [Fact]
    public async Task A_repeat_of_one_event_goes_only_to_the_room_that_failed()
    {
        settings = Events.TwoRooms;
        down.Add("two ");
        await Tell(Events.Sns("95df01b4"));
        down.Clear();
        await Tell(Events.Sns("95df01b4"));

        Assert.Equal(["two"], posted.Select(post => post.Split(' ')[0]));
    }

    [Fact]
    public async Task Other_words_under_the_same_id_are_another_event()
    {
        await Tell(Events.Sns("95df01b4", "the disk is full"));
        await Tell(Events.Sns("95df01b4", "the disk is fine"));

        Assert.Single(posted);
    }

    [Fact]
    public async Task An_event_with_an_id_is_told_once_however_often_it_comes()
    {
        await Tell(Events.Sns("95df01b4"));
        Assert.Single(posted);
        Assert.True((await Tell(Events.Sns("95df01b4"))).Succeeded);
        Assert.Empty(posted);
    }

    [Fact]
    public async Task Two_records_of_one_batch_with_the_same_event_are_one_event()
    {
        const string Event = """
            {"id":"6a7e8feb","detail-type":"News","source":"my.app","time":"2026-11-22T08:00:00Z","resources":[],"detail":{"title":"one"}}
            """;
        Assert.True((await Tell(Events.Sqs("jobs", ("a", Event), ("b", Event)))).Succeeded);
        Assert.Single(posted);
    }

    [Fact]
    public async Task The_same_words_without_an_id_are_told_again()
    {
        await Tell(Events.Text("the backup is done"));
        await Tell(Events.Text("the backup is done"));
        Assert.Single(posted);
    }

    [Fact]
    public async Task The_same_words_twice_in_one_call_are_told_twice()
    {
        const string Twice = """[{"title":"the backup is done"},{"title":"the backup is done"}]""";
        await Tell(Events.Text(Twice));
        Assert.Equal(2, posted.Count);
    }

    private const string Two = """[{"title":"one"},{"title":"two"}]""";

    [Fact]
    public async Task Words_without_an_id_are_not_told_again_where_they_arrived_while_a_part_is_still_owed()
    {
        down.Add("two");
        await Tell(Events.Text(Two));
        down.Clear();

        await Tell(Events.Text(Two));
        Assert.Equal(["ops two"], posted);

        await Tell(Events.Text(Two));
        Assert.Equal(["ops one", "ops two"], posted);
    }

    [Fact]
    public async Task A_debt_that_nobody_came_to_settle_is_forgotten()
    {
        down.Add("two");
        await Tell(Events.Text(Two));
        still.Pass(TimeSpan.FromMinutes(11));

        await Tell(Events.Text(Two));
        Assert.Contains("ops one", posted);
    }

    [Fact]
    public void The_oldest_posts_are_forgotten_first()
    {
        var memory = new Memory(capacity: 2);
        PostKey Key(string id) => new(id, Room.Local, 0);
        foreach (var id in (string[])["a", "b", "c"]) memory.Keep(Key(id), Still.Noon);

        Assert.Equal([false, true, true], ((string[])["a", "b", "c"]).Select(id => memory.Has(Key(id), Still.Noon)));
    }
}
