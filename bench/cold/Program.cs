// Fresh process to first post: starts each program many times against a Runtime API stand-in and a Slack stand-in, taking turns.
// Usage: cold RUNS (tls|plain) NAME=COMMAND…      In a command, arguments are parted by spaces.
using System.Diagnostics;
using System.Globalization;
using Signalbox.Standins;

if (args is not [var count, "tls" or "plain", _, ..] || !int.TryParse(count, CultureInfo.InvariantCulture, out var runs))
{
    Console.Error.WriteLine("expected RUNS, tls or plain, and NAME=COMMAND of each program. Try: bench/cold/run.sh 31");
    return 2;
}
var overTls = args[1] == "tls";
using var authority = new Authority("Signalbox bench");
using var certificate = authority.Sign("localhost");
var folder = Directory.CreateTempSubdirectory("signalbox-cold").FullName;
var roots = Path.Combine(folder, "roots.pem");
// As many roots as a function ships, so that nobody is measured on a shorter list; the one that counts comes last.
File.WriteAllText(roots, File.ReadAllText(Path.Combine(Root(), "src/Signalbox.Effects/Trust/roots.pem")) + authority.Pem + "\n");

var arrived = new TaskCompletionSource<(long At, string Body)>();
using var slack = new Standin(heard =>
{
    arrived.TrySetResult((Stopwatch.GetTimestamp(), heard.Body));
    return Said.Http(200, "ok");
}, overTls ? certificate : null);

var webhook = $"{slack.Address}/services/T000/B000/bench";
var message = File.ReadAllText(Path.Combine(Root(), "bench/cold/event.json"));
var settings = Path.Combine(folder, "signalbox.json");
File.WriteAllText(settings, "{\"rooms\":{\"ops\":{\"slack\":{\"webhook\":\"env:SLACK_WEBHOOK\"}}},\"routes\":[{\"to\":\"ops\"}]}");

var programs = args.Skip(2).Select(arg => arg.Split('=', 2)).Select(pair => new Contender(pair[0], pair[1].Split(' '))).ToList();
for (var run = -2; run < runs; run++)
{
    foreach (var program in programs)
    {
        var measured = await Once(program);
        if (run >= 0) program.Runs.Add(measured);
    }
}

Console.WriteLine($"| {(overTls ? "over TLS" : "over plain HTTP")}, {runs} runs each | p50 ms | p95 ms | peak MiB | CPU ms |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
foreach (var program in programs)
{
    var times = program.Runs.Select(run => run.Milliseconds).Order().ToList();
    var (median, slow) = (times[times.Count / 2], times[(int)(times.Count * 0.95)]);
    var (peak, cpu) = (program.Runs.Max(run => run.PeakMiB), program.Runs.Average(run => run.CpuMs));
    Console.WriteLine($"| {program.Name} | {median:0.0} | {slow:0.0} | {peak:0.0} | {cpu:0.0} |");
}
Directory.Delete(folder, recursive: true);
return 0;

async Task<Measured> Once(Contender program)
{
    arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    var done = new TaskCompletionSource<(double, double)>(TaskCreationOptions.RunContinuationsAsynchronously);
    Process? process = null;
    using var runtime = new RuntimeStandin { OnTold = _ => done.TrySetResult(Used(process!.Id)) };
    runtime.Invoke(message);

    var start = new ProcessStartInfo(program.Command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
    foreach (var argument in program.Command.Skip(1)) start.ArgumentList.Add(argument);
    start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtime.Host;
    start.Environment["SLACK_WEBHOOK"] = webhook;
    start.Environment["SIGNALBOX_CONFIG"] = settings;
    start.Environment["SIGNALBOX_TLS_ROOTS"] = start.Environment["SSL_CERT_FILE"] = start.Environment["NODE_EXTRA_CA_CERTS"] = roots;

    var began = Stopwatch.GetTimestamp();
    process = Process.Start(start)!;
    var first = await Task.WhenAny(arrived.Task, Task.Delay(TimeSpan.FromSeconds(10)));
    if (first != arrived.Task) throw new InvalidOperationException($"{program.Name} posted nothing: {await Words(process)}");
    var (at, _) = await arrived.Task;
    var (peak, cpu) = await done.Task.WaitAsync(TimeSpan.FromSeconds(10));
    process.Kill();
    await process.WaitForExitAsync();
    process.Dispose();
    return new(Stopwatch.GetElapsedTime(began, at).TotalMilliseconds, peak, cpu);
}

static async Task<string> Words(Process process)
{
    process.Kill();
    return await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
}

// The kernel's own figures at the moment when the function has answered: highest resident size, time on a processor of all threads.
static (double PeakMiB, double CpuMs) Used(int id)
{
    var peak = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
    var kib = double.Parse(new string([.. peak.Where(char.IsDigit)]), CultureInfo.InvariantCulture);
    var cpu = Directory.GetDirectories($"/proc/{id}/task").Sum(task =>
        double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / 1e6);
    return (kib / 1024, cpu);
}

static string Root()
{
    var folder = AppContext.BaseDirectory;
    while (!File.Exists(Path.Combine(folder, "signalbox.slnx"))) folder = Path.GetDirectoryName(folder)!;
    return folder;
}

internal sealed record Contender(string Name, string[] Command)
{
    public List<Measured> Runs { get; } = [];
}

internal sealed record Measured(double Milliseconds, double PeakMiB, double CpuMs);
