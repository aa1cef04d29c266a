using System.Runtime.CompilerServices;

namespace Signalbox.Deploy.Tests;

/// <summary>One small function.json per kind of mistake, with what it must say beside it. ACCEPT=1 writes what it says now, to be read by eye.</summary>
public sealed class InvalidFiles
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder(), "*.json").Select(file => Path.GetFileName(file)).Order()];

    [Theory, MemberData(nameof(Files))]
    public void A_mistake_is_shown_with_its_place_and_how_to_mend_it(string file)
    {
        var read = Project.Of(("function.json", File.ReadAllText(Path.Combine(Folder(), file)))).Read();
        var said = string.Concat(read.Problems.Concat(read.Warnings).Select(message => message + "\n"));
        var beside = Path.Combine(Folder(), file + ".txt");
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(beside, said);
        Assert.Equal(File.ReadAllText(beside), said);
        Assert.Equal(read.Problems.Count is 0, read.Project is not null);
        Assert.NotEmpty(said);
    }

    [Fact]
    public void No_message_shows_a_value_of_the_environment() => Assert.All(
        Directory.GetFiles(Folder(), "*.txt"), file => Assert.DoesNotContain("hunter2", File.ReadAllText(file), StringComparison.Ordinal));

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Invalid");
}
