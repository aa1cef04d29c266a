using System.Diagnostics;
using System.Text.RegularExpressions;
using Signalbox.StoreTests;

namespace Signalbox.EngineTests;

/// <summary>A worker that is killed in the middle of its work, again and again.</summary>
public sealed class Kills(PostgresServer server) : Killing(server)
{
    [Theory]
    [InlineData(nameof(Rooms.Bots))]
    [InlineData(nameof(Rooms.Webhooks))]
    public async Task Nothing_is_lost_on_sqlite_when_the_worker_is_killed_twenty_times(string rooms)
    {
        var folder = Directory.CreateTempSubdirectory("signalbox-kills-");
        await KillTwentyTimes($"sqlite:{folder.FullName}/signalbox.db", rooms);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Nothing_is_lost_on_postgresql_when_the_worker_is_killed_twenty_times() => await KillTwentyTimes(await Postgres(), nameof(Rooms.WideBots));
}

/// <summary>Several workers on one store, one of which is killed.</summary>
public sealed class Sharing(PostgresServer server) : Killing(server)
{
    /// <summary>So many events unless somebody wants more of them, for the figures in the docs.</summary>
    private static readonly int Events = int.TryParse(Environment.GetEnvironmentVariable("SIGNALBOX_EVENTS"), out var events) ? events : 2_000;

    [Theory]
    [InlineData(2, nameof(Rooms.Bots))]
    [InlineData(3, nameof(Rooms.WideBots))]
    public async Task Workers_share_two_thousand_events_on_postgresql_and_take_over_from_one_that_is_killed(int workers, string rooms) =>
        await ShareAndKillOne(await Postgres(), workers, Events, rooms);
}

/// <summary>Two workers on one table of DynamoDB, as two instances of a function are, one of which is killed.</summary>
public sealed class SharingATable(PostgresServer server, DynamoServer dynamo) : Killing(server)
{
    /// <summary>Fewer than elsewhere, for the stand-in of DynamoDB takes minutes for thousands.</summary>
    private static readonly int Events = int.TryParse(Environment.GetEnvironmentVariable("SIGNALBOX_EVENTS"), out var events) ? events : 200;

    [Fact]
    public async Task Two_workers_share_a_table_of_dynamodb_and_one_takes_over_when_the_other_is_killed() =>
        await ShareAndKillOne(await dynamo.Table("sharing"), workers: 2, Events, nameof(Rooms.WideBots));
}

/// <summary>Real processes are killed in the middle of their work: nothing is lost, and what is said twice is counted.</summary>
public abstract partial class Killing(PostgresServer server) : IDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private readonly BotSlack slack = new();
    private readonly List<Process> running = [];

    public void Dispose()
    {
        foreach (var process in running)
        {
            Kill(process);
            process.Dispose();
        }
        slack.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task ShareAndKillOne(string spec, int workers, int events, string rooms)
    {
        var store = await Worker.Open(spec);
        await Accept(store, 0, events, rooms);
        var started = await Task.WhenAll(Enumerable.Range(0, workers).Select(number => Start(spec, $"worker-{number}", rooms)));
        // The first to post has a room, and is killed while it serves it.
        var serving = await await Task.WhenAny(started.Select(async process =>
        {
            await process.StandardOutput.ReadLineAsync(Stop);
            return process;
        }));
        await Heard(events / 5);
        Kill(serving);
        await Done(store);
        Check(events, kills: 1, rooms);
        await store.Close();
    }

    protected async Task KillTwentyTimes(string spec, string rooms)
    {
        const int kills = 20, each = 50;
        var store = await Worker.Open(spec);
        for (var kill = 0; kill < kills; kill++)
        {
            await Accept(store, kill * each, each, rooms);
            // Restarted under its own name it goes on with its rooms at once.
            var process = await Start(spec, "worker", rooms);
            // One dies at any moment, while it starts too; the next in the middle of its posts.
            if (kill % 2 is 1) await Heard(slack.Messages.Count + 1);
            await Task.Delay(kill % 2 is 1 ? Random.Shared.Next(100) : Random.Shared.Next(10, 400), Stop);
            Kill(process);
            await process.WaitForExitAsync(Stop);
        }
        await Start(spec, "worker", rooms);
        await Done(store);
        Check(kills * each, kills, rooms);
        await store.Close();
    }

    /// <summary>Every event was said. A bot's room can be asked after a kill, and has nothing twice but what was on the wire; of a webhook nobody knows what
    /// it took, and its room has one message twice for each kill.</summary>
    private void Check(int events, int kills, string rooms)
    {
        var said = slack.Messages.SelectMany(message => Name().Matches(message.Body).Select(match => match.Value).Distinct().Select(name => (message.Channel, name)))
            .ToList();
        Assert.Equal(events, said.Select(each => each.name).Distinct().Count());
        var twice = said.GroupBy(each => each).Where(same => same.Count() > 1)
            .Select(same => (same.Key.Channel, More: same.Count() - 1)).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{rooms}: {events} events, {kills} kills: {twice.Sum(each => each.More)} said twice; asked {slack.Asked} times");
        if (rooms is nameof(Rooms.Webhooks)) Assert.All(twice.GroupBy(each => each.Channel), room => Assert.InRange(room.Sum(each => each.More), 0, kills));
        else Assert.InRange(twice.Sum(each => each.More), 0, kills);
    }

    private async Task Accept(Store store, int first, int count, string rooms)
    {
        using var outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
        var engine = new Engine(Worker.Settings(slack.Address, Enum.Parse<Rooms>(rooms)), store, outside.World, "door");
        for (var number = first; number < first + count; number++) Assert.True((await engine.Accept(Worker.Event(number), Stop))[0].IsNew);
    }

    private async Task<Process> Start(string spec, string name, string rooms)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Worker.Verb, spec, slack.Address, name, rooms]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        running.Add(process);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Stop));
        return process;
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited) process.Kill();
    }

    private async Task Heard(int messages)
    {
        for (var attempt = 0; slack.Messages.Count < messages && attempt < 600; attempt++) await Task.Delay(50, Stop);
    }

    /// <summary>Waits until nothing waits: what a killed process had taken is free again after half a minute.</summary>
    private static async Task Done(Store store)
    {
        var left = await store.Count(Stop);
        for (var attempt = 0; left.Undecided + left.Waiting > 0 && attempt < 900; attempt++)
        {
            await Task.Delay(100, Stop);
            left = await store.Count(Stop);
        }
        Assert.Equal((0, 0, 0), (left.Undecided, left.Waiting, left.Dead));
    }

    protected async Task<string> Postgres()
    {
        var database = new Npgsql.NpgsqlConnectionStringBuilder(await server.Database());
        return $"postgres:///{database.Database}?host={Uri.EscapeDataString(database.Host!)}&user=postgres";
    }

    [GeneratedRegex(@"alert-\d+\.(?= fails)")]
    private static partial Regex Name();
}
