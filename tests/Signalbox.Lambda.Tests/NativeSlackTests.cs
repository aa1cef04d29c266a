using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Signalbox.StoreTests;

namespace Signalbox.Lambda.Tests;

/// <summary>The native binary, somebody else's DynamoDB, and a Slack that sends it what somebody presses. Skipped where <c>./build.sh lambda</c> has not been
/// run.</summary>
public sealed class NativeSlackTests(DynamoServer dynamo) : IDisposable
{
    private const string Secret = "SECRET-signing-xyzzy";

    private readonly RuntimeStandin runtime = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("signalbox-native-slack-");
    private Process? process;

    public void Dispose()
    {
        if (process is { HasExited: false }) process.Kill();
        process?.Dispose();
        runtime.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Somebody_presses_acknowledge_and_the_message_says_who()
    {
        Assert.SkipUnless(NativeTests.Binary() is not null, "artifacts/lambda/bootstrap is not there: run ./build.sh lambda");
        var table = await dynamo.Table($"slack-{Guid.NewGuid():n}");
        using var slack = new Standin(heard => Said.Http(200, heard.Path switch
        {
            "/api/users.info" => """{"ok":true,"user":{"tz":"Europe/Berlin","profile":{"display_name":"Ada L."}}}""",
            "/response" => "ok",
            _ => """{"ok":true,"channel":"C1","ts":"1.0"}""",
        }));
        Start(slack, table);
        runtime.Invoke("""
            {"version":"0","id":"c4c1c1c9","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","account":"123456789012","time":"2026-11-22T12:00:00Z",
            "region":"us-east-1","resources":["arn:aws:cloudwatch:us-east-1:123456789012:alarm:Cpu"],
            "detail":{"alarmName":"Cpu","state":{"value":"ALARM","reason":"Threshold Crossed","timestamp":"2026-11-22T12:00:00.000+0000"},"previousState":{"value":"OK"},"configuration":{}}}
            """);
        Assert.Equal("response", runtime.Take().Kind);
        Assert.Contains("signalbox-ack", Assert.Single(slack.AllHeard, heard => heard.Path is "/api/chat.postMessage").Body, StringComparison.Ordinal);

        var press = "payload=" + Uri.EscapeDataString($$"""
            {"type":"block_actions","user":{"id":"U1","username":"ada"},"trigger_id":"t.1","container":{"type":"message","message_ts":"1.0","channel_id":"C1"},
            "channel":{"id":"C1","name":"ops"},"response_url":"{{slack.Address}}/response","actions":[{"action_id":"signalbox-ack","value":"x","type":"button"}]}
            """);
        Assert.Equal((401, "not signed by Slack\n"), Ask(press, "guess"));
        Assert.Equal((401, "not signed by Slack\n"), Ask(press, Secret, late: 301));
        Assert.Equal((200, ""), Ask(press, Secret));

        Assert.Contains("Ada L. takes care of: Cpu is in alarm", Assert.Single(slack.AllHeard, heard => heard.Path is "/response").Body, StringComparison.Ordinal);
        var changed = Assert.Single(slack.AllHeard, heard => heard.Path is "/api/chat.update");
        Assert.Contains("by Ada L.", changed.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("signalbox-ack", changed.Body, StringComparison.Ordinal);
        Assert.Contains("signalbox-silence-1h", changed.Body, StringComparison.Ordinal);

        var status = Ask("command=%2Fsignalbox&text=status&user_id=U1&user_name=ada&channel_id=C1&channel_name=ops&trigger_id=c.1", Secret);
        Assert.Contains("Ada L. takes care of it", JsonDocument.Parse(status.Body).RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);

        var silenced = Ask("command=%2Fsignalbox&text=silence+1h+Cpu&user_id=U1&user_name=ada&channel_id=C1&channel_name=ops&trigger_id=c.2", Secret);
        Assert.Contains("Europe/Berlin", JsonDocument.Parse(silenced.Body).RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);

        process!.Kill();
        Assert.DoesNotContain("xyzzy", await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private void Start(Standin slack, string table)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "signalbox.yaml"), $$"""
            rooms: { ops: { slack: { channel: "#ops", api: "{{slack.Address}}/api" } } }
            slack-app: { signing-secret: env:SLACK_SIGNING_SECRET }
            """);
        var start = new ProcessStartInfo(NativeTests.Binary()!) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullName };
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = runtime.Host;
        start.Environment["LAMBDA_TASK_ROOT"] = folder.FullName;
        start.Environment["SIGNALBOX_STORE"] = table;
        start.Environment["SLACK_SIGNING_SECRET"] = Secret;
        start.Environment["SLACK_BOT_TOKEN"] = "SECRET-token-xyzzy";
        // Lambda's runtime has no time zones; ours come with the function.
        start.Environment["TZDIR"] = "/nonexistent";
        process = Process.Start(start)!;
    }

    private (int Status, string Body) Ask(string body, string secret, int late = 0)
    {
        var time = DateTimeOffset.UtcNow.AddSeconds(-late).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        runtime.Invoke(JsonSerializer.Serialize(new
        {
            version = "2.0",
            rawPath = "/hooks/slack/actions",
            headers = new Dictionary<string, string>
            {
                ["x-slack-request-timestamp"] = time,
                ["x-slack-signature"] = SlackSignature.Sign(secret, time, Encoding.UTF8.GetBytes(body)),
            },
            requestContext = new { requestId = Guid.NewGuid(), http = new { method = "POST", path = "/hooks/slack/actions" } },
            body = Convert.ToBase64String(Encoding.UTF8.GetBytes(body)),
            isBase64Encoded = true,
        }));
        var told = runtime.Take();
        Assert.Equal("response", told.Kind);
        var answer = JsonDocument.Parse(told.Body).RootElement;
        return (answer.GetProperty("statusCode").GetInt32(), answer.GetProperty("body").GetString()!);
    }
}
