using System.Text;

namespace Signalbox.Tests;

/// <summary>Events carry what must stay in the account: inputs, environments, tokens. Samples hold "hunter2" wherever that lies.</summary>
public class WhatIsNeverTold
{
    [Fact]
    public void A_secret_in_an_input_an_environment_or_a_dead_letter_is_never_told()
    {
        var secret = Repository.Samples.Where(sample => Encoding.UTF8.GetString(Repository.Read(sample)).Contains("hunter2", StringComparison.Ordinal)).ToList();
        Assert.Contains("codebuild/own-failed-in-build.json", secret);
        Assert.Contains("dead-letter/own-lambda.json", secret);
        Assert.All(secret, sample => Assert.DoesNotContain("hunter2", Posted(sample), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("codepipeline/awsdocs-aws-codepipeline-user-guide--approval-sns-approvals-json-format-l11.json", "1a2b3c4d-573f-4ea7-a67E-XAMPLETOKEN")]
    [InlineData("codepipeline/dmitryint-aws-lambda-aws-to-slack--approval-days-to-expiry.json", "abcd1234-1111-2222-3333-1234567890ab")]
    public void The_token_of_an_approval_is_never_told_not_even_in_a_link(string sample, string token)
    {
        Assert.Contains(token, Encoding.UTF8.GetString(Repository.Read(sample)), StringComparison.Ordinal);
        Assert.DoesNotContain(token, Posted(sample), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ssm/own-command-failed.json", "hunter2")]
    [InlineData("dynamodb/own-stream.json", "not to be shown")]
    [InlineData("custom/own-full.json", "hunter2")]
    [InlineData("sms/own-eventbridge.json", "14255550156")]
    public void A_secret_in_an_event_is_in_no_word_of_its_post(string sample, string secret)
    {
        Assert.Contains(secret, Encoding.UTF8.GetString(Repository.Read(sample)), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, Posted(sample), StringComparison.Ordinal);
    }

    private static string Posted(string sample) =>
        string.Concat(HostileInputs.Posts(Repository.Read(sample)).Select(post => Encoding.UTF8.GetString(post.Span)));
}
