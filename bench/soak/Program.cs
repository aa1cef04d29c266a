using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

// A long run of the native server under load and faults: nothing that was answered with 2xx may be missing in the room, and memory has to stay flat.
// Usage: Soak MINUTES EVENTS_PER_SECOND TOOL FOLDER [disk] [clock=LIBRARY]
//   FOLDER is where the store lies; with "disk" it has to be on a small file system of its own, which is filled up now and then.
//   LIBRARY is libfaketimeMT.so.1 (Debian: libfaketime): the server's clock then jumps an hour ahead and an hour back now and then.
var (minutes, rate) = (double.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture));
var (tool, folder, fillsDisk) = (Path.GetFullPath(args[2]), Path.GetFullPath(args[3]), args.Contains("disk"));
var fakeClock = args.FirstOrDefault(arg => arg.StartsWith("clock=", StringComparison.Ordinal))?["clock=".Length..];
SQLitePCL.Batteries_V2.Init();
Directory.CreateDirectory(folder);

var heard = new ConcurrentDictionary<int, int>();
var fault = "";
await using var slack = Slack();
await slack.StartAsync();
var yaml = Path.Combine(folder, "signalbox.yaml");
await File.WriteAllTextAsync(yaml, $$"""
    rooms:
      ops: { slack: { webhook: "{{slack.Urls.First()}}/in" }, pace: none }
    conversations: { digest-after: 3650d }
    retention: { events: 1d, history: 1h, conversations: 1h }
    """);
var store = Path.Combine(folder, "soak.db");
var shift = Path.Combine(folder, "shift");
await File.WriteAllTextAsync(shift, "+0\n");
using var server = Start();
using var http = new HttpClient { BaseAddress = new("http://127.0.0.1:9391"), Timeout = TimeSpan.FromSeconds(60) };
for (var tries = 0; tries < 100 && !await IsReady(); tries++) await Task.Delay(100);

var accepted = new ConcurrentBag<(int First, int Count)>();
var (turnedDown, next) = (0, 0);
var clock = Stopwatch.StartNew();
var end = TimeSpan.FromMinutes(minutes);
using var over = new CancellationTokenSource();
var faults = Faults(over.Token);
var report = Report(over.Token);
const int Batch = 100;
var running = new List<Task>();
while (clock.Elapsed < end)
{
    var due = (int)(clock.Elapsed.TotalSeconds * rate);
    while (next + Batch <= due)
    {
        running.Add(Post(next, Batch));
        next += Batch;
    }
    running.RemoveAll(task => task.IsCompleted);
    await Task.Delay(20);
}
await Task.WhenAll(running);
await over.CancelAsync();
await Task.WhenAll(faults, report);
fault = "";

// What was accepted is to arrive when the faults are over; ten minutes at most.
var wanted = accepted.SelectMany(batch => Enumerable.Range(batch.First, batch.Count)).ToHashSet();
for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(10) && wanted.Any(number => !heard.ContainsKey(number));)
    await Task.Delay(2_000);
var lost = wanted.Count(number => !heard.ContainsKey(number));
Console.WriteLine($"{wanted.Count} accepted, {Volatile.Read(ref turnedDown)} turned down, {lost} lost, {heard.Values.Sum() - heard.Count} said twice or more");
Console.WriteLine($"peak {Peak()} KiB, now {Resident()} KiB");
server.Kill();
return lost is 0 ? 0 : 1;

async Task Post(int first, int count)
{
    var lines = new StringBuilder();
    for (var number = first; number < first + count; number++)
    {
        // Each is a thing of its own that is said once: an id in the words, and nothing that could be merged.
        lines.Append(CultureInfo.InvariantCulture,
            $"{{\"version\":\"0\",\"id\":\"soak-{number}\",\"source\":\"com.example.soak\",\"detail-type\":\"Soak\",\"account\":\"123456789012\","
            + $"\"region\":\"eu-west-1\",\"time\":\"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}\",\"resources\":[],\"detail\":{{\"title\":\"soak n{number}n\",\"status\":\"error\"}}}}\n");
    }
    // A sender tries again until it hears 2xx, as SNS does.
    for (var tries = 0; tries < 200; tries++)
    {
        try
        {
            using var body = new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson");
            using var answer = await http.PostAsync(new Uri("/events", UriKind.Relative), body);
            if (answer.IsSuccessStatusCode)
            {
                accepted.Add((first, count));
                return;
            }
        }
        catch (Exception trouble) when (trouble is HttpRequestException or TaskCanceledException)
        {
            // Counted below, as a refusal is.
        }
        Interlocked.Increment(ref turnedDown);
        await Task.Delay(500);
    }
}

