using System.Diagnostics;
using System.Text.Json;

namespace Signalbox.Cloud.Tests;

/// <summary>AWS's own command-line tool, pointed at a stand-in.</summary>
public sealed class AwsTool(AwsStandin aws)
{
    private static readonly Lazy<string?> Found = new(() => (Environment.GetEnvironmentVariable("SIGNALBOX_TEST_AWS") is { Length: > 0 } named ? [named]
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "aws"))).FirstOrDefault(File.Exists));

    /// <summary>Skips the test where it is not there.</summary>
    public static void Needed() => Assert.SkipWhen(Found.Value is null, "aws is not there: apt-get install awscli (./test.sh does it)");

    /// <summary>What a command answers, parsed; null where it says nothing.</summary>
    public async Task<JsonElement> Do(params string[] arguments)
    {
        var (code, output, errors) = await Run(aws.Environment, arguments);
        Assert.True(code is 0, $"aws {string.Join(' ', arguments)} ended with {code}: {errors}");
        return output.Trim().Length > 0 ? JsonDocument.Parse(output).RootElement : default;
    }

    /// <summary>What a command says that fails.</summary>
    public async Task<string> Fails(params string[] arguments)
    {
        var (code, output, errors) = await Run(aws.Environment, arguments);
        Assert.True(code is not 0, $"aws {string.Join(' ', arguments)} went well: {output}");
        return errors.Trim();
    }

    /// <summary>The same with another environment.</summary>
    public async Task<(int Code, string Output, string Errors)> Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        // The tool of Debian 12 does not know AWS_ENDPOINT_URL yet.
        var start = new ProcessStartInfo(Found.Value!, ["--endpoint-url", aws.Address, "--output", "json", "--no-cli-auto-prompt", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (await IsOld()) start.ArgumentList.Remove("--no-cli-auto-prompt");
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        (start.Environment["NO_PROXY"], start.Environment["AWS_MAX_ATTEMPTS"]) = ("*", "1");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static readonly Lazy<Task<bool>> Old = new(async () =>
    {
        using var process = Process.Start(new ProcessStartInfo(Found.Value!, ["--version"]) { RedirectStandardOutput = true })!;
        return (await process.StandardOutput.ReadToEndAsync()).StartsWith("aws-cli/1.", StringComparison.Ordinal);
    });

    private static Task<bool> IsOld() => Old.Value;
}
