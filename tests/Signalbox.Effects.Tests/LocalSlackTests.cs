namespace Signalbox.Effects.Tests;

/// <summary>One alert in a channel of somebody else's Slack, which knows nothing of what we think its Web API is.</summary>
public sealed class LocalSlackTests(LocalSlack slack) : IClassFixture<LocalSlack>
{
    private Talk With() => new("slack", [new("channel", "#ops"), new("api", slack.Api), new("token", "(secret)")], mention: "<!here>");

    [Fact]
    public async Task One_alert_is_one_message_that_changes_and_a_thread()
    {
        slack.Needed();
        var before = (await slack.Messages()).Length;
        using var talk = With();
        await talk.Through();

        var messages = (await slack.Messages())[before..];
        Assert.Equal(3, messages.Length);
        Assert.Null(messages[0].At("thread_ts"));
        Assert.Contains("Resolved: The disk of db-1 is filling up", messages[0].At("text"), StringComparison.Ordinal);
        Assert.Contains("Resolved: The disk of db-1 is filling up", messages[0].GetProperty("blocks")[0].At("text", "text"), StringComparison.Ordinal);
        Assert.NotNull(messages[0].At("edited", "ts"));
        Assert.Equal([messages[0].At("ts"), messages[0].At("ts")], messages[1..].Select(message => message.At("thread_ts")));
        Assert.Contains("<!here>", messages[1].At("text"), StringComparison.Ordinal);
        Assert.Contains("Cleared after 10 min", messages[2].At("text"), StringComparison.Ordinal);

        var replies = await slack.Call("conversations.replies", $"channel=C1&ts={messages[0].At("ts")}");
        Assert.Equal(3, replies.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task The_channel_is_found_by_its_name_and_read_and_so_is_a_thread()
    {
        slack.Needed();
        using var talk = With();
        await talk.Through();
        var room = talk.Tried[0].Post.Routed.Room;
        using var outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
        foreach (var reference in new[] { "", Assert.IsType<Delivery.Made>(talk.Tried[0].Delivery).Reference })
        {
            // It takes metadata and forgets it, so nothing can be found here; but it knows these methods and these fields.
            Assert.Equal(new Recollection([], null), await outside.World.ReadBack(room)!(
                new(room, reference, reference.Length > 0, DateTimeOffset.UtcNow.AddMinutes(-5)), TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_message_that_people_deleted_is_posted_anew()
    {
        slack.Needed();
        using var talk = With();
        await talk.Hear("critical");
        var posted = (await slack.Messages())[^1];
        Assert.Equal("true", (await slack.Call("chat.delete", $"channel=C1&ts={posted.At("ts")}")).At("ok"));
        await talk.Hear("resolved");

        Assert.All(talk.Tried, tried => Assert.IsType<Delivery.Made>(tried.Delivery));
        var messages = await slack.Messages();
        Assert.DoesNotContain(messages, message => message.At("ts") == posted.At("ts"));
        Assert.Contains("Resolved", messages[^2].At("text"), StringComparison.Ordinal);
        Assert.Null(messages[^2].At("thread_ts"));
        Assert.Equal(messages[^2].At("ts"), messages[^1].At("thread_ts"));
    }

    [Fact]
    public async Task A_channel_that_is_not_there_is_a_room_that_is_gone()
    {
        slack.Needed();
        using var talk = new Talk("slack", [new("channel", "#nowhere"), new("api", slack.Api), new("token", "(secret)")]);
        await talk.Hear("critical");
        Assert.True(Assert.Single(talk.Tried).Delivery is Delivery.Refused { RoomIsGone: true, Why: "answered 200 channel_not_found" });
    }

    [Fact]
    public async Task What_is_too_long_for_a_message_hangs_whole_in_its_thread()
    {
        slack.Needed();
        using var talk = With();
        await talk.Hear("critical", description: string.Concat(Enumerable.Repeat("a < b && ", 160)) + "the end");

        Assert.IsType<Delivery.Made>(Assert.Single(talk.Tried).Delivery);
        var messages = await slack.Messages();
        Assert.Equal(messages[^2].At("ts"), messages[^1].At("thread_ts"));
        var file = messages[^1].GetProperty("files")[0];
        Assert.Equal(("The whole message", "whole.txt"), (file.At("title"), file.At("name")));
        Assert.EndsWith("the end", (await slack.Text(file.At("url_private")!)).Split('\n')[1], StringComparison.Ordinal);
    }
}
