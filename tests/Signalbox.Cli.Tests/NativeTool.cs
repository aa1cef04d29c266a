using System.Diagnostics;
using System.Reflection;

namespace Signalbox.Tests;

/// <summary>The native tool says of the whole corpus what the managed one says. Skipped where <c>./build.sh cli</c> has not been run.</summary>
public class NativeTool
{
    private static readonly string Root = Path.GetFullPath(
        typeof(NativeTool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!);

    [Theory]
    [InlineData("explain", "--json")]
    [InlineData("render", "--chat=slack")]
    public async Task Every_sample_reads_the_same_natively(string verb, string option)
    {
        var tool = Path.Combine(Root, "artifacts", "cli", "signalbox");
        Assert.SkipUnless(File.Exists(tool), "artifacts/cli/signalbox is not there: run ./build.sh cli");
        var corpus = Path.Combine(Root, "tests", "Corpus");
        string[] samples =
        [
            .. from file in Directory.EnumerateFiles(corpus, "*", SearchOption.AllDirectories)
               where Path.GetDirectoryName(file) != corpus && !file.EndsWith(".told", StringComparison.Ordinal)
               orderby file
               select file,
        ];

        using var desk = new Desk();
        var managed = await desk.Type([verb, option, .. samples]);
        using var native = Process.Start(new ProcessStartInfo(tool, [verb, option, .. samples])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = desk.Folder.FullName,
        })!;
        var said = await native.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await native.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((managed.Code, managed.Out), (native.ExitCode, said));
        Assert.InRange(managed.Out.Split('\n').Length, samples.Length / 2, int.MaxValue);
    }
}
