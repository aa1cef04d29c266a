using System.Collections.Concurrent;
using System.Text;
using Signalbox.Effects;

namespace Signalbox.Lambda.Tests;

/// <summary>A function that has a store.</summary>
public sealed class ShiftTests
{
    private readonly Store store = MemoryStore.Open();
    private readonly ConcurrentQueue<string> lines = new();
    private readonly List<string> posted = [];
    private Func<Post, Delivery> answer = _ => new Delivery.Made("ts 1");
    private DateTimeOffset now = Still.Noon;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Shift Instance(string settings = "rooms: { ops: { slack: { webhook: env:HOOK }, pace: none } }")
    {
        var read = SettingsReader.Read(Yaml.Read(settings).Tree!);
        Assert.Empty(read.Problems);
        var world = new Still().World with
        {
            Now = () => now,
            Wait = (time, _) =>
            {
                now += time;
                return Task.CompletedTask;
            },
            Deliver = (post, _, _) =>
            {
                var delivery = answer(post);
                if (delivery is Delivery.Made) posted.Add(post.Routed.Notice.Title);
                return Task.FromResult(delivery);
            },
        };
        return new(read.Settings!, store, world, new(line => lines.Enqueue(Encoding.UTF8.GetString(line.Span)), world.Now));
    }

    private Task<Handled> Call(Shift shift, string text) => shift.Handle("request-1", Encoding.UTF8.GetBytes(text), now.AddSeconds(9), Stop);

    private static string Queue(params string[] words) => $$"""
        {"Records":[{{string.Join(',', words.Select((each, at) =>
            $$"""{"eventSource":"aws:sqs","messageId":"m-{{each}}","body":"{{each}}","eventSourceARN":"arn:aws:sqs:eu-west-1:123456789012:q"}"""))}}]}
        """;

    [Fact]
    public async Task An_event_is_accepted_decided_and_posted_within_its_call()
    {
        var handled = await Call(Instance(), Queue("one", "two"));
        Assert.True(handled.Succeeded);
        Assert.Equal(["one", "two"], posted.Order());
        Assert.Equal("""{"batchItemFailures":[]}""", Encoding.UTF8.GetString(Replies.To(handled).Body!));
        Assert.Equal((0, 2, 0), await store.Count(Stop) is var census ? (census.Undecided, census.Events, census.Waiting) : default);
    }

    [Fact]
    public async Task A_record_stays_in_its_queue_while_its_post_waits_and_is_not_told_twice()
    {
        answer = post => post.Routed.Notice.Title is "two" ? new Delivery.Later(TimeSpan.FromSeconds(60), "answered 429") : new Delivery.Made("");
        var shift = Instance();
        var handled = await Call(shift, Queue("one", "two"));
        Assert.Equal("""{"batchItemFailures":[{"itemIdentifier":"m-two"}]}""", Encoding.UTF8.GetString(Replies.To(handled).Body!));
        Assert.Equal(["room ops: answered 429"], handled.Faults);

        now = now.AddSeconds(5);
        Assert.Equal(["m-two"], (await Call(shift, Queue("two"))).FailedRecords);
        answer = _ => new Delivery.Made("");
        now = now.AddSeconds(60);
        Assert.Empty((await Call(Instance(), Queue("two"))).FailedRecords);
        Assert.Equal(["one", "two"], posted);
        Assert.Equal(2, lines.Count(line => line.Contains("\"outcome\":\"repeat\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_another_instance_left_is_done_by_the_next_call()
    {
        answer = _ => new Delivery.Later(TimeSpan.FromSeconds(30), "answered 503");
        Assert.False((await Call(Instance(), "left behind")).Succeeded);
        answer = _ => new Delivery.Made("");
        now = now.AddMinutes(1);
        Assert.True((await Call(Instance(), "another")).Succeeded);
        Assert.Equal(["another", "left behind"], posted.Order());
    }

    [Theory]
    [InlineData("""{"signalbox":"wake"}""")]
    [InlineData("{\"version\":\"0\",\"id\":\"53dc4d37\",\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\",\"account\":\"123456789012\","
        + "\"time\":\"2026-11-22T12:00:00Z\",\"region\":\"eu-west-1\",\"resources\":[],\"detail\":{}}")]
    public async Task A_schedule_wakes_what_is_due_and_is_no_event_itself(string call)
    {
        answer = _ => new Delivery.Later(TimeSpan.FromSeconds(30), "answered 503");
        await Call(Instance(), "left behind");
        answer = _ => new Delivery.Made("");
        now = now.AddMinutes(1);
        var handled = await Call(Instance(), call);
        Assert.Equal((true, 0), (handled.Succeeded, handled.Events.Count));
        Assert.Equal(["left behind"], posted);
        Assert.Equal(1, (await store.Count(Stop)).Events);
    }

    [Fact]
    public async Task What_a_chat_refuses_for_ever_is_a_dead_letter_and_leaves_the_queue()
    {
        answer = _ => new Delivery.Refused("answered 400 invalid_payload");
        Assert.Empty((await Call(Instance(), Queue("one"))).FailedRecords);
        Assert.Equal("answered 400 invalid_payload", Assert.Single(await store.Dead(9, Stop)).Why);
        Assert.Contains(lines, line => line.Contains("\"outcome\":\"refused\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_named_and_is_none_keeps_the_function_from_starting()
    {
        Task<Opened> Open(string? variable, string? setting) => Start.Store(
            name => name is "SIGNALBOX_STORE" ? variable : null, Settings.None with { Store = setting }, new Secrets().Reveal, Roots.Open(_ => null));
        Assert.Equal(new(null, null), await Open(null, null));
        Assert.Equal("This is no store: expected dynamodb://TABLE?region=REGION, found sqlite:.", (await Open(null, "sqlite:file")).Why);
        Assert.Equal("The store cannot be opened: environment variable NOT_THERE is not set.", (await Open("env:NOT_THERE", "dynamodb://table")).Why);
        Assert.NotNull((await Open(null, "dynamodb://table?region=eu-west-1")).Store);
    }
}
