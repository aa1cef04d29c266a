using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Tests;

/// <summary>Whatever an event is wrapped in, the same event comes out.</summary>
public class Unwrapping
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:ops";
    private const string Queue = "arn:aws:sqs:eu-west-1:123456789012:alerts";

    private static byte[] Bytes(object value) => JsonSerializer.SerializeToUtf8Bytes(value);

    private static string Text(object value) => value as string ?? JsonSerializer.Serialize(value);

    private static object SnsLambda(object inner) =>
        new { Records = new[] { new { EventSource = "aws:sns", Sns = new { Type = "Notification", MessageId = "sns-1", TopicArn = Topic, Subject = "S", Message = Text(inner), Timestamp = "2026-03-14T02:11:32.000Z" } } } };

    private static object SnsHttp(object inner) =>
        new { Type = "Notification", MessageId = "sns-2", TopicArn = Topic, Message = Text(inner), Timestamp = "2026-03-14T02:11:32.000Z", SigningCertURL = "https://example.com" };

    private static object Sqs(object inner) =>
        new { Records = new[] { new { messageId = "sqs-1", receiptHandle = "r", body = Text(inner), attributes = new { ApproximateReceiveCount = "3", SentTimestamp = "1710381092000" }, eventSource = "aws:sqs", eventSourceARN = Queue, awsRegion = "eu-west-1" } } };

    private static object EventBridge(object inner) =>
        new Dictionary<string, object> { ["version"] = "0", ["id"] = "eb-1", ["detail-type"] = "T", ["source"] = "com.example", ["account"] = "123456789012", ["time"] = "2026-03-14T02:11:32Z", ["region"] = "eu-west-1", ["resources"] = Array.Empty<string>(), ["detail"] = inner };

    private static object FunctionUrl(object inner) =>
        new { version = "2.0", rawPath = "/", headers = new { Host = "x" }, requestContext = new { requestId = "http-1", accountId = "anonymous", http = new { method = "POST" } }, body = Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(inner))), isBase64Encoded = true };

    private static object Gateway(object inner) =>
        new { resource = "/", httpMethod = "POST", headers = new { }, requestContext = new { requestId = "http-2" }, body = Text(inner), isBase64Encoded = false };

    private static object Kafka(object inner) =>
        new { eventSource = "aws:kafka", eventSourceArn = "arn:aws:kafka:eu-west-1:123456789012:cluster/c/1", records = new Dictionary<string, object> { ["alerts-0"] = new[] { new { topic = "alerts", partition = 0, offset = 15, timestamp = 1710381092000, value = Base64(inner) } } } };

    private static object ActiveMq(object inner) =>
        new { eventSource = "aws:mq", eventSourceArn = "arn:aws:mq:eu-west-1:123456789012:broker:b:1", messages = new[] { new { messageID = "mq-1", destination = new { physicalName = "alerts" }, timestamp = 1710381092000, data = Base64(inner) } } };

    private static object RabbitMq(object inner) =>
        new { eventSource = "aws:rmq", eventSourceArn = "arn:aws:mq:eu-west-1:123456789012:broker:b:1", rmqMessagesByQueue = new Dictionary<string, object> { ["alerts::/"] = new[] { new { basicProperties = new { messageId = (string?)null }, data = Base64(inner) } } } };

    private static object Kinesis(params byte[][] records) =>
        new { Records = records.Select((record, place) => new { kinesis = new { partitionKey = "p", data = Convert.ToBase64String(record), approximateArrivalTimestamp = 1710381092.5 }, eventSource = "aws:kinesis", eventID = $"shard:{place}", awsRegion = "eu-west-1", eventSourceARN = "arn:aws:kinesis:eu-west-1:123456789012:stream/ops" }) };

    private static string Base64(object inner) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(inner)));

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private static readonly (string Name, Func<object, object> Wrap)[] Wrappings =
    [
        ("kafka", Kafka), ("mq", ActiveMq), ("mq", RabbitMq),
        ("sns", SnsLambda), ("sns", SnsHttp), ("sqs", Sqs), ("eventbridge", EventBridge), ("http", FunctionUrl), ("http", Gateway),
        ("direct", inner => new { subject = "S", message = inner }),
    ];

    [Fact]
    public void Any_nesting_of_wrappings_comes_off() => Prop.ForAll(
        Arb.From(Gen.ListOf(Gen.Choose(0, Wrappings.Length - 1)).Select(path => path.Take(5).ToArray())),
        path =>
        {
            object whole = new { AlarmName = "a", NewStateValue = "ALARM" };
            foreach (var step in path.Reverse()) whole = Wrappings[step].Wrap(whole);
            var envelopes = Pipeline.Decode(Bytes(whole));
            var expected = path.Length is 0 ? "bare" : string.Join('/', path.Select(step => Wrappings[step].Name));
            return (envelopes.Count is 1 && envelopes[0].Transport == expected && envelopes[0].Body["AlarmName"u8].TextIs("a"u8))
                .Label($"{expected} became {string.Join(", ", envelopes.Select(envelope => envelope.Transport))}");
        }).Check(Searches.Of(100));

    [Fact]
    public void The_innermost_id_is_the_identity_and_the_queue_keeps_its_own()
    {
        var envelope = Pipeline.Decode(Bytes(Sqs(SnsHttp(EventBridge(new { state = "x" })))))[0];
        Assert.Equal(("eb-1", "sqs-1", 3, Topic), (envelope.Id, envelope.Record, envelope.Attempt, envelope.Topic));
        Assert.Equal("sns-2", Pipeline.Decode(Bytes(Sqs(SnsHttp("text"))))[0].Id);
        Assert.Equal("sqs-1", Pipeline.Decode(Bytes(Sqs("text")))[0].Id);
    }

    [Fact]
    public void A_record_of_a_broker_is_known_by_its_place_and_its_topic()
    {
        var kafka = Pipeline.Decode(Bytes(Kafka("disk full")))[0];
        Assert.Equal(("kafka", "alerts/0/15", "alerts", "123456789012", "eu-west-1", "disk full"), (kafka.Transport, kafka.Id, kafka.Topic, kafka.Account, kafka.Region, kafka.Text));
        Assert.Equal(new DateTimeOffset(2024, 3, 14, 1, 51, 32, TimeSpan.Zero), kafka.At);
        Assert.Equal(("mq-1", "alerts"), Pipeline.Decode(Bytes(ActiveMq("x"))) is [var active] ? (active.Id, active.Topic) : default);
        Assert.Equal("alerts", Pipeline.Decode(Bytes(RabbitMq("x")))[0].Topic);
        Assert.Equal("eb-1", Pipeline.Decode(Bytes(Kafka(EventBridge(new { state = "x" }))))[0].Id);
    }

    [Fact]
    public void A_record_without_a_value_is_kept_as_it_stands_and_a_batch_without_records_too()
    {
        var gone = Pipeline.Decode("""{"eventSource":"SelfManagedKafka","records":{"a-0":[{"topic":"a","partition":0,"offset":7,"value":null}]}}"""u8.ToArray());
        Assert.Equal(("kafka", 7), (gone[0].Transport, gone[0].Body["offset"u8].Number));
        Assert.Equal("bare", Pipeline.Decode("""{"eventSource":"aws:kafka","records":{}}"""u8.ToArray())[0].Transport);
    }

    [Fact]
    public void A_stream_hands_on_what_others_wrapped_and_keeps_what_nobody_did()
    {
        byte[] logs = Bytes(new { messageType = "DATA_MESSAGE", owner = "1", logGroup = "g", logEvents = new[] { new { message = "m" } } });
        var envelopes = Pipeline.Decode(Bytes(Kinesis(Bytes(EventBridge(new { state = "x" })), Gzip(logs), "disk full"u8.ToArray(), Bytes(new { status = "failed" }))));
        Assert.Equal(["kinesis/eventbridge", "kinesis", "records", "records"], envelopes.Select(envelope => envelope.Transport));
        Assert.Equal(("eb-1", "shard:1", "g"), (envelopes[0].Id, envelopes[1].Id, envelopes[1].Body["logGroup"u8].Text));
        Assert.Equal("aws:kinesis", envelopes[2].Publisher);
    }

    [Fact]
    public void A_packed_body_of_a_request_is_unpacked()
    {
        var request = new { rawPath = "/", requestContext = new { http = new { method = "POST" } }, body = Convert.ToBase64String(Gzip("disk full"u8.ToArray())), isBase64Encoded = true };
        Assert.Equal("disk full", Pipeline.Decode(Bytes(request))[0].Text);
    }

    [Fact]
    public void Events_without_an_id_that_differ_anywhere_have_different_ids()
    {
        var ids = new HashSet<string>();
        for (var length = 1; length < 70; length++)
        {
            for (var place = 0; place < length; place++)
                ids.UnionWith([IdOf(length, place, 'x'), IdOf(length, place, 'y')]);
        }
        Assert.Equal(2 * Enumerable.Range(1, 69).Sum(), ids.Count);

        static string IdOf(int length, int place, char sign) =>
            Pipeline.Decode(Bytes(new { m = new string(' ', place) + sign + new string(' ', length - place - 1) }))[0].Id;
    }

    [Fact]
    public void Equal_events_without_an_id_have_equal_ids_and_others_do_not()
    {
        Assert.StartsWith("body-", Pipeline.Decode("hello"u8.ToArray())[0].Id, StringComparison.Ordinal);
        Assert.Equal(Pipeline.Decode("hello"u8.ToArray())[0].Id, Pipeline.Decode("hello"u8.ToArray())[0].Id);
        Assert.NotEqual(Pipeline.Decode("hello"u8.ToArray())[0].Id, Pipeline.Decode("hallo"u8.ToArray())[0].Id);
    }

    [Fact]
    public void A_batch_of_many_kinds_is_many_events()
    {
        var batch = new { Records = new object[] { ((dynamic)SnsLambda("one")).Records[0], ((dynamic)Sqs("two")).Records[0], new { eventSource = "aws:s3", awsRegion = "eu-west-1", s3 = new { bucket = new { name = "b" } } } } };
        var envelopes = Pipeline.Decode(Bytes(batch));
        Assert.Equal(["sns", "sqs", "records"], envelopes.Select(envelope => envelope.Transport));
        Assert.Equal("aws:s3", envelopes[2].Publisher);
    }

    [Fact]
    public void Arrays_and_lines_of_events_are_many_events()
    {
        Assert.Equal(2, Pipeline.Decode("[{\"a\":1},{\"b\":2}]"u8.ToArray()).Count);
        Assert.Equal(3, Pipeline.Decode("{\"a\":1}\n{\"b\":2}\r\n{\"c\":3}\n"u8.ToArray()).Count);
        Assert.Single(Pipeline.Decode("[1,2,3]"u8.ToArray()));
    }

    [Fact]
    public void Only_a_direct_invocation_may_name_its_webhook()
    {
        var direct = new { subject = "S", message = "m", webhook = "https://hooks.example.com/x" };
        Assert.Equal("https://hooks.example.com/x", Pipeline.Decode(Bytes(direct))[0].Webhook);
        foreach (var wrapped in (object[])[SnsLambda(direct), FunctionUrl(direct), Sqs(direct), new[] { direct }])
        {
            var envelope = Pipeline.Decode(Bytes(wrapped))[0];
            Assert.Null(envelope.Webhook);
            Assert.Contains(envelope.Attributes, fact => fact is { Name: "webhook", Value: "left unused: only a direct invocation may name one" });
        }
        Assert.Null(Pipeline.Decode(Bytes(direct with { webhook = "file:///etc/passwd" }))[0].Webhook);
    }

    [Fact]
    public void A_message_with_more_beside_it_is_no_direct_event()
    {
        var envelope = Pipeline.Decode("{\"subject\":\"s\",\"message\":\"m\",\"code\":7}"u8.ToArray())[0];
        Assert.Equal("bare", envelope.Transport);
        Assert.Equal(7, envelope.Body["code"u8].Number);
    }

    [Fact]
    public void Headers_of_raw_delivery_name_topic_and_message()
    {
        var request = new
        {
            rawPath = "/",
            headers = new Dictionary<string, string> { ["X-Amz-Sns-Topic-Arn"] = Topic, ["x-amz-sns-message-id"] = "m-1", ["x-amz-sns-rawdelivery"] = "true" },
            requestContext = new { http = new { method = "POST" } },
            body = "plain words",
        };
        var envelope = Pipeline.Decode(Bytes(request))[0];
        Assert.Equal((Topic, "m-1", "plain words"), (envelope.Topic, envelope.Id, envelope.Text));
    }

    [Fact]
    public void Message_attributes_are_kept()
    {
        var envelope = Pipeline.Decode("""{"Type":"Notification","TopicArn":"t","MessageId":"m","Message":"x","MessageAttributes":{"State":{"Type":"String","Value":"FAILED"}}}"""u8.ToArray())[0];
        Assert.Equal([new("State", "FAILED")], envelope.Attributes);
    }
}
