using System.Collections.Concurrent;
using System.Text;
using Signalbox.Effects;

namespace Signalbox.Lambda.Tests;

/// <summary>A function whose settings lie in S3, and change while it runs.</summary>
public sealed class SettingsThatChange : IDisposable
{
    private const string Sns = """{"Records":[{"EventSource":"aws:sns","Sns":{"MessageId":"m-NUMBER","Subject":"News NUMBER","Message":"words"}}]}""";
    private readonly RuntimeStandin runtime = new();
    private readonly CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentQueue<string> lines = new();
    private readonly Dictionary<string, string> variables = new()
    {
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "key",
        ["AWS_REGION"] = "eu-west-1",
        ["SIGNALBOX_CONFIG"] = "s3://ops/signalbox.yaml",
        ["SIGNALBOX_CONFIG_REFRESH"] = "1s",
    };

    private readonly Trust trust = new(() => "", () => []);
    private readonly Log log;
    private readonly Standin aws;
    private readonly Standin slack = new(_ => Said.Http(200, "ok"));
    private readonly RuntimeApi api;
    private ExecutionEnvironment? environment;
    private DateTimeOffset clock = DateTimeOffset.UtcNow;
    private Said? refusal;
    private string text = "";
    private int version = 1;
    private int events;

    public SettingsThatChange()
    {
        log = new(line => lines.Enqueue(Encoding.UTF8.GetString(line.Span)), () => DateTimeOffset.UtcNow);
        api = new(runtime.Host);
        aws = new(heard =>
        {
            if (refusal is not null) return refusal;
            if (heard.Method is "POST")
            {
                var name = Json.Parse(Encoding.UTF8.GetBytes(heard.Body)).Value["Names"u8].Items;
                var all = new List<string>();
                foreach (var one in name) all.Add($$"""{"Name":"{{one.Text}}","Version":1,"Value":"{{slack!.Address}}{{one.Text}}-xyzzy"}""");
                return Said.Http(200, $$"""{"Parameters":[{{string.Join(',', all)}}]}""");
            }
            return heard.Headers.GetValueOrDefault("if-none-match") == $"\"{version}\"" ? Said.Http(304, "")
                : Said.Http(200, text, ("ETag", $"\"{version}\""), ("x-amz-version-id", $"v{version}"));
        });
        variables["AWS_ENDPOINT_URL"] = aws.Address;
    }

    public void Dispose()
    {
        over.Cancel();
        environment?.Dispose();
        api.Dispose();
        over.Dispose();
        runtime.Dispose();
        aws.Dispose();
        slack.Dispose();
        Assert.DoesNotContain(lines, line => line.Contains("xyzzy", StringComparison.Ordinal));
    }

    private string To(string room) => $"rooms: {{ {room}: {{ slack: {{ webhook: \"{slack.Address}/{room}\" }}, pace: none }} }}\n";

    private void Change(string settings) => (text, version) = (settings, version + 1);

    private Task<(LoadedSettings Loaded, Renewal? Renewal)> Started() => Start.Settings(variables.GetValueOrDefault, "/nowhere", trust, log, () => clock += TimeSpan.FromSeconds(1));

    private async Task Begin(string settings, Store? store = null)
    {
        text = settings;
        var (loaded, renewal) = await Started();
        environment = await ExecutionEnvironment.Open(loaded.Settings!, trust, log, variables.GetValueOrDefault, renewal);
        _ = new Loop(api, loaded.Settings!, environment.World, log, store) { Renew = environment.Renew }.Serve(over.Token);
    }

    /// <summary>Where the posts of an event went.</summary>
    private ValueList<string> Posts()
    {
        var before = slack.AllHeard.Count;
        runtime.Invoke(Sns.Replace("NUMBER", $"{++events}", StringComparison.Ordinal));
        Assert.Equal("response", runtime.Take().Kind);
        return [.. slack.AllHeard.Skip(before).Select(heard => heard.Path)];
    }

    private ValueList<string> Logged(string words) => [.. lines.Where(line => line.Contains(words, StringComparison.Ordinal))];

    [Fact]
    public async Task A_change_holds_from_the_next_call_on()
    {
        await Begin(To("first"));
        Assert.Equal(["/first"], Posts());
        Change(To("second"));
        Assert.Equal(["/second"], Posts());
        Assert.Equal(["/second"], Posts());
        Assert.Single(Logged("\"settings\":\"s3://ops/signalbox.yaml\",\"version\":\"version v1\",\"outcome\":\"in force\""));
        Assert.Single(Logged("\"settings\":\"s3://ops/signalbox.yaml\",\"version\":\"version v2\",\"outcome\":\"in force\""));
    }

