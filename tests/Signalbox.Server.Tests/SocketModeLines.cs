using System.Collections.Concurrent;

namespace Signalbox.ServerTests;

/// <summary>Connections of Socket Mode come and go; what people ask for is heard all the same.</summary>
public sealed class SocketModeLines : IAsyncLifetime
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<SlackRequest> asked = [];
    private readonly ConcurrentQueue<string> said = [];
    private readonly ConcurrentQueue<TimeSpan> waits = [];
    private readonly Outside outside = Outside.Open(Settings.None, Roots.Open(_ => null), _ => { });
    private readonly TaskCompletionSource work = new();
    private SocketStandin slack = null!;
    private Task listening = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        work.SetResult();
        slack = await SocketStandin.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await listening;
        await slack.DisposeAsync();
        outside.Dispose();
        stopping.Dispose();
    }

    private void Listen(Task? worksUntil = null)
    {
        var settings = Served.SettingsOf($$"""
            rooms: { ops: { slack: { channel: "#ops", api: "http://localhost:{{slack.Port}}/api" } } }
            slack-app: { app-token: env:APP_TOKEN }
            """);
        var world = outside.World with
        {
            Dial = outside.Dial,
            Reveal = (_, _, _) => new(new Revealed("xapp-xyzzy", null)),
            Wait = (time, stop) =>
            {
                waits.Enqueue(time);
                return Task.Delay(TimeSpan.FromMilliseconds(20), stop);
            },
        };
        listening = new SlackSocket(settings, world, async (request, _) =>
        {
            await (worksUntil ?? work.Task);
            asked.Enqueue(request);
        })
        {
            Says = said.Enqueue,
            Trouble = said.Enqueue,
        }.Run(stopping.Token);
    }

    private static string Command(string id) =>
        $$$"""{"envelope_id":"{{{id}}}","type":"slash_commands","accepts_response_payload":true,"payload":{"command":"/signalbox","text":"ack","trigger_id":"{{{id}}}"}}""";

    private static Task Until(Func<bool> holds) => Served.Until(() => Task.FromResult(holds()));

    [Fact]
    public async Task Every_envelope_is_acknowledged_before_anything_is_done()
    {
        var busy = new TaskCompletionSource();
        Listen(busy.Task);
        await Until(() => slack.Connections is 1);
        await slack.Say(0, Command("e-1"));
        await Until(() => slack.Heard.Contains((0, """{"envelope_id":"e-1"}""")));
        Assert.Empty(asked);
        busy.SetResult();
        await Until(() => asked.OfType<SlackRequest.Command>().Any(command => command is { Id: "e-1", Text: "ack" }));
        Assert.Equal(["Bearer xapp-xyzzy"], slack.Tokens);
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task When_slack_wants_another_connection_both_are_heard_for_a_while(string reason)
    {
        Listen();
        await Until(() => slack.Connections is 1);
        await slack.Say(0, $$"""{"type":"disconnect","reason":"{{reason}}","debug_info":{"host":"h"} }""");
        await Until(() => slack.Connections is 2);
        Assert.Empty(slack.Ended);
        await slack.Say(0, Command("old"));
        await slack.Say(1, Command("new"));
        await Until(() => asked.Count is 2);
        Assert.Equal([(0, """{"envelope_id":"old"}"""), (1, """{"envelope_id":"new"}""")], slack.Heard.Order());
        Assert.Empty(waits);
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_opened_again()
    {
        Listen();
        await Until(() => slack.Connections is 1);
        slack.Cut(0);
        await Until(() => slack.Connections is 2);
        await slack.Say(1, Command("again"));
        await Until(() => asked.Count is 1);
        Assert.Contains(said, line => line.StartsWith("Socket Mode: the connection was lost", StringComparison.Ordinal));
        Assert.DoesNotContain(said, line => line.Contains("xyzzy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_slack_refuses_is_tried_again_ever_more_slowly()
    {
        slack.Refusal = """{"ok":false,"error":"invalid_auth"}""";
        Listen();
        await Until(() => waits.Count >= 8);
        Assert.Contains("Socket Mode: apps.connections.open answered 200 invalid_auth", said);
        Assert.True(waits.ElementAt(6) > waits.ElementAt(0));
        Assert.All(waits, wait => Assert.InRange(wait.TotalSeconds, 0.4, 60));
        slack.Refusal = null;
        await Until(() => slack.Connections is 1);
    }

    [Fact]
    public async Task Where_socket_mode_is_switched_off_it_waits_long()
    {
        Listen();
        await Until(() => slack.Connections is 1);
        await slack.Say(0, """{"type":"disconnect","reason":"link_disabled"}""");
        await Until(() => waits.Contains(TimeSpan.FromMinutes(5)));
        Assert.Contains("Socket Mode: Socket Mode is switched off in the app's settings", said);
    }

    [Fact]
    public async Task Nonsense_is_passed_over()
    {
        Listen();
        await Until(() => slack.Connections is 1);
        foreach (var text in (string[])["", "[", "[]", """{"type":7}""", """{"envelope_id":"x"}"""]) await slack.Say(0, text);
        await slack.Say(0, Command("after"));
        await Until(() => asked.OfType<SlackRequest.Command>().Any());
        Assert.Equal(1, slack.Connections);
    }
}
