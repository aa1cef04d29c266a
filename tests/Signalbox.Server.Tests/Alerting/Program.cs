using System.Diagnostics;

namespace Signalbox.ServerTests.Alerting;

/// <summary>Somebody else's program, as Debian packs it.</summary>
internal sealed class Program : IAsyncDisposable
{
    private readonly Process process;

    private Program(Process process) => this.process = process;

    /// <summary>Why tests with a program are skipped here; null when it is there.</summary>
    public static string? Missing(string name) => Find(name) is null ? $"{name} is not there and cannot be installed" : null;

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Said, string Complained)> Run(string name, params string[] arguments)
    {
        using var process = Begin(name, null, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Runs it until the test is over.</summary>
    public static Program Start(string name, string folder, params string[] arguments)
    {
        var process = Begin(name, folder, arguments);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(process);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Process Begin(string name, string? folder, string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        return Process.Start(start)!;
    }

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(part => Path.Combine(part, name)).FirstOrDefault(File.Exists);
}
