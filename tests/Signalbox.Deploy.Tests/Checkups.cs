namespace Signalbox.Deploy.Tests;

public sealed class Checkups
{
    private static readonly Release Full = Ops.Release(Ops.Full);

    [Fact]
    public void All_is_well_after_a_deployment() => Assert.All(Checkup.Of(Full, Ops.After(Full)), finding => Assert.Equal(Mark.Well, finding.Mark));

    [Fact]
    public void Without_the_function_nothing_else_is_said()
    {
        var finding = Assert.Single(Checkup.Of(Full, Found.Nothing));
        Assert.Equal(Finding.Wrong("function", "ops_alerts is not there, in eu-west-1 of account 123456789012", "Run signalbox deploy alerts."), finding);
    }

    [Theory]
    [InlineData(PieceKind.Rights)]
    [InlineData(PieceKind.QueueGrant)]
    [InlineData(PieceKind.Mapping)]
    [InlineData(PieceKind.Subscription)]
    [InlineData(PieceKind.Rule)]
    [InlineData(PieceKind.Target)]
    [InlineData(PieceKind.Permission)]
    [InlineData(PieceKind.Queue)]
    [InlineData(PieceKind.LogGroup)]
    [InlineData(PieceKind.AsyncCalls)]
    public void What_is_missing_does_not_work_and_deploy_mends_it(PieceKind kind)
    {
        var wrong = Checkup.Of(Full, Ops.After(Full).Without(kind)).Where(finding => finding.Mark is not Mark.Well).ToList();
        Assert.Equal(Wanted.Of(Full).Count(piece => piece.Kind == kind), wrong.Count);
        Assert.All(wrong, finding =>
        {
            Assert.Equal((Mark.Wrong, "Run signalbox deploy alerts."), (finding.Mark, finding.Mend));
            Assert.EndsWith("is not there", finding.Found, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(PieceKind.Rule, "state", "DISABLED", "state DISABLED → ENABLED")]
    [InlineData(PieceKind.Mapping, "state", "off", "off")]
    [InlineData(PieceKind.Subscription, "raw", "true", "raw")]
    public void What_somebody_turned_off_is_found(PieceKind kind, string trait, string value, string words)
    {
        var wrong = Checkup.Of(Full, Ops.After(Full).With(kind, piece => piece.With(trait, value))).Where(finding => finding.Mark is Mark.Wrong).ToList();
        Assert.NotEmpty(wrong);
        Assert.All(wrong, finding => Assert.Contains(words, finding.Mend, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_not_deployed_yet_works_and_is_said()
    {
        var other = Ops.Release(Ops.Full with { Memory = 256 });
        var doubtful = Checkup.Of(other, Ops.After(Full)).Where(finding => finding.Mark is not Mark.Well).ToList();
        Assert.Equal([(Mark.Doubtful, "function"), (Mark.Doubtful, "alias")], doubtful.Select(finding => (finding.Mark, finding.Check)));
        Assert.Contains("memory 128 → 256", doubtful[0].Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void A_concurrency_of_zero_is_wrong_even_where_the_files_want_it()
    {
        var none = Ops.Release(Ops.Full with { ReservedConcurrency = 0 });
        var wrong = Assert.Single(Checkup.Of(none, Ops.After(none)), finding => finding.Mark is Mark.Wrong);
        Assert.Equal(("concurrency", "0 is reserved: nothing runs, every call is throttled"), (wrong.Check, wrong.Found));
    }

    [Fact]
    public void No_finding_shows_a_secret()
    {
        var changed = Ops.Release(Ops.Full with { Environment = [new("TOKEN", "another-s3cret")] });
        Assert.DoesNotContain("s3cret", string.Join('\n', Checkup.Of(changed, Ops.After(Full)).Select(finding => Paint.Plain(finding.Line))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_has_its_mark_what_was_found_and_how_to_mend_it() => Assert.Equal("✗ queue         events is gone  Deploy it.",
        Paint.Plain(Finding.Wrong("queue", "events\nis gone", "Deploy it.").Line));
}
