using System.Text.Json;

namespace Signalbox.Cloud.Tests;

/// <summary>What AWS's own tool makes of the stand-in: CloudWatch Logs.</summary>
public sealed class AwsToolOnLogs : IDisposable
{
    private readonly AwsStandin aws = new();
    private readonly AwsTool tool;

    public AwsToolOnLogs()
    {
        AwsTool.Needed();
        tool = new(aws);
    }

    public void Dispose() => aws.Dispose();

    [Fact]
    public async Task A_group_is_made_and_its_lines_are_found_page_after_page()
    {
        await tool.Do("logs", "create-log-group", "--log-group-name", "/aws/lambda/telling", "--tags", "team=ops");
        await tool.Do("logs", "put-retention-policy", "--log-group-name", "/aws/lambda/telling", "--retention-in-days", "30");
        Assert.Contains("(InvalidParameterException)", await tool.Fails("logs", "put-retention-policy", "--log-group-name", "/aws/lambda/telling", "--retention-in-days", "31"), StringComparison.Ordinal);
        var group = (await tool.Do("logs", "describe-log-groups", "--log-group-name-prefix", "/aws/lambda/")).GetProperty("logGroups")[0];
        Assert.Equal(30, group.GetProperty("retentionInDays").GetInt32());
        await tool.Do("logs", "tag-resource", "--resource-arn", aws.Logs["/aws/lambda/telling"].Arn, "--tags", "env=prod");
        Assert.Equal("prod", (await tool.Do("logs", "list-tags-for-resource", "--resource-arn", aws.Logs["/aws/lambda/telling"].Arn)).GetProperty("tags").GetProperty("env").GetString());

        await tool.Do("logs", "create-log-stream", "--log-group-name", "/aws/lambda/telling", "--log-stream-name", "one");
        await tool.Do("logs", "put-log-events", "--log-group-name", "/aws/lambda/telling", "--log-stream-name", "one", "--log-events",
            JsonSerializer.Serialize(Enumerable.Range(1, 7).Select(at => new { timestamp = 1_000_000L + at, message = $"line {at} {(at % 2 is 0 ? "ERROR even" : "fine")}" })));
        aws.Logs.PageSize = 2;
        aws.Logs.EmptyPages = true;
        var found = await tool.Do("logs", "filter-log-events", "--log-group-name", "/aws/lambda/telling", "--filter-pattern", "ERROR -6", "--start-time", "1000001");
        Assert.Equal(["line 2 ERROR even", "line 4 ERROR even"], found.GetProperty("events").EnumerateArray().Select(line => line.GetProperty("message").GetString()));
        Assert.Equal("one", (await tool.Do("logs", "describe-log-streams", "--log-group-name", "/aws/lambda/telling")).GetProperty("logStreams")[0].GetProperty("logStreamName").GetString());

        await tool.Do("logs", "delete-log-group", "--log-group-name", "/aws/lambda/telling");
        Assert.Contains("(ResourceNotFoundException)", await tool.Fails("logs", "filter-log-events", "--log-group-name", "/aws/lambda/telling"), StringComparison.Ordinal);
    }
}
