// Signalbox and Alertmanager as servers, taking turns: the same client, the same Slack stand-in.
// Usage: Serve [PART…] [rounds=3] [alerts=50000] [signalbox=FILE] [alertmanager=FILE]
// Parts: idle ingest both messages storm kill stop; all of them without any. signalbox=FILE may be given twice, to compare two builds.
// And replicas, with postgres=FOLDER, that of the socket of a PostgreSQL whose user postgres needs no password.
using System.Diagnostics;
using System.Globalization;
using Signalbox.Bench.Serve;

const int Batch = 64;
const int Connections = 4;
const int Messages = 10_000;
const int Accepted = 1_000;

var options = args.Where(arg => arg.Contains('=', StringComparison.Ordinal)).Select(arg => arg.Split('=', 2)).ToLookup(pair => pair[0], pair => pair[1]);
var parts = args.Where(arg => !arg.Contains('=', StringComparison.Ordinal)).ToHashSet();
var rounds = Number("rounds", 3);
var alerts = Number("alerts", 50_000);
var binaries = options["signalbox"].DefaultIfEmpty("artifacts/cli/signalbox").Select(Path.GetFullPath).ToList();
var other = options["alertmanager"].FirstOrDefault("/usr/bin/prometheus-alertmanager");

List<Contender> Field(string wait) =>
[
    .. binaries.Select((binary, place) => Contender.Signalbox(binary) with { Name = place is 0 ? "Signalbox" : $"Signalbox {place + 1}" }),
    .. other.Length > 0 ? [Contender.Alertmanager(other, wait)] : Array.Empty<Contender>(),
];

var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
Console.WriteLine($"| {rounds} rounds, load before {load} | {string.Join(" | ", Field("").Select(each => each.Name))} |");
Console.WriteLine($"| --- | {string.Join(" | ", Field("").Select(_ => "---:"))} |");

await Part("idle", "0s", async (contender, folder) =>
{
    using var running = await Running.Of(contender, folder, 0);
    await Task.Delay(TimeSpan.FromSeconds(5));
    return [("ms until ready", running.Ready), ("idle MiB", running.MemoryMiB)];
});
await Part("ingest", "0s", async (contender, folder) => await Ingest(contender, folder, 0, "delivering nothing"));
await Part("both", "0s", async (contender, folder) =>
{
    using var slack = new SlackStandin();
    return await Ingest(contender, folder, slack.Port, "posting at the same time");
});
await Part("messages", "0s", async (contender, folder) =>
{
    using var slack = new SlackStandin();
    using var running = await Running.Of(contender, folder, slack.Port);
    await Alert.Post(running.Port, 0, Messages, Batch, Connections);
    var seconds = await Until(slack, Messages, TimeSpan.FromSeconds(60));
    return [($"of {Messages} alerts, messages", slack.Taken), ("messages a second, posting included", slack.Taken / seconds), ("peak MiB", running.PeakMiB),
        ("CPU µs a message", running.Cpu / Math.Max(1, slack.Taken) * 1e6)];
});
await Part("storm", "0s", async (contender, folder) =>
{
    using var slack = new SlackStandin(isLimited: true);
    using var running = await Running.Of(contender, folder, slack.Port, isPaced: true);
    await Alert.Post(running.Port, 0, 100, Batch, 1);
    var seconds = await Until(slack, 100, TimeSpan.FromSeconds(120));
    return [("of 100 alerts told through a Slack of 1/s in 120 s", slack.Alerts.Count), ("seconds", seconds), ("refusals", slack.Refused)];
});
await Part("kill", "1s", async (contender, folder) => await Again(contender, folder, "kill -9", running =>
{
    running.Kill();
    return Task.CompletedTask;
}));
await Part("stop", "1s", async (contender, folder) => await Again(contender, folder, "SIGTERM", running => running.Stop()));
if (options["postgres"].FirstOrDefault() is { } postgres)
{
    var replicas = 0;
    await Part("replicas", "1s", (contender, folder) => Replicas.Run(
        (replicas++ % Field("1s").Count) < binaries.Count ? Replicas.Signalbox(contender, postgres) : Replicas.Alertmanager(contender), folder, Accepted));
}

async Task<(string, double)[]> Ingest(Contender contender, string folder, int slack, string how)
{
    using var running = await Running.Of(contender, folder, slack);
    // What is done once is not measured.
    await Alert.Post(running.Port, 9_000_000, 10 * Batch, Batch, Connections);
    await Task.Delay(TimeSpan.FromSeconds(2));
    var before = running.Cpu;
    var accepted = await Alert.Post(running.Port, 0, alerts, Batch, Connections);
    var seconds = Stopwatch.GetElapsedTime(Alert.Began).TotalSeconds;
    return [($"alerts accepted a second, {how}", accepted / seconds), ($"CPU µs an alert, {how}", (running.Cpu - before) / accepted * 1e6),
        ($"peak MiB, {how}", running.PeakMiB)];
}

async Task<(string, double)[]> Again(Contender contender, string folder, string how, Func<Running, Task> end)
{
    using var slack = new SlackStandin();
    int accepted;
    using (var running = await Running.Of(contender, folder, slack.Port))
    {
        accepted = await Alert.Post(running.Port, 0, Accepted, Batch, Connections);
        await end(running);
    }
    using var next = await Running.Of(contender, folder, slack.Port);
    await Until(slack, accepted, TimeSpan.FromSeconds(45));
    await Task.Delay(TimeSpan.FromSeconds(1));
    return [($"of {Accepted} accepted, then {how} and a start: lost", accepted - slack.Alerts.Count),
        ($"seconds until the last of them was told, {how}", slack.Last),
        ($"told twice after {how}", slack.Taken - slack.Alerts.Count)];
}

// Until so many alerts were told; the time runs from the first post.
static async Task<double> Until(SlackStandin slack, int alerts, TimeSpan patience)
{
    while (slack.Alerts.Count < alerts && Stopwatch.GetElapsedTime(Alert.Began) < patience) await Task.Delay(5);
    return Stopwatch.GetElapsedTime(Alert.Began).TotalSeconds;
}

async Task Part(string name, string wait, Func<Contender, string, Task<(string What, double Figure)[]>> measure)
{
    if (parts.Count > 0 && !parts.Contains(name)) return;
    var field = Field(wait);
    var figures = field.Select(_ => new List<(string What, double Figure)[]>()).ToList();
    for (var round = 0; round < (name is "storm" or "replicas" ? 1 : rounds); round++)
    {
        for (var place = 0; place < field.Count; place++)
        {
            var folder = Directory.CreateTempSubdirectory("signalbox-serve").FullName;
            figures[place].Add(await measure(field[place], folder));
            Directory.Delete(folder, recursive: true);
        }
    }
    for (var line = 0; line < figures[0][0].Length; line++)
    {
        var cells = figures.Select(runs => Span([.. runs.Select(run => run[line].Figure)]));
        Console.WriteLine($"| {figures[0][0][line].What} | {string.Join(" | ", cells)} |");
    }
}

static string Span(List<double> figures)
{
    var (low, high) = (Written(figures.Min()), Written(figures.Max()));
    return low == high ? low : $"{low}–{high}";
}

static string Written(double figure) => figure >= 100 || figure == Math.Floor(figure)
    ? Math.Round(figure).ToString("#,0", CultureInfo.InvariantCulture) : figure.ToString("0.0", CultureInfo.InvariantCulture);

int Number(string name, int otherwise) => options[name].FirstOrDefault() is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
