using System.Text.Json;

namespace Signalbox.Cloud.Tests;

/// <summary>What AWS's own tool makes of the stand-in: SNS, SQS and EventBridge.</summary>
public sealed class AwsToolOnMessages : IDisposable
{
    private const string Queue = $"arn:aws:sqs:eu-west-1:{AwsStandin.Account}:jobs";
    private readonly AwsStandin aws = new();
    private readonly AwsTool tool;

    public AwsToolOnMessages()
    {
        AwsTool.Needed();
        tool = new(aws);
    }

    public void Dispose() => aws.Dispose();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string Letting(string service, string source) => JsonSerializer.Serialize(new
    {
        Policy = JsonSerializer.Serialize(new
        {
            Version = "2012-10-17",
            Statement = new[]
            {
                new
                {
                    Effect = "Allow",
                    Principal = new { Service = service },
                    Action = "sqs:SendMessage",
                    Resource = Queue,
                    Condition = new { ArnEquals = new Dictionary<string, string> { ["aws:SourceArn"] = source } },
                },
            },
        }),
    });

    [Fact]
    public async Task A_queue_is_made_and_its_messages_are_seen_again_until_they_are_deleted_or_moved()
    {
        var dead = Text(await tool.Do("sqs", "create-queue", "--queue-name", "jobs-dlq", "--tags", "team=ops"), "QueueUrl")!;
        var url = Text(await tool.Do("sqs", "create-queue", "--queue-name", "jobs", "--attributes",
            JsonSerializer.Serialize(new { VisibilityTimeout = "0", RedrivePolicy = $$"""{"deadLetterTargetArn":"{{Queue}}-dlq","maxReceiveCount":2}""" })), "QueueUrl")!;
        Assert.Equal(url, Text(await tool.Do("sqs", "get-queue-url", "--queue-name", "jobs"), "QueueUrl"));
        Assert.Equal([url, dead], (await tool.Do("sqs", "list-queues", "--queue-name-prefix", "jobs")).GetProperty("QueueUrls").EnumerateArray().Select(one => one.GetString()!));
        Assert.Contains("QueueDoesNotExist", (await tool.Fails("sqs", "get-queue-url", "--queue-name", "none")).Replace("NonExistentQueue", "QueueDoesNotExist", StringComparison.Ordinal), StringComparison.Ordinal);

        await tool.Do("sqs", "send-message", "--queue-url", url, "--message-body", "all <is> well & good",
            "--message-attributes", """{"kind":{"DataType":"String","StringValue":"news"}}""");
        for (var time = 1; time <= 2; time++)
        {
            var message = (await tool.Do("sqs", "receive-message", "--queue-url", url, "--attribute-names", "All", "--message-attribute-names", "All")).GetProperty("Messages")[0];
            Assert.Equal(("all <is> well & good", $"{time}"), (Text(message, "Body"), Text(message.GetProperty("Attributes"), "ApproximateReceiveCount")));
            Assert.Equal("news", Text(message.GetProperty("MessageAttributes").GetProperty("kind"), "StringValue"));
        }
        Assert.Equal(JsonValueKind.Undefined, (await tool.Do("sqs", "receive-message", "--queue-url", url)).ValueKind);
        var moved = (await tool.Do("sqs", "receive-message", "--queue-url", dead)).GetProperty("Messages")[0];
        Assert.Equal("1", Text((await tool.Do("sqs", "get-queue-attributes", "--queue-url", dead, "--attribute-names", "All")).GetProperty("Attributes"), "ApproximateNumberOfMessagesNotVisible"));
        await tool.Do("sqs", "change-message-visibility", "--queue-url", dead, "--receipt-handle", Text(moved, "ReceiptHandle")!, "--visibility-timeout", "0");
        Assert.Equal("1", Text((await tool.Do("sqs", "get-queue-attributes", "--queue-url", dead, "--attribute-names", "All")).GetProperty("Attributes"), "ApproximateNumberOfMessages"));
        await tool.Do("sqs", "delete-message", "--queue-url", dead, "--receipt-handle", Text(moved, "ReceiptHandle")!);
        Assert.Empty(aws.Sqs["jobs-dlq"].Messages);

        await tool.Do("sqs", "send-message-batch", "--queue-url", url, "--entries", """[{"Id":"a","MessageBody":"1"},{"Id":"b","MessageBody":"2"}]""");
        var both = (await tool.Do("sqs", "receive-message", "--queue-url", url, "--max-number-of-messages", "10")).GetProperty("Messages");
        var gone = await tool.Do("sqs", "delete-message-batch", "--queue-url", url, "--entries",
            JsonSerializer.Serialize(both.EnumerateArray().Select((message, at) => new { Id = $"m{at}", ReceiptHandle = Text(message, "ReceiptHandle") })));
        Assert.Equal(2, gone.GetProperty("Successful").GetArrayLength());

        await tool.Do("sqs", "set-queue-attributes", "--queue-url", url, "--attributes", "VisibilityTimeout=54");
        Assert.Equal("54", Text((await tool.Do("sqs", "get-queue-attributes", "--queue-url", url, "--attribute-names", "VisibilityTimeout")).GetProperty("Attributes"), "VisibilityTimeout"));
        await tool.Do("sqs", "tag-queue", "--queue-url", url, "--tags", "team=ops");
        Assert.Equal("ops", Text((await tool.Do("sqs", "list-queue-tags", "--queue-url", dead)).GetProperty("Tags"), "team"));
        await tool.Do("sqs", "purge-queue", "--queue-url", url);
        await tool.Do("sqs", "delete-queue", "--queue-url", url);
        Assert.Single(aws.Sqs.Queues);
    }

