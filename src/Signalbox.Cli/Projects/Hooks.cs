using System.Diagnostics;
using Signalbox.Deploy;

namespace Signalbox.Cli.Projects;

/// <summary>Runs commands in a function's folder with its environment.</summary>
internal static class Hooks
{
    /// <summary>Runs a hook by the shell. What it prints goes where complaints go: results stay clean.</summary>
    /// <returns>What went wrong; null for nothing, and where there is no such hook.</returns>
    public static async Task<string?> Run(string name, string? command, ProjectSpec project, FunctionSpec function, string root, Shell shell)
    {
        if (command is null) return null;
        var (code, fault) = await Command(["/bin/sh", "-c", command], project, function, root, shell, isHook: true);
        return fault is not null ? $"{function.Folder}: the hook {name} cannot be run: {fault}."
            : code is 0 ? null
            : $"{function.Folder}: the hook {name} ({command}) ended with code {code}.";
    }

    /// <summary>Runs a command.</summary>
    /// <param name="words">The command and its arguments.</param>
    /// <param name="project">The project.</param>
    /// <param name="function">Whose folder and environment.</param>
    /// <param name="root">The whole path of the project's folder.</param>
    /// <param name="shell">What the tool has around it.</param>
    /// <param name="isHook">True to keep what it prints out of the results.</param>
    /// <returns>Its exit code, or why it cannot be run.</returns>
    public static async Task<(int Code, string? Fault)> Command(
        IReadOnlyList<string> words, ProjectSpec project, FunctionSpec function, string root, Shell shell, bool isHook)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = Path.GetFullPath(function.Folder, root),
            RedirectStandardOutput = isHook || !shell.IsConsole,
            RedirectStandardError = !shell.IsConsole,
        };
        foreach (var (name, value) in Variables(project, function)) start.Environment[name] = value;
        await shell.Out.FlushAsync();
        try
        {
            using var process = Process.Start(start)!;
            var output = start.RedirectStandardOutput ? Pump(process.StandardOutput, isHook ? shell.Error : shell.Out) : Task.CompletedTask;
            var errors = start.RedirectStandardError ? Pump(process.StandardError, shell.Error) : Task.CompletedTask;
            await process.WaitForExitAsync();
            await Task.WhenAll(output, errors);
            return (process.ExitCode, null);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (0, Directory.Exists(start.WorkingDirectory) ? $"there is no program \"{words[0]}\", or it may not be run" : "its folder is not there");
        }
    }

    /// <summary>What a command sees besides what the tool itself sees: where the project is deployed to, and the function's own environment over it.</summary>
    private static IEnumerable<Fact> Variables(ProjectSpec project, FunctionSpec function) =>
    [
        .. project.Region is { } region ? (Fact[])[new("AWS_REGION", region), new("AWS_DEFAULT_REGION", region)] : [],
        .. project.Profile is { } profile ? (Fact[])[new("AWS_PROFILE", profile)] : [],
        new("AWS_LAMBDA_FUNCTION_NAME", function.DeployedName),
        .. function.Environment,
    ];

    private static async Task Pump(StreamReader from, TextWriter to)
    {
        var letters = new char[4096];
        for (int count; (count = await from.ReadAsync(letters)) > 0;)
        {
            lock (to) to.Write(letters, 0, count);
        }
    }
}
