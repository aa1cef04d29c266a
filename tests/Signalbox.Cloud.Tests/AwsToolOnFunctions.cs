using System.IO.Compression;
using System.Text.Json;

namespace Signalbox.Cloud.Tests;

/// <summary>What AWS's own tool makes of the stand-in: Lambda.</summary>
public sealed class AwsToolOnFunctions : IDisposable
{
    private readonly AwsStandin aws = new();
    private readonly AwsTool tool;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("signalbox-aws-");

    public AwsToolOnFunctions()
    {
        AwsTool.Needed();
        tool = new(aws);
    }

    public void Dispose()
    {
        aws.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>A zip with a program that says so; answers "fileb://…".</summary>
    internal static string Zip(DirectoryInfo folder, string text)
    {
        var path = Path.Combine(folder.FullName, $"{Guid.NewGuid()}.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using var entry = new StreamWriter(zip.CreateEntry("bootstrap").Open());
            entry.Write(text);
        }
        return $"fileb://{path}";
    }

    private async Task Role() => await tool.Do("iam", "create-role", "--role-name", "telling", "--assume-role-policy-document",
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""");

    private string[] Creating(string name) => ["lambda", "create-function", "--function-name", name, "--runtime", "provided.al2", "--handler", "bootstrap",
        "--role", $"arn:aws:iam::{AwsStandin.Account}:role/telling", "--zip-file", Zip(folder, "one"), "--environment", "Variables={ROOM=ops}", "--timeout", "9"];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    [Fact]
    public async Task A_function_is_made_changed_published_and_deleted()
    {
        await Role();
        aws.Iam.Roles.Values.Single().Unknown = 1;
        Assert.Contains("The role defined for the function cannot be assumed by Lambda.", await tool.Fails(Creating("telling")), StringComparison.Ordinal);
        var made = await tool.Do(Creating("telling"));
        Assert.Equal(("Pending", "$LATEST"), (Text(made, "State"), Text(made, "Version")));
        Assert.Contains("(ResourceConflictException)", await tool.Fails("lambda", "update-function-code", "--function-name", "telling", "--zip-file", Zip(folder, "two")), StringComparison.Ordinal);
        Assert.Equal("Active", Text((await tool.Do("lambda", "get-function", "--function-name", "telling")).GetProperty("Configuration"), "State"));
        Assert.Contains("(ResourceConflictException)", await tool.Fails(Creating("telling")), StringComparison.Ordinal);

        var changed = await tool.Do("lambda", "update-function-configuration", "--function-name", "telling", "--memory-size", "256");
        Assert.Equal(("InProgress", 256), (Text(changed, "LastUpdateStatus"), changed.GetProperty("MemorySize").GetInt32()));
        Assert.Contains("An update is in progress", await tool.Fails("lambda", "publish-version", "--function-name", "telling"), StringComparison.Ordinal);
        await tool.Do("lambda", "get-function-configuration", "--function-name", "telling");
        var first = await tool.Do("lambda", "publish-version", "--function-name", "telling", "--description", "first");
        Assert.Equal(("1", Text(made, "CodeSha256")), (Text(first, "Version"), Text(first, "CodeSha256")));
        Assert.Equal("1", Text(await tool.Do("lambda", "publish-version", "--function-name", "telling"), "Version"));

        await tool.Do("lambda", "create-alias", "--function-name", "telling", "--name", "live", "--function-version", "1");
        var sent = await tool.Do("lambda", "update-function-code", "--function-name", "telling", "--zip-file", Zip(folder, "two"));
        Assert.NotEqual(Text(made, "CodeSha256"), Text(sent, "CodeSha256"));
        await tool.Do("lambda", "get-function-configuration", "--function-name", "telling");
        await tool.Do("lambda", "publish-version", "--function-name", "telling");
        await tool.Do("lambda", "update-alias", "--function-name", "telling", "--name", "live", "--function-version", "2");
        Assert.Equal("2", Text(await tool.Do("lambda", "get-alias", "--function-name", "telling", "--name", "live"), "FunctionVersion"));
        Assert.Equal("live", Text((await tool.Do("lambda", "list-aliases", "--function-name", "telling")).GetProperty("Aliases")[0], "Name"));
        Assert.Equal(["$LATEST", "1", "2"], (await tool.Do("lambda", "list-versions-by-function", "--function-name", "telling")).GetProperty("Versions").EnumerateArray().Select(one => Text(one, "Version")));
        Assert.Contains("(ResourceConflictException)", await tool.Fails("lambda", "delete-function", "--function-name", "telling", "--qualifier", "2"), StringComparison.Ordinal);
        await tool.Do("lambda", "delete-function", "--function-name", "telling", "--qualifier", "1");
        Assert.Equal(2, aws.Lambda["telling"].Latest.Environment.Count + aws.Lambda["telling"].Versions.Count);

        Assert.Equal("telling", Text((await tool.Do("lambda", "list-functions")).GetProperty("Functions")[0], "FunctionName"));
        await tool.Do("lambda", "delete-alias", "--function-name", "telling", "--name", "live");
        await tool.Do("lambda", "delete-function", "--function-name", "telling");
        Assert.Contains("(ResourceNotFoundException)", await tool.Fails("lambda", "get-function", "--function-name", "telling"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Permissions_concurrency_addresses_and_tags_are_kept()
    {
        await Role();
        await tool.Do(Creating("telling"));
        await tool.Do("lambda", "get-function-configuration", "--function-name", "telling");
        await tool.Do("lambda", "add-permission", "--function-name", "telling", "--statement-id", "sns", "--action", "lambda:InvokeFunction", "--principal", "sns.amazonaws.com",
            "--source-arn", "arn:aws:sns:eu-west-1:123456789012:t");
        using var policy = JsonDocument.Parse(Text(await tool.Do("lambda", "get-policy", "--function-name", "telling"), "Policy")!);
        Assert.Equal("arn:aws:sns:eu-west-1:123456789012:t", policy.RootElement.GetProperty("Statement")[0].GetProperty("Condition").GetProperty("ArnLike").GetProperty("AWS:SourceArn").GetString());
        await tool.Do("lambda", "remove-permission", "--function-name", "telling", "--statement-id", "sns");
        Assert.Contains("(ResourceNotFoundException)", await tool.Fails("lambda", "get-policy", "--function-name", "telling"), StringComparison.Ordinal);

        await tool.Do("lambda", "put-function-concurrency", "--function-name", "telling", "--reserved-concurrent-executions", "3");
        Assert.Equal(3, (await tool.Do("lambda", "get-function-concurrency", "--function-name", "telling")).GetProperty("ReservedConcurrentExecutions").GetInt32());
        Assert.Contains("below its minimum", await tool.Fails("lambda", "put-function-concurrency", "--function-name", "telling", "--reserved-concurrent-executions", "950"), StringComparison.Ordinal);
        await tool.Do("lambda", "delete-function-concurrency", "--function-name", "telling");

        var url = Text(await tool.Do("lambda", "create-function-url-config", "--function-name", "telling", "--auth-type", "NONE"), "FunctionUrl");
        Assert.Equal(url, Text(await tool.Do("lambda", "get-function-url-config", "--function-name", "telling"), "FunctionUrl"));
        await tool.Do("lambda", "update-function-url-config", "--function-name", "telling", "--auth-type", "AWS_IAM");
        await tool.Do("lambda", "delete-function-url-config", "--function-name", "telling");
        Assert.Contains("(ResourceNotFoundException)", await tool.Fails("lambda", "get-function-url-config", "--function-name", "telling"), StringComparison.Ordinal);

        var arn = aws.Lambda["telling"].Arn;
        await tool.Do("lambda", "tag-resource", "--resource", arn, "--tags", "team=ops,env=prod");
        await tool.Do("lambda", "untag-resource", "--resource", arn, "--tag-keys", "env");
        Assert.Equal("""{"team":"ops"}""", JsonSerializer.Serialize((await tool.Do("lambda", "list-tags", "--resource", arn)).GetProperty("Tags")));

        await tool.Do("lambda", "put-function-event-invoke-config", "--function-name", "telling", "--maximum-retry-attempts", "1");
        await tool.Do("lambda", "update-function-event-invoke-config", "--function-name", "telling", "--maximum-event-age-in-seconds", "600");
        var invoking = await tool.Do("lambda", "get-function-event-invoke-config", "--function-name", "telling");
        Assert.Equal((1, 600), (invoking.GetProperty("MaximumRetryAttempts").GetInt32(), invoking.GetProperty("MaximumEventAgeInSeconds").GetInt32()));
        await tool.Do("lambda", "delete-function-event-invoke-config", "--function-name", "telling");
    }

    [Fact]
    public async Task A_function_is_called_and_a_queue_is_mapped_to_it()
    {
        await Role();
        await tool.Do("iam", "put-role-policy", "--role-name", "telling", "--policy-name", "own", "--policy-document",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage"],"Resource":"arn:aws:sqs:eu-west-1:123456789012:jobs"}]}""");
        await tool.Do(Creating("telling"));
        await tool.Do("lambda", "get-function-configuration", "--function-name", "telling");
        aws.Lambda.Run = call => Task.FromResult(new LambdaOutcome(System.Text.Encoding.UTF8.GetBytes($$"""{"heard":{{System.Text.Encoding.UTF8.GetString(call.Payload)}}}"""), null, "a line of its log\n"));
        var (body, answer) = (Path.Combine(folder.FullName, "event"), Path.Combine(folder.FullName, "answer"));
        await File.WriteAllTextAsync(body, """{"word":"now"}""", TestContext.Current.CancellationToken);
        var invoked = await tool.Do("lambda", "invoke", "--function-name", "telling", "--payload", $"fileb://{body}", "--log-type", "Tail", answer);
        Assert.Equal((200, "$LATEST", "a line of its log\n"), (invoked.GetProperty("StatusCode").GetInt32(), Text(invoked, "ExecutedVersion"), System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(Text(invoked, "LogResult")!))));
        Assert.Equal("""{"heard":{"word":"now"}}""", await File.ReadAllTextAsync(answer, TestContext.Current.CancellationToken));
        Assert.Equal(202, (await tool.Do("lambda", "invoke", "--function-name", "telling", "--invocation-type", "Event", answer)).GetProperty("StatusCode").GetInt32());
        Assert.Equal(204, (await tool.Do("lambda", "invoke", "--function-name", "telling", "--invocation-type", "DryRun", answer)).GetProperty("StatusCode").GetInt32());

