using System.Text.Json;
using Signalbox.Deploy;

namespace Signalbox.CloudTests;

public sealed class Doctoring : IDisposable
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:cloudformation";
    private readonly Watch watch = new();
    private Town Town => watch.Town;

    public void Dispose() => watch.Dispose();

    [Fact]
    public async Task After_a_deployment_nothing_is_wrong_and_each_thing_is_said_in_its_order()
    {
        await watch.Type("deploy");
        var typed = await watch.Type("doctor");
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        var lines = typed.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] order = ["files", "credentials", "region", "clock", "permissions", "state", "role", "rights", "log", "function", "code", "queue", "queue",
            "queue", "alias", "feeding", "subscription", "topic", "queue", "dead"];
        Assert.Equal(order, lines[..^1].Select(line => line.Split(' ', 3)[1]));
        Assert.Equal("✓ credentials   arn:aws:iam::123456789012:user/deployer in account 123456789012, from the environment (AWS_ACCESS_KEY_ID)", lines[1]);
        Assert.All(lines[..^1].Where(line => !line.Contains("clock", StringComparison.Ordinal)), line => Assert.StartsWith("✓ ", line, StringComparison.Ordinal));
        Assert.StartsWith("nothing is wrong in 20 checks", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_changed()
    {
        await watch.Type("deploy");
        var before = Town.State();
        await watch.Type("doctor");
        Assert.Equal(before, Town.State());
    }

    [Fact]
    public async Task Without_keys_it_says_where_they_were_looked_for_and_stops()
    {
        watch.Variables["AWS_ACCESS_KEY_ID"] = "AKIAUNKNOWN";
        var typed = await watch.Type("doctor");
        Assert.Equal(1, typed.Code);
        Assert.Contains("✗ credentials   sts GetCallerIdentity: InvalidClientTokenId", typed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("function", typed.Out.Split('\n')[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_is_not_there_is_wrong_and_deploy_mends_it()
    {
        var typed = await watch.Type("doctor");
        Assert.Equal(1, typed.Code);
        Assert.Contains("✗ function      ops_alerts is not there, in eu-west-1 of account 123456789012  Run signalbox deploy alerts.\n", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_that_are_missing_are_named_with_what_they_are_for()
    {
        Town.Aws.Locked(() => Town.Aws.Iam.Refused.UnionWith(["lambda:CreateFunction", "lambda:UpdateFunctionCode"]));
        Assert.Contains("✗ permissions   not allowed: lambda:CreateFunction, lambda:UpdateFunctionCode  Allow that on "
            + "arn:aws:lambda:eu-west-1:123456789012:function:ops_alerts to whoever deploys.\n", (await watch.Type("doctor")).Out, StringComparison.Ordinal);
        Town.Aws.Trouble.Deny("iam:SimulatePrincipalPolicy");
        Assert.Contains("! permissions   what deploy may do could not be asked  iam SimulatePrincipalPolicy: AccessDenied", (await watch.Type("doctor")).Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_call_of_a_deployment_is_among_the_rights_that_are_asked_for()
    {
        using var town = new Town();
        await town.Deploy(Town.Full);
        await town.Deploy(Town.Full with { Memory = 256, RetainedVersions = 0, Url = "iam", ReservedConcurrency = null, Tags = [new("team", "dev")] }, version: 2);
        await town.Deploy(Town.Full with { Rules = [], Schedules = [], Topics = [], Url = null, Queues = [] }, version: 3);
        var site = (await town.Open()).Site;
        var rights = DeployRight.Of(Town.Release(Town.Full, site)).Select(right => right.Action).ToHashSet();
        Assert.Empty(town.Aws.Calls.Where(call => call.Service is not "sts").Select(call => $"{call.Service}:{call.Operation}").Distinct().Except(rights));
    }

    [Fact]
    public async Task What_stands_in_the_way_of_events_is_found()
    {
        await watch.Type("deploy");
        Town.Aws.Locked(() =>
        {
            Town.Aws.Lambda["ops_alerts"].Reserved = 0;
            Town.Aws.Sqs.Keep(Town.Aws.Sqs.Queues.Values.First(queue => queue.Name is "events-dlq"), "{}", [], 0);
            Town.Aws.Sns.Subscriptions.Values.Single().Attributes["FilterPolicy"] = """{"kind":["x"]}""";
            Town.Aws.Lambda.Mappings[0].Shown["State"] = "Disabled";
        });
        var typed = await watch.Type("doctor");
        Assert.Equal(1, typed.Code);
        string[] parts = ["✗ concurrency   0 is reserved: nothing runs", "✗ dead letters  1 event in events-dlq failed for good", "! filter        only what fits {\"kind\":[\"x\"]}",
            "✗ feeding       the feeding from queue events is not as it is wanted"];
        Assert.All(parts, part => Assert.Contains(part, typed.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_topic_that_is_gone_is_told_apart_from_a_missing_subscription()
    {
        await watch.Type("deploy");
        Town.Aws.Locked(() =>
        {
            Town.Aws.Sns.Topics.Clear();
            Town.Aws.Sns.Subscriptions.Clear();
        });
        Assert.Contains($"✗ topic         {Topic} is not there  aws sns create-topic --name cloudformation, or mend topics.\n", (await watch.Type("doctor")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_off_is_found()
    {
        watch.Skew = TimeSpan.FromMinutes(2);
        Assert.Matches("! clock +2 min.* ahead of AWS's  Set this machine's clock.\n", (await watch.Type("doctor")).Out);
    }

    [Fact]
    public async Task Settings_that_do_not_load_are_wrong_with_their_place()
    {
        watch.Write("functions/alerts/signalbox.yaml", "rooms: { a: local }\nroutes: [{ to: b }]\n");
        watch.Remove("functions/alerts/bootstrap");
        Assert.Contains("✗ settings      signalbox.yaml:2:", (await watch.Type("doctor")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_a_line_for_each_check()
    {
        var lines = (await watch.Type("doctor", "--json")).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("wrong", lines.Single(line => line.GetProperty("check").GetString() is "function").GetProperty("mark").GetString());
    }

    [Fact]
    public async Task Rooms_are_tried_without_a_message_and_without_showing_a_secret()
    {
        using var slack = new Standin(request => request.Path is "/api/auth.test"
            ? Said.Http(200, request.Headers.Values.Contains("Bearer xoxb-SECRET") ? """{"ok":true,"user":"signalbox","team":"Ops"}""" : """{"ok":false,"error":"invalid_auth"}""")
            : Said.Http(404, ""));
        Signalbox(slack.Address);
        await watch.Type("deploy", "--set", "TOKEN=xoxb-SECRET", "--set", $"HOOK={slack.Address}/SECRET/x", "--set", "BAD=xoxb-other");
        var typed = await watch.Type("doctor");
        string[] parts = ["✓ room bot      Slack knows its token, signalbox in Ops; channel #ops", "✓ room hook     slack; 127.0.0.1 answers, its secret can be read",
            "✗ room bad      Slack does not take its token: invalid_auth", "✗ room nowhere  slack; the function has no variable NOWHERE"];
        Assert.All(parts, part => Assert.Contains(part, typed.Out, StringComparison.Ordinal));
        Assert.DoesNotContain("SECRET", typed.Out + typed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(slack.AllHeard, request => request.Path.Contains("SECRET", StringComparison.Ordinal) || request.Path.Contains("chat.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_event_is_followed_from_the_topic_into_the_room()
    {
        using var slack = new Standin(_ => Said.Http(200, "ok"));
        Signalbox(slack.Address, "rooms: { hook: { slack: { webhook: env:HOOK } } }\nroutes: [{ to: hook }]\n");
        await watch.Type("deploy", "--set", $"HOOK={slack.Address}/hook");
        watch.IsReal = true;
        var typed = await watch.Type("doctor", "--send");
        Assert.True(typed.Code is 0, typed.Out + typed.Error);
        Assert.Matches($"✓ test event    [0-9a-f-]+ published to {Topic}\n✓ seen          in room hook, [0-9.]+ s after it was sent, [0-9.]+ ms\n", typed.Out);
        Assert.Contains(slack.AllHeard, request => request.Path is "/hook" && request.Body.Contains("Signalbox test event", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_event_that_leads_nowhere_says_so()
    {
        await watch.Type("deploy");
        Town.Aws.Locked(() => Town.Aws.Sns.Subscriptions.Clear());
        var typed = await watch.Type("doctor", "--send");
        Assert.Equal(1, typed.Code);
        Assert.Contains("! log           no line of the log names it after 1 min 30 s  Only Signalbox's own log names events; this function has other code.", typed.Out,
            StringComparison.Ordinal);
    }

    /// <summary>The project's function is Signalbox's own.</summary>
    private void Signalbox(string slack, string? settings = null)
    {
        var binary = Binary();
        Assert.SkipUnless(binary is not null, "artifacts/lambda/bootstrap is not there: run ./build.sh lambda");
        watch.Remove("functions/alerts/bootstrap");
        watch.Copy("bootstrap", binary!);
        watch.Write("functions/alerts/signalbox.yaml", settings ?? $$"""
            rooms:
              bot: { slack: { channel: "#ops", token: env:TOKEN, api: "{{slack}}/api" } }
              hook: { slack: { webhook: env:HOOK } }
              bad: { slack: { channel: "#ops", token: env:BAD, api: "{{slack}}/api" } }
              nowhere: { slack: { webhook: env:NOWHERE } }
            routes: [{ to: hook }]
            """);
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
