namespace Signalbox.Effects.Tests;

/// <summary>One alert in a channel of Slack: one message that changes, and a thread below it.</summary>
public class SlackConversationTests
{
    private static readonly string[] Updates = ["/chat.update"];
    private int posts;

    private static Talk With(Standin slack) =>
        new("slack", [new("channel", "#ops"), new("api", slack.Address), new("token", "(secret)")], mention: "<!here>");

    /// <summary>Slack as it answers when all is well: the channel by its id, and a time for each message.</summary>
    private Said Fine(Heard heard) => Said.Http(200, heard.Path is "/chat.update"
        ? $$"""{"ok":true,"channel":"C024BE91L","ts":"{{heard.Json().At("ts")}}"}"""
        : $$"""{"ok":true,"channel":"C024BE91L","ts":"17.{{Interlocked.Increment(ref posts)}}"}""");

    [Fact]
    public async Task One_alert_is_one_message_updates_and_a_thread()
    {
        using var slack = new Standin(Fine);
        using var talk = With(slack);
        await talk.Through();

        Assert.Equal(
            [
                "/chat.postMessage #ops  thread: shown:",
                "/chat.update C024BE91L 17.1 thread: shown:",
                "/chat.postMessage C024BE91L  thread:17.1 shown:true",
                "/chat.update C024BE91L 17.1 thread: shown:",
                "/chat.postMessage C024BE91L  thread:17.1 shown:",
            ],
            slack.AllHeard.Select(heard => $"{heard.Path} {heard.Json().At("channel")} {heard.Json().At("ts")} thread:{heard.Json().At("thread_ts")} shown:{heard.Json().At("reply_broadcast")}"));
        Assert.Contains("Resolved", slack.AllHeard[3].Json().At("text"), StringComparison.Ordinal);
        Assert.Contains("Cleared after 10 min", slack.AllHeard[4].Json().At("text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_line_that_says_it_got_worse_rings()
    {
        using var slack = new Standin(Fine);
        using var talk = With(slack);
        await talk.Through();
        Assert.Equal([false, false, true, false, false], slack.AllHeard.Select(heard => heard.Json().At("text")!.Contains("<!here>", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_request_has_the_token_and_says_json()
    {
        using var slack = new Standin(Fine);
        using var talk = With(slack);
        await talk.Through();
        Assert.All(slack.AllHeard, heard => Assert.Equal(("POST", "Bearer SECRET-token-xyzzy", "application/json; charset=utf-8"),
            (heard.Method, heard.Headers["authorization"], heard.Headers["content-type"])));
    }

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    public async Task A_message_that_is_gone_is_posted_anew_and_the_thread_follows_it(string word)
    {
        using var slack = new Standin(heard => heard.Path is "/chat.update" && heard.Json().At("ts") is "17.1" ? Said.Http(200, $$"""{"ok":false,"error":"{{word}}"}""") : Fine(heard));
        using var talk = With(slack);
        await talk.Through();

        Assert.Equal(
            ["/chat.postMessage  ", "/chat.update 17.1 ", "/chat.postMessage  ", "/chat.postMessage  17.2", "/chat.update 17.2 ", "/chat.postMessage  17.2"],
            slack.AllHeard.Select(heard => $"{heard.Path} {heard.Json().At("ts")} {heard.Json().At("thread_ts")}"));
    }

    [Fact]
    public async Task A_message_that_is_gone_is_no_fault_of_the_room()
    {
        using var slack = new Standin(heard => Updates.Contains(heard.Path) ? Said.Http(200, """{"ok":false,"error":"message_not_found"}""") : Fine(heard));
        var refused = Assert.IsType<Delivery.Refused>(await Placed(slack, Placing.Change, "C1/17.1"));
        Assert.True(refused is { MessageIsGone: true, RoomIsGone: false });
    }

    [Theory]
    [InlineData("channel_not_found")]
    [InlineData("is_archived")]
    public async Task A_channel_that_is_gone_is_told_to_the_operator_once(string word)
    {
        using var slack = new Standin(heard => heard.Json().At("channel") is "#operators" ? Fine(heard) : Said.Http(200, $$"""{"ok":false,"error":"{{word}}"}"""));
        var operators = new Room { Name = "operators", Chat = "slack", Options = [new("channel", "#operators"), new("api", slack.Address)] };
        using var talk = new Talk("slack", [new("channel", "#ops"), new("api", slack.Address)], others: [operators]);
        await talk.Hear("warning");
        await talk.Hear("critical");
        // What the first time said of the room is delivered with the second.
        await talk.Hear("resolved");

        Assert.All(talk.Tried.Where(tried => tried.Post.Routed.Room.Name is "ops"), tried => Assert.True(tried.Delivery is Delivery.Refused { RoomIsGone: true }));
        var told = Assert.Single(slack.AllHeard, heard => heard.Json().At("channel") is "#operators");
        Assert.Contains("Room ops cannot be reached", told.Body, StringComparison.Ordinal);
        Assert.Contains(word, told.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("17.1")]
    public async Task Without_a_reference_that_names_a_channel_it_is_a_message_of_its_own(string reference)
    {
        using var slack = new Standin(Fine);
        Assert.IsType<Delivery.Made>(await Placed(slack, Placing.Reply, reference));
        var heard = Assert.Single(slack.AllHeard);
        Assert.Equal(("/chat.postMessage", "#ops", null), (heard.Path, heard.Json().At("channel"), heard.Json().At("thread_ts")));
    }

    private static async Task<Delivery> Placed(Standin slack, Placing placing, string reference)
    {
        using var outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
        var room = new Room { Name = "ops", Chat = "slack", Options = [new("channel", "#ops"), new("api", slack.Address)] };
        var routed = new Routed(new() { Source = "s", Kind = "k", Severity = Severity.Error, Status = Status.Raised, Title = "t", Thread = "t" }, room, null, "");
        var post = new Post(routed, Slack.Render(routed, new(_ => null))) { EventId = "e", Placing = placing, Reference = reference };
        return await outside.World.Deliver(post, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }
}
