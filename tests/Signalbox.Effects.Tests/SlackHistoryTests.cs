using System.Text;

namespace Signalbox.Effects.Tests;

/// <summary>Posts carry their id into Slack, and are read back from there.</summary>
public sealed class SlackHistoryTests : IDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Since = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500);
    private readonly Outside outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
    private readonly string token = Path.GetTempFileName();

    public SlackHistoryTests() => File.WriteAllText(token, "xoxb-SECRET");

    public void Dispose()
    {
        outside.Dispose();
        File.Delete(token);
    }

    private Room Room(Standin slack, string channel = "#ops") =>
        new() { Name = "ops", Chat = "slack", Options = [new("channel", channel), new("api", slack.Address), new("token", $"file:{token}")] };

    private async Task<Recollection> Ask(Standin slack, string reference = "C1/17.1", bool isThread = false, string channel = "#ops", double seconds = 5) =>
        await outside.World.ReadBack(Room(slack, channel))!(new(Room(slack, channel), reference, isThread, Since), TimeSpan.FromSeconds(seconds), Stop);

    private static string Message(string time, string? id, string? thread = null)
    {
        var below = thread is null ? "" : $",\"thread_ts\":\"{thread}\"";
        var mark = id is null ? "" : ",\"metadata\":{\"event_type\":\"signalbox_post\",\"event_payload\":{\"id\":\"" + id + "\"}}";
        return $$"""{"type":"message","ts":"{{time}}"{{below}}{{mark}} }""";
    }

    private static Said Page(string cursor, params string[] messages) =>
        Said.Http(200, $$$"""{"ok":true,"messages":[{{{string.Join(',', messages)}}}],"response_metadata":{"next_cursor":"{{{cursor}}}"}}""");

    private static Dictionary<string, string> Form(Heard heard) =>
        heard.Body.Split('&').Select(field => field.Split('=')).ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[1]));

    private async Task<Heard> Posted(Placing placing, string reference, string id = "0123456789abcdef", string payload = """{"text":"t","blocks":[]}""")
    {
        using var slack = new Standin(_ => Said.Http(200, """{"ok":true,"channel":"C1","ts":"1.1"}"""));
        var notice = new Notice { Source = "s", Kind = "k", Severity = Severity.Info, Status = Status.Stated, Title = "t" };
        var post = new Post(new(notice, Room(slack), null, ""), Encoding.UTF8.GetBytes(payload)) { EventId = "e", Id = id, Placing = placing, Reference = reference };
        Assert.IsType<Delivery.Made>(await outside.World.Deliver(post, TimeSpan.FromSeconds(5), Stop));
        return Assert.Single(slack.AllHeard);
    }

    [Theory]
    [InlineData(Placing.Begin, "")]
    [InlineData(Placing.Reply, "C1/17.1")]
    [InlineData(Placing.Shout, "C1/17.1")]
    public async Task A_message_carries_the_id_of_its_post(Placing placing, string reference)
    {
        var json = (await Posted(placing, reference)).Json();
        Assert.Equal(("signalbox_post", "0123456789abcdef"), (json.At("metadata", "event_type"), json.At("metadata", "event_payload", "id")));
    }

    [Fact]
    public async Task A_change_needs_none_for_it_may_come_twice() => Assert.Null((await Posted(Placing.Change, "C1/17.1")).Json().At("metadata", "event_type"));

    [Fact]
    public async Task Without_a_store_there_is_none() => Assert.Equal(
        """{"channel":"#ops","text":"t","blocks":[]}""", (await Posted(Placing.Begin, "", id: "")).Body);

    [Theory]
    [InlineData("metadata_must_be_sent_from_app")]
    [InlineData("invalid_metadata_format")]
    public async Task A_slack_that_takes_no_metadata_gets_the_message_without(string word)
    {
        using var slack = new Standin(heard => Said.Http(200, heard.Body.Contains("metadata", StringComparison.Ordinal)
            ? $$"""{"ok":false,"error":"{{word}}"}""" : """{"ok":true,"channel":"C1","ts":"1.1"}"""));
        var notice = new Notice { Source = "s", Kind = "k", Severity = Severity.Info, Status = Status.Stated, Title = "the disk is full" };
        var post = new Post(new(notice, Room(slack), null, ""), """{"text":"t","blocks":[]}"""u8.ToArray()) { EventId = "e", Id = "0123456789abcdef" };
        Assert.IsType<Delivery.Made>(await outside.World.Deliver(post, TimeSpan.FromSeconds(5), Stop));
        Assert.Contains("the disk is full", slack.AllHeard[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_is_read_since_a_time_with_everything_that_messages_carry()
    {
        using var slack = new Standin(_ => Page("", Message("18.2", "b"), Message("18.1", null), Message("17.9", "a"), Message("18.3", "c", thread: "17.9")));
        var said = await Ask(slack);

        Assert.Equal(new Recollection([new("b", "C1/18.2", false), new("a", "C1/17.9", false), new("c", "C1/18.3", true)], null), said);
        var heard = Assert.Single(slack.AllHeard);
        Assert.Equal(("POST", "/conversations.history", "Bearer xoxb-SECRET", "application/x-www-form-urlencoded"),
            (heard.Method, heard.Path, heard.Headers["authorization"], heard.Headers["content-type"]));
        Assert.Equal(
            new Dictionary<string, string> { ["channel"] = "C1", ["limit"] = "200", ["include_all_metadata"] = "true", ["oldest"] = "1700000000.500000" }, Form(heard));
    }

    [Fact]
    public async Task A_thread_is_read_by_its_first_message()
    {
        using var slack = new Standin(_ => Page("", Message("17.1", "parent", thread: "17.1"), Message("18.1", "reply", thread: "17.1")));
        var said = await Ask(slack, isThread: true);
        Assert.Equal([new FoundPost("parent", "C1/17.1", false), new FoundPost("reply", "C1/18.1", true)], said.Posts);
        Assert.Equal(("/conversations.replies", "17.1"), (slack.AllHeard[0].Path, Form(slack.AllHeard[0])["ts"]));
    }

    [Fact]
    public async Task Pages_are_read_to_their_end()
    {
        using var slack = new Standin(heard => Form(heard).GetValueOrDefault("cursor") is "more==" ? Page("", Message("1.1", "a")) : Page("more==", Message("1.2", "b")));
        Assert.Equal(["b", "a"], (await Ask(slack)).Posts.Select(post => post.Id));
    }

    [Fact]
    public async Task Of_very_many_pages_the_newest_are_read()
    {
        using var slack = new Standin(_ => Page("more", Message("1.2", "b")));
        var said = await Ask(slack);
        Assert.Equal((5, "more than 1000 messages were written meanwhile"), (said.Posts.Count, said.Missing));
        Assert.Equal(5, slack.AllHeard.Count);
    }

    [Theory]
    [InlineData("missing_scope", "missing_scope: give the app channels:history, and groups:history for private channels")]
    [InlineData("not_in_channel", "not_in_channel: invite the bot into the channel")]
    [InlineData("ratelimited", "answered 200 ratelimited")]
    [InlineData("xoxb-SECRET", "answered 200")]
    public async Task What_cannot_be_read_has_a_reason(string word, string why)
    {
        using var slack = new Standin(_ => Said.Http(200, $$"""{"ok":false,"error":"{{word}}"}"""));
        Assert.Equal(new Recollection([], why), await Ask(slack));
    }

    [Fact]
    public async Task A_page_that_is_too_soon_leaves_what_was_seen()
    {
        using var slack = new Standin(heard => heard.Body.Contains("cursor", StringComparison.Ordinal) ? Said.Http(429, "", ("Retry-After", "30")) : Page("more", Message("1.2", "b")));
        Assert.Equal(new Recollection([new("b", "C1/1.2", false)], "answered 429"), await Ask(slack));
    }

    [Fact]
    public async Task A_slack_that_does_not_answer_is_not_waited_for()
    {
        using var slack = new Standin(_ => Said.Raw("", Ending.Stalls));
        Assert.Equal(new Recollection([], "no answer within 0.2 s"), await Ask(slack, seconds: 0.2));
    }

    [Fact]
    public async Task A_channels_id_may_be_in_the_settings()
    {
        using var slack = new Standin(_ => Page(""));
        Assert.Null((await Ask(slack, reference: "", channel: "C024BE91L")).Missing);
        Assert.Equal("C024BE91L", Form(Assert.Single(slack.AllHeard))["channel"]);
    }

    [Fact]
    public async Task A_channel_that_has_only_a_name_is_found_among_those_of_the_bot()
    {
        using var slack = new Standin(heard => heard.Path is not "/users.conversations" ? Page("", Message("1.2", "b"))
            : Said.Http(200, """{"ok":true,"channels":[{"id":"C7","name":"opsers"},{"id":"C8","name":"ops"}]}"""));
        Assert.Equal(new Recollection([new("b", "C8/1.2", false)], null), await Ask(slack, reference: ""));
        Assert.Equal(["/users.conversations", "/conversations.history"], slack.AllHeard.Select(heard => heard.Path));
    }

    [Theory]
    [InlineData("""{"ok":false,"error":"missing_scope"}""")]
    [InlineData("""{"ok":true,"channels":[]}""")]
    public async Task A_channel_that_cannot_be_found_is_known_from_its_first_message_on(string answer)
    {
        using var slack = new Standin(_ => Said.Http(200, answer));
        Assert.True((await Ask(slack, reference: "")).NeedsReference);
    }

    [Fact]
    public void A_webhook_cannot_be_asked()
    {
        var room = new Room { Name = "ops", Chat = "slack", Options = [new("webhook", "env:OPS")] };
        Assert.Null(outside.World.ReadBack(room));
        Assert.Null(outside.World.ReadBack(Signalbox.Room.Local));
    }
}
