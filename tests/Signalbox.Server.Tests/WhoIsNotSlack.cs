namespace Signalbox.ServerTests;

/// <summary>What looks like Slack's and is not, and what is Slack's and comes twice.</summary>
public sealed class WhoIsNotSlack : IAsyncLifetime
{
    private const string Secret = "SECRET-signing-xyzzy";
    private readonly string path = Path.GetTempFileName();
    private Served served = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(path, Secret);
        served = await Served.With($$"""
            rooms: { ops: local }
            slack-app: { signing-secret: "file:{{path}}", people: { U012AB3CD: Ada Lovelace } }
            """);
        await served.Post("/events", WhatAServerAnswers.Alarm);
        await Served.Until(async () => (await served.Store.Open(9, Stop)).Count > 0);
    }

    public async ValueTask DisposeAsync()
    {
        await served.DisposeAsync();
        File.Delete(path);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Command(string text, string trigger) =>
        $"command=%2Fsignalbox&text={Uri.EscapeDataString(text)}&user_id=U012AB3CD&user_name=ada&channel_id=C9&channel_name=ops&trigger_id={trigger}";

    private Task<(int Status, string Text)> Post(string body, string secret = Secret, int late = 0, string? sent = null, string path = "/hooks/slack/commands") =>
        SlackTown.Post(served, body, secret, late, sent, path);

    [Fact]
    public async Task What_is_forged_stale_or_tampered_with_does_nothing_and_says_why_in_the_log()
    {
        Assert.Equal((401, "not signed by Slack\n"), await Post(Command("ack", "1"), secret: "guess"));
        Assert.Equal((401, "not signed by Slack\n"), await Post(Command("ack", "2"), late: 301));
        Assert.Equal((401, "not signed by Slack\n"), await Post(Command("ack", "3"), late: -301));
        Assert.Equal((401, "not signed by Slack\n"), await Post(Command("status", "4"), sent: Command("ack", "4")));
        Assert.Equal((401, "not signed by Slack\n"), await served.Post("/hooks/slack/actions", Command("ack", "5"), "application/x-www-form-urlencoded"));
        Assert.Contains(served.Log, line => line.Contains("its signature does not fit", StringComparison.Ordinal));
        Assert.Contains(served.Log, line => line.Contains("more than five minutes away", StringComparison.Ordinal));
        Assert.Contains(served.Log, line => line.Contains("it has no signature", StringComparison.Ordinal));
        Assert.DoesNotContain(served.Log, line => line.Contains("xyzzy", StringComparison.Ordinal));
        Assert.Contains("ServerCpuTooHigh is in alarm", (await Post(Command("status", "6"))).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("takes care", (await Post(Command("status", "7"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_twice_is_done_once()
    {
        var body = Command("ack", "once");
        var (status, text) = await Post(body);
        Assert.Equal(200, status);
        Assert.Contains("Ada Lovelace takes care of: ServerCpuTooHigh is in alarm", text, StringComparison.Ordinal);
        Assert.Equal((200, ""), await Post(body));
        Assert.Contains(served.Log, line => line.Contains("\"outcome\":\"repeat\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repeat_is_known_on_every_server_of_a_store()
    {
        await using var other = await Served.With($$"""
            rooms: { ops: local }
            slack-app: { signing-secret: "file:{{path}}" }
            """, store: served.Store);
        var mention = """{"type":"event_callback","event_id":"Ev7","event":{"type":"app_mention","user":"U012AB3CD","text":"<@U0> ack ServerCpuTooHigh","channel":"C9","ts":"1.1"}}""";
        Assert.Equal((200, ""), await Post(mention, path: "/hooks/slack/events"));
        await Served.Until(async () => (await Post(Command("status", Guid.NewGuid().ToString()))).Text.Contains("Ada Lovelace takes care", StringComparison.Ordinal));
        Assert.Equal((200, ""), await SlackTown.Post(other, mention, Secret, path: "/hooks/slack/events"));
        Assert.Contains(other.Log, line => line.Contains("\"outcome\":\"repeat\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Slack_is_told_that_the_address_is_ours() =>
        Assert.Equal((200, "3eZbrw1a"), await Post("""{"token":"t","challenge":"3eZbrw1a","type":"url_verification"}""", path: "/hooks/slack/events"));

    [Fact]
    public async Task A_secret_that_was_changed_meanwhile_is_read_again()
    {
        Assert.Equal(200, (await Post(Command("help", "a"))).Status);
        await File.WriteAllTextAsync(path, "another-xyzzy", Stop);
        Assert.Equal(200, (await Post(Command("help", "b"), secret: "another-xyzzy")).Status);
        Assert.Equal(401, (await Post(Command("help", "c"))).Status);
    }

    [Fact]
    public async Task Without_a_slack_app_there_is_nothing_here()
    {
        await using var bare = await Served.With();
        Assert.Equal((404, "not here\n"), await SlackTown.Post(bare, Command("ack", "x"), Secret));
        Assert.Contains(bare.Log, line => line.Contains("no slack-app with a signing-secret", StringComparison.Ordinal));
    }
}