    [Fact]
    public async Task What_is_published_arrives_in_a_queue_whose_policy_lets_it()
    {
        var topic = Text(await tool.Do("sns", "create-topic", "--name", "alerts", "--tags", "Key=team,Value=ops"), "TopicArn")!;
        Assert.Equal(topic, Text((await tool.Do("sns", "list-topics")).GetProperty("Topics")[0], "TopicArn"));
        var url = Text(await tool.Do("sqs", "create-queue", "--queue-name", "jobs"), "QueueUrl")!;
        var subscription = Text(await tool.Do("sns", "subscribe", "--topic-arn", topic, "--protocol", "sqs", "--notification-endpoint", Queue, "--return-subscription-arn"), "SubscriptionArn")!;
        Assert.Equal(subscription, Text((await tool.Do("sns", "list-subscriptions-by-topic", "--topic-arn", topic)).GetProperty("Subscriptions")[0], "SubscriptionArn"));
        Assert.Equal("1", Text((await tool.Do("sns", "get-topic-attributes", "--topic-arn", topic)).GetProperty("Attributes"), "SubscriptionsConfirmed"));

        await tool.Do("sns", "publish", "--topic-arn", topic, "--message", "unheard");
        Assert.Empty(aws.Sqs["jobs"].Messages);
        await tool.Do("sqs", "set-queue-attributes", "--queue-url", url, "--attributes", Letting("sns.amazonaws.com", topic));
        await tool.Do("sns", "publish", "--topic-arn", topic, "--subject", "News", "--message", "all is well");
        var envelope = JsonDocument.Parse(Assert.Single(aws.Sqs["jobs"].Messages).Body).RootElement;
        Assert.Equal(("Notification", "News", "all is well", topic), (Text(envelope, "Type"), Text(envelope, "Subject"), Text(envelope, "Message"), Text(envelope, "TopicArn")));

        await tool.Do("sns", "set-subscription-attributes", "--subscription-arn", subscription, "--attribute-name", "RawMessageDelivery", "--attribute-value", "true");
        Assert.Equal("true", Text((await tool.Do("sns", "get-subscription-attributes", "--subscription-arn", subscription)).GetProperty("Attributes"), "RawMessageDelivery"));
        await tool.Do("sns", "publish", "--topic-arn", topic, "--message", "as it is");
        Assert.Equal("as it is", aws.Sqs["jobs"].Messages[^1].Body);
        await tool.Do("sns", "unsubscribe", "--subscription-arn", subscription);
        await tool.Do("sns", "delete-topic", "--topic-arn", topic);
        Assert.Contains("(NotFound)", await tool.Fails("sns", "publish", "--topic-arn", topic, "--message", "late"), StringComparison.Ordinal);
        Assert.Empty(aws.Sns.Subscriptions);
    }

    [Fact]
    public async Task Events_that_a_rule_wants_reach_its_target()
    {
        await tool.Do("sqs", "create-queue", "--queue-name", "jobs");
        var rule = Text(await tool.Do("events", "put-rule", "--name", "orders", "--event-pattern", """{"source":[{"prefix":"shop"}],"detail":{"total":[{"numeric":[">",10]}],"state":[{"anything-but":["test"]}]}}"""), "RuleArn")!;
        Assert.Equal("ENABLED", Text(await tool.Do("events", "describe-rule", "--name", "orders"), "State"));
        await tool.Do("sqs", "set-queue-attributes", "--queue-url", aws.Sqs["jobs"].Url, "--attributes", Letting("events.amazonaws.com", rule));
        Assert.Equal(0, (await tool.Do("events", "put-targets", "--rule", "orders", "--targets", $"Id=q,Arn={Queue}")).GetProperty("FailedEntryCount").GetInt32());
        Assert.Equal(Queue, Text((await tool.Do("events", "list-targets-by-rule", "--rule", "orders")).GetProperty("Targets")[0], "Arn"));
        Assert.Equal("orders", Text((await tool.Do("events", "list-rules", "--name-prefix", "or")).GetProperty("Rules")[0], "Name"));

        static string Entry(string detail) => JsonSerializer.Serialize(new[] { new { Source = "shop.web", DetailType = "Order", Detail = detail } });
        await tool.Do("events", "put-events", "--entries", Entry("""{"total":10,"state":"live"}"""));
        await tool.Do("events", "put-events", "--entries", Entry("""{"total":11,"state":"test"}"""));
        Assert.Equal(0, (await tool.Do("events", "put-events", "--entries", Entry("""{"total":11,"state":"live"}"""))).GetProperty("FailedEntryCount").GetInt32());
        var heard = JsonDocument.Parse(Assert.Single(aws.Sqs["jobs"].Messages).Body).RootElement;
        Assert.Equal(("shop.web", "Order", 11), (Text(heard, "source"), Text(heard, "detail-type"), heard.GetProperty("detail").GetProperty("total").GetInt32()));

        Assert.Contains("it has targets", await tool.Fails("events", "delete-rule", "--name", "orders"), StringComparison.Ordinal);
        await tool.Do("events", "remove-targets", "--rule", "orders", "--ids", "q");
        await tool.Do("events", "delete-rule", "--name", "orders");
        Assert.Equal("default", Text(await tool.Do("events", "describe-event-bus"), "Name"));
        Assert.Contains("(InvalidEventPatternException)", await tool.Fails("events", "put-rule", "--name", "odd", "--event-pattern", """{"source":"shop"}"""), StringComparison.Ordinal);
        Assert.Contains("ScheduleExpression is not valid", await tool.Fails("events", "put-rule", "--name", "odd", "--schedule-expression", "rate(1 minutes)"), StringComparison.Ordinal);
    }
}
