using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Signalbox.Effects;

namespace Signalbox.Lambda.Tests;

/// <summary>A function to whose URL people in Slack send what they ask for.</summary>
public sealed class SlackTurnTests : IDisposable
{
    private const string Secret = "SECRET-signing-xyzzy";

    private readonly RuntimeStandin runtime = new();
    private readonly CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ConcurrentQueue<(string Address, string Body)> sent = new();
    private readonly ConcurrentQueue<Post> posts = new();
    private readonly Store store = MemoryStore.Open();

    public void Dispose()
    {
        over.Cancel();
        over.Dispose();
        runtime.Dispose();
    }

    private void Start(bool withStore = true, string app = "slack-app: { signing-secret: env:SIGNING }")
    {
        var settings = SettingsReader.Read(Yaml.Read($"rooms: {{ ops: {{ slack: {{ channel: \"#ops\" }} }} }}\n{app}\n").Tree!).Settings!;
        var still = new Still();
        var world = still.World with
        {
            Now = () => DateTimeOffset.UtcNow,
            Reveal = (_, _, _) => new(new Revealed(Secret, null)),
            Wait = (_, _) => Task.CompletedTask,
            Deliver = (post, _, _) =>
            {
                posts.Enqueue(post);
                return Task.FromResult<Delivery>(new Delivery.Made("C1/1.0"));
            },
            Send = (letter, _, _) =>
            {
                sent.Enqueue((letter.Address!.ToString(), Encoding.UTF8.GetString(letter.Body.Span)));
                return Task.FromResult<Answer>(new Answer.Came(200, null,
                    letter.Address.AbsolutePath is "/api/users.info" ? """{"ok":true,"user":{"tz":"Europe/Berlin","profile":{"display_name":"Ada L."}}}""" : """{"ok":true}"""));
            },
        };
        var log = new Log(line => lines.Enqueue(Encoding.UTF8.GetString(line.Span)), world.Now);
        _ = Task.Run(async () =>
        {
            using var api = new RuntimeApi(runtime.Host);
            return await new Loop(api, settings, world, log, withStore ? store : null).Serve(over.Token);
        });
    }

