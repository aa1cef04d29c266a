namespace Signalbox.Effects.Tests;

public class RunTests
{
    private static readonly DateTimeOffset Deadline = Still.Noon.AddSeconds(9);
    private readonly Still still = new();
    private readonly List<string> posted = [];

    private Task<Handled> Handle(byte[] bytes, Settings settings, Deliver deliver) =>
        Run.Handle(bytes, settings, still.World with { Deliver = deliver }, Deadline, TestContext.Current.CancellationToken);

    /// <summary>Notes each post as "room: words", and answers by room.</summary>
    private Deliver Answering(Func<string, string, Delivery> answer) => (post, _, _) =>
    {
        var (room, title) = (post.Routed.Room.Name, post.Routed.Notice.Title);
        lock (posted) posted.Add($"{room}: {title}");
        return Task.FromResult(answer(room, title));
    };

    private static Delivery Made => new Delivery.Made("");

    private static Delivery Down => new Delivery.Later(null, "answered 503");

    private static Delivery Gone => new Delivery.Refused("answered 404 no_service");

    [Fact]
    public async Task A_refused_post_is_named_with_its_room()
    {
        var handled = await Handle(Events.Sns("1"), Events.To(Events.Room("databases")), Answering((_, _) => Gone));

        Assert.False(handled.Succeeded);
        Assert.Equal(["room databases: answered 404 no_service"], handled.Faults);
        Assert.Single(posted);
    }

    [Fact]
    public async Task A_post_that_can_arrive_later_is_tried_again_within_the_same_call()
    {
        var answers = new Queue<Delivery>([Down, new Delivery.Later(TimeSpan.FromSeconds(2), "answered 429"), Made]);
        var handled = await Handle(Events.Sns("1"), Events.To(Events.Room("ops")), Answering((_, _) => answers.Dequeue()));

        Assert.True(handled.Succeeded);
        Assert.Equal(3, Assert.Single(handled.Events[0].Sent).Attempts);
        Assert.Equal([0.2, 2], still.Waits);
    }

    [Fact]
    public async Task A_wait_that_the_chat_asks_for_beyond_the_deadline_ends_the_call_at_once()
    {
        var handled = await Handle(Events.Sns("1"), Events.To(Events.Room("ops")),
            Answering((_, _) => new Delivery.Later(TimeSpan.FromSeconds(30), "answered 429")));

        Assert.Equal(["room ops: answered 429; asked to wait 30 s, which is past the deadline"], handled.Faults);
        Assert.Empty(still.Waits);
    }

    [Fact]
    public async Task Nothing_is_waited_for_and_nothing_is_tried_past_the_deadline()
    {
        var handled = await Handle(Events.Sns("1"), Events.To(Events.Room("ops")), (_, within, _) =>
        {
            Assert.True(still.World.Now() + within <= Deadline);
            still.Pass(within);
            return Task.FromResult(Down);
        });

        Assert.False(handled.Succeeded);
        Assert.True(still.World.Now() <= Deadline);
    }

    [Fact]
    public async Task A_call_that_comes_too_late_fails_without_a_try()
    {
        still.Pass(TimeSpan.FromSeconds(10));
        var handled = await Handle(Events.Sns("1"), Events.To(Events.Room("ops")), Answering((_, _) => Made));

        Assert.Equal(["room ops: no time was left before the deadline"], handled.Faults);
        Assert.Empty(posted);
    }

    [Fact]
    public async Task A_room_that_fails_does_not_stop_the_others()
    {
        var handled = await Handle(Events.Sns("1"), Events.TwoRooms, Answering((room, _) => room == "one" ? Gone : Made));

        Assert.Equal(["one", "two"], posted.Select(post => post.Split(':')[0]).Order());
        Assert.Equal(["room one: answered 404 no_service"], handled.Faults);
        Assert.Equal([true, false], handled.Events[0].Sent.Select(sent => sent.Failed));
    }

