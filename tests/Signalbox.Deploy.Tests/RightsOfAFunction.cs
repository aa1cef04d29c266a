namespace Signalbox.Deploy.Tests;

public sealed class RightsOfAFunction
{
    [Fact]
    public void A_bare_function_may_write_its_own_log_and_nothing_else()
    {
        var statement = Assert.Single(Policy.Of(Ops.Release(Ops.Bare)));
        Assert.Equal(["logs:CreateLogStream", "logs:PutLogEvents"], statement.Actions);
        Assert.Equal(["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/ops_alerts:*"], statement.Resources);
    }

    [Fact]
    public void It_takes_from_its_queues_and_hands_failures_on() => Assert.Equal(
    [
        "Queues arn:aws:sqs:eu-west-1:123456789012:events arn:aws:sqs:eu-west-1:123456789012:others",
        "FailuresToQueue arn:aws:sqs:eu-west-1:123456789012:ops_alerts-failed",
        "Store arn:aws:dynamodb:eu-west-1:123456789012:table/ops arn:aws:dynamodb:eu-west-1:123456789012:table/ops/index/*",
    ], Policy.Of(Ops.Release(Ops.Full)).Skip(1).Select(statement => $"{statement.Sid} {string.Join(' ', statement.Resources)}"));

    [Theory]
    [InlineData("arn:aws:sqs:eu-west-1:123456789012:dead", "FailuresToQueue", "sqs:SendMessage")]
    [InlineData("arn:aws:sns:eu-west-1:123456789012:dead", "FailuresToTopic", "sns:Publish")]
    [InlineData("arn:aws:events:eu-west-1:123456789012:event-bus/dead", "FailuresToBus", "events:PutEvents")]
    [InlineData("arn:aws:lambda:eu-west-1:123456789012:function:dead", "FailuresToFunction", "lambda:InvokeFunction")]
    public void Failures_go_where_the_file_says_and_nowhere_else(string arn, string sid, string action)
    {
        var statement = Policy.Of(Ops.Release(Ops.Bare with { OnFailure = arn })).Single(statement => statement.Sid == sid);
        Assert.Equal(([action], [arn]), ((ValueList<string>)statement.Actions, (ValueList<string>)statement.Resources));
    }

    [Fact]
    public void Rooms_with_keys_of_their_own_need_no_right()
    {
        Room Topic(string name, string key) => new()
        {
            Name = name,
            Chat = "sns",
            Options = [new("topic", $"arn:aws:sns:eu-west-1:123456789012:{name}"), new("key-id", key)],
        };
        var settings = Settings.None with { Rooms = [Topic("ours", "env:AWS_ACCESS_KEY_ID"), Topic("theirs", "env:OTHER")] };
        var topics = Policy.Of(Ops.Release(Ops.Bare) with { Settings = settings }).Single(statement => statement.Sid is "Topics");
        Assert.Equal(["arn:aws:sns:eu-west-1:123456789012:ours"], topics.Resources);
    }

    [Fact]
    public void A_wildcard_stands_only_where_nothing_narrower_is_known_and_says_why()
    {
        var settings = Settings.None with { Lookups = Lookups.None with { Tags = true, Accounts = true } };
        var all = Policy.Of(Ops.Release(Ops.Full with { Vpc = new(["subnet-1"], ["sg-1"]), KmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1" }) with
        {
            Settings = settings,
        });
        Assert.Equal(["Network", "Tags", "AccountNames"], all.Where(statement => statement.Resources.Contains("*")).Select(statement => statement.Sid));
        Assert.All(all, statement => Assert.NotEmpty(statement.Why));
        Assert.DoesNotContain(all.SelectMany(statement => statement.Actions), action => action.Contains('*'));
    }

    [Fact]
    public void Statements_of_policy_json_come_after_its_own() => Assert.Equal(
        """{"Statement":[{"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Effect":"Allow","Resource":["""
        + "\"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/ops_alerts:*\"],\"Sid\":\"Logs\"},"
        + """{"Action":"s3:GetObject","Effect":"Allow","Resource":"arn:aws:s3:::b/*"}],"Version":"2012-10-17"}""",
        Policy.Document(Ops.Release(Ops.Bare with { Statements = ["""{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}"""] })));

    [Fact]
    public void A_queues_policy_keeps_the_statements_of_others()
    {
        var grant = new Grant("sns.amazonaws.com", Ops.Topic, "arn:aws:sqs:eu-west-1:123456789012:events");
        const string theirs = """{"Version":"2012-10-17","Statement":[{"Sid":"theirs","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"*"}]}""";
        var both = Grant.With(theirs, grant.Sid, grant.Statement);
        Assert.Contains("\"theirs\"", both);
        Assert.Contains($"\"Condition\":{{\"ArnEquals\":{{\"aws:SourceArn\":\"{Ops.Topic}\"}}}}", both);
        Assert.Equal([(grant.Sid, Ops.Topic)], Grant.Ours(both));
        Assert.Equal(both, Grant.With(both, grant.Sid, grant.Statement));
        Assert.Equal(theirs, Grant.Without(both, grant.Sid));
        Assert.Null(Grant.Without(Grant.With(null, grant.Sid, grant.Statement), grant.Sid));
    }

    [Theory]
    [InlineData("dynamodb://ops", "ops", null)]
    [InlineData("dynamodb://ops?region=us-east-1&endpoint=http://x", "ops", "us-east-1")]
    [InlineData("env:STORE", "named", null)]
    [InlineData("sqlite:file.db", null, null)]
    [InlineData(null, null, null)]
    public void The_table_is_that_of_the_store(string? store, string? name, string? region)
    {
        var table = StoreTable.Of(Settings.None with { Store = store }, [new("STORE", "dynamodb://named")]);
        Assert.Equal((name, region), (table?.Name, table?.Region));
    }
}
