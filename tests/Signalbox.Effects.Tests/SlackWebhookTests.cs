using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Signalbox.Effects.Tests;

/// <summary>The contract of delivery: every answer and every fault of a server, seen from outside, and what becomes of the post.</summary>
public sealed class SlackWebhookTests : IDisposable
{
    private const string Secret = "T0SECRET/B0SECRET/xyzzySECRET";
    private readonly Outside outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });

    public void Dispose() => outside.Dispose();

    private async Task<Delivery> Post(string webhook, double within = 5)
    {
        var room = new Room { Name = "ops", Chat = "slack", Options = [new("webhook", webhook)] };
        var notice = new Notice { Source = "event", Kind = "text", Severity = Severity.Info, Status = Status.Stated, Title = "news" };
        var post = new Post(new(notice, room, null, "test"), Encoding.UTF8.GetBytes("""{"text":"as blocks"}""")) { EventId = "1" };
        var delivery = await outside.World.Deliver(post, TimeSpan.FromSeconds(within), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("SECRET", delivery.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("127.0.0.1", delivery.ToString(), StringComparison.Ordinal);
        return delivery;
    }

    private async Task<Delivery> Answer(Said said, double within = 5)
    {
        using var slack = new Standin(_ => said);
        return await Post($"{slack.Address}/services/{Secret}", within);
    }

    [Theory]
    [InlineData(200, "ok")]
    [InlineData(200, "ok\n")]
    [InlineData(200, "")]
    [InlineData(200, "{\"ok\":true}")]
    [InlineData(200, "{\"success\":true}")]
    public async Task It_is_made_when_the_server_says_yes(int status, string body) =>
        Assert.Equal(new Delivery.Made(""), await Answer(Said.Http(status, body)));

    [Theory]
    [InlineData(200, "{\"ok\":false,\"error\":\"channel_not_found\"}", "answered 200 channel_not_found", true)]
    [InlineData(200, "invalid_payload", "answered 200 invalid_payload", false)]
    [InlineData(200, "<html>Please log in</html>", "answered 200, but not as Slack does: is the address Slack's?", false)]
    [InlineData(400, "invalid_payload", "answered 400 invalid_payload", false)]
    [InlineData(400, "user_not_found", "answered 400 user_not_found", false)]
    [InlineData(400, "no_text", "answered 400 no_text", false)]
    [InlineData(403, "action_prohibited", "answered 403 action_prohibited", false)]
    [InlineData(403, "posting_to_general_channel_denied", "answered 403 posting_to_general_channel_denied", false)]
    [InlineData(403, "invalid_token", "answered 403 invalid_token", false)]
    [InlineData(404, "channel_not_found", "answered 404 channel_not_found", true)]
    [InlineData(404, "no_active_hooks", "answered 404 no_active_hooks", true)]
    [InlineData(404, "no_service", "answered 404 no_service", true)]
    [InlineData(403, "team_disabled", "answered 403 team_disabled", true)]
    [InlineData(410, "channel_is_archived", "answered 410 channel_is_archived", true)]
    [InlineData(404, "<html>https://hooks.example/T0SECRET</html>", "answered 404", true)]
    [InlineData(500, "no_text", "answered 500 no_text", false)]
    public async Task It_is_refused_when_trying_again_cannot_help(int status, string body, string why, bool roomIsGone) =>
        Assert.Equal(new Delivery.Refused(why) { RoomIsGone = roomIsGone }, await Answer(Said.Http(status, body)));

    [Theory]
    [InlineData(500, "rollup_error", "answered 500 rollup_error")]
    [InlineData(500, "", "answered 500")]
    [InlineData(502, "<html>Bad gateway</html>", "answered 502")]
    [InlineData(503, "service_unavailable", "answered 503 service_unavailable")]
    [InlineData(200, "{\"ok\":false,\"error\":\"ratelimited\"}", "answered 200 ratelimited")]
    [InlineData(408, "request_timeout", "answered 408 request_timeout")]
    [InlineData(429, "", "answered 429")]
    public async Task It_can_be_made_later_when_the_server_has_trouble(int status, string body, string why) =>
        Assert.Equal(new Delivery.Later(null, why), await Answer(Said.Http(status, body)));

    [Theory]
    [InlineData("30", 30.0)]
    [InlineData("0", 0.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("-7", 0.0)]
    [InlineData("99999999999999999999", 86400.0)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", 0.0)]
    [InlineData("Wed, 31 Dec 2200 23:59:59 GMT", 86400.0)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("NaN", null)]
    public async Task The_wait_that_a_429_asks_for_is_handed_on(string header, double? seconds) =>
        Assert.Equal(
            new Delivery.Later(seconds is { } after ? TimeSpan.FromSeconds(after) : null, "answered 429"),
            await Answer(Said.Http(429, "", ("Retry-After", header))));

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_refused_and_not_followed(int status)
    {
        using var elsewhere = new Standin(_ => Said.Http(200, "ok"));
        var delivery = await Answer(Said.Http(status, "", ("Location", elsewhere.Address)));

        Assert.Equal(new Delivery.Refused($"answered {status}, a redirect, which is not followed"), delivery);
        Assert.Empty(elsewhere.AllHeard);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_after_the_time_given() =>
        Assert.Equal(new Delivery.Later(null, "no answer within 0.3 s"), await Answer(Said.Raw("", Ending.Stalls), 0.3));

    [Fact]
    public async Task A_server_that_stops_in_the_middle_is_left_after_the_time_given() =>
        Assert.Equal(new Delivery.Later(null, "no answer within 0.3 s"),
            await Answer(Said.Raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", Ending.Stalls), 0.3));

    [Fact]
    public async Task A_connection_that_is_reset_can_be_tried_again() =>
        Assert.Equal(new Delivery.Later(null, "the connection was reset"), await Answer(Said.Raw("", Ending.Resets)));

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no")]
    public async Task Half_an_answer_can_be_tried_again(string half) =>
        Assert.Equal(
            new Delivery.Later(null, "the connection ended before the answer was whole"),
            await Answer(Said.Raw(half, Ending.Closes)));

    [Fact]
    public async Task What_is_not_HTTP_can_be_tried_again() =>
        Assert.Equal(
            new Delivery.Later(null, "its answer is not HTTP"),
            await Answer(Said.Raw("SSH-2.0-OpenSSH_9.2\r\n\r\n", Ending.Closes)));

    [Fact]
    public async Task A_refused_connection_can_be_tried_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Equal(new Delivery.Later(null, "the connection was refused"), await Post($"http://127.0.0.1:{port}/services/{Secret}"));
    }

    [Fact]
    public async Task A_host_that_does_not_exist_can_be_tried_again() =>
        Assert.Equal(new Delivery.Later(null, "its host name cannot be resolved"), await Post($"http://hooks.invalid/services/{Secret}"));

    [Fact]
    public async Task An_endless_answer_is_not_read_to_its_end()
    {
        var endless = $"HTTP/1.1 404 Not Found\r\nContent-Length: 1000000000\r\n\r\n{new string('x', 8192)}";
        Assert.Equal(new Delivery.Refused("answered 404") { RoomIsGone = true }, await Answer(Said.Raw(endless, Ending.Stalls), 2));
    }

    [Fact]
    public async Task One_connection_carries_many_posts()
    {
        using var slack = new Standin(_ => Said.Http(200, "ok"));
        for (var post = 0; post < 5; post++) await Post($"{slack.Address}/services/{Secret}");

        Assert.Equal(5, slack.AllHeard.Count);
        Assert.Equal(1, slack.Connections);
    }

    [Fact]
    public async Task A_connection_that_died_while_nothing_was_sent_costs_one_more_try_at_most()
    {
        using var slack = new Standin(_ => Said.Raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", Ending.Closes));
        for (var post = 0; post < 3; post++)
        {
            // Whether the end of the old connection is seen before or after the request is written is a race of the network's.
            var delivery = await Post($"{slack.Address}/services/{Secret}");
            Assert.True(delivery is Delivery.Made or Delivery.Later, $"{delivery}");
            if (delivery is Delivery.Later) Assert.IsType<Delivery.Made>(await Post($"{slack.Address}/services/{Secret}"));
        }
    }

    [Theory]
    [InlineData("invalid_blocks")]
    [InlineData("invalid_blocks_format")]
    [InlineData("msg_blocks_too_long")]
    [InlineData("invalid_attachments")]
    public async Task A_message_whose_blocks_are_refused_is_sent_once_more_as_plain_text(string word)
    {
        using var slack = new Standin(heard =>
            heard.Body.Contains("as blocks", StringComparison.Ordinal) ? Said.Http(400, word) : Said.Http(200, "ok"));

        Assert.Equal(new Delivery.Made(""), await Post($"{slack.Address}/services/{Secret}"));
        Assert.Contains("news", slack.AllHeard[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_text_that_is_refused_too_is_not_sent_a_third_time()
    {
        using var slack = new Standin(_ => Said.Http(400, "invalid_blocks"));

        Assert.Equal(new Delivery.Refused("answered 400 invalid_blocks"), await Post($"{slack.Address}/services/{Secret}"));
        Assert.Equal(2, slack.AllHeard.Count);
    }

    [Fact]
    public async Task A_webhook_is_posted_to_as_JSON()
    {
        using var slack = new Standin(_ => Said.Http(200, "ok"));
        await Post($"{slack.Address}/services/{Secret}");

        var heard = Assert.Single(slack.AllHeard);
        Assert.Equal(("POST", $"/services/{Secret}", "application/json; charset=utf-8", """{"text":"as blocks"}"""),
            (heard.Method, heard.Path, heard.Headers["content-type"], heard.Body));
        Assert.False(heard.Headers.ContainsKey("authorization"));
    }
}
