using System.Text;

namespace Signalbox.Tests;

/// <summary>What an inner wrapping says counts; what it leaves open, the outer one says.</summary>
public class InnerOverOuter
{
    private static readonly DateTimeOffset Inner = DateTimeOffset.Parse("2026-03-14T02:11:32Z", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly DateTimeOffset Outer = DateTimeOffset.FromUnixTimeMilliseconds(1773454000000);

    private static Envelope One(string json) => Assert.Single(Pipeline.Decode(Encoding.UTF8.GetBytes(json)));

    private static string Text(string json) => System.Text.Json.JsonSerializer.Serialize(json);

    /// <summary>A queue in another account and region than whatever is inside.</summary>
    private static string InQueue(string body) => $$$"""
        {"Records":[{"messageId":"q-1","receiptHandle":"r","body":{{{Text(body)}}},"attributes":{"ApproximateReceiveCount":"2","SentTimestamp":"1773454000000"},
        "messageAttributes":{"Team":{"stringValue":"payments","dataType":"String"},"Blob":{"binaryValue":"AA==","dataType":"Binary"}},
        "eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:us-west-2:999999999999:q"}]}
        """;

    [Fact]
    public void A_queue_says_all_about_a_body_that_says_nothing()
    {
        var envelope = One(InQueue("words"));
        Assert.Equal(("q-1", "q-1", 2, "999999999999", "us-west-2", Outer), (envelope.Id, envelope.Record, envelope.Attempt, envelope.Account, envelope.Region, envelope.At!.Value));
        Assert.Equal([new("Team", "payments")], envelope.Attributes);
        Assert.Equal("arn:aws:sqs:us-west-2:999999999999:q", envelope.Topic);
    }

    [Fact]
    public void A_topic_inside_a_queue_says_more_than_the_queue()
    {
        var envelope = One(InQueue("""
            {"Type":"Notification","MessageId":"m-1","TopicArn":"arn:aws:sns:eu-west-1:123456789012:ops","Subject":"S","Message":"words","Timestamp":"2026-03-14T02:11:32.000Z",
            "MessageAttributes":{"Stage":{"Type":"String","Value":"prod"}}}
            """));
        Assert.Equal(("m-1", "q-1", "123456789012", "eu-west-1", Inner, "S"), (envelope.Id, envelope.Record, envelope.Account, envelope.Region, envelope.At!.Value, envelope.Subject));
        Assert.Equal([new("Team", "payments"), new("Stage", "prod")], envelope.Attributes);
    }

    [Fact]
    public void A_topic_that_leaves_things_open_leaves_them_to_the_queue()
    {
        var envelope = One(InQueue("""{"Type":"Notification","TopicArn":"","Message":"words"}"""));
        Assert.Equal(("q-1", "999999999999", "us-west-2", Outer, null), (envelope.Id, envelope.Account, envelope.Region, envelope.At!.Value, envelope.Subject));
        Assert.Equal([new("Team", "payments")], envelope.Attributes);
    }

    [Fact]
    public void A_notification_without_a_message_is_an_empty_message() => Assert.Equal("", One("""{"Records":[{"EventSource":"aws:sns","Sns":{"Type":"Notification","Subject":"S"}}]}""").Text);

    [Fact]
    public void A_record_of_a_queue_without_a_body_is_an_empty_message() => Assert.Equal("", One("""{"Records":[{"eventSource":"aws:sqs","messageId":"q"}]}""").Text);

    [Fact]
    public void An_event_bus_says_more_than_the_queue_and_leaves_the_rest_to_it()
    {
        var whole = One(InQueue("""{"id":"e-1","source":"s","detail-type":"t","account":"123456789012","region":"eu-west-1","time":"2026-03-14T02:11:32Z","resources":["arn:a",7,"arn:b"],"detail":{"a":1}}"""));
        Assert.Equal(("e-1", "123456789012", "eu-west-1", Inner), (whole.Id, whole.Account, whole.Region, whole.At!.Value));
        Assert.Equal(["arn:a", "arn:b"], whole.Resources);

        var bare = One(InQueue("""{"source":"s","detail-type":"t","detail":{"a":1}}"""));
        Assert.Equal(("q-1", "999999999999", "us-west-2", Outer), (bare.Id, bare.Account, bare.Region, bare.At!.Value));
        Assert.Empty(bare.Resources);
    }

    [Fact]
    public void An_event_of_the_bus_without_detail_is_kept_whole() => Assert.True(One("""{"source":"s","detail-type":"t","x":1}""").Body["x"u8].Exists);

    [Fact]
    public void A_record_of_a_service_names_its_place_and_time_or_leaves_them_to_what_is_around()
    {
        const string Bucket = "arn:aws:s3:::b";
        var whole = One(InQueue($$$"""{"Records":[{"eventSource":"aws:s3","awsRegion":"eu-west-1","eventTime":"2026-03-14T02:11:32Z","s3":{"bucket":{"arn":"{{{Bucket}}}" } } }]}"""));
        Assert.Equal(("aws:s3", "eu-west-1", Inner, "999999999999"), (whole.Publisher, whole.Region, whole.At!.Value, whole.Account));
        Assert.Equal([Bucket], whole.Resources);

        var commit = One(InQueue("""{"Records":[{"eventSource":"aws:codecommit","eventSourceARN":"arn:aws:codecommit:eu-north-1:123456789012:repo","s3":{"bucket":{"arn":"other"}}}]}"""));
        Assert.Equal(("eu-north-1", "123456789012", Outer), (commit.Region, commit.Account, commit.At!.Value));
        Assert.Equal(["arn:aws:codecommit:eu-north-1:123456789012:repo"], commit.Resources);

        var bare = One(InQueue("""{"Records":[{"EventSource":"aws:other"}]}"""));
        Assert.Equal(("aws:other", "us-west-2", "999999999999"), (bare.Publisher, bare.Region, bare.Account));
        Assert.Empty(bare.Resources);
    }

    [Theory]
    [InlineData("""{"Records":[{"receiptHandle":"r","body":"words"}]}""", "sqs")]
    [InlineData("""{"Records":[{"receiptHandle":"r"}]}""", "records")]
    [InlineData("""{"Records":[{"body":"words"}]}""", "records")]
    [InlineData("""{"Records":[1,2]}""", "bare")]
    public void A_record_is_of_a_queue_when_it_looks_like_one(string json, string transport) => Assert.Equal(transport, One(json).Transport);

    [Fact]
    public void A_destination_names_function_and_time_or_leaves_them_to_what_is_around()
    {
        var whole = One(InQueue("""{"timestamp":"2026-03-14T02:11:32Z","requestContext":{"requestId":"i-1","functionArn":"arn:aws:lambda:eu-west-1:123456789012:function:f","condition":"Success"}}"""));
        Assert.Equal(("i-1", "123456789012", "eu-west-1", Inner, "lambda"), (whole.Id, whole.Account, whole.Region, whole.At!.Value, whole.Publisher));
        Assert.Equal("Lambda Function Invocation Result", whole.DetailType);

        var bare = One(InQueue("""{"requestContext":{"functionArn":"f","condition":"Success"}}"""));
        Assert.Equal(("q-1", "999999999999", "us-west-2", Outer), (bare.Id, bare.Account, bare.Region, bare.At!.Value));
    }

    [Fact]
    public void A_request_names_id_topic_and_time_in_order_of_trust()
    {
        static string Request(string headers, string context, string more) => $$"""{"rawPath":"/","headers":{ {{headers}} },"requestContext":{"http":{ },{{context}} },{{more}} }""";
        var named = One(InQueue(Request("\"x-amz-sns-message-id\":\"m-9\",\"X-Amz-Sns-Topic-Arn\":\"arn:aws:sns:eu-west-1:123456789012:ops\"", "\"requestId\":\"h-1\",\"timeEpoch\":1773454292000,\"requestTimeEpoch\":1773450000000,\"accountId\":\"111111111111\"", "\"body\":\"words\"")));
        Assert.Equal(("m-9", "arn:aws:sns:eu-west-1:123456789012:ops", Inner, "111111111111"), (named.Id, named.Topic, named.At!.Value, named.Account));

        var old = One(InQueue(Request("\"x-amz-sns-message-id\":\"\"", "\"requestId\":\"h-1\",\"requestTimeEpoch\":1773454292000", "\"body\":\"words\"")));
        Assert.Equal(("h-1", Inner), (old.Id, old.At!.Value));

        var bare = One(InQueue(Request("", "\"stage\":\"x\"", "\"body\":\"words\"")));
        Assert.Equal(("q-1", Outer, "999999999999", "arn:aws:sqs:us-west-2:999999999999:q"), (bare.Id, bare.At!.Value, bare.Account, bare.Topic));
    }

    [Theory]
    [InlineData("""{"rawPath":"/","requestContext":{"http":{}},"body":"eyJhIjoxfQ==","isBase64Encoded":true}""", "{\"a\":1}")]
    [InlineData("""{"rawPath":"/","requestContext":{"http":{}},"body":"eyJhIjoxfQ==","isBase64Encoded":false}""", "eyJhIjoxfQ==")]
    [InlineData("""{"rawPath":"/","requestContext":{"http":{}},"body":"not base64!","isBase64Encoded":true}""", "not base64!")]
    [InlineData("""{"rawPath":"/","requestContext":{"http":{}},"body":"aMMo","isBase64Encoded":true}""", "h\uFFFD(")]
    [InlineData("""{"rawPath":"/","requestContext":{"http":{}},"body":{"a":1}}""", "{\"a\":1}")]
    [InlineData("""{"rawPath":"/","requestContext":{"http":{}}}""", "")]
    [InlineData("""{"httpMethod":"POST","resource":"/","body":"words"}""", "words")]
    [InlineData("""{"httpMethod":"POST","requestContext":{"elb":{}},"body":"words"}""", "words")]
    public void The_body_of_a_request_is_taken_out_of_whatever_it_is_in(string json, string body)
    {
        var envelope = One(json);
        Assert.Equal(("http", body), (envelope.Transport, envelope.Text ?? envelope.Body.ToString()));
    }

    [Theory]
    [InlineData("""{"rawPath":"/","requestContext":{"stage":"x"},"body":"words"}""")]
    [InlineData("""{"requestContext":{"http":{}},"body":"words"}""")]
    [InlineData("""{"httpMethod":"POST","body":"words"}""")]
    public void What_only_half_looks_like_a_request_is_told_as_it_is(string json) => Assert.Equal("bare", One(json).Transport);

    [Fact]
    public void A_direct_event_keeps_the_subject_that_is_around_it_when_it_has_none()
    {
        var around = $$$"""{"Type":"Notification","TopicArn":"t","Subject":"around","Message":{{{Text("""{"message":"words","webhook":"ftp://x"}""")}}} }""";
        var envelope = One(around);
        Assert.Equal(("around", "words", null), (envelope.Subject, envelope.Text, envelope.Webhook));
        Assert.Equal([new("webhook", "left unused: it is not an http or https address")], envelope.Attributes);
        Assert.Equal("inside", One($$$"""{"Type":"Notification","TopicArn":"t","Subject":"around","Message":{{{Text("""{"message":"words","subject":"inside"}""")}}} }""").Subject);
    }

    [Fact]
    public void Wrappings_end_at_the_sixteenth()
    {
        static string Nested(int depth) => depth is 0 ? "words" : Text(Nested(depth - 1));
        Assert.Equal("words", One(Nested(16)).Text);
        Assert.Equal(JsonKind.Text, One(Nested(17)).Body.Kind);
    }
}
