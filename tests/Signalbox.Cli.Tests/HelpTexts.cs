using System.Runtime.CompilerServices;
using Signalbox.Cli;

namespace Signalbox.Tests;

/// <summary>Help is an outward surface: its texts are recorded. ACCEPT=1 writes them.</summary>
public class HelpTexts
{
    /// <summary>The tool itself, and every verb of its table.</summary>
    public static TheoryData<string> Verbs => ["", .. VerbTable.All.Select(verb => verb.Name)];

    [Theory, MemberData(nameof(Verbs))]
    public async Task Help_is_as_recorded(string verb)
    {
        using var desk = new Desk();
        var typed = await desk.Type(verb.Length is 0 ? ["--help"] : [verb, "--help"]);
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        Same(verb.Length is 0 ? "signalbox.txt" : $"{verb}.txt", typed.Out);
    }

    [Fact]
    public async Task Help_is_found_by_those_who_type_it_first()
    {
        using var desk = new Desk();
        Assert.Equal((await desk.Type("deploy", "--help")).Out, (await desk.Type("help", "deploy")).Out);
        Assert.Equal((await desk.Type("--help")).Out, (await desk.Type("help")).Out);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_scripts_are_as_recorded(string shell)
    {
        using var desk = new Desk();
        Same($"completion.{shell}", (await desk.Type("completion", shell)).Out);
    }

    private static void Same(string file, string now, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Help", file);
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1") File.WriteAllText(path, now);
        Assert.Equal(File.ReadAllText(path), now);
    }
}
