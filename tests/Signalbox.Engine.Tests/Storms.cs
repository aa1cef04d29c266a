using System.Text.RegularExpressions;

namespace Signalbox.EngineTests;

/// <summary>More than a room can take, on a simulated clock.</summary>
public partial class Storms
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly Settings Bot = Play.Read("""{ "rooms": { "ops": { "slack": { "channel": "#ops" } } } }""");
    private static readonly Settings Hook = Play.Read("""{ "rooms": { "ops": { "slack": { "webhook": "env:OPS" } } } }""");

    [Fact]
    public async Task A_hundred_alerts_at_once_arrive_one_by_one_within_a_hundred_seconds()
    {
        var slack = await Played(Bot, Enumerable.Range(0, 100).Select(number => (0.0, $"alert-{number}", "error")), seconds: 100);
        Assert.Equal(100, slack.Taken.Count);
        Assert.Equal(100, slack.FirstNamed(Names).Count);
        Assert.InRange(slack.Refusals, 0, 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ten_thousand_alerts_in_a_minute_are_all_named_within_five(bool webhook)
    {
        var alerts = Enumerable.Range(0, 10_000).Select(number => (number * 0.006, $"alert-{number}", number % 7 is 0 ? "warning" : "error"))
            .Append((30.03, "alert-critical", "critical")).Append((47.5, "alert-second", "critical"));
        var slack = await Played(webhook ? Hook : Bot, alerts, seconds: 300);
        var named = slack.FirstNamed(Names);
        Assert.Equal(10_002, named.Count);
        Assert.InRange(named["alert-critical"] - Play.Start.AddSeconds(30.03), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(named["alert-second"] - Play.Start.AddSeconds(47.5), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.All(slack.Taken.Select((shown, place) => (shown.At, place)), each =>
            Assert.InRange(each.place + 1, 1, 5 + (each.At - Play.Start).TotalSeconds + 0.001));
        Assert.InRange(slack.Refusals, 0, 5);
    }

    [Fact]
    public async Task A_courier_that_takes_over_a_backlog_goes_on_at_the_same_pace()
    {
        var slack = await Played(Bot, Enumerable.Range(0, 60).Select(number => (0.0, $"alert-{number}", "error")), seconds: 60, workers: 3);
        Assert.Equal(60, slack.FirstNamed(Names).Count);
        Assert.InRange(slack.Refusals, 0, 5);
    }

    private static IEnumerable<string> Names(string text) => Name().Matches(text).Select(match => match.Value);

    [GeneratedRegex("alert-[a-z0-9]+")]
    private static partial Regex Name();

    /// <summary>Lets alerts come at their times, and time pass in tenths of a second.</summary>
    private static async Task<SlowSlack> Played(
        Settings settings, IEnumerable<(double At, string Thing, string Severity)> alerts, double seconds, int workers = 1)
    {
        var stop = TestContext.Current.CancellationToken;
        var (slack, store, now) = (new SlowSlack(), MemoryStore.Open(), Play.Start);
        var world = new World
        {
            Deliver = (post, _, _) => Task.FromResult(slack.Take(post, now)),
            Reveal = (reference, _, _) => new(new Revealed(reference, null)),
            Now = () => now,
            Wait = (_, _) => Task.CompletedTask,
            Chance = () => 0.5,
            Record = _ => { },
            Memory = new(),
        };
        var engine = new Engine(settings, store, world, "engine");
        var couriers = Enumerable.Range(0, workers).Select(number => new Deliveries(settings, store, world, $"courier {number}")).ToList();
        var coming = new Queue<(double At, string Thing, string Severity)>(alerts.OrderBy(alert => alert.At));
        for (var turn = 0; now <= Play.Start.AddSeconds(seconds); turn++, now += Tick)
        {
            while (coming.Count > 0 && Play.Start.AddSeconds(coming.Peek().At) <= now)
            {
                var (at, thing, severity) = coming.Dequeue();
                await engine.Accept(Events.Alert(thing, "any", thing, $"{thing} fails", true, severity, Play.Start.AddSeconds(at)), stop);
            }
            while (await engine.Decide(500, stop) > 0) { }
            await couriers[turn % workers].ServeAll(now + TimeSpan.FromTicks(1), stop);
        }
        var left = await store.Count(stop);
        Assert.Equal((0, 0, 0), (left.Undecided, left.Waiting, left.Dead));
        return slack;
    }
}