    private (int Status, string Body) Ask(string body, bool base64 = false, string secret = Secret, int late = 0, string? tampered = null, bool signed = true, string path = "/hooks/slack/actions")
    {
        var time = DateTimeOffset.UtcNow.AddSeconds(-late).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string> { ["content-type"] = "application/x-www-form-urlencoded" };
        if (signed) headers["x-slack-request-timestamp"] = time;
        if (signed) headers["x-slack-signature"] = SlackSignature.Sign(secret, time, Encoding.UTF8.GetBytes(body));
        var arrives = tampered ?? body;
        runtime.Invoke(JsonSerializer.Serialize(new
        {
            version = "2.0",
            rawPath = path,
            headers,
            requestContext = new { requestId = Guid.NewGuid(), http = new { method = "POST", path } },
            body = base64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(arrives)) : arrives,
            isBase64Encoded = base64,
        }));
        var told = runtime.Take();
        Assert.Equal("response", told.Kind);
        var answer = JsonDocument.Parse(told.Body).RootElement;
        return (answer.GetProperty("statusCode").GetInt32(), answer.GetProperty("body").GetString()!);
    }

    private void Raise()
    {
        runtime.Invoke("""
            {"version":"0","id":"c4c1c1c9","detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","account":"123456789012","time":"2026-11-22T12:00:00Z",
            "region":"us-east-1","resources":["arn:aws:cloudwatch:us-east-1:123456789012:alarm:Cpu"],
            "detail":{"alarmName":"Cpu","state":{"value":"ALARM","reason":"Threshold Crossed","timestamp":"2026-11-22T12:00:00.000+0000"},"previousState":{"value":"OK"},"configuration":{}}}
            """);
        Assert.Equal("response", runtime.Take().Kind);
    }

    private static string Press(string action, string trigger = "t.1", string url = "https://hooks.slack.com/actions/T1/1/x") => "payload=" + Uri.EscapeDataString($$"""
        {"type":"block_actions","user":{"id":"U1","username":"ada"},"trigger_id":"{{trigger}}","container":{"type":"message","message_ts":"1.0","channel_id":"C1"},
        "channel":{"id":"C1","name":"ops"},"response_url":"{{url}}","actions":[{"action_id":"{{action}}","value":"gone","type":"button"}]}
        """);

    private static string Command(string text, string trigger = "c.1") =>
        $"command=%2Fsignalbox&text={Uri.EscapeDataString(text)}&user_id=U1&user_name=ada&channel_id=C1&channel_name=ops&trigger_id={trigger}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_button_does_what_it_says_within_its_call(bool base64)
    {
        Start();
        Raise();
        Assert.Contains("signalbox-ack", Encoding.UTF8.GetString(posts.First().Payload.Span), StringComparison.Ordinal);
        Assert.Equal((200, ""), Ask(Press("signalbox-ack"), base64));
        var (_, answer) = Assert.Single(sent, each => each.Address is "https://hooks.slack.com/actions/T1/1/x");
        Assert.Contains("Ada L. takes care of: Cpu is in alarm", answer, StringComparison.Ordinal);
        var changed = Assert.Single(posts, post => post.Placing is Placing.Change);
        Assert.Contains("by Ada L.", Encoding.UTF8.GetString(changed.Payload.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("signalbox-ack", Encoding.UTF8.GetString(changed.Payload.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("xyzzy", StringComparison.Ordinal));
    }

    [Fact]
    public void A_command_is_answered_in_the_answer()
    {
        Start();
        Raise();
        var (status, body) = Ask(Command("status"), path: "/prod/hooks/slack/commands");
        Assert.Equal(200, status);
        Assert.Contains("Cpu is in alarm", JsonDocument.Parse(body).RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("Europe/Berlin", Ask(Command("silence tomorrow Cpu", "c.2")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void What_comes_twice_is_done_once()
    {
        Start();
        Raise();
        Ask(Press("signalbox-silence-1h"));
        Assert.Equal((200, ""), Ask(Press("signalbox-silence-1h")));
        Assert.Single(sent, each => each.Address.StartsWith("https://hooks.slack.com/", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("\"outcome\":\"repeat\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_slack_has_not_signed_is_refused_and_is_no_event()
    {
        Start();
        Assert.Equal((401, "not signed by Slack\n"), Ask(Command("help"), secret: "another"));
        Assert.Equal(401, Ask(Command("help"), late: 301).Status);
        Assert.Equal(401, Ask(Command("status"), tampered: Command("silence 1d severity >= info")).Status);
        Assert.Equal(401, Ask(Command("status"), base64: true, tampered: "%%%").Status);
        Assert.Equal(401, Ask(Command("status"), signed: false).Status);
        Assert.Empty(posts);
        Assert.Equal(0, (await store.Count(TestContext.Current.CancellationToken)).Events);
        Assert.Equal(5, lines.Count(line => line.Contains("\"outcome\":\"refused\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Slack_is_told_that_the_address_is_ours()
    {
        Start();
        Assert.Equal((200, "3eZbrw1a"), Ask("""{"token":"t","challenge":"3eZbrw1a","type":"url_verification"}""", path: "/hooks/slack/events"));
    }

    [Fact]
    public void Without_a_store_it_says_that_there_is_nothing_to_act_on()
    {
        Start(withStore: false);
        Assert.Contains("give it a store", Ask(Command("status")).Body, StringComparison.Ordinal);
        Assert.Equal(200, Ask(Press("signalbox-ack")).Status);
        Assert.Contains("give it a store", Assert.Single(sent, each => each.Address.StartsWith("https://hooks.slack.com/", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_slack_app_nothing_changes_but_that_what_is_signed_is_no_event()
    {
        Start(app: "");
        Raise();
        Assert.DoesNotContain("signalbox-ack", Encoding.UTF8.GetString(posts.First().Payload.Span), StringComparison.Ordinal);
        Assert.Equal(404, Ask(Command("status")).Status);
        Assert.Single(posts);
        Assert.Equal(200, Ask("""{"subject":"News","message":"told as ever"}""", signed: false).Status);
        Assert.Equal(2, posts.Count);
    }

    [Theory]
    [InlineData("https://evil.example/collect")]
    [InlineData("https://hooks.slack.com.evil.example/x")]
    [InlineData("https://hooks.slack.com@evil.example/x")]
    [InlineData("http://hooks.slack.com/x")]
    [InlineData("https://hooks.slack.com:8443/x")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public void An_answer_goes_to_slack_and_nowhere_else(string url)
    {
        Start();
        Raise();
        Assert.Equal(200, Ask(Press("signalbox-show", url: url)).Status);
        Assert.All(sent, each => Assert.StartsWith("https://slack.com/api/", each.Address, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("not on a host of Slack", StringComparison.Ordinal));
    }
}
