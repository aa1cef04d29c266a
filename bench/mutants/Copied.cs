namespace Signalbox.Bench.Mutants;

/// <summary>The one test that Stryker sees: it takes the mutated core away and calls next to nothing of it, so Stryker has next to nothing to judge itself.</summary>
public class Copied
{
    [Fact]
    public void The_mutated_core_is_taken_along()
    {
        // Without any mutant covered Stryker believes that it could not measure, and runs this test for every mutant there is.
        Assert.Equal("info", Words.Of(Severity.Info));
        if (Environment.GetEnvironmentVariable("MUTANTS") is not { Length: > 0 } folder) return;
        var (from, to) = (new FileInfo(Path.Combine(AppContext.BaseDirectory, "Signalbox.dll")), new FileInfo(Path.Combine(folder, "Signalbox.dll")));
        // It is run again for what it covers; by then others may have the copy in use.
        if (!to.Exists || to.Length != from.Length) from.CopyTo(to.FullName, overwrite: true);
    }
}
