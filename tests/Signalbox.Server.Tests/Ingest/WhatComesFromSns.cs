namespace Signalbox.ServerTests.Ingest;

public sealed class WhatComesFromSns
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task A_message_with_a_good_signature_is_kept_and_told(string version)
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        Assert.Equal((200, "1 accepted, 0 known already\n"), await served.Post("/sns", SnsStandin.Message(version: version), "text/plain"));
        await Served.Until(async () => (await served.Store.History(new() { Room = "local" }, Stop)).Any(line => line.What is "made"));
    }

    [Fact]
    public async Task A_message_without_a_subject_is_signed_without_one()
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        Assert.Equal(200, (await served.Post("/sns", SnsStandin.Message(change: message => message.Remove("Subject")))).Status);
    }

    [Fact]
    public async Task The_same_message_again_is_known_and_its_certificate_is_fetched_once()
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        var message = SnsStandin.Message();
        await served.Post("/sns", message);
        Assert.Equal((200, "1 accepted, 1 known already\n"), await served.Post("/sns", message));
        await served.Post("/sns", SnsStandin.Message());
        Assert.Equal([$"GET {SnsStandin.Certificate}"], sns.Fetched);
    }

    [Fact]
    public async Task A_subscription_to_an_allowed_topic_is_confirmed_once_and_nothing_else_is_opened()
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        Assert.Equal((200, "the subscription is confirmed\n"), await served.Post("/sns", SnsStandin.Message("SubscriptionConfirmation")));
        Assert.Equal(2, sns.Fetched.Count);
        Assert.Contains("Action=ConfirmSubscription", sns.Fetched[1], StringComparison.Ordinal);
        Assert.Contains(served.Log, line => line.Contains("subscribed", StringComparison.Ordinal) && line.Contains(SnsStandin.Topic, StringComparison.Ordinal));
    }

    [Fact]
    public async Task That_a_subscription_ended_is_told_and_nobody_subscribes_again()
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve();
        Assert.Equal((200, "1 accepted, 0 known already\n"), await served.Post("/sns", SnsStandin.Message("UnsubscribeConfirmation")));
        Assert.DoesNotContain(sns.Fetched, address => address.Contains("Action=", StringComparison.Ordinal));
        await Served.Until(async () => (await served.Store.History(new() { Room = "local" }, Stop)).Any(line => line.What is "made"));
    }

    [Theory]
    [InlineData("arn:aws-cn:sns:cn-north-1:123456789012:alerts-x", "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-1.pem", "sns.cn-north-1.amazonaws.com.cn")]
    [InlineData("arn:aws-us-gov:sns:us-gov-west-1:123456789012:alerts-x", "https://sns.us-gov-west-1.amazonaws.com/SimpleNotificationService-1.pem", "sns.us-gov-west-1.amazonaws.com")]
    public async Task Topics_of_every_partition_may_send(string topic, string certificate, string host)
    {
        using var sns = new SnsStandin();
        sns.Answers = _ => new Answer.Came(200, null, sns.PemFor(host));
        await using var served = await sns.Serve();
        Assert.Equal(200, (await served.Post("/sns", SnsStandin.Message(change: message =>
        {
            message["TopicArn"] = topic;
            message["SigningCertURL"] = certificate;
        }))).Status);
    }

    [Fact]
    public async Task A_raw_message_needs_a_key()
    {
        using var sns = new SnsStandin();
        await using var served = await sns.Serve("""server: { topics: ["arn:aws:sns:*:123456789012:alerts-*"], keys: { raw: { sha256: "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b" } } }""");
        using var request = Raw();
        Assert.Equal(401, (int)(await served.Http.SendAsync(request, Stop)).StatusCode);
        using var again = Raw();
        again.Headers.Add("Authorization", "Bearer secret");
        Assert.Equal(200, (int)(await served.Http.SendAsync(again, Stop)).StatusCode);
        using var other = Raw("arn:aws:sns:eu-west-1:999999999999:other");
        other.Headers.Add("Authorization", "Bearer secret");
        Assert.Equal(403, (int)(await served.Http.SendAsync(other, Stop)).StatusCode);
        Assert.Equal(1, (await served.Store.Count(Stop)).Events);
    }

    private static HttpRequestMessage Raw(string topic = SnsStandin.Topic)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/sns", UriKind.Relative)) { Content = new StringContent("disk full") };
        request.Headers.Add("x-amz-sns-rawdelivery", "true");
        request.Headers.Add("x-amz-sns-topic-arn", topic);
        request.Headers.Add("x-amz-sns-message-id", "m-1");
        return request;
    }
}
