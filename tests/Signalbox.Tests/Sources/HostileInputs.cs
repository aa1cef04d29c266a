using System.Text;

namespace Signalbox.Tests;

/// <summary>What others crashed on, lost, or let ring: each has an answer here.</summary>
public class HostileInputs
{
    private static readonly Room Slacked = new() { Name = "slack", Chat = "slack", Options = [new("webhook", "env:HOOK")] };
    private static readonly Settings Settings = new() { Rooms = [Slacked], Routes = Routes.AllTo(Slacked) };

    private static string Sns(string message, string? subject = "s") =>
        $$"""{"Records":[{"EventSource":"aws:sns","Sns":{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:eu-west-1:123456789012:t",{{(subject is null ? "" : $"\"Subject\":{System.Text.Json.JsonSerializer.Serialize(subject)},")}}"Message":{{message}} } }]}""";

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    public static TheoryData<string, string> Events => new()
    {
        { "no subject", Sns("\"words\"", null) },
        { "a number", Sns("42") },
        { "a number as text", Sns("\"42\"") },
        { "tempting words", Sns(Quoted("""the "text" of "attachments" and "AlarmName" """)) },
        { "a trailing newline", Sns(Quoted("{\"AlarmName\":\"a\",\"NewStateValue\":\"ALARM\"}\n")) },
        { "json in a json string, twice", Sns(Quoted(Quoted(Quoted("{\"title\":\"t\"}")))) },
        { "256 KB of text", Sns(Quoted(new string('x', 262_144))) },
        { "256 KB without a blank, of emoji", Sns(Quoted(string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 10_000)))) },
        { "64 levels", string.Concat(Enumerable.Repeat("{\"a\":", 64)) + "1" + new string('}', 64) },
        { "5,000 levels", new string('[', 5_000) + new string(']', 5_000) },
        { "an alarm without a trigger", Sns(Quoted("{\"AlarmName\":\"a\",\"NewStateValue\":\"ALARM\",\"AlarmDescription\":null}")) },
        { "an alarm whose trigger is a text", Sns(Quoted("{\"AlarmName\":\"a\",\"NewStateValue\":\"ALARM\",\"Trigger\":\"none\"}")) },
        { "an alarm of an unknown state", Sns(Quoted("{\"AlarmName\":\"a\",\"NewStateValue\":\"BANANA\"}")) },
        { "an alarm whose reason ends where it begins", Sns(Quoted("{\"AlarmName\":\"a\",\"NewStateValue\":\"ALARM\",\"NewStateReason\":\"Unchecked: \"}")) },
        { "an alarm whose threshold is huge", Sns(Quoted("{\"AlarmName\":\"a\",\"NewStateValue\":\"ALARM\",\"Trigger\":{\"MetricName\":\"m\",\"Threshold\":1e308,\"Period\":1e300,\"EvaluationPeriods\":1e300},\"NewStateReason\":\"Threshold Crossed: 1 datapoint [1e308 (x)] was greater than the threshold (1e308).\"}")) },
        { "a stack event without an end", Sns(Quoted("StackId='arn:aws:cloudformation:eu-west-1:1:stack/s/1'\nResourceStatus='CREATE_FAILED"), "AWS CloudFormation Notification") },
        { "a stack event of nothing", Sns("\"\"", "AWS CloudFormation Notification") },
        { "an rds event of nothing", Sns("{}", "RDS Notification Message") },
        { "an rds event of numbers", Sns(Quoted("{\"Event Source\":1,\"Event ID\":2,\"Event Message\":3}"), "RDS Notification Message") },
        { "eventbridge without resources", """{"source":"aws.rds","detail-type":"RDS DB Instance Event","detail":{"Message":"m"}}""" },
        { "eventbridge whose detail is text", """{"source":"aws.rds","detail-type":"RDS DB Instance Event","detail":"words"}""" },
        { "eventbridge whose detail is missing", """{"source":"aws.cloudwatch","detail-type":"CloudWatch Alarm State Change"}""" },
        { "a source no one has heard of", """{"source":"aws.nevernever","detail-type":"Never","detail":{"state":null},"resources":[1,null,"arn:"]}""" },
        { "an input transformer's words", "\"Instance i-1 is now stopped\"" },
        { "control characters and direction marks", Sns(Quoted("a\u0000b\u202Eevil\u2066\u0007")) },
        { "lone surrogates", """{"message":"\ud800 and \udc00","title":"\udbff"}""" },
        { "a mention in every place", """{"title":"<!channel>","message":"<@U123> <!here>","state":"<!everyone>","service":"<!subteam^S1>","x":"<https://evil.example|click>"}""" },
        { "entities and backticks", """{"title":"&lt;!channel&gt; `x","message":"```<!here>``` & more"}""" },
    };

    [Theory, MemberData(nameof(Events))]
    public void Every_odd_event_is_told_within_the_limits_and_rings_nobody(string what, string json)
    {
        var posts = Posts(Encoding.UTF8.GetBytes(json));
        Assert.NotEmpty(posts);
        Assert.All(posts, post => Assert.Empty(SlackLimits.Broken(post)));
        Assert.All(posts.SelectMany(post => SlackLimits.Mrkdwn(post)), text => Assert.False(Rings(text), $"{what} rings: {text}"));
    }

    [Theory]
    [InlineData("", "the message is empty")]
    [InlineData(" \n", "the message is empty")]
    [InlineData("{}", "an empty event")]
    [InlineData("[]", "an empty event")]
    [InlineData("""{"Records":[]}""", "a batch without records")]
    public void Nothing_at_all_is_quiet_for_a_reason(string json, string why)
    {
        var reading = Pipeline.Read(Assert.Single(Pipeline.Decode(Encoding.UTF8.GetBytes(json))));
        Assert.Equal((Outcome.Quiet, why), (reading.Outcome, reading.Why));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x68, 0x00, 0x69, 0x00 }, "hi")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x68, 0x69 }, "hi")]
    [InlineData(new byte[] { 0x68, 0xC3, 0x28, 0xFF, 0x69 }, "h\uFFFD(\uFFFDi")]
    public void Bytes_of_another_encoding_are_shown_as_far_as_they_go(byte[] bytes, string text) =>
        Assert.Equal(text, Pipeline.Decode(bytes)[0].Text);

    [Fact]
    public void Broken_bytes_inside_json_do_not_cost_the_event()
    {
        byte[] bytes = [.. "{\"AlarmName\":\"a"u8, 0xFF, .. "\",\"NewStateValue\":\"ALARM\"}"u8];
        Assert.Equal("a\uFFFD is in alarm", Pipeline.Read(Pipeline.Decode(bytes)[0]).Notices[0].Title);
    }

    [Fact]
    public void A_long_text_says_how_much_is_left_out()
    {
        var post = Encoding.UTF8.GetString(Posts(Encoding.UTF8.GetBytes(Sns(Quoted(string.Concat(Enumerable.Repeat("word ", 1_800))))))[0].Span);
        Assert.Matches(@"word… \([\d,]+ more characters\)", post);
    }

    /// <summary>What Slack takes for a mention or a link once its own escapes are read.</summary>
    internal static bool Rings(string text) =>
        text.Replace("<!date^", "", StringComparison.Ordinal) is var rest
        && (rest.Contains("<!", StringComparison.Ordinal) || rest.Contains("<@", StringComparison.Ordinal) || rest.Contains("<http", StringComparison.Ordinal));

    internal static List<ReadOnlyMemory<byte>> Posts(byte[] bytes) =>
        [.. from envelope in Pipeline.Decode(bytes)
            from routed in Pipeline.Route(Pipeline.Read(envelope), Settings).Routed
            select Pipeline.Render(routed, envelope, Settings).Payload];
}
