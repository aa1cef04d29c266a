namespace Signalbox.ServerTests.Ingest;

/// <summary>The attacks: each is refused, kept nowhere, makes the server open nothing that it should not, and stands in the log with its reason.</summary>
public sealed class WhatIsRefusedAsSns
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://sns.eu-west-1.amazonaws.com/x.pem", "does not begin with https://")]
    [InlineData("HTTPS://sns.eu-west-1.amazonaws.com/x.pem", "does not begin with https://")]
    [InlineData("https://evil.example/x.pem", "is not on a host of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com.evil.example/x.pem", "is not on a host of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com@evil.example/x.pem", "is not on a host of SNS")]
    [InlineData("https://user:pass@sns.eu-west-1.amazonaws.com/x.pem", "is not on a host of SNS")]
    [InlineData("https://evilsns.eu-west-1.amazonaws.com/x.pem", "is not on a host of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com:8443/x.pem", "is not on a host of SNS")]
    [InlineData("https://sns.amazonaws.com/x.pem", "is not on a host of SNS")]
    [InlineData("https://sns.a.b.amazonaws.com/x.pem", "is not on a host of SNS")]
    [InlineData("https://sns-eu-west-1.s3.amazonaws.com/x.pem", "is not on a host of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com.cn/x.pem", "is on a host of another partition")]
    [InlineData("https://sns.eu-west-1.amazonaws.com\\@evil.example/x.pem", "holds characters that SNS does not write")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/x.pem#y", "holds characters that SNS does not write")]
    [InlineData("https://sns.eu-west-1.amazonaws\u3002com/x.pem", "holds characters that SNS does not write")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/x.pem?y", "does not end in .pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?x=.pem", "does not end in .pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/../x.pem", "does not end in .pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com", "has no path")]
    [InlineData("file:///etc/ssl/x.pem", "does not begin with https://")]
    [InlineData(null, "does not begin with https://")]
    public async Task A_certificate_from_elsewhere_is_not_even_fetched(string? address, string why)
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(after: message => message["SigningCertURL"] = address), 403, why);
        Assert.Empty(sns.Fetched);
    }

    [Fact]
    public async Task A_forged_signature()
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(after: message => message["Signature"] = Convert.ToBase64String(new byte[256])), 403, "forged or changed");
    }

    [Theory]
    [InlineData("Message", "something else")]
    [InlineData("Subject", "something else")]
    [InlineData("Subject", null)]
    [InlineData("MessageId", "another")]
    [InlineData("TopicArn", "arn:aws:sns:eu-west-1:123456789012:alerts-other")]
    [InlineData("SignatureVersion", "1")]
    public async Task A_message_that_was_changed_on_its_way(string name, string? value)
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(after: message => message[name] = value), 403, "forged or changed");
    }

    [Theory]
    [InlineData("3")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_version_of_signatures_that_does_not_exist(string? version)
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(after: message => message["SignatureVersion"] = version), 403, "neither 1 nor 2");
    }

    [Fact]
    public async Task A_topic_that_is_not_allowed()
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(change: message => message["TopicArn"] = "arn:aws:sns:eu-west-1:999999999999:alerts-prod"), 403, "server.topics");
        Assert.Empty(sns.Fetched);
    }

    [Fact]
    public async Task Any_topic_where_none_is_allowed()
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve("");
        await Refused(served, SnsStandin.Message(), 403, "name those that may in the settings, as in server: { topics:");
    }

    [Theory]
    [InlineData(-61, "more than the 1 h of server.replay")]
    [InlineData(16, "in the future")]
    public async Task A_message_of_another_time(int minutes, string why)
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(at: DateTimeOffset.UtcNow.AddMinutes(minutes)), 403, why);
        Assert.Empty(sns.Fetched);
    }

    [Fact]
    public async Task A_certificate_behind_a_redirect_is_not_followed()
    {
        using var sns = new SnsStandin { Answers = _ => new Answer.Came(302, null, "") };
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(), 503, "its host answered 302");
        Assert.Single(sns.Fetched);
    }

    [Fact]
    public async Task A_certificate_of_an_authority_that_nobody_trusts()
    {
        using var sns = new SnsStandin();
        using var other = new SnsStandin();
        sns.Answers = _ => new Answer.Came(200, null, other.PemFor("sns.amazonaws.com"));
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(), 403, "an authority that nobody here trusts");
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("s3.amazonaws.com")]
    [InlineData("sns.amazonaws.com.evil.example")]
    public async Task A_certificate_that_is_trusted_but_not_of_SNS(string host)
    {
        using var sns = new SnsStandin();
        sns.Answers = _ => new Answer.Came(200, null, sns.PemFor(host));
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(), 403, "not one of SNS");
    }

    [Fact]
    public async Task A_certificate_that_has_expired()
    {
        using var sns = new SnsStandin();
        sns.Answers = _ => new Answer.Came(200, null, sns.PemFor("sns.amazonaws.com", DateTimeOffset.UtcNow.AddDays(-1)));
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(), 403, "has expired");
    }

    [Fact]
    public async Task Something_that_is_no_certificate()
    {
        using var sns = new SnsStandin { Answers = _ => new Answer.Came(200, null, "<html>hello</html>") };
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message(), 403, "is no certificate");
    }

    [Theory]
    [InlineData("https://evil.example/?Action=ConfirmSubscription", "is not on a host of SNS")]
    [InlineData("http://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription", "does not begin with https://")]
    [InlineData("https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-1:123456789012:alerts-prod&Token=2336412f37", "another region")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-1:999999999999:alerts-prod&Token=2336412f37", "another topic")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-1:123456789012:alerts-prod&Token=other", "another token")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?Action=Publish&TopicArn=arn:aws:sns:eu-west-1:123456789012:alerts-prod&Token=2336412f37", "something else")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?Action=Publish&Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-1:123456789012:alerts-prod&Token=2336412f37", "not a call of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/x", "not a call of SNS")]
    public async Task A_confirmation_that_would_open_something_else(string address, string why)
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        await Refused(served, SnsStandin.Message("SubscriptionConfirmation", change: message => message["SubscribeURL"] = address), 403, why);
        Assert.DoesNotContain(sns.Fetched, opened => !opened.EndsWith(".pem", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("hello")]
    [InlineData("""{"Type":"Notification","TopicArn":"arn:aws:sns:eu-west-1:123456789012:alerts-prod"}""")]
    [InlineData("""{"Type":"Notification","TopicArn":7,"Message":{},"MessageId":[],"Timestamp":true}""")]
    public async Task What_is_no_message_at_all(string body)
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        await Refused(served, body, 400, "no message of SNS");
    }

    [Fact]
    public async Task The_addresses_that_unsubscribe_are_never_opened()
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        await served.Post("/sns", SnsStandin.Message(after: message => message["UnsubscribeURL"] = "https://evil.example/unsubscribe"));
        await served.Post("/sns", SnsStandin.Message("UnsubscribeConfirmation"));
        Assert.Equal([$"GET {SnsStandin.Certificate}"], sns.Fetched);
    }

    private static async Task Refused(Served served, string body, int status, string why)
    {
        var answer = await served.Post("/sns", body, "text/plain");
        Assert.Equal(status, answer.Status);
        Assert.Contains(why, answer.Text, StringComparison.Ordinal);
        Assert.Contains(served.Log, line => line.Contains("\"what\":\"refused\"", StringComparison.Ordinal)
            && line.Contains("/sns", StringComparison.Ordinal) && line.Contains("\"reason\":", StringComparison.Ordinal));
        Assert.Equal(0, (await served.Store.Count(Stop)).Events);
    }
}
