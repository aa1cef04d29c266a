namespace Signalbox.EngineTests;

/// <summary>What couriers do with rooms, where a clock and a lease decide.</summary>
public class Couriers
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private DateTimeOffset now = Play.Start;
    private readonly List<Post> made = [];

    private World World => new()
    {
        Deliver = (post, _, _) =>
        {
            made.Add(post);
            return Task.FromResult<Delivery>(new Delivery.Made($"{made.Count}"));
        },
        Reveal = (reference, _, _) => new(new Revealed(reference, null)),
        Now = () => now,
        Wait = (time, _) =>
        {
            now += time;
            return Task.CompletedTask;
        },
        Chance = () => 0.5,
        Record = _ => { },
        Memory = new(),
    };

    private async Task<Store> With(Settings settings, int alerts)
    {
        var store = MemoryStore.Open();
        var engine = new Engine(settings, store, World, "engine");
        for (var number = 0; number < alerts; number++)
            await engine.Accept(Events.Alert($"id-{number}", "any", $"disk-{number}", $"disk-{number} fails", true, "error", now), Stop);
        while (await engine.Decide(500, Stop) > 0) { }
        return store;
    }

    [Fact]
    public async Task A_room_that_takes_a_message_in_a_minute_stays_with_its_courier_between_two()
    {
        var settings = Play.Read("""
            { "rooms": { "ops": { "slack": { "channel": "#ops" }, "pace": { "per-second": 0.0167, "burst": 1 } } },
              "conversations": { "digest-after": "1d" } }
            """);
        var store = await With(settings, 3);
        var taken = 0;
        var world = World;
        var other = new Deliveries(settings, store, world, "two");
        var one = new Deliveries(settings, store, world with
        {
            Wait = async (time, _) =>
            {
                // In the middle of the wait somebody else looks for work.
                now += time / 2;
                taken += await other.ServeAll(now + TimeSpan.FromTicks(1), Stop);
                now += time / 2;
            },
        }, "one");
        await one.ServeAll(DateTimeOffset.MaxValue, Stop);
        Assert.Equal((3, 0), (made.Count, taken));
    }

    [Fact]
    public async Task A_courier_that_lost_its_room_does_not_post_what_another_has_posted()
    {
        var settings = Play.Read("""{ "rooms": { "ops": { "slack": { "channel": "#ops" }, "pace": { "per-second": 0.2, "burst": 1 } } } }""");
        var store = await With(settings, 3);
        var world = World;
        var slept = false;
        var one = new Deliveries(settings, store, world with
        {
            Wait = async (time, _) =>
            {
                now += time;
                if (slept) return;
                // The process stands still for longer than its lease, and another takes the room.
                slept = true;
                now += TimeSpan.FromMinutes(5);
                await new Deliveries(settings, store, world, "two").ServeAll(DateTimeOffset.MaxValue, Stop);
            },
        }, "one");
        await one.ServeAll(DateTimeOffset.MaxValue, Stop);
        Assert.Equal(["disk-0 fails", "disk-1 fails", "disk-2 fails"], made.Select(post => post.Routed.Notice.Title));
    }

    [Fact]
    public async Task A_room_without_a_pace_hears_several_conversations_at_the_same_time()
    {
        var settings = Play.Read("""{ "rooms": { "ops": { "slack": { "channel": "#ops" }, "pace": "none" } } }""");
        var store = await With(settings, 40);
        var (under, most) = (0, 0);
        var world = World with
        {
            Deliver = async (post, _, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref under));
                await Task.Delay(5, Stop);
                Interlocked.Decrement(ref under);
                lock (made) made.Add(post);
                return new Delivery.Made("x");
            },
        };
        await new Deliveries(settings, store, world, "one").ServeAll(DateTimeOffset.MaxValue, Stop);
        Assert.Equal(40, made.Select(post => post.Routed.Notice.Title).Distinct().Count());
        Assert.Equal((40, 16), (made.Count, most));
    }

    [Fact]
    public async Task A_room_without_a_pace_hears_each_conversation_in_order()
    {
        var settings = Play.Read("""{ "rooms": { "ops": { "slack": { "webhook": "env:OPS" }, "pace": "none" } } }""");
        var store = MemoryStore.Open();
        var engine = new Engine(settings, store, World, "engine");
        for (var number = 0; number < 200; number++)
        {
            now = now.AddSeconds(1);
            await engine.Accept(Events.Alert($"id-{number}", "any", $"disk-{number % 5}", $"news {number}", number / 5 % 2 is 0, "error", now), Stop);
        }
        while (await engine.Decide(500, Stop) > 0) { }
        var world = World with
        {
            Deliver = async (post, _, _) =>
            {
                await Task.Delay(Random.Shared.Next(3), Stop);
                lock (made) made.Add(post);
                return new Delivery.Made("");
            },
        };
        await new Deliveries(settings, store, world, "one").ServeAll(DateTimeOffset.MaxValue, Stop);
        Assert.All(made.GroupBy(post => post.Routed.Notice.Thread), talk => Assert.Equal(talk.OrderBy(post => post.Routed.Notice.At), talk));
    }
}
