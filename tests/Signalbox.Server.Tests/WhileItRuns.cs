using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Signalbox.Server;
using Signalbox.Server.Jobs;

namespace Signalbox.ServerTests;

public sealed class WhileItRuns : IDisposable
{
    private const string Two = """
        rooms:
          ops: local
          other: local
        routes:
          - to: ops
        defaults:
          operator: other
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly string folder = Directory.CreateTempSubdirectory("signalbox-served-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string yaml, string name = "signalbox.yaml")
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, yaml);
        return path;
    }

    private static async Task<IReadOnlyList<string>> Titles(Served served, string room) =>
        [.. from line in await served.Store.History(new() { Room = room }, Stop)
            where line.What is "made"
            select StateJson.History(line.Body)!.Title];

    [Fact]
    public async Task Changed_settings_come_into_force_without_a_restart()
    {
        var path = Write(Two);
        await using var served = await Served.With(Two, options => options with { SettingsPath = path });
        Write(Two.Replace("to: ops", "to: other", StringComparison.Ordinal));
        await Served.Until(() => Task.FromResult(served.Log.Any(line => line.Contains("in force", StringComparison.Ordinal))));
        await served.Post("/events", """{"title":"Disk full","status":"error"}""");
        await Served.Until(async () => (await Titles(served, "other")).Count > 0);
        Assert.Empty(await Titles(served, "ops"));
    }

    [Fact]
    public async Task What_comes_and_goes_beside_the_settings_changes_nothing()
    {
        var path = Write(Two);
        await using var served = await Served.With(Two, options => options with { SettingsPath = path });
        await Task.Delay(TimeSpan.FromSeconds(1), Stop);
        Write("pages", "signalbox.db-wal");
        await Task.Delay(TimeSpan.FromSeconds(4), Stop);
        Assert.DoesNotContain(served.Log, line => line.Contains("in force", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_with_an_error_change_nothing_and_the_operators_room_hears_of_it_and_when_they_are_mended()
    {
        var path = Write(Two);
        await using var served = await Served.With(Two, options => options with { SettingsPath = path });
        Write(Two + "\nnonsense: 1\n");
        await Served.Until(async () => (await Titles(served, "other")).Any(title => title.Contains("the old ones stay in force", StringComparison.Ordinal)));
        Assert.Contains(served.Log, line => line.Contains("nonsense", StringComparison.Ordinal));
        await served.Post("/events", """{"title":"Disk full","status":"error"}""");
        await Served.Until(async () => (await Titles(served, "ops")).Count > 0);
        Write(Two);
        await Served.Until(async () => (await Titles(served, "other")).Any(title => title.Contains("in order again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_store_in_trouble_does_not_end_the_watch_over_settings()
    {
        var isDown = false;
        var memory = MemoryStore.Open();
        var store = memory with { Commit = (change, stop) => Volatile.Read(ref isDown) ? throw new StoreException("down") : memory.Commit(change, stop) };
        var path = Write(Two);
        await using var served = await Served.With(Two, options => options with { SettingsPath = path }, store);
        Volatile.Write(ref isDown, true);
        Write(Two + "\nnonsense: 1\n");
        await Served.Until(() => Task.FromResult(served.Log.Any(line => line.Contains("could not be told yet", StringComparison.Ordinal))));
        Volatile.Write(ref isDown, false);
        await Served.Until(async () => (await Titles(served, "other")).Any(title => title.Contains("the old ones stay in force", StringComparison.Ordinal)));
        Write(Two.Replace("to: ops", "to: other", StringComparison.Ordinal));
        await Served.Until(() => Task.FromResult(served.Log.Any(line => line.Contains("in force\"", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_broken_file_of_one_team_takes_down_nobody_else()
    {
        var main = Two + "\ninclude: teams/*.yaml\n";
        Write("rooms: { web: local }\nroutes: [{ when: source = ecs, to: web }]\n", "teams/web.yaml");
        var path = Write(main);
        await using var served = await Served.With(Two, options => options with { SettingsPath = path, Settings = SettingsFile.Load(path).Settings! });
        Write("rooms: { web: locl }\n", "teams/web.yaml");
        await Served.Until(async () => (await Titles(served, "other")).Any(title => title.Contains("A team's settings have errors", StringComparison.Ordinal)));
        await served.Post("/events", """{"title":"Disk full","status":"error"}""");
        await Served.Until(async () => (await Titles(served, "ops")).Count > 0);
    }

    [Fact]
    public async Task Settings_that_lie_elsewhere_are_taken_when_they_change_and_left_when_they_are_broken()
    {
        (LoadedSettings?, string?) there = (null, "s3://b/k: the settings could not be read within 1 s.");
        await using var served = await Served.With(Two, options => options with
        {
            Elsewhere = new(TimeSpan.FromMilliseconds(1), _ => Task.FromResult(Interlocked.Exchange(ref changed, null)?.Value ?? there)),
        });
        await Served.Until(() => Task.FromResult(served.Log.Any(line => line.Contains("could not be read within 1 s", StringComparison.Ordinal))));
        there = (null, null);
        changed = new((SettingsFile.ReadAlone("rooms: { ops: locl }", "s3://b/k"), null));
        await Served.Until(async () => (await Titles(served, "other")).Any(title => title.Contains("the old ones stay in force", StringComparison.Ordinal)));
        Assert.Contains(served.Log, line => line.Contains("s3://b/k:1:15", StringComparison.Ordinal));
        changed = new((SettingsFile.ReadAlone(Two.Replace("to: ops", "to: other", StringComparison.Ordinal), "s3://b/k"), null));
        await Served.Until(() => Task.FromResult(served.Log.Any(line => line.Contains("in force\"", StringComparison.Ordinal))));
        await served.Post("/events", """{"title":"Disk full","status":"error"}""");
        await Served.Until(async () => (await Titles(served, "other")).Any(title => title.Contains("Disk full", StringComparison.Ordinal)));
    }

    private StrongBox<(LoadedSettings?, string?)>? changed;

    [Fact]
    public async Task What_was_accepted_and_not_delivered_is_delivered_by_the_next_server()
    {
        var store = MemoryStore.Open();
        using var slack = new Standin(_ => Said.Http(500, "trouble"));
        var yaml = $"rooms: {{ ops: {{ slack: {{ webhook: \"{slack.Address}/services/T/B/x\" }} }} }}\n";
        await using (var served = await Served.With(yaml, store: store))
        {
            await served.Post("/events", """{"title":"Disk full","status":"error"}""");
            await Served.Until(() => Task.FromResult(slack.AllHeard.Count > 0));
        }
        using var well = new Standin(_ => Said.Http(200, "ok"));
        await using var next = await Served.With(yaml.Replace(slack.Address, well.Address, StringComparison.Ordinal), store: store);
        await Served.Until(() => Task.FromResult(well.AllHeard.Count > 0));
        Assert.Contains("Disk full", well.AllHeard[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_that_refuses_for_long_is_reported_and_so_is_its_recovery()
    {
        var (still, store) = (new Still(), MemoryStore.Open());
        var settings = Served.SettingsOf(Two);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var (station, duty) = Stationed(settings, store, still.World);
        var post = new Post(new(Something, settings.Rooms[0], null, ""), null) { EventId = "x" };
        station.Meters.Tried(post, new Delivery.Later(null, "answered 500"), still.World.Now());
        var watching = RoomWatch.Row.Run(station, duty, stopping.Token);
        await Served.Until(async () => (await duty.Engine.OpenThreads(Stop)).Any(line => line.Contains("Room ops has refused for", StringComparison.Ordinal)));
        station.Meters.Tried(post, new Delivery.Made(""), still.World.Now());
        await Served.Until(async () => (await duty.Engine.OpenThreads(Stop)).Count is 0);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public void A_room_for_which_much_waits_is_behind()
    {
        var watch = new Watching(TimeSpan.FromMinutes(10), 100, TimeSpan.FromMinutes(15));
        Assert.Null(RoomWatch.Behind("ops", new("ops", 99, Still.Noon), watch, Still.Noon.AddMinutes(1)));
        Assert.Equal(
            ("Room ops is behind", "100 posts wait for it, the oldest for 1 min."),
            RoomWatch.Behind("ops", new("ops", 100, Still.Noon), watch, Still.Noon.AddMinutes(1)));
        Assert.NotNull(RoomWatch.Behind("ops", new("ops", 1, Still.Noon), watch, Still.Noon.AddMinutes(16)));
    }

    [Fact]
    public async Task A_heartbeat_that_does_not_come_is_reported_and_so_is_the_next_one()
    {
        var (still, store) = (new Still(), MemoryStore.Open());
        var settings = Served.SettingsOf(Two + "\nserver: { heartbeats: { backup: { when: title ~ *backup*, every: 10m } } }\n");
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var (station, duty) = Stationed(settings, store, still.World);
        station.Meters.Expected = settings.Serving.Heartbeats;
        var watching = Heartbeats.Row.Run(station, duty, stopping.Token);
        await Served.Until(async () => (await duty.Engine.OpenThreads(Stop)).Any(line => line.Contains("No heartbeat of backup", StringComparison.Ordinal)));
        // Time flies here: the next beat is long after now.
        var reading = new Reading(new() { Id = "x", Transport = "bare" }, "event", "", Outcome.Told, "", [Something with { Title = "Nightly backup done" }]);
        station.Meters.Decided(reading, [], still.World.Now().AddYears(50));
        await Served.Until(async () => (await duty.Engine.OpenThreads(Stop)).Count is 0);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
    }

    [Fact]
    public async Task Figures_are_there_for_prometheus()
    {
        await using var served = await Served.With(Two);
        await served.Post("/events", """{"title":"Disk full","status":"error"}""");
        await Served.Until(async () => (await Titles(served, "ops")).Count > 0);
        var (status, text) = await served.Get("/metrics");
        Assert.Equal(200, status);
        Assert.Contains("signalbox_posts_total{room=\"ops\",chat=\"local\",outcome=\"made\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("signalbox_delivery_seconds_count 1\n", text, StringComparison.Ordinal);
        Assert.Contains("signalbox_requests_total{path=\"/events\",status=\"200\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("signalbox_undecided_events 0\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^(# (HELP|TYPE) |[a-z_]+(\{.*\})? [-0-9.E+]+$)", line));
    }

    [Theory]
    [InlineData("deploy/prometheus/signalbox.rules.yml")]
    [InlineData("deploy/grafana/signalbox.json")]
    public async Task What_dashboards_and_alerts_ask_for_is_there(string file)
    {
        await using var served = await Served.With(Two);
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "signalbox.slnx"))) root = Path.GetDirectoryName(root)!;
        var asked = Regex.Matches(await File.ReadAllTextAsync(Path.Combine(root, file), Stop), "signalbox_[a-z_]+").Select(match => match.Value).Distinct().ToList();
        var text = (await served.Get("/metrics")).Text;
        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains($"# TYPE {name.Replace("_bucket", "", StringComparison.Ordinal)} ", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Traces_and_metrics_go_where_otlp_is_taken()
    {
        using var collector = new Standin(_ => Said.Http(200, ""));
        await using (var served = await Served.With(Two + $"\nserver: {{ otlp: \"{collector.Address}\" }}\n"))
        {
            await served.Post("/events", """{"title":"Disk full","status":"error"}""");
            await Served.Until(async () => (await Titles(served, "ops")).Count > 0);
        }
        Assert.Contains(collector.AllHeard, heard => heard.Path is "/v1/traces" && heard.Body.Contains("/events", StringComparison.Ordinal));
        Assert.Contains(collector.AllHeard, heard => heard.Path is "/v1/metrics" && heard.Body.Contains("signalbox.posts", StringComparison.Ordinal));
    }

    private static Notice Something => new() { Source = "event", Kind = "", Severity = Severity.Error, Status = Status.Stated, Title = "Disk full", At = Still.Noon };

    private static (Station, Duty) Stationed(Settings settings, Store store, World world)
    {
        // Its clock flies, but lets others have a turn.
        var flying = world with
        {
            Wait = async (time, stop) =>
            {
                await Task.Delay(5, stop);
                await world.Wait(time, stop);
            },
        };
        var duty = new Duty(settings, flying, new(settings, store, flying, "test"), new(settings, store, flying, "test"));
        var station = new Station(store, new(_ => { }, world.Now), new(), new(), duty)
        {
            Inlet = new((_, _, _) => Task.FromResult<Answer>(new Answer.Missing("nobody is asked", true)), (_, _) => null),
        };
        return (station, duty);
    }
}
