using System.Runtime.CompilerServices;
using Signalbox.Effects;

namespace Signalbox.Tests;

/// <summary>One small file per mistake, with what it must say beside it. ACCEPT=1 writes what it says now, to be read by eye.</summary>
public class InvalidFiles
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder(), "*.*").Where(file => !file.EndsWith(".txt", StringComparison.Ordinal))
        .Select(file => Path.GetFileName(file)).Order()];

    [Theory, MemberData(nameof(Files))]
    public void A_mistake_is_shown_with_its_place_and_how_to_mend_it(string file)
    {
        var loaded = SettingsFile.Load(Path.Combine(Folder(), file));
        var said = string.Concat(loaded.Problems.Concat(loaded.Warnings)
            .Select(message => message.Replace(Folder() + "/", "", StringComparison.Ordinal) + "\n"));
        var beside = Path.Combine(Folder(), file + ".txt");
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(beside, said);
        Assert.Equal(File.ReadAllText(beside), said);
        Assert.Equal(loaded.Problems.Count is 0, loaded.Settings is not null);
        Assert.NotEmpty(said);
    }

    [Fact]
    public void No_message_shows_a_secret()
    {
        foreach (var file in Directory.GetFiles(Folder(), "*.txt"))
        {
            Assert.DoesNotContain("hunter2", File.ReadAllText(file), StringComparison.Ordinal);
            Assert.DoesNotContain("xoxb-1", File.ReadAllText(file), StringComparison.Ordinal);
            Assert.DoesNotContain("services/T0", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Invalid");
}
