namespace Signalbox.ServerTests;

/// <summary>What people do in a channel, and what they see. The Slack is somebody else's program, which signs what it sends.</summary>
public sealed class PeopleInSlack
{
    private static readonly string[] All = ["signalbox-ack", "signalbox-silence-1h", "signalbox-silence-tomorrow", "signalbox-show"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Somebody_presses_acknowledge_and_the_message_says_who(bool bySocket)
    {
        await using var town = await SlackTown.Build(bySocket);
        var raised = await town.Raise();
        Assert.Equal(All, SlackTown.Buttons(raised).Select(button => button.Action));

        await town.Slack.Press(SlackTown.Time(raised), "signalbox-ack", SlackTown.Buttons(raised)[0].Value);
        var taken = await town.Message(message => SlackTown.Text(message).Contains("by ada", StringComparison.Ordinal));
        Assert.Equal(SlackTown.Time(raised), SlackTown.Time(taken));
        Assert.Equal(All[1..], SlackTown.Buttons(taken).Select(button => button.Action));
        await town.Message(message => message.TryGetProperty("thread_ts", out var thread) && thread.GetString() == SlackTown.Time(raised)
            && SlackTown.Text(message).Contains("ada takes care of it", StringComparison.Ordinal));
        var act = Assert.Single(await town.Served.Store.History(new() { Event = "act" }, TestContext.Current.CancellationToken));
        Assert.Contains("slack U1", System.Text.Encoding.UTF8.GetString(act.Body.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(town.Served.Log, line => line.Contains("xyzzy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_comes_second_hears_who_was_first()
    {
        await using var town = await SlackTown.Build();
        var raised = await town.Raise();
        var button = SlackTown.Buttons(raised)[0];
        await town.Slack.Press(SlackTown.Time(raised), button.Action, button.Value);
        await town.Message(message => SlackTown.Text(message).Contains("by ada", StringComparison.Ordinal));
        await town.Slack.Press(SlackTown.Time(raised), button.Action, button.Value);
        await town.Message(message => Private(message) && SlackTown.Text(message).Contains("ada takes care of it already", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_silence_until_tomorrow_ends_in_the_morning_of_whoever_asked_and_says_how_to_end_it()
    {
        await using var town = await SlackTown.Build();
        var raised = await town.Raise();
        await town.Slack.Press(SlackTown.Time(raised), All[2], SlackTown.Buttons(raised)[2].Value);
        var told = await town.Message(Private);
        Assert.Matches("Silence [0-9A-F]{6} holds until \\d{4}-\\d\\d-\\d\\d 08:00 Europe/Berlin: .*To end it: unsilence [0-9A-F]{6}", SlackTown.Text(told));
    }

    [Fact]
    public async Task The_event_is_shown_to_whoever_asks_for_it()
    {
        await using var town = await SlackTown.Build();
        var raised = await town.Raise();
        // What people did with it since is no event.
        await town.Slack.Press(SlackTown.Time(raised), All[0], SlackTown.Buttons(raised)[0].Value);
        await town.Message(message => Private(message) && SlackTown.Text(message).Contains("takes care of", StringComparison.Ordinal));
        await town.Slack.Press(SlackTown.Time(raised), All[3], SlackTown.Buttons(raised)[3].Value);
        var text = SlackTown.Text(await town.Message(message => Private(message) && SlackTown.Text(message).Contains("Event ", StringComparison.Ordinal)));
        Assert.Contains("Every step of it: https://signalbox.example.com/events/c4c1c1c9-6542-e61b-6ef0-8c4d36933a92", text, StringComparison.Ordinal);
        Assert.Contains("\"alarmName\":\"ServerCpuTooHigh\"", text, StringComparison.Ordinal);
        Assert.Contains("Event c4c1c1c9-6542-e61b-6ef0-8c4d36933a92", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slash_command_is_answered_to_whoever_typed_it(bool bySocket)
    {
        await using var town = await SlackTown.Build(bySocket);
        await town.Raise();
        await town.Slack.Command("status");
        await town.Message(message => Private(message) && SlackTown.Text(message).Contains("ServerCpuTooHigh", StringComparison.Ordinal));
        await town.Slack.Command("ack ServerCpuTooHigh");
        await town.Message(message => !Private(message) && SlackTown.Text(message).Contains("by ada", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mention_in_a_thread_is_about_that_thread(bool bySocket)
    {
        await using var town = await SlackTown.Build(bySocket);
        var raised = await town.Raise();
        await town.Slack.Say("<@U0BOT> ack", SlackTown.Time(raised));
        await town.Message(message => SlackTown.Text(message).Contains("Acknowledged", StringComparison.Ordinal) && SlackTown.Text(message).Contains("by ada", StringComparison.Ordinal));
        await town.Message(message => Private(message) && SlackTown.Text(message).Contains("ada takes care of: ", StringComparison.Ordinal));
    }

    private static bool Private(System.Text.Json.JsonElement message) =>
        message.TryGetProperty("subtype", out var subtype) && subtype.GetString() is "ephemeral" || message.TryGetProperty("ephemeral_to", out _);
}
