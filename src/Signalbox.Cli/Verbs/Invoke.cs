using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using Signalbox.Cli.Projects;
using Signalbox.Cli.Sandboxes;
using Signalbox.Deploy;

namespace Signalbox.Cli.Verbs;

/// <summary>Calls a function.</summary>
internal static class Invoke
{
    /// <summary>Lambda's limit of an event.</summary>
    private const int MostEvent = 6 * 1024 * 1024;

    public static readonly Verb Row = new("invoke", "Call a function with an event, here or in AWS.", """
        Examples:
          signalbox invoke api event.json --logs       in AWS, with the end of its log
          signalbox invoke --local api event.json
          echo '{}' | signalbox invoke api --local --set LEVEL=debug
          signalbox invoke signalbox samples/rds-failover.json --local --env prod

        In AWS it calls what --alias names; --async waits for no answer. The answer goes to stdout; a function that fails ends with code 1.

        With --local the zip is made as build makes it, unpacked, and run by itself: with the function's environment and the credentials of
        this shell, its time limit, and its memory limit as far as Linux tells. The answer goes to stdout, its log and what it took to stderr.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var name = ProjectInputs.Name();
        var file = new Argument<string?>("FILE") { Description = "The event, JSON; - or none for what is piped in.", Arity = ArgumentArity.ZeroOrOne };
        var isLocal = new Option<bool>("--local") { Description = "On this machine, without AWS." };
        var bootstrap = BuildZip.Bootstrap();
        var isAsync = new Option<bool>("--async") { Description = "In AWS: wait for no answer." };
        var logs = new Option<bool>("--logs") { Description = "In AWS: the end of its log too, 4 KiB." };
        var alias = CloudInputs.Alias();
        command.Add(name);
        command.Add(file);
        var inputs = new ProjectInputs(command);
        command.Add(isLocal);
        command.Add(bootstrap);
        foreach (var option in (Option[])[isAsync, logs, alias]) command.Add(option);
        var cloud = new CloudInputs(command);
        return async parsed =>
        {
            if (inputs.Load(parsed, shell) is not { } project) return Exit.Usage;
            var (named, events) = Split(parsed.GetValue(name), parsed.GetValue(file), project, shell);
            if (ProjectInputs.One(project, named, shell) is not { } function) return Exit.Usage;
            if (Event(events, shell) is not { } payload) return Exit.NoInput;
            if (payload.Length > MostEvent || Json.Parse(payload) is { Expected: not null })
            {
                shell.Error.WriteLine(payload.Length > MostEvent
                    ? $"signalbox: expected an event of at most {MostEvent} bytes, which is what Lambda takes, found {payload.Length}."
                    : $"signalbox: expected an event in JSON, found something else in {events ?? "what was piped in"}.");
                return Exit.Failed;
            }
            if (parsed.GetValue(isLocal) && parsed.GetValue(isAsync))
            {
                shell.Error.WriteLine("signalbox: expected --local or --async, found both: on this machine a call is always waited for.");
                return Exit.Usage;
            }
            if (!parsed.GetValue(isLocal))
            {
                var call = new Aws.Cloud.InvokeCall(
                    function.DeployedName, parsed.GetValue(alias), payload, parsed.GetValue(isAsync), parsed.GetValue(logs));
                return await cloud.With(parsed, project, shell, (aws, stop) => RemoteCall.Make(aws, call, shell, stop));
            }
            if (!function.Runtime.StartsWith("provided", StringComparison.Ordinal))
            {
                shell.Error.WriteLine($"signalbox: expected a function that brings its own bootstrap (runtime provided.al2023), found {function.Runtime}. "
                    + "Lambda brings that runtime, and this machine does not.");
                return Exit.Failed;
            }
            var (zip, fault) = await FunctionZip.Make(project, function, inputs.Root(parsed, shell), parsed.GetValue(bootstrap), shell);
            if (zip is not null) return await Call(function, project, zip, payload, shell);
            if (fault is { Length: > 0 }) shell.Error.WriteLine($"signalbox: {fault}");
            return Exit.Failed;
        };
    }

    /// <summary>Where the only word is no function's name but a file is called so, it is the event for the only function.</summary>
    private static (string? Name, string? File) Split(string? name, string? file, ProjectSpec project, Shell shell)
    {
        var isFile = file is null && name is not null && project.Functions.Count is 1 && project.Functions[0].Name != name;
        return isFile && (name is "-" || File.Exists(shell.Full(name!))) ? (null, name) : (name, file);
    }

    private static byte[]? Event(string? file, Shell shell) => file is null && shell.AsksPerson ? "{}"u8.ToArray() : Inputs.Read(file ?? "-", shell);

    private static async Task<int> Call(FunctionSpec function, ProjectSpec project, byte[] zip, byte[] payload, Shell shell)
    {
        var folder = Directory.CreateTempSubdirectory("signalbox-local-");
        try
        {
            using (var archive = new ZipArchive(new MemoryStream(zip))) archive.ExtractToDirectory(folder.FullName);
            if (!File.Exists(Path.Combine(folder.FullName, "bootstrap")))
            {
                shell.Error.WriteLine($"signalbox: expected bootstrap in the zip of {function.Name}, found none: the runtime {function.Runtime} runs it.");
                return Exit.Failed;
            }
            var region = project.Region ?? shell.Variable("AWS_REGION") ?? shell.Variable("AWS_DEFAULT_REGION") ?? "us-east-1";
            var call = await Sandbox.Call(function, region, folder.FullName, payload, shell.Variable, line =>
            {
                lock (shell.Error) shell.Error.WriteLine(line);
            });
            return Told(call, function, shell);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            var why = fault is InvalidDataException ? "it is damaged" : Inputs.Reason(fault);
            shell.Error.WriteLine($"signalbox: the zip of {function.Name} cannot be unpacked: {why}.");
            return Exit.Failed;
        }
        finally
        {
            Gone(folder);
        }
    }

    private static int Told(LocalCall call, FunctionSpec function, Shell shell)
    {
        if (call.Answer is { } answer) shell.Out.WriteLine(System.Text.Encoding.UTF8.GetString(answer));
        var memory = call.Peak is { } peak ? string.Create(CultureInfo.InvariantCulture, $", {peak / (1024.0 * 1024):0} of {function.Memory} MB") : "";
        shell.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"signalbox: init {call.Init.TotalMilliseconds:0} ms, run {call.Run.TotalMilliseconds:0} ms, billed {call.Billed} ms{memory}"));
        if (call.ErrorType is null) return Exit.Fine;
        shell.Error.WriteLine($"signalbox: {function.Name} failed: {call.ErrorType}: {call.Message}");
        return Exit.Failed;
    }

    private static void Gone(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A folder for temporary files that stays behind is no reason to fail.
            return;
        }
    }
}