    [Fact]
    public async Task Rooms_are_served_side_by_side()
    {
        var twoWasServed = new TaskCompletionSource();
        var handled = await Handle(Events.Sns("1"), Events.TwoRooms, async (post, _, stop) =>
        {
            if (post.Routed.Room.Name == "two") twoWasServed.SetResult();
            else await twoWasServed.Task.WaitAsync(TimeSpan.FromSeconds(20), stop);
            return Made;
        });

        Assert.True(handled.Succeeded);
    }

    [Fact]
    public async Task What_no_adapter_should_do_fails_its_own_post_only_and_tells_no_secret()
    {
        var handled = await Handle(Events.Sns("1"), Events.TwoRooms, (post, _, _) => post.Routed.Room.Name == "one"
            ? throw new InvalidOperationException("https://hooks.example/secret")
            : Task.FromResult(Made));

        Assert.Equal(["room one: something unexpected happened (InvalidOperationException)"], handled.Faults);
        Assert.Equal([true, false], handled.Events[0].Sent.Select(sent => sent.Failed));
    }

    [Fact]
    public async Task The_posts_of_a_room_keep_their_order()
    {
        var names = Enumerable.Range(1, 8).Select(number => $"event {number}").ToList();
        var handled = await Handle(Events.Sqs("jobs", [.. names.Select(name => (name, name))]), Events.To(Events.Room("ops")),
            async (post, _, _) =>
            {
                await Task.Yield();
                lock (posted) posted.Add(post.Routed.Notice.Title);
                return Made;
            });

        Assert.True(handled.Succeeded);
        Assert.Equal(names, posted);
    }

    [Fact]
    public async Task A_room_hears_no_more_than_its_pace_and_the_rest_comes_again()
    {
        var records = Enumerable.Range(1, 14).Select(number => ($"id-{number}", $"event {number}")).ToArray();
        var handled = await Handle(Events.Sqs("jobs", records), Events.To(Events.Room("ops", new(1, 4))), Answering((_, _) => Made));

        Assert.Equal(12, posted.Count);
        Assert.Equal(["id-13", "id-14"], handled.FailedRecords);
        Assert.Equal(["room ops: its pace leaves no place before the deadline"], handled.Faults);
    }

    [Fact]
    public async Task Only_the_records_that_failed_are_handed_back()
    {
        var handled = await Handle(Events.Sqs("jobs", ("a", "one"), ("b", "two"), ("c", "three")), Events.To(Events.Room("ops")),
            Answering((_, title) => title.Contains("two", StringComparison.Ordinal) ? Gone : Made));

        Assert.Equal(["b"], handled.FailedRecords);
    }

    [Fact]
    public async Task A_FIFO_queue_stops_at_the_first_failure_and_gets_everything_after_it_back()
    {
        var handled = await Handle(Events.Sqs("jobs.fifo", ("a", "one"), ("b", "two"), ("c", "three")), Events.To(Events.Room("ops")),
            Answering((_, title) => title.Contains("two", StringComparison.Ordinal) ? Gone : Made));

        Assert.Equal(["b", "c"], handled.FailedRecords);
        Assert.Equal(["ops: one", "ops: two"], posted);
    }

    [Fact]
    public async Task Every_event_is_recorded_once_whatever_became_of_it()
    {
        await Handle(Events.Sqs("jobs.fifo", ("a", "one"), ("b", "two")), Events.To(Events.Room("ops")), Answering((_, _) => Gone));

        Assert.Equal([true, false], still.Recorded.Select(each => each.Begun));
    }

    [Fact]
    public async Task A_stop_is_reported_as_failed_posts()
    {
        using var stop = new CancellationTokenSource();
        var world = still.World with { Deliver = (_, _, _) => { stop.Cancel(); return Task.FromResult(Down); } };
        var handled = await Run.Handle(Events.Sns("1"), Events.To(Events.Room("ops")), world, Deadline, stop.Token);

        Assert.Equal(["room ops: it was stopped"], handled.Faults);
    }
}