        await tool.Do("sqs", "create-queue", "--queue-name", "jobs", "--attributes", "VisibilityTimeout=54");
        string[] mapping = ["lambda", "create-event-source-mapping", "--function-name", "telling", "--event-source-arn", "arn:aws:sqs:eu-west-1:123456789012:jobs", "--function-response-types", "ReportBatchItemFailures"];
        Assert.Contains("does not have permissions to call GetQueueAttributes on SQS", await tool.Fails(mapping), StringComparison.Ordinal);
        await tool.Do("iam", "put-role-policy", "--role-name", "telling", "--policy-name", "own", "--policy-document",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes"],"Resource":"arn:aws:sqs:eu-west-1:123456789012:jobs"}]}""");
        var id = Text(await tool.Do(mapping), "UUID")!;
        Assert.Contains("(ResourceConflictException)", await tool.Fails(mapping), StringComparison.Ordinal);
        Assert.Equal("Creating", Text((await tool.Do("lambda", "list-event-source-mappings", "--function-name", "telling")).GetProperty("EventSourceMappings")[0], "State"));
        Assert.Equal("Enabled", Text(await tool.Do("lambda", "get-event-source-mapping", "--uuid", id), "State"));
        Assert.Equal(5, (await tool.Do("lambda", "update-event-source-mapping", "--uuid", id, "--batch-size", "5")).GetProperty("BatchSize").GetInt32());
        Assert.Contains("(ResourceInUseException)", await tool.Fails("lambda", "delete-event-source-mapping", "--uuid", id), StringComparison.Ordinal);
        Assert.Equal("Deleting", Text(await tool.Do("lambda", "delete-event-source-mapping", "--uuid", id), "State"));
        await tool.Do("lambda", "get-event-source-mapping", "--uuid", id);
        Assert.Empty(aws.Lambda.Mappings);
    }
}
