using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Signalbox.ServerTests;

/// <summary>The unit in deploy/systemd: its instructions and its directives go together, and systemd knows them all.</summary>
public class UnitOfSystemd
{
    private const string Program = "/usr/lib/signalbox/signalbox";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string[] Lines([CallerFilePath] string here = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "../../deploy/systemd/signalbox.service"));

    private static string Value(string key) => Assert.Single(Lines(), line => line.StartsWith(key + "=", StringComparison.Ordinal))[(key.Length + 1)..];

    [Fact]
    public void What_it_starts_and_reads_is_what_its_instructions_install()
    {
        var command = Value("ExecStart").Split(' ');
        var settings = command[Array.IndexOf(command, "--config") + 1];
        Assert.Equal(Program, command[0]);
        Assert.Equal("yes", Value("DynamicUser"));
        // A user that is made at the start is in no group that a file could be given to: what it reads, everybody reads.
        Assert.Contains(Lines(), line => line.StartsWith("#   install ", StringComparison.Ordinal) && line.Contains(" -m 644 ", StringComparison.Ordinal)
            && line.EndsWith(' ' + settings, StringComparison.Ordinal));
        Assert.Contains(Lines(), line => line.Contains(" -m 755 ", StringComparison.Ordinal) && line.EndsWith(' ' + Program, StringComparison.Ordinal));
        Assert.EndsWith($":/var/lib/{Value("StateDirectory")}/signalbox.db", command[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_started_again_whatever_happens()
    {
        Assert.Equal("always", Value("Restart"));
        Assert.Equal("0", Value("StartLimitIntervalSec"));
    }

    [Fact]
    public async Task Systemd_knows_every_directive_and_finds_it_locked_up_well()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not there");
        using var folder = new Folder();
        // What the unit starts has to be there for systemd to be content.
        var unit = Path.Combine(folder.Path, "signalbox.service");
        await File.WriteAllLinesAsync(unit, Lines().Select(line => line.Replace(Program, "/bin/true", StringComparison.Ordinal)), Stop);
        // Units of the machine may have their own faults.
        var (verified, said) = await Analyze("verify", "--man=no", unit);
        Assert.DoesNotContain("signalbox", said, StringComparison.Ordinal);
        Assert.Equal(0, verified);
        // Exposure goes from 0 to 100; above 50 systemd itself says medium.
        var (code, exposure) = await Analyze("security", "--offline=true", "--threshold=20", "--no-pager", unit);
        Assert.True(code is 0, exposure);
    }

    private static async Task<(int Code, string Said)> Analyze(params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/bin/systemd-analyze", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var analyze = Process.Start(start)!;
        var said = await Task.WhenAll(analyze.StandardOutput.ReadToEndAsync(Stop), analyze.StandardError.ReadToEndAsync(Stop));
        await analyze.WaitForExitAsync(Stop);
        return (analyze.ExitCode, string.Concat(said));
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("signalbox-unit-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
