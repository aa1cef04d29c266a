using FsCheck;

namespace Signalbox.Tests;

/// <summary>
/// How often chance tries to break a law: as often as the law says, or as <c>SEARCHES</c> says. <c>SEED</c> makes it try the same things in every run, which
/// judging mutants needs: a mutant is to be noticed by the law, not by luck.
/// </summary>
internal static class Searches
{
    private static readonly int? Wanted = int.TryParse(Environment.GetEnvironmentVariable("SEARCHES"), out var searches) ? searches : null;
    private static readonly ulong? Seed = ulong.TryParse(Environment.GetEnvironmentVariable("SEED"), out var seed) ? seed : null;

    /// <summary>The configuration for a law that wants so many runs.</summary>
    public static Config Of(int runs)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(Wanted ?? runs);
        return Seed is { } seed ? config.WithReplay(seed, 1) : config;
    }
}