async Task Faults(CancellationToken stop)
{
    List<Func<CancellationToken, Task>> all = [Stall, Trouble, Lock];
    if (fillsDisk) all.Add(Full);
    if (fakeClock is not null) all.AddRange([stop => Jump("+3600", stop), stop => Jump("-3600", stop)]);
    for (var turn = 0; !stop.IsCancellationRequested; turn++)
    {
        await Wait(TimeSpan.FromSeconds(30), stop);
        if (!stop.IsCancellationRequested) await all[turn % all.Count](stop);
        fault = "";
    }
}

Task Stall(CancellationToken stop)
{
    fault = "stall";
    return Wait(TimeSpan.FromSeconds(15), stop);
}

Task Trouble(CancellationToken stop)
{
    fault = "500";
    return Wait(TimeSpan.FromSeconds(15), stop);
}

async Task Lock(CancellationToken stop)
{
    fault = "locked store";
    using var other = new SqliteConnection($"Data Source={store};Pooling=False");
    await other.OpenAsync(CancellationToken.None);
    using var command = other.CreateCommand();
    command.CommandText = "pragma busy_timeout = 10000; begin immediate";
    await command.ExecuteNonQueryAsync(CancellationToken.None);
    await Wait(TimeSpan.FromSeconds(15), stop);
    command.CommandText = "rollback";
    await command.ExecuteNonQueryAsync(CancellationToken.None);
}

async Task Full(CancellationToken stop)
{
    fault = "disk full";
    var ballast = Path.Combine(folder, "ballast");
    try
    {
        await using var file = File.Create(ballast);
        var block = new byte[1 << 20];
        while (true) await file.WriteAsync(block, CancellationToken.None);
    }
    catch (IOException)
    {
        await Wait(TimeSpan.FromSeconds(15), stop);
    }
    finally
    {
        File.Delete(ballast);
    }
}

async Task Jump(string seconds, CancellationToken stop)
{
    fault = $"clock {seconds} s";
    await File.WriteAllTextAsync(shift, seconds + "\n", CancellationToken.None);
    await Wait(TimeSpan.FromSeconds(15), stop);
    await File.WriteAllTextAsync(shift, "+0\n", CancellationToken.None);
}

async Task Report(CancellationToken stop)
{
    while (!stop.IsCancellationRequested)
    {
        await Wait(TimeSpan.FromSeconds(30), stop);
        var now = fault.Length > 0 ? $", {fault}" : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{clock.Elapsed.TotalMinutes:0.0} min: {accepted.Count * Batch} accepted, {heard.Count} heard, {Resident()} KiB{now}"));
    }
}

static async Task Wait(TimeSpan time, CancellationToken stop) => await Task.Delay(time, stop).ContinueWith(_ => { }, TaskScheduler.Default);

WebApplication Slack()
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.UseUrls("http://127.0.0.1:9392");
    var web = builder.Build();
    web.Run(async context =>
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        if (fault is "stall") await Task.Delay(TimeSpan.FromSeconds(20));
        if (fault is "500" or "stall")
        {
            context.Response.StatusCode = 500;
            return;
        }
        for (var at = body.IndexOf("soak n", StringComparison.Ordinal); at >= 0; at = body.IndexOf("soak n", at + 6, StringComparison.Ordinal))
        {
            var last = body.IndexOf('n', at + 6);
            if (last > 0 && int.TryParse(body.AsSpan(at + 6, last - at - 6), CultureInfo.InvariantCulture, out var number))
            {
                heard.AddOrUpdate(number, 1, (_, times) => times + 1);
                break;
            }
        }
        await context.Response.WriteAsync("ok");
    });
    return web;
}

Process Start()
{
    var start = new ProcessStartInfo(tool) { RedirectStandardError = true, RedirectStandardOutput = true };
    foreach (var word in (string[])["serve", "--config", yaml, "--store", $"sqlite:{store}", "--listen", "127.0.0.1:9391"]) start.ArgumentList.Add(word);
    if (fakeClock is not null)
    {
        // What measures spans of time goes on as it is: only the time of day jumps.
        foreach (var (name, value) in new[] { ("LD_PRELOAD", fakeClock), ("FAKETIME_TIMESTAMP_FILE", shift), ("FAKETIME_CACHE_DURATION", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1") })
            start.Environment[name] = value;
    }
    var process = Process.Start(start)!;
    process.ErrorDataReceived += (_, _) => { };
    process.OutputDataReceived += (_, _) => { };
    process.BeginErrorReadLine();
    process.BeginOutputReadLine();
    return process;
}

async Task<bool> IsReady()
{
    try
    {
        using var answer = await http.GetAsync(new Uri("/readyz", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }
    catch (HttpRequestException)
    {
        return false;
    }
}

string Resident() => Status("VmRSS");

string Peak() => Status("VmHWM");

string Status(string name) => File.ReadLines($"/proc/{server.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', '\t')
    .First(part => part.Length > 0 && char.IsDigit(part[0]));
