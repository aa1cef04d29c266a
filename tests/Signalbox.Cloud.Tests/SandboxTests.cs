using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signalbox.Cloud.Tests;

/// <summary>How the stand-in for AWS runs functions: as Lambda does.</summary>
public sealed class SandboxTests : IDisposable
{
    /// <summary>A function in bash, which needs nothing else: it answers how many calls it has had, or does what the event says.</summary>
    internal const string Program = """
        #!/bin/bash
        LC_ALL=C
        host=${AWS_LAMBDA_RUNTIME_API%:*} port=${AWS_LAMBDA_RUNTIME_API#*:} calls=0
        exec 4<> <(:)
        call() {
          local line length=0
          exec 3<>"/dev/tcp/$host/$port"
          printf '%s /2018-06-01/runtime/%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s' "$1" "$2" "${#3}" "$3" >&3
          while IFS= read -r -u 3 line; do
            line=${line%$'\r'}
            case $line in '') break ;; Content-Length:*) length=${line#*: } ;; Lambda-Runtime-Aws-Request-Id:*) id=${line#*: } ;; esac
          done
          body=; [ "$length" = 0 ] || IFS= read -r -u 3 -N "$length" body
          exec 3>&-
        }
        echo "starting in $AWS_REGION for $ROOM"
        while :; do
          call GET invocation/next ''
          calls=$((calls + 1))
          echo "heard $body"
          case $body in
            *sleep*) read -r -t 30 -u 4 ;;
            *pause*) read -r -t 0.3 -u 4; call POST "invocation/$id/response" '{}' ;;
            *memory*) all=x; while :; do all=$all$all; done ;;
            *exit*) exit 7 ;;
            *fail*) call POST "invocation/$id/error" '{"errorType":"Odd","errorMessage":"it fails"}' ;;
            *some*) [[ $body =~ \"messageId\":\"([^\"]*)\"[^}]*\"body\":\"some ]]; call POST "invocation/$id/response" "{\"batchItemFailures\":[{\"itemIdentifier\":\"${BASH_REMATCH[1]}\"}]}" ;;
            *) call POST "invocation/$id/response" "{\"calls\":$calls,\"statusCode\":200,\"body\":\"call $calls\"}" ;;
          esac
        done
        """;

    private const string Function = "arn:aws:lambda:eu-west-1:123456789012:function:telling";
    private readonly AwsStandin aws = new();
    private readonly AwsHand hand;

