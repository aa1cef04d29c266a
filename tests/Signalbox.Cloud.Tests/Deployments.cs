using Signalbox.Aws.Cloud;

namespace Signalbox.CloudTests;

public sealed class Deployments
{
    [Fact]
    public async Task A_first_deployment_makes_everything_and_a_second_one_nothing()
    {
        using var town = new Town();
        Assert.NotEmpty(await town.Deploy(Town.Full));
        var first = town.State();
        string[] parts = ["role ops_alerts", "log /aws/lambda/ops_alerts 30", "function ops_alerts", "  version 1", "  alias current 1",
            "queue events ", "queue events-dlq", "queue ops_alerts-failed", "mapping ", "rule ", "subscription arn:aws:sns:eu-west-1:123456789012:cloudformation sqs"];
        Assert.All(parts, part => Assert.Contains(part, first, StringComparison.Ordinal));
        Assert.Empty(await town.Deploy(Town.Full));
        Assert.Equal(first, town.State());
    }

    [Fact]
    public async Task A_function_without_a_queue_is_called_directly_and_nothing_changes_the_second_time()
    {
        using var town = new Town();
        await town.Deploy(Town.Full with { Queues = [], Url = "iam" });
        Assert.Contains("subscription arn:aws:sns:eu-west-1:123456789012:cloudformation lambda arn:aws:lambda:eu-west-1:123456789012:function:ops_alerts:current",
            town.State(), StringComparison.Ordinal);
        Assert.Empty(await town.Deploy(Town.Full with { Queues = [], Url = "iam" }));
    }

    [Fact]
    public async Task Changed_memory_makes_one_change_and_one_version()
    {
        using var town = new Town();
        await town.Deploy(Town.Full);
        Assert.Equal(
            ["change function ops_alerts: memory 128 → 256", "publish a version of function ops_alerts", "move alias current: version 1 → the new one"],
            await town.Deploy(Town.Full with { Memory = 256 }));
        Assert.Equal(["1", "2"], town.Aws.Lambda["ops_alerts"].Versions.Select(version => version.Number));
        Assert.Empty(await town.Deploy(Town.Full with { Memory = 256 }));
    }

    [Fact]
    public async Task Every_field_of_the_file_reaches_the_function_and_can_be_taken_back()
    {
        using var town = new Town();
        await town.Deploy(Town.Full);
        var all = Town.Full with
        {
            Description = "More",
            Memory = 512,
            Timeout = 30,
            EphemeralStorage = 1024,
            Environment = [new("OTHER", "x")],
            Logs = new("JSON", 7),
            ReservedConcurrency = null,
            Architecture = "arm64",
            OnFailure = "arn:aws:sqs:eu-west-1:123456789012:events",
            Tags = [new("team", "dev")],
            RetainedVersions = 1,
        };
        Assert.NotEmpty(await town.Deploy(all, version: 2));
        Assert.Empty(await town.Deploy(all, version: 2));
        Assert.DoesNotContain("ops_alerts-failed", town.State(), StringComparison.Ordinal);
        Assert.NotEmpty(await town.Deploy(Town.Full));
        Assert.Empty(await town.Deploy(Town.Full));
    }

    [Fact]
    public async Task What_is_taken_out_of_the_file_goes_and_what_others_made_stays()
    {
        using var town = new Town();
        await town.Deploy(Town.Alerts);
        var bare = Parts(town);
        await town.Deploy(Town.Full);
        town.Aws.Locked(() => town.Aws.Sns.Subscriptions["arn:aws:sns:eu-west-1:123456789012:cloudformation:theirs"] = new()
        {
            Arn = "arn:aws:sns:eu-west-1:123456789012:cloudformation:theirs",
            Topic = "arn:aws:sns:eu-west-1:123456789012:cloudformation",
            Protocol = "email",
            Endpoint = "people@example.com",
        });
        await town.Deploy(Town.Alerts);
        Assert.Equal([.. bare, "subscription arn:aws:sns:eu-west-1:123456789012:cloudformation email"], Parts(town));
        Assert.Empty(await town.Deploy(Town.Alerts));

        static string[] Parts(Town town) =>
            [.. town.State().Split('\n').Where(line => line.Length > 0 && line[0] is not ' ').Select(line => string.Join(' ', line.Split(' ').Take(3)))
                .Select(part => part.StartsWith("subscription", StringComparison.Ordinal) ? part : string.Join(' ', part.Split(' ').Take(2)))];
    }