    [Fact]
    public async Task A_change_with_errors_changes_nothing_and_is_said_once_with_all_of_them()
    {
        await Begin(To("first"));
        Change("rooms: { first: { slack: { webhook: \"https://hooks.slack.com/services/T/B/xyzzy\", chanel: x } } }\nroute: []\n");
        Assert.Equal(["/first"], Posts());
        Assert.Equal(["/first"], Posts());
        Assert.Single(Logged("s3://ops/signalbox.yaml:1:"), line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal));
        Assert.Single(Logged("s3://ops/signalbox.yaml:2:1"));
        Assert.Single(Logged("\"version\":\"version v2\",\"outcome\":\"left alone: it has errors, the settings from before stay in force\""));
        Change(To("second"));
        Assert.Equal(["/second"], Posts());
    }

    [Fact]
    public async Task The_operator_hears_of_errors_and_that_they_are_mended_where_there_is_a_store()
    {
        var store = MemoryStore.Open();
        await Begin(To("first"), store);
        Change("rooms: []\n");
        Assert.Equal(["/first", "/first"], Posts());
        Assert.Single(slack.AllHeard, heard => heard.Body.Contains("The changed settings have errors; the old ones stay in force", StringComparison.Ordinal));
        Assert.Equal(["/first"], Posts());
        Change(To("first"));
        Assert.Equal(["/first", "/first"], Posts());
        Assert.Single(slack.AllHeard, heard => heard.Body.Contains("The settings are in order again", StringComparison.Ordinal));
        Change(To("first"));
        Assert.Equal(["/first"], Posts());
    }

    [Theory]
    [InlineData("1h")]
    [InlineData("none")]
    [InlineData("")]
    public async Task It_looks_no_oftener_than_it_is_told(string refresh)
    {
        variables["SIGNALBOX_CONFIG_REFRESH"] = refresh;
        await Begin(To("first"));
        Change(To("second"));
        Assert.Equal(["/first"], Posts());
        Assert.Single(aws.AllHeard);
    }

    [Fact]
    public async Task Trouble_with_a_look_is_said_once_and_changes_nothing()
    {
        await Begin(To("first"));
        refusal = Said.Http(403, "<Error><Code>AccessDenied</Code></Error>");
        Assert.Equal(["/first"], Posts());
        Assert.Equal(["/first"], Posts());
        Assert.Single(Logged("allow s3:GetObject on arn:aws:s3:::ops/signalbox.yaml"));
        refusal = null;
        Change(To("second"));
        Assert.Equal(["/second"], Posts());
    }

    [Fact]
    public async Task Secrets_are_read_together_when_it_starts_and_when_the_settings_change()
    {
        const string Two = "rooms: { a: { slack: { webhook: ssm:/one } }, b: { slack: { webhook: ssm:/two } } }\nroutes: [ { to: [a, b] } ]\n";
        await Begin(Two);
        Assert.Equal("""{"Names":["/one","/two"],"WithDecryption":true}""", Assert.Single(aws.AllHeard, heard => heard.Method is "POST").Body);
        Assert.Equal(["/one-xyzzy", "/two-xyzzy"], Posts().Order());
        Posts();
        Assert.Single(aws.AllHeard, heard => heard.Method is "POST");
        Change(Two.Replace("/two", "/three", StringComparison.Ordinal));
        Assert.Equal(["/one-xyzzy", "/three-xyzzy"], Posts().Order());
        Assert.Equal(2, aws.AllHeard.Count(heard => heard.Method is "POST"));
    }

    [Fact]
    public async Task A_secret_that_cannot_be_read_stops_only_the_room_that_needs_it()
    {
        text = $"rooms: {{ a: {{ slack: {{ webhook: ssm:/one }} }}, b: {{ slack: {{ webhook: \"{slack.Address}/b\" }} }} }}\nroutes: [ {{ to: [a, b] }} ]\n";
        var (loaded, _) = await Started();
        refusal = Said.Http(400, """{"__type":"AccessDeniedException","Message":"User: u is not authorized to perform: ssm:GetParameters on resource: arn:p because"}""");
        environment = await ExecutionEnvironment.Open(loaded.Settings!, trust, log, variables.GetValueOrDefault, null);
        _ = new Loop(api, loaded.Settings!, environment.World, log).Serve(over.Token);
        runtime.Invoke(Sns);
        Assert.Contains("room a: ssm:/one may not be read: allow ssm:GetParameters on arn:p", runtime.Take().Body, StringComparison.Ordinal);
        Assert.Equal("/b", Assert.Single(slack.AllHeard).Path);
    }

    [Theory]
    [InlineData("SIGNALBOX_CONFIG", "s3://ops", "SIGNALBOX_CONFIG: expected a file, s3://BUCKET/KEY, ssm:NAME or appconfig:")]
    [InlineData("SIGNALBOX_CONFIG_REFRESH", "often", "expected a time as in 60s or 5m, or none, in SIGNALBOX_CONFIG_REFRESH, found \"often\".")]
    [InlineData("AWS_REGION", "", "s3://ops/signalbox.yaml: the settings cannot be read: no region is known: set AWS_REGION.")]
    public async Task Without_settings_it_does_not_start_and_says_why(string name, string value, string says)
    {
        variables[name] = value;
        var (loaded, _) = await Started();
        Assert.Null(loaded.Settings);
        Assert.StartsWith(says, Assert.Single(loaded.Problems), StringComparison.Ordinal);
    }
}
