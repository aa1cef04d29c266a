namespace Signalbox.Tests;

/// <summary>What we would like to know of a notice before it is told, and what the answers mean.</summary>
public class WhatIsAsked
{
    private const string Database = "arn:aws:rds:eu-west-1:123456789012:db:orders";
    private const string Stack = "arn:aws:cloudformation:eu-west-1:123456789012:stack/api/1";

    private static Notice Of(string? arn, string? account = null) => new()
    {
        Source = "s",
        Kind = "k",
        Severity = Severity.Info,
        Status = Status.Stated,
        Title = "t",
        Subject = "api",
        Arn = arn,
        Account = account,
    };

    [Theory]
    [InlineData(true, true, Database, "123456789012", "tags of " + Database + ", name of 123456789012")]
    [InlineData(true, false, Database, "123456789012", "tags of " + Database)]
    [InlineData(false, true, Database, "123456789012", "name of 123456789012")]
    [InlineData(false, false, Database, "123456789012", "")]
    [InlineData(true, true, Stack, null, "tags of stack " + Stack)]
    [InlineData(true, true, "no arn", "12", "")]
    [InlineData(true, true, null, "999988887777", "")]
    public void Each_question_once(bool tags, bool accounts, string? arn, string? account, string asked)
    {
        var lookups = Lookups.None with { Tags = tags, Accounts = accounts };
        var questions = lookups.Of([Of(arn, account), Of(arn, account)], id => id is "999988887777" ? "known" : null);
        Assert.Equal(asked, string.Join(", ", questions.Select(question =>
            question.Match(of => $"tags of {of.Arn}", of => $"tags of stack {of.Stack}", of => $"name of {of.Id}"))));
    }

    [Fact]
    public void An_answer_counts_for_what_was_asked_alone()
    {
        var answers = new Answers(
        [
            new(new Question.AccountName("999988887777"), [], "staging", "test"),
            new(new Question.AccountName("123456789012"), [], "production", "test"),
            new(new Question.StackTags(Stack), [new("team", "platform"), new("cost", "7") { Of = "another" }], null, "test"),
            new(new Question.TagsOf(Stack), [new("own", "yes")], null, "test"),
            new(new Question.TagsOf(Database), [new("team", "payments")], null, "test"),
        ]);
        Assert.Equal("production", answers.AccountName("123456789012"));
        Assert.Null(answers.AccountName("1"));
        Assert.Null(Answers.None.AccountName("123456789012"));
        Assert.Equal([new("own", "yes"), new("team", "platform") { Of = "stack api" }, new("cost", "7") { Of = "another" }], answers.TagsOf(Of(Stack)));
        Assert.Equal([new("team", "payments")], answers.TagsOf(Of(Database)));
        Assert.Empty(Answers.None.TagsOf(Of(Database)));
    }

    [Fact]
    public void A_notice_keeps_each_of_its_rarities_beside_the_others()
    {
        var notice = Of(null) with { Topic = "t", AccountName = "a", Part = new("p", Status.Raised), Continues = true, Offers = Offers.Silence };
        Assert.Equal(("t", "a", "p", true, Offers.Silence), (notice.Topic, notice.AccountName, notice.Part?.Name, notice.Continues, notice.Offers));
        notice = notice with { Topic = null };
        Assert.Equal((null, "a"), (notice.Topic, notice.AccountName));
        notice = notice with { AccountName = null, Part = null, Continues = false, Offers = null };
        Assert.Equal((null, null, false, null), (notice.AccountName, notice.Part, notice.Continues, notice.Offers));
        foreach (var one in new[] { Of(null) with { AccountName = "a" }, Of(null) with { Topic = "t" }, Of(null) with { Offers = Offers.None }, Of(null) with { Continues = true } })
            Assert.Equal(1, (one.AccountName is null ? 0 : 1) + (one.Topic is null ? 0 : 1) + (one.Offers is null ? 0 : 1) + (one.Continues ? 1 : 0));
        Assert.Equal(Of(null), Of(null) with { Topic = null, AccountName = null, Part = null, Continues = false, Offers = null, Ready = null });
    }
}
