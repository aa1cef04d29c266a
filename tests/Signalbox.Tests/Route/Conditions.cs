namespace Signalbox.Tests;

public class Conditions
{
    private static readonly Notice Failover = new()
    {
        Source = "rds",
        Kind = "db-instance",
        Severity = Severity.Warning,
        Status = Status.Raised,
        Title = "orders-db is failing over",
        Subject = "orders-db",
        Arn = "arn:aws:rds:eu-west-1:123456789012:db:orders-db",
        Account = "123456789012",
        Region = "eu-west-1",
        Owners = ["payments", "platform"],
        Tags = [new("team", "Payments"), new("cost centre", "42"), new("team", "Core")],
        Facts = [new("DB engine", "postgres"), new("Free storage", "4.2 %"), new("Latency", "none")],
    };

    private static readonly ValueList<Account> Accounts = [new("123456789012", "production"), new("210987654321", "staging")];

    [Theory]
    [InlineData("source = rds")]
    [InlineData("source = RDS")]
    [InlineData("source != cloudformation")]
    [InlineData("source in [cloudwatch, rds]")]
    [InlineData("not source in [cloudwatch, 'cloudformation']")]
    [InlineData("subject ~ orders-*")]
    [InlineData("subject ~ ORDERS-d?")]
    [InlineData("subject !~ *-staging")]
    [InlineData("title =~ \"fail(ing|ed) over\"")]
    [InlineData("severity >= warning and severity < error")]
    [InlineData("severity in [warning, critical]")]
    [InlineData("severity ~ warn*")]
    [InlineData("status = raised")]
    [InlineData("tag.team = payments")]
    [InlineData("tag.team = core")]
    [InlineData("tag.TEAM = core")]
    [InlineData("tag.\"cost centre\" = 42")]
    [InlineData("tag.\"cost centre\" >= 41.5")]
    [InlineData("fact.\"free storage\" < 5")]
    [InlineData("fact.\"free storage\" >= 4.2 and fact.\"free storage\" <= 4.2")]
    [InlineData("not fact.\"free storage\" > 4.2 and not fact.\"free storage\" < 4.2")]
    [InlineData("tag.\"cost centre\" > 41 and tag.\"cost centre\" <= 42")]
    [InlineData("severity <= warning and not severity > warning and not severity < warning")]
    [InlineData("not fact.Latency > 0")]
    [InlineData("has tag.team and not has tag.stage")]
    [InlineData("has subject")]
    [InlineData("not has actor")]
    [InlineData("actor != alice")]
    [InlineData("owner = platform")]
    [InlineData("account = production")]
    [InlineData("account = 123456789012")]
    [InlineData("account ~ prod*")]
    [InlineData("account != staging")]
    [InlineData("account in [staging, production]")]
    [InlineData("arn ~ arn:aws:rds:*:db:orders-db")]
    [InlineData("stack != orders-db")]
    [InlineData("not has stack")]
    [InlineData("source = x or source = y or source = rds")]
    [InlineData("source = x and source = y or source = rds")]
    [InlineData("source = rds or source = x and source = y")]
    [InlineData("not (source = x or source = y)")]
    [InlineData("NOT source = x AND source = rds")]
    public void A_condition_holds(string when) => Assert.True(Read(when).Holds(Failover));

    [Theory]
    [InlineData("source = rd")]
    [InlineData("source != rds")]
    [InlineData("subject ~ orders")]
    [InlineData("subject ~ *-d")]
    [InlineData("tag.team != core")]
    [InlineData("tag.stage = production")]
    [InlineData("actor = alice")]
    [InlineData("title =~ FAILING")]
    [InlineData("fact.\"DB engine\" > 0")]
    [InlineData("fact.Latency <= 1000")]
    [InlineData("severity >= error")]
    [InlineData("stack = orders-db")]
    [InlineData("account = staging")]
    [InlineData("account !~ prod*")]
    [InlineData("(source = rds or source = x) and source = y")]
    [InlineData("not source = rds")]
    public void A_condition_does_not_hold(string when) => Assert.False(Read(when).Holds(Failover));

    [Fact]
    public void Stack_is_the_subject_of_a_cloudformation_notice() =>
        Assert.True(Read("stack ~ orders-*").Holds(Failover with { Source = "cloudformation" }));

    [Fact]
    public void Judging_a_notice_allocates_nothing()
    {
        var when = Read("tag.team = payments and severity >= warning and (subject ~ a* or fact.\"free storage\" < 5) "
            + "and owner in [x, platform] and not has actor");
        Assert.True(when.Holds(Failover));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) when.Holds(Failover);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        Assert.Contains("64 levels", WhenOutcome.Of(new string('(', 100_000), []).Fault!.Says, StringComparison.Ordinal);
        Assert.Contains("64 levels", WhenOutcome.Of(string.Concat(Enumerable.Repeat("not ", 100_000)), []).Fault!.Says,
            StringComparison.Ordinal);
    }

    private static When Read(string text)
    {
        var outcome = WhenOutcome.Of(text, Accounts);
        Assert.Null(outcome.Fault);
        return outcome.When!;
    }
}