    public SandboxTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/bin/bash"), "the function of these tests is for bash on Linux");
        hand = new(aws);
    }

    public void Dispose()
    {
        hand.Dispose();
        aws.Dispose();
    }

    private static string Zip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            var entry = zip.CreateEntry("bootstrap");
            entry.ExternalAttributes = Convert.ToInt32("100755", 8) << 16;
            using var stream = entry.Open();
            stream.Write(Encoding.UTF8.GetBytes(Program.ReplaceLineEndings("\n")));
        }
        return Convert.ToBase64String(bytes.ToArray());
    }

    private async Task Made(int timeout = 9, string statements = "")
    {
        await hand.Form("iam", "Action=CreateRole&Version=2010-05-08&RoleName=telling&AssumeRolePolicyDocument="
            + Uri.EscapeDataString("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""));
        await hand.Form("iam", "Action=PutRolePolicy&Version=2010-05-08&RoleName=telling&PolicyName=own&PolicyDocument="
            + Uri.EscapeDataString($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/telling:*"}{{statements}}]}"""));
        await hand.Json("logs", "Logs_20140328.CreateLogGroup", new { logGroupName = "/aws/lambda/telling" });
        var made = await hand.Lambda(HttpMethod.Post, "/2015-03-31/functions", new
        {
            FunctionName = "telling",
            Runtime = "provided.al2023",
            Handler = "bootstrap",
            Role = "arn:aws:iam::123456789012:role/telling",
            Code = new { ZipFile = Zip() },
            Timeout = timeout,
            Environment = new { Variables = new { ROOM = "ops" } },
        });
        Assert.True(made.Status is 201, made.Body?.ToJsonString());
        await hand.Lambda(HttpMethod.Get, "/2015-03-31/functions/telling/configuration");
    }

    private Task<(int Status, JsonNode? Body)> Invoke(string word) => hand.Lambda(HttpMethod.Post, "/2015-03-31/functions/telling/invocations", new { word });

    private async Task<string> Queue(string name, object? attributes = null)
    {
        var made = await hand.Json("sqs", "AmazonSQS.CreateQueue", new { QueueName = name, Attributes = attributes ?? new { VisibilityTimeout = "30" } });
        Assert.True(made.Status is 200, made.Body?.ToJsonString());
        return made.Body!["QueueUrl"]!.GetValue<string>();
    }

    private static string Text(JsonNode? node, string name) => node![name]!.ToString();

    [Fact]
    public async Task One_process_serves_call_after_call_and_stands_still_between_them()
    {
        await Made();
        Assert.Equal("1", Text((await Invoke("a")).Body, "calls"));
        var pid = Assert.Single(aws.Lambda.Sandboxes.Pids);
        // A busy machine takes a moment until a signal has arrived.
        var state = "";
        for (var tries = 0; state is not "T" && tries < 100; tries++)
        {
            state = (await File.ReadAllTextAsync($"/proc/{pid}/stat", TestContext.Current.CancellationToken)).Split(") ")[1][..1];
            if (state is not "T") await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.Equal("T", state);
        Assert.Equal("2", Text((await Invoke("b")).Body, "calls"));
        Assert.Equal(1, aws.Lambda.SandboxesStarted);

        var log = string.Concat(aws.Logs["/aws/lambda/telling"].Lines.Select(line => line.Text));
        Assert.Matches("""(?s)starting in eu-west-1 for ops\n.*START RequestId: \S+ Version: \$LATEST\nheard \{"word":"b"\}\nEND RequestId: \S+\nREPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB""", log);
        Assert.Contains("Init Duration: ", log, StringComparison.Ordinal);
        Assert.Equal(2, aws.Metrics.Points.Where(point => point.Name is "Invocations").Sum(point => point.Value));
    }

    [Fact]
    public async Task Calls_at_once_have_a_process_each()
    {
        await Made();
        await Task.WhenAll(Invoke("pause"), Invoke("pause"), Invoke("pause"));
        Assert.Equal(3, aws.Lambda.MostSandboxes);
        await hand.Lambda(HttpMethod.Put, "/2017-10-31/functions/telling/concurrency", new { ReservedConcurrentExecutions = 1 });
        var answers = await Task.WhenAll(Invoke("pause"), Invoke("pause"));
        Assert.Equal([200, 429], answers.Select(answer => answer.Status).Order());
    }

    [Theory]
    [InlineData("sleep", "Sandbox.Timedout", "Task timed out after 1.00 seconds")]
    [InlineData("memory", "Runtime.ExitError", "Runtime exited with error: signal: killed")]
    [InlineData("exit", "Runtime.ExitError", "Runtime exited with error: exit status 7")]
    [InlineData("fail", "Odd", "it fails")]
    public async Task What_ends_badly_is_said_as_Lambda_says_it(string word, string type, string message)
    {
        await Made(timeout: word is "sleep" ? 1 : 9);
        var (status, body) = await Invoke(word);
        Assert.Equal((200, type), (status, Text(body, "errorType")));
        Assert.EndsWith(message, Text(body, "errorMessage"), StringComparison.Ordinal);
        Assert.Equal(1, aws.Metrics.Points.Count(point => point.Name is "Errors"));
        Assert.Equal(word is "fail" ? "2" : "1", Text((await Invoke("a")).Body, "calls"));
    }

    [Fact]
    public async Task An_event_that_fails_is_tried_three_times_and_then_told_to_who_hears_of_failures()
    {
        await Made(statements: """,{"Effect":"Allow","Action":"sqs:SendMessage","Resource":["arn:aws:sqs:eu-west-1:123456789012:dead","arn:aws:sqs:eu-west-1:123456789012:failed"]}""");
        await Queue("dead");
        await Queue("failed");
        var dead = await hand.Lambda(HttpMethod.Put, "/2015-03-31/functions/telling/configuration", new { DeadLetterConfig = new { TargetArn = "arn:aws:sqs:eu-west-1:123456789012:dead" } });
        Assert.True(dead.Status is 200, dead.Body?.ToJsonString());
        var put = await hand.Lambda(HttpMethod.Put, "/2019-09-25/functions/telling/event-invoke-config", new { DestinationConfig = new { OnFailure = new { Destination = "arn:aws:sqs:eu-west-1:123456789012:failed" } } });
        Assert.True(put.Status is 200, put.Body?.ToJsonString());
        var topic = await hand.Form("sns", "Action=CreateTopic&Version=2010-03-31&Name=alerts");
        Assert.Equal(200, topic.Status);
        await hand.Form("sns", $"Action=Subscribe&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A123456789012%3Aalerts&Protocol=lambda&Endpoint={Uri.EscapeDataString(Function)}");
        await hand.Lambda(HttpMethod.Post, "/2015-03-31/functions/telling/policy",
            new { StatementId = "sns", Action = "lambda:InvokeFunction", Principal = "sns.amazonaws.com", SourceArn = "arn:aws:sns:eu-west-1:123456789012:alerts" });

        aws.Sns.Publish("arn:aws:sns:eu-west-1:123456789012:alerts", "News", "fail");
        await aws.Lambda.Idle();

        Assert.Equal(3, aws.Metrics.Points.Count(point => point.Name is "Errors"));
        var message = Assert.Single(aws.Sqs["dead"].Messages);
        Assert.Equal(("fail", "it fails"), (JsonNode.Parse(message.Body)!["Records"]![0]!["Sns"]!["Message"]!.GetValue<string>(), message.Attributes["ErrorMessage"]!["StringValue"]!.GetValue<string>()));
        var record = JsonNode.Parse(Assert.Single(aws.Sqs["failed"].Messages).Body)!;
        Assert.Equal(("RetriesExhausted", "3", $"{Function}:$LATEST", "Unhandled", "it fails"), (Text(record["requestContext"], "condition"), Text(record["requestContext"], "approximateInvokeCount"),
            Text(record["requestContext"], "functionArn"), Text(record["responseContext"], "functionError"), Text(record["responsePayload"], "errorMessage")));
    }

    [Fact]
    public async Task Messages_that_are_named_as_failed_come_back_and_go_to_the_dead_letter_queue_at_last()
    {
        await Made(statements: """,{"Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes"],"Resource":"arn:aws:sqs:eu-west-1:123456789012:jobs"}""");
        await Queue("jobs-dlq");
        var url = await Queue("jobs", new { VisibilityTimeout = "30", RedrivePolicy = """{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:jobs-dlq","maxReceiveCount":2}""" });
        foreach (var body in (string[])["all is well", "some is not"]) await hand.Json("sqs", "AmazonSQS.SendMessage", new { QueueUrl = url, MessageBody = body });
        var mapped = await hand.Lambda(HttpMethod.Post, "/2015-03-31/event-source-mappings/",
            new { EventSourceArn = "arn:aws:sqs:eu-west-1:123456789012:jobs", FunctionName = "telling", BatchSize = 10, FunctionResponseTypes = new[] { "ReportBatchItemFailures" } });
        Assert.True(mapped.Status is 202, mapped.Body?.ToJsonString());
        await aws.Lambda.Idle();
        Assert.Equal("some is not", Assert.Single(aws.Sqs["jobs"].Messages).Body);
        aws.Pass(TimeSpan.FromSeconds(31));
        await aws.Lambda.Idle();
        aws.Pass(TimeSpan.FromSeconds(31));
        await aws.Lambda.Idle();
        Assert.Empty(aws.Sqs["jobs"].Messages);
        Assert.Equal("some is not", Assert.Single(aws.Sqs["jobs-dlq"].Messages).Body);
        Assert.Equal(2, aws.Metrics.Points.Count(point => point.Name is "Invocations"));
    }

    [Fact]
    public async Task A_schedule_calls_when_its_time_has_come()
    {
        await Made();
        await hand.Json("events", "AWSEvents.PutRule", new { Name = "daily", ScheduleExpression = "rate(1 day)" });
        await hand.Json("events", "AWSEvents.PutTargets", new { Rule = "daily", Targets = new[] { new { Id = "f", Arn = Function, Input = """{"word":"now"}""" } } });
        aws.Events.Strike("daily");
        await aws.Lambda.Idle();
        Assert.Equal(0, aws.Lambda.SandboxesStarted);
        await hand.Lambda(HttpMethod.Post, "/2015-03-31/functions/telling/policy",
            new { StatementId = "daily", Action = "lambda:InvokeFunction", Principal = "events.amazonaws.com", SourceArn = "arn:aws:events:eu-west-1:123456789012:rule/daily" });
        aws.Events.Strike("daily");
        await aws.Lambda.Idle();
        Assert.Contains(aws.Logs["/aws/lambda/telling"].Lines, line => line.Text is "heard {\"word\":\"now\"}\n");
    }

    [Fact]
    public async Task An_address_is_open_to_everybody_only_with_both_rights()
    {
        await Made();
        var url = (await hand.Lambda(HttpMethod.Post, "/2021-10-31/functions/telling/url", new { AuthType = "NONE" })).Body!["FunctionUrl"]!.GetValue<string>();
        using var http = new HttpClient();
        async Task<(int, string)> Post()
        {
            using var content = new StringContent("""{"hello":1}""", Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri($"{aws.Lambda.Reachable(url)}hook?a=1"), content);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        await hand.Lambda(HttpMethod.Post, "/2015-03-31/functions/telling/policy", new { StatementId = "url", Action = "lambda:InvokeFunctionUrl", Principal = "*", FunctionUrlAuthType = "NONE" });
        Assert.Equal(403, (await Post()).Item1);
        await hand.Lambda(HttpMethod.Post, "/2015-03-31/functions/telling/policy", new { StatementId = "via", Action = "lambda:InvokeFunction", Principal = "*", InvokedViaFunctionUrl = true });
        Assert.Equal((200, "call 1"), await Post());
        var heard = JsonDocument.Parse(aws.Logs["/aws/lambda/telling"].Lines.Single(line => line.Text.StartsWith("heard ", StringComparison.Ordinal)).Text[6..]).RootElement;
        Assert.Equal(("2.0", "/hook", "a=1", """{"hello":1}""", "POST"), (heard.GetProperty("version").GetString(), heard.GetProperty("rawPath").GetString(), heard.GetProperty("rawQueryString").GetString(),
            heard.GetProperty("body").GetString(), heard.GetProperty("requestContext").GetProperty("http").GetProperty("method").GetString()));
    }
}
