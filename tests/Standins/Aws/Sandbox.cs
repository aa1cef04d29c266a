using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Signalbox.Standins;

/// <summary>
/// One environment of Lambda: a process of its own with a Runtime API of its own, that serves one call after the other. Between calls it stands still.
/// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private const int Stop = 19, Continue = 18;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(10);
    private readonly AwsWire runtime;
    private readonly Process process;
    private readonly Action<string> log;
    private readonly Stopwatch age = Stopwatch.StartNew();
    private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int memory;
    private readonly Lock gate = new();
    private TaskCompletionSource<AwsReply?> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<(byte[] Payload, string? Error)>? answer;
    private string? current;

    /// <param name="folder">What was in the zip.</param>
    /// <param name="environment">Its variables; the address of the Runtime API comes to them.</param>
    /// <param name="memory">MB that it may have.</param>
    /// <param name="log">Takes each line that it says.</param>
    public Sandbox(string folder, IReadOnlyDictionary<string, string> environment, int memory, Action<string> log)
    {
        (this.memory, this.log) = (memory, log);
        runtime = new(Answer);
        var start = new ProcessStartInfo(Path.Combine(folder, "bootstrap")) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = $"127.0.0.1:{runtime.Port}";
        process = Process.Start(start)!;
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => Said(line.Data);
        process.ErrorDataReceived += (_, line) => Said(line.Data);
        process.Exited += (_, _) => ended.TrySetResult(process.ExitCode is 0 ? "Runtime exited without providing a reason"
            : $"Runtime exited with error: {(process.ExitCode is 137 ? "signal: killed" : process.ExitCode > 128 ? $"signal: {process.ExitCode - 128}" : $"exit status {process.ExitCode}")}");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>How long its start took; null until its first call has been handed over.</summary>
    public TimeSpan? Started { get; private set; }

    /// <summary>The most memory that it had, in MB.</summary>
    public int MostMemory { get; private set; }

    /// <summary>True when it can take no further call.</summary>
    public bool IsGone { get; private set; }

    /// <summary>How many calls it has served.</summary>
    public int Calls { get; private set; }

    /// <summary>The id of its process.</summary>
    public int Pid => process.Id;

    /// <summary>Serves a call: what it answered or failed with, as Lambda says it, and how long it took.</summary>
    public async Task<(byte[] Payload, string? Error, TimeSpan Took)> Serve(LambdaInvocation invocation, TimeSpan timeout)
    {
        if (Calls++ > 0) Signal(Continue);
        var first = await Task.WhenAny(asked.Task, ended.Task, Failed.Task, Task.Delay(LongestStart));
        if (first == ended.Task || first == Failed.Task || first != asked.Task)
        {
            Kill();
            if (Failed.Task.IsCompletedSuccessfully) return (await Failed.Task, "Unhandled", TimeSpan.Zero);
            var why = first == ended.Task ? ended.Task.Result : $"Init timed out after {LongestStart.TotalSeconds:0.00} seconds";
            return (Fault(first == ended.Task ? "Runtime.ExitError" : "Sandbox.Timedout", invocation.Id, why), "Unhandled", TimeSpan.Zero);
        }
        Started ??= age.Elapsed;
        var clock = Stopwatch.StartNew();
        TaskCompletionSource<(byte[] Payload, string? Error)> told;
        lock (gate)
        {
            (current, told) = (invocation.Id, answer = new(TaskCreationOptions.RunContinuationsAsynchronously));
            var deadline = DateTimeOffset.UtcNow.Add(timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            var reply = new AwsReply(200, "application/json", invocation.Payload, ("Lambda-Runtime-Aws-Request-Id", invocation.Id), ("Lambda-Runtime-Deadline-Ms", deadline),
                ("Lambda-Runtime-Invoked-Function-Arn", invocation.Arn), ("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0"));
            if (invocation.Context is { } context) reply = reply.With(("Lambda-Runtime-Client-Context", Encoding.UTF8.GetString(Convert.FromBase64String(context))));
            asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            next.TrySetResult(reply);
        }
        while (true)
        {
            var left = timeout - clock.Elapsed;
            var came = await Task.WhenAny(told.Task, ended.Task, Task.Delay(left < TimeSpan.FromMilliseconds(20) ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : TimeSpan.FromMilliseconds(20)));
            if (came == told.Task)
            {
                await Task.WhenAny(asked.Task, ended.Task, Task.Delay(timeout));
                Rest();
                return (told.Task.Result.Payload, told.Task.Result.Error, clock.Elapsed);
            }
            if (came == ended.Task)
            {
                IsGone = true;
                return (Fault("Runtime.ExitError", invocation.Id, ended.Task.Result), "Unhandled", clock.Elapsed);
            }
            if (Memory() > memory)
            {
                Kill();
                return (Fault("Runtime.ExitError", invocation.Id, "Runtime exited with error: signal: killed"), "Unhandled", clock.Elapsed);
            }
            if (clock.Elapsed < timeout) continue;
            Kill();
            var words = string.Create(CultureInfo.InvariantCulture, $"Task timed out after {timeout.TotalSeconds:0.00} seconds");
            log($"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {invocation.Id} {words}\n");
            return (Fault("Sandbox.Timedout", invocation.Id, words), "Unhandled", timeout);
        }
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
        runtime.Dispose();
    }

    private TaskCompletionSource<byte[]> Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<AwsReply?> Answer(AwsRequest request)
    {
        switch (request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["2018-06-01", "runtime", "invocation", "next"]:
                Task<AwsReply?> waiting;
                lock (gate)
                {
                    if (next.Task.IsCompleted) next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    waiting = next.Task;
                    asked.TrySetResult();
                }
                return await waiting;
            case ["2018-06-01", "runtime", "invocation", var id, "response" or "error"]:
                lock (gate)
                {
                    if (id != current) return new(400, "application/json", """{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}"""u8.ToArray());
                    current = null;
                    answer!.TrySetResult((request.Body, request.Path.EndsWith("/error", StringComparison.Ordinal) ? "Unhandled" : null));
                }
                return new(202, "application/json", """{"status":"OK"}"""u8.ToArray());
            case ["2018-06-01", "runtime", "init", "error"]:
                Failed.TrySetResult(request.Body);
                return new(202, "application/json", """{"status":"OK"}"""u8.ToArray());
            default: return new(404, null, []);
        }
    }

    private void Rest()
    {
        Memory();
        if (ended.Task.IsCompleted) IsGone = true;
        else Signal(Stop);
    }

    private void Said(string? line)
    {
        if (line is not null) log($"{line}\n");
    }

    /// <summary>MB that are resident now, without what other processes share with it.</summary>
    private int Memory()
    {
        try
        {
            var resident = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            var now = resident is null ? 0 : (int)(long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024);
            MostMemory = Math.Max(MostMemory, now);
            return now;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private void Kill()
    {
        IsGone = true;
        if (process.HasExited) return;
        process.Kill();
        process.WaitForExit();
    }

    private void Signal(int signal)
    {
        if (!process.HasExited) _ = SendSignal(process.Id, signal);
    }

    private static byte[] Fault(string type, string id, string words) => Encoding.UTF8.GetBytes($$"""{"errorType":"{{type}}","errorMessage":"RequestId: {{id}} Error: {{words}}"}""");

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
