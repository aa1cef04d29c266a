namespace Signalbox.Deploy.Tests;

public sealed class VersionsAndAliases
{
    private static readonly Release Wanted = Ops.Release(Ops.Bare);

    [Fact]
    public void A_version_that_was_published_before_the_alias_could_move_is_taken()
    {
        var found = Ops.After(Wanted, 1, 2);
        var cut = found with
        {
            Aliases = [new("current", 2, [])],
            Pieces = [.. found.Pieces.Select(piece => piece.Kind is PieceKind.Alias ? piece.With("state", "state 2").With("version", "2") : piece)],
        };
        Assert.Equal(["move alias current: version 2 → 3"], Ops.Plan(Wanted, cut).Select(change => change.Words));
    }

    [Fact]
    public void An_older_version_that_is_the_same_is_not_taken_back()
    {
        var found = Ops.After(Wanted);
        var newer = found with
        {
            Versions = [.. found.Versions, new(2, "other")],
            Aliases = [new("current", 2, [])],
            Pieces = [.. found.Pieces.Select(piece => piece.Kind is PieceKind.Alias ? piece.With("state", "other").With("version", "2") : piece)],
        };
        Assert.Equal(["publish a version of function ops_alerts", "move alias current: version 2 → the new one"],
            Ops.Plan(Wanted, newer).Select(change => change.Words));
    }

    [Fact]
    public void Old_versions_go_but_for_the_newest_few_and_those_that_an_alias_names()
    {
        var release = Ops.Release(Ops.Bare with { RetainedVersions = 2 });
        var found = Ops.After(release, 1, 2, 3, 4, 5, 6) with { Aliases = [new("current", 7, []), new("canary", 2, [1])] };
        Assert.Equal(["delete old version 3", "delete old version 4"], Ops.Plan(release, found).Select(change => change.Words));
    }

    [Fact]
    public void The_version_that_was_live_counts_among_the_old_ones_when_a_new_one_is_published()
    {
        var before = Ops.After(Ops.Release(Ops.Bare with { RetainedVersions = 1, Memory = 256 }), 1, 2);
        Assert.Equal(["delete old version 1", "delete old version 2"],
            Ops.Plan(Ops.Release(Ops.Bare with { RetainedVersions = 1 }), before).Where(change => change.Kind is PieceKind.OldVersion).Select(change => change.Words));
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 1)]
    [InlineData(1, null)]
    [InlineData(9, 5)]
    public void Back_is_the_last_version_before_the_live_one(int live, int? back) => Assert.Equal(back, FunctionVersion.Before([1, 2, 3, 5], live));
}
