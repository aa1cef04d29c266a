using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Signalbox.Lambda.Tests;

public sealed class LoopTests : IDisposable
{
    private const string Secret = "https://hooks.example/services/T0/B0/xyzzy";
    private readonly RuntimeStandin runtime = new();
    private readonly CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentQueue<string> lines = new();
    private readonly Task<int> serving;
    private Delivery answer = new Delivery.Made("");
    private TimeSpan within;

    public LoopTests()
    {
        var room = new Room { Name = "databases", Chat = "slack", Options = [new("webhook", Secret)] };
        var world = new Still().World with
        {
            Now = () => DateTimeOffset.UtcNow,
            Deliver = (_, time, _) =>
            {
                within = time;
                return Task.FromResult(answer);
            },
        };
        var log = new Log(line => lines.Enqueue(Encoding.UTF8.GetString(line.Span)), world.Now);
        serving = Task.Run(async () =>
        {
            using var api = new RuntimeApi(runtime.Host);
            return await new Loop(api, new() { Rooms = [room], Routes = Routes.AllTo(room) }, world, log).Serve(over.Token);
        });
    }

    public void Dispose()
    {
        over.Dispose();
        runtime.Dispose();
    }

    private Told Invoke(string text)
    {
        runtime.Invoke(text);
        return runtime.Take();
    }

    private const string Sns = """
        {"Records":[{"EventSource":"aws:sns","Sns":{"MessageId":"m-1","Subject":"News","Message":"the words of the event"}}]}
        """;

    [Fact]
    public void An_event_that_arrives_is_answered_with_a_summary() =>
        Assert.Equal(new("response", "request-1", """{"ok":true,"events":1,"posts":1,"repeats":0,"failed":0}""", null), Invoke(Sns));

    [Fact]
    public void A_failed_call_has_a_type_a_message_and_no_stack_and_the_next_call_is_served()
    {
        answer = new Delivery.Refused("answered 404 no_service");
        Assert.Equal(
            new("error", "request-1",
                """{"errorMessage":"room databases: answered 404 no_service","errorType":"Signalbox.DeliveryFailed","stackTrace":[]}""",
                "Signalbox.DeliveryFailed"),
            Invoke(Sns));

        answer = new Delivery.Made("");
        Assert.Equal(("response", "request-2"), (Invoke(Sns) is var told ? told.Kind : "", told.RequestId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON at all")]
    [InlineData("{\"Records\":[]}")]
    [InlineData("42")]
    [InlineData("null")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public void Whatever_comes_is_told_and_answered(string text) => Assert.Equal("response", Invoke(text).Kind);

    [Fact]
    public void An_attempt_has_no_more_time_than_the_call()
    {
        Invoke(Sns);
        Assert.InRange(within, TimeSpan.FromSeconds(1), Retry.LongestAttempt);
    }

    [Fact]
    public void The_trace_of_the_call_is_set()
    {
        Invoke(Sns);
        Assert.StartsWith("Root=1-", Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_post_is_one_line_of_JSON_without_secrets_or_the_words_of_the_event()
    {
        answer = new Delivery.Refused("answered 404 no_service");
        Invoke(Sns);

        var line = JsonDocument.Parse(Assert.Single(lines)).RootElement;
        Assert.Equal(
            ("error", "request-1", "m-1", "sns", "databases", "refused", "answered 404 no_service", 1),
            (Text("level"), Text("requestId"), Text("event"), Text("transport"), Text("room"), Text("outcome"), Text("reason"),
                line.GetProperty("attempts").GetInt32()));
        Assert.True(line.GetProperty("ms").GetDouble() >= 0);
        Assert.DoesNotContain("xyzzy", lines.Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("the words", lines.Single(), StringComparison.Ordinal);

        string? Text(string name) => line.GetProperty(name).GetString();
    }

    [Fact]
    public async Task It_ends_well_when_it_is_stopped()
    {
        Invoke(Sns);
        await over.CancelAsync();
        Assert.Equal(0, await serving);
    }

    [Fact]
    public async Task It_ends_with_an_error_when_the_Runtime_API_is_gone()
    {
        using var api = new RuntimeApi("127.0.0.1:1");
        var log = new Log(line => lines.Enqueue(Encoding.UTF8.GetString(line.Span)), () => Still.Noon);

        Assert.Equal(1, await new Loop(api, Settings.None, new Still().World, log).Serve(over.Token));
        Assert.Contains("the Runtime API cannot be reached", Assert.Single(lines), StringComparison.Ordinal);
    }
}
