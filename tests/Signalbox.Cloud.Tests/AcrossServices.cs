using System.IO.Compression;
using System.Text.Json;

namespace Signalbox.Cloud.Tests;

/// <summary>Several services of the stand-in for AWS at once, and the function that is shipped in a sandbox.</summary>
public sealed class AcrossServices : IDisposable
{
    private readonly AwsStandin aws = new();
    private readonly AwsHand hand;

    public AcrossServices() => hand = new(aws);

    public void Dispose()
    {
        hand.Dispose();
        aws.Dispose();
    }

    [Fact]
    public async Task Calls_of_DynamoDB_are_handed_on_as_they_came()
    {
        using var dynamo = new Standin(_ => Said.Http(200, """{"TableNames":["signalbox"]}""", ("Content-Type", "application/x-amz-json-1.0")));
        aws.Dynamo = dynamo.Address;
        var (status, body) = await hand.Json("dynamodb", "DynamoDB_20120810.ListTables", new { Limit = 3 });
        Assert.Equal((200, "signalbox"), (status, body!["TableNames"]![0]!.GetValue<string>()));
        var heard = Assert.Single(dynamo.AllHeard);
        Assert.Equal(("""{"Limit":3}""", "DynamoDB_20120810.ListTables"), (heard.Body, heard.Headers["x-amz-target"]));
        Assert.Contains("/eu-west-1/dynamodb/aws4_request", heard.Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_CloudFormation_says_to_a_topic_stands_in_the_room()
    {
        var binary = Binary();
        Assert.SkipWhen(binary is null, "artifacts/lambda/bootstrap is not there: run ./build.sh lambda");
        using var slack = new Standin(_ => Said.Http(200, "ok"));
        using var zipped = new MemoryStream();
        using (var zip = new ZipArchive(zipped, ZipArchiveMode.Create))
        {
            zip.CreateEntryFromFile(binary!, "bootstrap", CompressionLevel.Fastest).ExternalAttributes = Convert.ToInt32("100755", 8) << 16;
            using var settings = new StreamWriter(zip.CreateEntry("signalbox.json").Open());
            await settings.WriteAsync("""{"rooms":{"ops":{"slack":{"webhook":"env:OPS_WEBHOOK"}}},"routes":[{"to":"ops"}]}""");
        }
        await hand.Form("iam", "Action=CreateRole&Version=2010-05-08&RoleName=telling&AssumeRolePolicyDocument="
            + Uri.EscapeDataString("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""));
        await hand.Form("iam", "Action=AttachRolePolicy&Version=2010-05-08&RoleName=telling&PolicyArn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2Fservice-role%2FAWSLambdaBasicExecutionRole");
        var made = await hand.Lambda(HttpMethod.Post, "/2015-03-31/functions", new
        {
            FunctionName = "telling",
            Runtime = "provided.al2023",
            Handler = "bootstrap",
            Role = "arn:aws:iam::123456789012:role/telling",
            Code = new { ZipFile = Convert.ToBase64String(zipped.ToArray()) },
            Timeout = 9,
            Environment = new { Variables = new { OPS_WEBHOOK = $"{slack.Address}/ops" } },
        });
        Assert.True(made.Status is 201, made.Body?.ToJsonString());
        await hand.Form("sns", "Action=CreateTopic&Version=2010-03-31&Name=stacks");
        await hand.Form("sns", "Action=Subscribe&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A123456789012%3Astacks&Protocol=lambda&Endpoint=arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Atelling");
        await hand.Lambda(HttpMethod.Post, "/2015-03-31/functions/telling/policy",
            new { StatementId = "sns", Action = "lambda:InvokeFunction", Principal = "sns.amazonaws.com", SourceArn = "arn:aws:sns:eu-west-1:123456789012:stacks" });

        aws.Sns.Publish("arn:aws:sns:eu-west-1:123456789012:stacks", "AWS CloudFormation Notification", string.Join('\n',
            "StackId='arn:aws:cloudformation:eu-west-1:123456789012:stack/payments-api/4f0c7d10'", "Timestamp='2026-11-22T08:00:00.000Z'", "EventId='e-1'", "LogicalResourceId='payments-api'",
            "Namespace='123456789012'", "PhysicalResourceId='arn:aws:cloudformation:eu-west-1:123456789012:stack/payments-api/4f0c7d10'", "ResourceStatus='CREATE_COMPLETE'", "StackName='payments-api'",
            "ResourceType='AWS::CloudFormation::Stack'", ""));
        await aws.Lambda.Idle();

        var post = Assert.Single(slack.AllHeard);
        Assert.Equal("/ops", post.Path);
        Assert.Contains("payments-api", JsonDocument.Parse(post.Body).RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(aws.Logs["/aws/lambda/telling"].Lines, line => line.Text.Contains("\"outcome\":\"made\"", StringComparison.Ordinal));
        Assert.DoesNotContain(aws.Metrics.Points, point => point.Name is "Errors");
    }

    private static string? Binary()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Combine(at, "artifacts/lambda/bootstrap") is var path && File.Exists(path)) return path;
        }
        return null;
    }
}
