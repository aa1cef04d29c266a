using System.Text.Json;

namespace Signalbox.Cloud.Tests;

/// <summary>What AWS's own tool makes of the stand-in: parameters, secrets, keys, objects, metrics, tags, sessions.</summary>
public sealed class AwsToolOnStores : IDisposable
{
    private readonly AwsStandin aws = new();
    private readonly AwsTool tool;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("signalbox-aws-");

    public AwsToolOnStores()
    {
        AwsTool.Needed();
        tool = new(aws);
    }

    public void Dispose()
    {
        aws.Dispose();
        folder.Delete(recursive: true);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    [Fact]
    public async Task Parameters_and_secrets_are_kept_and_decrypted_when_it_is_asked()
    {
        await tool.Do("ssm", "put-parameter", "--name", "/room/token", "--type", "SecureString", "--value", "xoxb-1");
        Assert.Contains("(ParameterAlreadyExists)", await tool.Fails("ssm", "put-parameter", "--name", "/room/token", "--type", "SecureString", "--value", "xoxb-2"), StringComparison.Ordinal);
        Assert.Equal(2, (await tool.Do("ssm", "put-parameter", "--name", "/room/token", "--type", "SecureString", "--value", "xoxb-2", "--overwrite")).GetProperty("Version").GetInt32());
        Assert.NotEqual("xoxb-2", Text((await tool.Do("ssm", "get-parameter", "--name", "/room/token")).GetProperty("Parameter"), "Value"));
        Assert.Equal("xoxb-2", Text((await tool.Do("ssm", "get-parameter", "--name", "/room/token", "--with-decryption")).GetProperty("Parameter"), "Value"));
        var several = await tool.Do("ssm", "get-parameters", "--names", "/room/token", "/room/none", "--with-decryption");
        Assert.Equal(("xoxb-2", "/room/none"), (Text(several.GetProperty("Parameters")[0], "Value"), several.GetProperty("InvalidParameters")[0].GetString()));
        Assert.Contains("(ParameterNotFound)", await tool.Fails("ssm", "get-parameter", "--name", "/room/none"), StringComparison.Ordinal);

        var arn = Text(await tool.Do("secretsmanager", "create-secret", "--name", "slack", "--secret-string", "one"), "ARN")!;
        await tool.Do("secretsmanager", "put-secret-value", "--secret-id", arn, "--secret-string", "two");
        Assert.Equal(("two", "AWSCURRENT"), (await tool.Do("secretsmanager", "get-secret-value", "--secret-id", "slack")) is var secret ? (Text(secret, "SecretString"), secret.GetProperty("VersionStages")[0].GetString()) : default);
        Assert.Contains("(ResourceNotFoundException)", await tool.Fails("secretsmanager", "get-secret-value", "--secret-id", "none"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_key_encrypts_it_decrypts_with_the_same_context()
    {
        var plain = Path.Combine(folder.FullName, "plain");
        await File.WriteAllTextAsync(plain, "xoxb-1", TestContext.Current.CancellationToken);
        var made = await tool.Do("kms", "encrypt", "--key-id", "1234abcd-12ab-34cd-56ef-1234567890ab", "--plaintext", $"fileb://{plain}", "--encryption-context", "room=ops");
        var blob = Path.Combine(folder.FullName, "blob");
        await File.WriteAllBytesAsync(blob, Convert.FromBase64String(Text(made, "CiphertextBlob")!), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("xoxb", await File.ReadAllTextAsync(blob, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var back = await tool.Do("kms", "decrypt", "--ciphertext-blob", $"fileb://{blob}", "--encryption-context", "room=ops");
        Assert.Equal("xoxb-1", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(Text(back, "Plaintext")!)));
        Assert.Contains("(InvalidCiphertextException)", await tool.Fails("kms", "decrypt", "--ciphertext-blob", $"fileb://{blob}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_have_versions_and_tags()
    {
        aws.S3.Buckets["settings"] = [];
        var file = Path.Combine(folder.FullName, "signalbox.yaml");
        await File.WriteAllTextAsync(file, "rooms: { ops: local }\n", TestContext.Current.CancellationToken);
        string[] place = ["--bucket", "settings", "--key", "team a/signalbox.yaml"];
        var first = await tool.Do(["s3api", "put-object", .. place, "--body", file]);
        await File.WriteAllTextAsync(file, "rooms: { dev: local }\n", TestContext.Current.CancellationToken);
        var second = await tool.Do(["s3api", "put-object", .. place, "--body", file]);
        Assert.NotEqual(Text(first, "ETag"), Text(second, "ETag"));
        Assert.Equal(Text(second, "VersionId"), Text(await tool.Do(["s3api", "head-object", .. place]), "VersionId"));
        var read = Path.Combine(folder.FullName, "read");
        await tool.Do(["s3api", "get-object", .. place, read]);
        Assert.Equal("rooms: { dev: local }\n", await File.ReadAllTextAsync(read, TestContext.Current.CancellationToken));
        await tool.Do(["s3api", "get-object", .. place, "--version-id", Text(first, "VersionId")!, read]);
        Assert.Equal("rooms: { ops: local }\n", await File.ReadAllTextAsync(read, TestContext.Current.CancellationToken));
        Assert.Contains("(304)", await tool.Fails(["s3api", "get-object", .. place, "--if-none-match", Text(second, "ETag")!, read]), StringComparison.Ordinal);
        Assert.Contains("(NoSuchKey)", await tool.Fails("s3api", "get-object", "--bucket", "settings", "--key", "none", read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_are_summed_by_period_and_alarms_are_kept()
    {
        aws.Metrics.Count("AWS/Lambda", "Invocations", "telling", 1);
        aws.Metrics.Count("AWS/Lambda", "Invocations", "telling", 2);
        aws.Metrics.Count("AWS/Lambda", "Invocations", "other", 5);
        var query = JsonSerializer.Serialize(new[]
        {
            new
            {
                Id = "calls",
                MetricStat = new { Metric = new { Namespace = "AWS/Lambda", MetricName = "Invocations", Dimensions = new[] { new { Name = "FunctionName", Value = "telling" } } }, Period = 3600, Stat = "Sum" },
            },
        });
        var now = DateTimeOffset.UtcNow;
        var result = (await tool.Do("cloudwatch", "get-metric-data", "--metric-data-queries", query, "--start-time", $"{now.AddHours(-3):yyyy-MM-ddTHH:mm:ssZ}", "--end-time", $"{now.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}"))
            .GetProperty("MetricDataResults")[0];
        Assert.Equal(("calls", 3.0, "Complete"), (Text(result, "Id"), result.GetProperty("Values").EnumerateArray().Sum(value => value.GetDouble()), Text(result, "StatusCode")));
        // Version 1 of the tool shows times as they came over the wire, which is a number of seconds for CBOR.
        var time = result.GetProperty("Timestamps")[0];
        Assert.InRange(time.ValueKind is JsonValueKind.Number ? DateTimeOffset.FromUnixTimeSeconds((long)time.GetDouble()) : DateTimeOffset.Parse(time.GetString()!, null), now.AddHours(-2), now.AddHours(1));

        await tool.Do("cloudwatch", "put-metric-alarm", "--alarm-name", "telling-errors", "--namespace", "AWS/Lambda", "--metric-name", "Errors", "--dimensions", "Name=FunctionName,Value=telling",
            "--statistic", "Sum", "--period", "300", "--evaluation-periods", "1", "--threshold", "1", "--comparison-operator", "GreaterThanOrEqualToThreshold");
        var alarm = (await tool.Do("cloudwatch", "describe-alarms", "--alarm-names", "telling-errors")).GetProperty("MetricAlarms")[0];
        Assert.Equal(("telling-errors", 300, "telling"), (Text(alarm, "AlarmName"), alarm.GetProperty("Period").GetInt32(), Text(alarm.GetProperty("Dimensions")[0], "Value")));
        await tool.Do("cloudwatch", "delete-alarms", "--alarm-names", "telling-errors");
        Assert.Empty(aws.Metrics.Alarms);
    }

    [Fact]
    public async Task Resources_are_found_by_their_tags()
    {
        await tool.Do("logs", "create-log-group", "--log-group-name", "/aws/lambda/telling", "--tags", "project=telling");
        aws.Tagging.Others["arn:aws:rds:eu-west-1:123456789012:db:orders"] = new() { ["team"] = "payments" };
        var found = (await tool.Do("resourcegroupstaggingapi", "get-resources", "--tag-filters", "Key=project,Values=telling")).GetProperty("ResourceTagMappingList");
        Assert.Equal("arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/telling", Text(Assert.Single(found.EnumerateArray()), "ResourceARN"));
        found = (await tool.Do("resourcegroupstaggingapi", "get-resources", "--resource-arn-list", "arn:aws:rds:eu-west-1:123456789012:db:orders")).GetProperty("ResourceTagMappingList");
        Assert.Equal("payments", Text(found[0].GetProperty("Tags")[0], "Value"));
    }

    [Fact]
    public async Task A_role_is_assumed_with_a_device_and_by_a_token_of_the_web()
    {
        static string Trust(string principal, string action) => $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{{principal}},"Action":"{{action}}"}]}""";
        await tool.Do("iam", "create-role", "--role-name", "ada", "--assume-role-policy-document", Trust("""{"AWS":"arn:aws:iam::123456789012:root"}""", "sts:AssumeRole"));
        await tool.Do("iam", "create-role", "--role-name", "ci", "--assume-role-policy-document", Trust("""{"Federated":"arn:aws:iam::123456789012:oidc-provider/ci.example"}""", "sts:AssumeRoleWithWebIdentity"));
        aws.Sts.Devices["arn:aws:iam::123456789012:mfa/ada"] = "123456";
        aws.Sts.WebTokens["aaaa.bbbb.cccc"] = "arn:aws:iam::123456789012:oidc-provider/ci.example";
        string[] assuming = ["sts", "assume-role", "--role-arn", "arn:aws:iam::123456789012:role/ada", "--role-session-name", "ada", "--serial-number", "arn:aws:iam::123456789012:mfa/ada", "--token-code"];
        Assert.Contains("(AccessDenied)", await tool.Fails([.. assuming, "000000"]), StringComparison.Ordinal);
        var session = (await tool.Do([.. assuming, "123456"])).GetProperty("Credentials");
        var environment = new Dictionary<string, string>(aws.Environment)
        {
            ["AWS_ACCESS_KEY_ID"] = Text(session, "AccessKeyId")!,
            ["AWS_SECRET_ACCESS_KEY"] = Text(session, "SecretAccessKey")!,
            ["AWS_SESSION_TOKEN"] = Text(session, "SessionToken")!,
        };
        Assert.Contains("assumed-role/ada/ada", (await tool.Run(environment, "sts", "get-caller-identity")).Output, StringComparison.Ordinal);
        Assert.Contains("(AccessDenied)", (await tool.Run(environment, "iam", "get-role", "--role-name", "ada")).Errors, StringComparison.Ordinal);
        Assert.Equal("arn:aws:sts::123456789012:assumed-role/ci/build", Text((await tool.Do("sts", "assume-role-with-web-identity", "--role-arn", "arn:aws:iam::123456789012:role/ci", "--role-session-name", "build",
            "--web-identity-token", "aaaa.bbbb.cccc")).GetProperty("AssumedRoleUser"), "Arn"));
    }
}
