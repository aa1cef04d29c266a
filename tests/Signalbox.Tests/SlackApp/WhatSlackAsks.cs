using System.Text;

namespace Signalbox.Tests;

/// <summary>Slack's requests, read.</summary>
public class WhatSlackAsks
{
    private const string Press = """
        {"type":"block_actions","user":{"id":"U1","username":"ada","name":"ada","team_id":"T1"},"trigger_id":"13.37","team":{"id":"T1"},
        "container":{"type":"message","message_ts":"1503435956.000247","channel_id":"C1","is_ephemeral":false},"channel":{"id":"C1","name":"ops"},
        "message":{"ts":"1503435956.000247"},"response_url":"https://hooks.slack.com/actions/T1/1/x",
        "actions":[{"action_id":"signalbox-ack","block_id":"b","value":"rds/db/x","type":"button","action_ts":"1503435957.0"}]}
        """;

    private const string Mention = """
        {"token":"t","team_id":"T1","type":"event_callback","event_id":"Ev1","event_time":1,
        "event":{"type":"app_mention","user":"U1","text":"<@U0BOT> silence 1h severity &gt;= error","ts":"2.0","channel":"C1","thread_ts":"1.0"}}
        """;

    private static SlackRequest Read(string body) => SlackReading.OfBody(Encoding.UTF8.GetBytes(body));

    private static string Form(string payload) => $"payload={Uri.EscapeDataString(payload)}";

    [Fact]
    public void A_button_that_was_pressed() => Assert.Equal(
        new SlackRequest.Pressed("13.37", new("U1", "ada"), new("C1", "ops", "1503435956.000247"), "signalbox-ack", "rds/db/x", "https://hooks.slack.com/actions/T1/1/x"),
        Read(Form(Press)));

    [Fact]
    public void A_slash_command() => Assert.Equal(
        new SlackRequest.Command("t.1", new("U1", "ada"), new("C1", "ops", null), "silence 1h \"pay api\" because R&D", "https://hooks.slack.com/commands/1"),
        Read("command=%2Fsignalbox&text=silence+1h+%E2%80%9Cpay+api%E2%80%9D+because+R%26amp%3BD&user_id=U1&user_name=ada&channel_id=C1&channel_name=ops"
            + "&trigger_id=t.1&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F1"));

    [Fact]
    public void A_mention_in_a_thread() => Assert.Equal(
        new SlackRequest.Mentioned("Ev1", new("U1", ""), new("C1", "", "1.0"), "silence 1h severity >= error"), Read(Mention));

    [Fact]
    public void A_question_whether_the_address_is_ours() =>
        Assert.Equal(new SlackRequest.Challenge("3eZbrw1a"), Read("""{"token":"t","challenge":"3eZbrw1a","type":"url_verification"}"""));

    [Fact]
    public void The_same_comes_over_socket_mode_without_a_form()
    {
        Json Parsed(string text) => Json.Parse(Encoding.UTF8.GetBytes(text)).Value;
        Assert.Equal(Read(Form(Press)), SlackReading.OfEnvelope("interactive", Parsed(Press)));
        Assert.Equal(Read(Mention), SlackReading.OfEnvelope("events_api", Parsed(Mention)));
        Assert.Equal(new SlackRequest.Command("t.1", new("U1", "ada"), new("C1", "ops", null), "ack", "u"), SlackReading.OfEnvelope("slash_commands", Parsed(
            """{"command":"/signalbox","text":"ack","user_id":"U1","user_name":"ada","channel_id":"C1","channel_name":"ops","trigger_id":"t.1","response_url":"u"}""")));
        Assert.IsType<SlackRequest.Other>(SlackReading.OfEnvelope("news_of_tomorrow", Parsed("{}")));
    }

    [Theory]
    [InlineData("", "a form without payload or command")]
    [InlineData("payload=", "JSON that is none")]
    [InlineData("payload=%7B", "JSON that is none")]
    [InlineData("payload=%7B%22type%22%3A%22view_closed%22%7D", "view_closed")]
    [InlineData("payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%7B%22action_id%22%3A%22Xyz%22%7D%5D%7D", "block_actions Xyz")]
    [InlineData("{", "JSON that is none")]
    [InlineData("""{"type":"event_callback","event":{"type":"message"}}""", "event_callback message")]
    [InlineData("""{"type":"event_callback","event":{"type":"app_mention","user":"U1","bot_id":"B1"}}""", "app_mention by a bot")]
    public void What_is_nothing_to_us_says_what_it_is(string body, string type) => Assert.Equal(new SlackRequest.Other(type), Read(body));

    [Fact]
    public void No_body_is_too_strange()
    {
        Assert.Equal(new SlackRequest.Other("a body that is not UTF-8"), SlackReading.OfBody([0xFF, 0xFE]));
        foreach (var whole in (string[])[Form(Press), Mention, "command=%2Fx&text=%E2%80%9C&user_id=%ZZ"])
        {
            var bytes = Encoding.UTF8.GetBytes(whole);
            for (var length = 0; length < bytes.Length; length += 3) Assert.NotNull(SlackReading.OfBody(bytes[..length]));
        }
    }

    [Theory]
    [InlineData("<@U0BOT> ack", "ack")]
    [InlineData("<@U0BOT|signalbox>   ack   payments-db ", "ack   payments-db")]
    [InlineData("silence 1h <http://api.example.com|api.example.com>", "silence 1h api.example.com")]
    [InlineData("who owns <mailto:a@example.com|a@example.com>", "who owns a@example.com")]
    [InlineData("who owns <https://example.com>", "who owns https://example.com")]
    [InlineData("silence 1h “a” ‘b’", "silence 1h \"a\" 'b'")]
    [InlineData("a &amp;lt; b", "a &lt; b")]
    [InlineData("a <b", "a <b")]
    public void What_people_type_is_plain_again(string typed, string plain) => Assert.Equal(plain, SlackWords.Plain(typed));

    [Fact]
    public void An_answer_rings_nobody()
    {
        var answer = Encoding.UTF8.GetString(SlackWords.Ephemeral("nothing named <!channel> is open"));
        Assert.Equal("""{"response_type":"ephemeral","replace_original":false,"text":"nothing named &lt;!channel&gt; is open"}""", answer);
    }

    [Fact]
    public void An_event_is_shown_without_its_secrets()
    {
        var body = Json.Parse(Encoding.UTF8.GetBytes("""{"subject":"x","webhook":"https://chat.example.com/in/xyzzy","also":"https://hooks.slack.com/services/T0/B0/xyzzy"}""")).Value;
        var shown = SlackWords.Event(Notices.Alarm, "route 1", "id-1", new() { Id = "id-1", Transport = "bare", Body = body, Webhook = "https://chat.example.com/in/xyzzy" });
        Assert.DoesNotContain("xyzzy", shown, StringComparison.Ordinal);
        Assert.Contains("checkout-errors is in alarm", shown, StringComparison.Ordinal);
        Assert.Contains("Told here because: route 1", shown, StringComparison.Ordinal);
        Assert.Contains("\"subject\":\"x\"", shown, StringComparison.Ordinal);
    }
}