    [Fact]
    public async Task Old_versions_go_beyond_those_that_are_kept()
    {
        using var town = new Town();
        for (byte version = 1; version <= 5; version++) await town.Deploy(Town.Alerts with { RetainedVersions = 2 }, version);
        Assert.Equal(["3", "4", "5"], town.Aws.Lambda["ops_alerts"].Versions.Select(version => version.Number));
    }

    [Fact]
    public async Task Delete_leaves_the_log_and_with_data_nothing()
    {
        using var town = new Town();
        var before = town.State();
        await town.Deploy(Town.Full);
        await town.Delete(Town.Full);
        Assert.StartsWith("log /aws/lambda/ops_alerts", town.State().Trim(), StringComparison.Ordinal);
        Assert.Single(town.State().Trim().Split('\n'));
        Assert.Empty(await town.Delete(Town.Full));
        await town.Delete(Town.Full, data: true);
        Assert.Equal(before, town.State());
    }

    [Fact]
    public async Task A_queue_of_others_stands_in_the_way_and_is_not_touched()
    {
        using var town = new Town();
        await town.Deploy(Town.Full with { Name = "others", DeployedName = "ops_others" });
        var before = town.State();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => town.Deploy(Town.Full));
        Assert.Contains("queue events is there already, and it belongs to function others of project ops: name it by its ARN", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, town.State());
        await town.Delete(Town.Full, data: true);
        Assert.Equal(before, town.State());
    }

    [Fact]
    public async Task A_second_alias_gets_the_new_version_and_the_queue_goes_on_feeding_the_first()
    {
        using var town = new Town();
        await town.Deploy(Town.Full);
        await town.Deploy(Town.Full, version: 2, alias: "canary");
        var state = town.State();
        Assert.Contains("alias canary 2", state, StringComparison.Ordinal);
        Assert.Contains("alias current 1", state, StringComparison.Ordinal);
        Assert.Single(town.Aws.Lambda.Mappings);
        Assert.EndsWith(":current", town.Aws.Lambda.Mappings[0].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Throttling_is_waited_out()
    {
        using var town = new Town();
        foreach (var service in (string[])["iam", "lambda", "sqs", "sns", "events", "logs"]) town.Aws.Trouble.Throttle(service, "*", 3);
        await town.Deploy(Town.Full);
        Assert.True(town.Waited > TimeSpan.FromSeconds(3));
        Assert.Empty(await town.Deploy(Town.Full));
    }

    [Fact]
    public async Task Throttling_without_end_is_said_in_words()
    {
        using var town = new Town();
        town.Aws.Trouble.Throttle("iam", "CreateRole", 1_000);
        var fault = await Assert.ThrowsAsync<CloudException>(() => town.Deploy(Town.Full));
        Assert.Equal("iam CreateRole: Throttling: Rate exceeded. AWS asks to slow down and went on asking: try again in some minutes.", fault.Message);
    }

    [Theory]
    [InlineData("iam:CreateRole", "Allow iam:CreateRole on arn:aws:iam::123456789012:role/ops_alerts to whoever deploys.")]
    [InlineData("sqs:CreateQueue", "Allow sqs:CreateQueue on arn:aws:sqs:eu-west-1:123456789012:events-dlq to whoever deploys.")]
    [InlineData("lambda:CreateFunction", "Allow lambda:CreateFunction on arn:aws:lambda:eu-west-1:123456789012:function:ops_alerts to whoever deploys.")]
    [InlineData("sns:Subscribe", "Allow sns:Subscribe on arn:aws:sns:eu-west-1:123456789012:cloudformation to whoever deploys.")]
    public async Task A_right_that_is_missing_is_named(string action, string words)
    {
        using var town = new Town();
        town.Aws.Trouble.Deny(action);
        var fault = await Assert.ThrowsAsync<CloudException>(() => town.Deploy(Town.Full));
        Assert.EndsWith(words, fault.Message, StringComparison.Ordinal);
        town.Aws.Trouble.Allow(action);
        await town.Deploy(Town.Full);
        Assert.Empty(await town.Deploy(Town.Full));
    }

    [Fact]
    public async Task A_topic_that_is_not_there_is_said_with_how_to_make_it()
    {
        using var town = new Town();
        var fault = await Assert.ThrowsAsync<CloudException>(() => town.Deploy(Town.Full with { Topics = ["nowhere"] }));
        Assert.Equal("topic arn:aws:sns:eu-west-1:123456789012:nowhere is not there: make it (aws sns create-topic --name nowhere), or mend topics.", fault.Message);
    }
}
