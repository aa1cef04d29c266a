using System.Text;

namespace Signalbox.Effects.Tests;

public sealed class SlackBotTests : IDisposable
{
    private const string Channel = "#deploys";
    private readonly Outside outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
    private readonly string token = Path.GetTempFileName();

    public SlackBotTests() => File.WriteAllText(token, "xoxb-first\nnever read\n");

    public void Dispose()
    {
        outside.Dispose();
        File.Delete(token);
    }

    private async Task<Delivery> Post(string api, string payload = """{"text":"news"}""")
    {
        ValueList<Fact> options = [new("channel", Channel), new("api", api), new("token", $"file:{token}")];
        var room = new Room { Name = "deploys", Chat = "slack", Options = options };
        var notice = new Notice { Source = "event", Kind = "text", Severity = Severity.Info, Status = Status.Stated, Title = "news" };
        var post = new Post(new(notice, room, null, "test"), Encoding.UTF8.GetBytes(payload)) { EventId = "1" };
        var delivery = await outside.World.Deliver(post, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("xoxb", delivery.ToString(), StringComparison.Ordinal);
        return delivery;
    }

    [Fact]
    public async Task It_posts_to_its_channel_with_its_token()
    {
        using var slack = new Standin(_ => Said.Http(200, """{"ok":true,"channel":"C123","ts":"1503435956.000247"}"""));

        Assert.Equal(new Delivery.Made("C123/1503435956.000247"), await Post($"{slack.Address}/api/"));
        var heard = Assert.Single(slack.AllHeard);
        Assert.Equal(("/api/chat.postMessage", "Bearer xoxb-first", """{"channel":"#deploys","text":"news"}"""),
            (heard.Path, heard.Headers["authorization"], heard.Body));
    }

    [Theory]
    [InlineData("""{"channel":"C1","text":"news"}""", """{"channel":"C1","text":"news"}""")]
    [InlineData("{}", """{"channel":"#deploys"}""")]
    public async Task A_channel_is_named_once(string payload, string sent)
    {
        using var slack = new Standin(_ => Said.Http(200, """{"ok":true}"""));
        await Post(slack.Address, payload);
        Assert.Equal(sent, Assert.Single(slack.AllHeard).Body);
    }

    [Theory]
    [InlineData("channel_not_found", true)]
    [InlineData("not_in_channel", true)]
    [InlineData("is_archived", true)]
    [InlineData("missing_scope", false)]
    [InlineData("msg_too_long", false)]
    [InlineData("an_error_word_of_tomorrow", false)]
    public async Task It_is_refused_with_the_word_that_slack_gives(string word, bool roomIsGone)
    {
        using var slack = new Standin(_ => Said.Http(200, $$"""{"ok":false,"error":"{{word}}"}"""));
        Assert.Equal(new Delivery.Refused($"answered 200 {word}") { RoomIsGone = roomIsGone }, await Post(slack.Address));
    }

    [Theory]
    [InlineData("ratelimited")]
    [InlineData("rate_limited")]
    [InlineData("message_limit_exceeded")]
    [InlineData("internal_error")]
    [InlineData("fatal_error")]
    [InlineData("service_unavailable")]
    [InlineData("request_timeout")]
    public async Task It_can_be_made_later_when_slack_has_trouble(string word)
    {
        using var slack = new Standin(_ => Said.Http(200, $$"""{"ok":false,"error":"{{word}}"}"""));
        Assert.Equal(new Delivery.Later(null, $"answered 200 {word}"), await Post(slack.Address));
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("")]
    [InlineData("{}")]
    public async Task Only_the_web_apis_own_yes_counts(string body)
    {
        using var slack = new Standin(_ => Said.Http(200, body));
        Assert.IsType<Delivery.Refused>(await Post(slack.Address));
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("token_revoked")]
    [InlineData("token_expired")]
    public async Task A_token_that_was_changed_meanwhile_is_read_again(string word)
    {
        using var slack = new Standin(_ => Said.Http(200, """{"ok":true,"ts":"1","channel":"C1"}"""));
        Assert.Equal(new Delivery.Made("C1/1"), await Post(slack.Address));
        await File.WriteAllTextAsync(token, "xoxb-second", TestContext.Current.CancellationToken);

        using var changed = new Standin(heard => Said.Http(200,
            heard.Headers["authorization"] == "Bearer xoxb-second"
                ? """{"ok":true,"ts":"3","channel":"C1"}"""
                : $$"""{"ok":false,"error":"{{word}}"}"""));
        Assert.Equal(new Delivery.Made("C1/3"), await Post(changed.Address));
        Assert.Equal(2, changed.AllHeard.Count);
    }

    [Fact]
    public async Task A_token_that_is_still_the_same_is_not_tried_twice()
    {
        using var slack = new Standin(_ => Said.Http(200, """{"ok":false,"error":"invalid_auth"}"""));
        Assert.Equal(new Delivery.Refused("answered 200 invalid_auth"), await Post(slack.Address));
        Assert.Single(slack.AllHeard);
    }

    [Fact]
    public async Task Without_its_token_a_room_says_which_one_is_missing()
    {
        File.Delete(token);
        using var slack = new Standin(_ => Said.Http(200, """{"ok":true}"""));
        Assert.Equal(new Delivery.Refused($"file {token} does not exist"), await Post(slack.Address));
        Assert.Empty(slack.AllHeard);
    }
}
