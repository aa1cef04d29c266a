using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Signalbox.Cloud.Tests;

/// <summary>What AWS's own clients for JavaScript make of the stand-in.</summary>
public sealed class AwsClients
{
    [Fact]
    public async Task They_find_it_as_AWS_is()
    {
        var package = Path.GetFullPath(Path.Combine(Here(), "../aws-sdk"));
        Assert.SkipUnless(Directory.Exists(Path.Combine(package, "node_modules/@aws-sdk")), "AWS's clients for JavaScript are not there: npm ci in tests/aws-sdk (./test.sh does it)");
        using var aws = new AwsStandin();
        aws.S3.Buckets["settings"] = [];
        aws.Lambda.Run = call => Task.FromResult(new LambdaOutcome(Encoding.UTF8.GetBytes($$"""{"heard":{{Encoding.UTF8.GetString(call.Payload)}}}"""), null, ""));
        var folder = Directory.CreateTempSubdirectory("signalbox-aws-");
        try
        {
            var path = Path.Combine(folder.FullName, "function.zip");
            using (var zip = ZipFile.Open(path, ZipArchiveMode.Create)) zip.CreateEntry("bootstrap");
            var start = new ProcessStartInfo("node", ["check.mjs", aws.Address, path]) { WorkingDirectory = package, RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var (name, value) in aws.Environment) start.Environment[name] = value;
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode is 0, await errors);
            Assert.Equal("9 passed", (await output).Trim());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
