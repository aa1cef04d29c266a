using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Signalbox.Deploy;

namespace Signalbox.Cli.Sandboxes;

/// <summary>Runs an unpacked function for one call as Lambda does: its environment and no other, its time, its memory.</summary>
internal static class Sandbox
{
    /// <summary>What a function has to start in.</summary>
    private static readonly TimeSpan InitLimit = TimeSpan.FromSeconds(10);

    /// <summary>Lambda freezes a process once it asks for its next call; one that never does is given this long to write its log.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(1);

    private static readonly ValueList<string> Credentials = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

    /// <summary>Runs it.</summary>
    /// <param name="function">The function.</param>
    /// <param name="region">Where it would be.</param>
    /// <param name="root">The folder that its zip was unpacked in.</param>
    /// <param name="payload">The event.</param>
    /// <param name="variable">An environment variable of this tool: credentials go on to the function, nothing else does.</param>
    /// <param name="log">Takes what the function writes, line by line.</param>
    public static async Task<LocalCall> Call(
        FunctionSpec function, string region, string root, byte[] payload, Func<string, string?> variable, Action<string> log)
    {
        var id = Guid.NewGuid().ToString();
        var span = Guid.NewGuid().ToString("N");
        var trace = $"Root=1-{DateTimeOffset.UtcNow.ToUnixTimeSeconds():x8}-{Guid.NewGuid().ToString("N")[..24]};Parent={span[..16]};Sampled=0";
        using var door = new RuntimeDoor(payload, id, $"arn:aws:lambda:{region}:000000000000:function:{function.DeployedName}", trace);
        using var process = new Process { StartInfo = Started(function, region, root, door.Address, variable) };
        process.OutputDataReceived += (_, line) => { if (line.Data is not null) log(line.Data); };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) log(line.Data); };
        var began = Stopwatch.GetTimestamp();
        try
        {
            process.Start();
        }
        catch (Win32Exception fault)
        {
            // 8 is ENOEXEC: a binary for other processors, or a script without its first line.
            return LocalCall.Failed("Runtime.InvalidEntrypoint", fault.NativeErrorCode is 8
                ? $"bootstrap is no program for this machine; the function is for {function.Architecture}"
                : "bootstrap cannot be run: its executable bit, or the program in its first line, is missing");
        }
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var memory = new MemoryWatch(process.Id, function.Memory);
        try
        {
            var call = await Watched(function, door, process, memory, began);
            return call with { Peak = memory.Peak };
        }
        finally
        {
            await End(process);
        }
    }

    private static async Task<LocalCall> Watched(FunctionSpec function, RuntimeDoor door, Process process, MemoryWatch memory, long began)
    {
        var exited = process.WaitForExitAsync();
        var first = await First(InitLimit, door.Asked, door.Answered, exited, memory.Exceeded);
        var init = Stopwatch.GetElapsedTime(began);
        if (first != door.Asked) return await Ended(first, door, process, function, "starting", InitLimit) with { Init = init };

        var given = Stopwatch.GetTimestamp();
        var limit = TimeSpan.FromSeconds(function.Timeout);
        door.Deadline = DateTimeOffset.UtcNow + limit;
        door.Give();
        var second = await First(limit, door.Answered, exited, memory.Exceeded);
        var run = Stopwatch.GetElapsedTime(given);
        if (second != door.Answered) return await Ended(second, door, process, function, "the call", limit) with { Init = init, Run = run };
        run = Stopwatch.GetElapsedTime(given, (await door.Answered).At);
        await First(Afterwards, door.AskedAgain, exited);
        memory.Look();
        return Said(await door.Answered) with { Init = init, Run = run };
    }

    /// <summary>The one that is done first, or null after the time.</summary>
    private static async Task<Task?> First(TimeSpan limit, params Task[] tasks)
    {
        using var enough = new CancellationTokenSource();
        var time = Task.Delay(limit, enough.Token);
        var first = await Task.WhenAny([.. tasks, time]);
        await enough.CancelAsync();
        return first == time ? null : first;
    }

    private static async Task<LocalCall> Ended(Task? first, RuntimeDoor door, Process process, FunctionSpec function, string what, TimeSpan limit)
    {
        // A process that answered and ended at once may be seen to end first.
        if (first is not null && await First(TimeSpan.FromMilliseconds(100), door.Answered) is not null) return Said(await door.Answered);
        return first is null ? LocalCall.Failed("Sandbox.Timedout", $"{what} took longer than {limit.TotalSeconds:0} seconds, and was ended as Lambda would")
            : process.HasExited ? LocalCall.Failed("Runtime.ExitError", $"the function ended by itself (code {process.ExitCode}) without an answer")
            : LocalCall.Failed("Runtime.OutOfMemory", $"the function took more than its {function.Memory} MB of memory, and was ended as Lambda would");
    }

    private static LocalCall Said(LocalAnswer answer)
    {
        const int most = 6 * 1024 * 1024;
        if (answer.IsError)
        {
            var outcome = Json.Parse(answer.Body);
            var error = outcome.Expected is null ? outcome.Value : default;
            var type = error["errorType"u8].Text ?? (answer.IsOfStart ? "Runtime.InitError" : "Runtime.Error");
            return new(answer.Body, type, error["errorMessage"u8].Text ?? "the function said no more than that it failed");
        }
        return answer.Body.Length <= most ? new(answer.Body, null, null)
            : LocalCall.Failed("Function.ResponseSizeTooLarge", $"the answer has {answer.Body.Length} bytes, and Lambda takes {most}");
    }

    private static async Task End(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception fault) when (fault is InvalidOperationException or Win32Exception)
        {
            // It ended meanwhile.
            return;
        }
        // The log is whole when both pipes are at their end; a grandchild may hold them open.
        await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(Afterwards));
    }

    private static ProcessStartInfo Started(FunctionSpec function, string region, string root, string api, Func<string, string?> variable)
    {
        var start = new ProcessStartInfo(Path.Combine(root, "bootstrap"))
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = false,
        };
        start.Environment.Clear();
        foreach (var name in Credentials)
        {
            if (variable(name) is { Length: > 0 } value) start.Environment[name] = value;
        }
        foreach (var (name, value) in function.Environment) start.Environment[name] = value;
        foreach (var (name, value) in Own(function, region, root, api)) start.Environment[name] = value;
        foreach (var (name, value) in (Fact[])[new("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin"), new("LANG", "en_US.UTF-8"), new("TZ", ":UTC")])
            start.Environment.TryAdd(name, value);
        return start;
    }

    /// <summary>What Lambda sets: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html.</summary>
    private static IEnumerable<Fact> Own(FunctionSpec function, string region, string root, string api) =>
    [
        new("_HANDLER", function.Handler),
        new("AWS_DEFAULT_REGION", region),
        new("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", function.Memory.ToString(CultureInfo.InvariantCulture)),
        new("AWS_LAMBDA_FUNCTION_NAME", function.DeployedName),
        new("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        new("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        new("AWS_LAMBDA_LOG_GROUP_NAME", $"/aws/lambda/{function.DeployedName}"),
        new("AWS_LAMBDA_LOG_STREAM_NAME", "local"),
        new("AWS_LAMBDA_RUNTIME_API", api),
        new("AWS_REGION", region),
        new("LAMBDA_RUNTIME_DIR", "/var/runtime"),
        new("LAMBDA_TASK_ROOT", root),
    ];
}
