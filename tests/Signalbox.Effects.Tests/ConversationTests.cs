using System.Globalization;

namespace Signalbox.Effects.Tests;

/// <summary>One alert, raised, worse and over, in every chat that can change a message, answer it, or neither.</summary>
public class ConversationTests
{
    private int posts;

    private string Next() => Interlocked.Increment(ref posts).ToString(CultureInfo.InvariantCulture);

    private static string Line(params ReadOnlySpan<string?> parts) => string.Join(' ', parts).TrimEnd();

    [Fact]
    public async Task Discord_changes_its_message_and_says_anew_what_has_to_be_heard()
    {
        using var discord = new Standin(_ => Said.Http(200, $$"""{"id":"{{Next()}}"}"""));
        using var talk = new Talk("discord", [new("webhook", $"{discord.Address}/api/webhooks/1/x?thread_id=7")], mention: "@here");
        await talk.Through();

        Assert.Equal(
            [
                "POST /api/webhooks/1/x?thread_id=7&wait=true", "PATCH /api/webhooks/1/x/messages/1?thread_id=7",
                "POST /api/webhooks/1/x?thread_id=7&wait=true @here", "PATCH /api/webhooks/1/x/messages/3?thread_id=7",
            ],
            discord.AllHeard.Select(heard => Line(heard.Method, heard.Path, heard.Json().At("content"))));
    }

    [Fact]
    public async Task A_message_that_was_deleted_in_Discord_is_posted_anew()
    {
        using var discord = new Standin(heard => heard.Method is "PATCH" ? Said.Http(404, """{"message":"Unknown Message","code":10008}""") : Said.Http(200, $$"""{"id":"{{Next()}}"}"""));
        using var talk = new Talk("discord", [new("webhook", $"{discord.Address}/api/webhooks/1/x")]);
        await talk.Hear("critical");
        await talk.Hear("resolved");
        Assert.Equal(["POST", "PATCH", "POST"], discord.AllHeard.Select(heard => heard.Method));
        Assert.IsType<Delivery.Made>(talk.Tried[^1].Delivery);
    }

    [Fact]
    public async Task Telegram_changes_its_message_and_answers_it()
    {
        using var telegram = new Standin(_ => Said.Http(200, $$$"""{"ok":true,"result":{"message_id":{{{Next()}}}}}"""));
        using var talk = new Talk("telegram", [new("chat", "-1001"), new("topic", "7"), new("token", "(secret)"), new("api", telegram.Address)], mention: "@ada_on_call");
        await talk.Through();

        Assert.Equal(
            [
                "sendMessage topic:7 changes: answers: quiet:", "editMessageText topic: changes:1 answers: quiet:", "sendMessage topic:7 changes: answers:1 quiet:",
                "editMessageText topic: changes:1 answers: quiet:", "sendMessage topic:7 changes: answers:1 quiet:true",
            ],
            telegram.AllHeard.Select(heard => Line(heard.Path.Split('/')[^1], $"topic:{heard.Json().At("message_thread_id")}", $"changes:{heard.Json().At("message_id")}",
                $"answers:{heard.Json().At("reply_parameters", "message_id")}", $"quiet:{heard.Json().At("disable_notification")}")));
        Assert.All(telegram.AllHeard, heard => Assert.Equal(("-1001", "HTML"), (heard.Json().At("chat_id"), heard.Json().At("parse_mode"))));
        Assert.Contains("@ada_on_call", telegram.AllHeard[2].Json().At("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("message to edit not found", "sendMessage editMessageText sendMessage sendMessage")]
    [InlineData("message can't be edited", "sendMessage editMessageText sendMessage sendMessage")]
    [InlineData("message is not modified: specified new message content is exactly the same", "sendMessage editMessageText sendMessage")]
    public async Task What_Telegram_cannot_change_is_posted_anew_unless_it_says_that_already(string words, string requests)
    {
        using var telegram = new Standin(heard => heard.Path.EndsWith("editMessageText", StringComparison.Ordinal)
            ? Said.Http(400, $$"""{"ok":false,"description":"Bad Request: {{words}}"}""")
            : Said.Http(200, $$$"""{"ok":true,"result":{"message_id":{{{Next()}}}}}"""));
        using var talk = new Talk("telegram", [new("chat", "-1001"), new("token", "(secret)"), new("api", telegram.Address)]);
        await talk.Hear("warning");
        await talk.Hear("critical");
        Assert.All(talk.Tried, tried => Assert.IsType<Delivery.Made>(tried.Delivery));
        Assert.Equal(requests, Line([.. telegram.AllHeard.Select(heard => heard.Path.Split('/')[^1])]));
    }

    [Fact]
    public async Task Matrix_replaces_its_event_and_answers_it_in_a_thread()
    {
        using var matrix = new Standin(_ => Said.Http(200, $$"""{"event_id":"${{Next()}}"}"""));
        using var talk = new Talk("matrix", [new("room", "!r:example.org"), new("homeserver", matrix.Address), new("token", "(secret)")], mention: "@room");
        await talk.Through();

        Assert.Equal(
            ["", "m.replace $1", "answers $1", "m.replace $1", "m.thread $1 answers $1"],
            matrix.AllHeard.Select(heard => heard.Json()).Select(content => string.Join(' ', ((string?[])[content.At("m.relates_to", "rel_type"), content.At("m.relates_to", "event_id"),
                content.At("m.relates_to", "m.in_reply_to", "event_id") is { } answered ? $"answers {answered}" : null]).Where(part => part is not null))));
        var edit = matrix.AllHeard[3].Json();
        Assert.StartsWith("* ✅ Resolved", edit.At("body"), StringComparison.Ordinal);
        Assert.Contains(">Resolved: The disk of db-1", edit.At("m.new_content", "formatted_body"), StringComparison.Ordinal);
        Assert.Equal(("{}", "{}"), (edit.At("m.mentions"), edit.At("m.new_content", "m.mentions")));
        Assert.Equal("true", matrix.AllHeard[2].Json().At("m.mentions", "room"));
        Assert.Equal("true", matrix.AllHeard[4].Json().At("m.relates_to", "is_falling_back"));
        Assert.Equal(5, matrix.AllHeard.Select(heard => heard.Path).Distinct().Count());
    }

    [Fact]
    public async Task The_largest_edit_stays_within_what_Matrix_takes()
    {
        using var matrix = new Standin(_ => Said.Http(200, $$"""{"event_id":"${{Next()}}"}"""));
        using var talk = new Talk("matrix", [new("room", "!r:example.org"), new("homeserver", matrix.Address), new("token", "(secret)")]);
        var long1 = string.Concat(Enumerable.Repeat("<&>\"ä名", 3_000));
        await talk.Hear("warning", description: long1);
        await talk.Hear("critical", description: long1);
        Assert.All(matrix.AllHeard, heard => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(System.Text.RegularExpressions.Regex.Unescape(heard.Body)), 1, 60_000));
    }

    [Fact]
    public async Task Zulip_changes_its_message_and_goes_on_in_its_topic()
    {
        using var zulip = new Standin(heard => Said.Http(200, heard.Method is "PATCH" ? """{"result":"success","msg":""}""" : $$"""{"result":"success","id":{{Next()}}}"""));
        using var talk = new Talk("zulip", [new("site", zulip.Address), new("stream", "ops"), new("bot", "bot@example.org"), new("key", "(secret)")]);
        await talk.Through();

        Assert.Equal(
            ["POST /api/v1/messages DiskFull", "PATCH /api/v1/messages/1", "POST /api/v1/messages DiskFull", "PATCH /api/v1/messages/1", "POST /api/v1/messages DiskFull"],
            zulip.AllHeard.Select(heard => Line(heard.Method, heard.Path, Field(heard.Body, "topic"))));
        Assert.StartsWith("content=", zulip.AllHeard[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("&", zulip.AllHeard[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_in_Zulip_stands_in_the_topic_of_its_message_whatever_it_is_about()
    {
        using var zulip = new Standin(_ => Said.Http(200, """{"result":"success","id":2}"""));
        ValueList<Fact> options = [new("site", zulip.Address), new("stream", "ops"), new("bot", "bot@example.org")];
        Assert.Equal(new Delivery.Made("2/payments/api"), await Placed(new() { Name = "r", Chat = "zulip", Options = options }, Placing.Reply, "1/payments/api"));
        Assert.Equal("payments/api", Field(Assert.Single(zulip.AllHeard).Body, "topic"));
    }

    [Fact]
    public async Task With_one_topic_Zulip_has_no_threads_and_an_old_message_is_posted_anew()
    {
        using var zulip = new Standin(heard => heard.Method is "PATCH"
            ? Said.Http(400, """{"result":"error","msg":"The time limit for editing this message has passed","code":"BAD_REQUEST"}""")
            : Said.Http(200, $$"""{"result":"success","id":{{Next()}}}"""));
        using var talk = new Talk("zulip", [new("site", zulip.Address), new("stream", "ops"), new("topic", "all"), new("bot", "bot@example.org"), new("key", "(secret)")]);
        await talk.Hear("critical");
        await talk.Hear("resolved");
        Assert.Equal(["POST all", "PATCH", "POST all"], zulip.AllHeard.Select(heard => Line(heard.Method, Field(heard.Body, "topic"))));
    }

    [Fact]
    public async Task A_bot_in_Mattermost_patches_its_post_and_answers_it()
    {
        using var mattermost = new Standin(_ => Said.Http(201, $$"""{"id":"p{{Next()}}"}"""));
        using var talk = new Talk("mattermost", [new("server", $"{mattermost.Address}/"), new("channel", "c1"), new("token", "(secret)")], mention: "@here");
        await talk.Through();

        Assert.Equal(
            [
                "POST /api/v4/posts c1 root:", "PUT /api/v4/posts/p1/patch  root:", "POST /api/v4/posts c1 root: @here",
                "PUT /api/v4/posts/p1/patch  root:", "POST /api/v4/posts c1 root:p1",
            ],
            mattermost.AllHeard.Select(heard => Line(heard.Method, heard.Path, heard.Json().At("channel_id"), $"root:{heard.Json().At("root_id")}", heard.Json().At("message"))));
        Assert.All(mattermost.AllHeard, heard => Assert.Equal("Bearer SECRET-token-xyzzy", heard.Headers["authorization"]));
        Assert.Contains("Resolved", mattermost.AllHeard[3].Json().GetProperty("props").GetProperty("attachments")[0].At("title"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "api.post.create_post.root_id.app_error", Placing.Reply, false, true)]
    [InlineData(404, "app.post.get.app_error", Placing.Change, false, true)]
    [InlineData(403, "api.context.permissions.app_error", Placing.Change, false, true)]
    [InlineData(403, "api.context.permissions.app_error", Placing.Begin, true, false)]
    [InlineData(400, "api.post.create_post.can_not_post_to_deleted.error", Placing.Begin, true, false)]
    [InlineData(401, "api.context.session_expired.app_error", Placing.Begin, false, false)]
    public async Task What_Mattermost_refuses_a_bot_is_of_the_room_or_of_the_message(int status, string id, Placing placing, bool roomIsGone, bool messageIsGone)
    {
        using var mattermost = new Standin(_ => Said.Http(status, $$"""{"id":"{{id}}","message":"No.","status_code":{{status}}}"""));
        var room = new Room { Name = "r", Chat = "mattermost", Options = [new("server", mattermost.Address), new("channel", "c1")] };
        var refused = Assert.IsType<Delivery.Refused>(await Placed(room, placing, placing is Placing.Begin ? "" : "p1"));
        Assert.Equal((roomIsGone, messageIsGone), (refused.RoomIsGone, refused.MessageIsGone));
    }

    [Fact]
    public async Task A_webhook_of_Mattermost_posts_each_anew_as_before()
    {
        using var mattermost = new Standin(_ => Said.Http(200, "ok"));
        using var talk = new Talk("mattermost", [new("webhook", $"{mattermost.Address}/hooks/x")]);
        await talk.Through();
        Assert.Equal(["/hooks/x", "/hooks/x", "/hooks/x"], mattermost.AllHeard.Select(heard => heard.Path));
        Assert.All(mattermost.AllHeard, heard => Assert.Null(heard.Json().At("channel_id")));
    }

    [Fact]
    public async Task Google_Chat_has_it_all_in_one_thread()
    {
        using var google = new Standin(_ => Said.Http(200, $$"""{"name":"spaces/A/messages/{{Next()}}"}"""));
        using var talk = new Talk("googlechat", [new("webhook", $"{google.Address}/v1/spaces/A/messages?key=k")]);
        await talk.Through();
        Assert.Equal(3, google.AllHeard.Count);
        Assert.All(google.AllHeard, heard => Assert.Equal("alertmanager/f00d", heard.Json().At("thread", "threadKey")));
        Assert.All(google.AllHeard, heard => Assert.EndsWith("&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD", heard.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PagerDuty_has_one_incident_that_the_end_resolves()
    {
        using var pagerduty = new Standin(_ => Said.Http(202, """{"status":"success","dedup_key":"k"}"""));
        using var talk = new Talk("pagerduty", [new("routing-key", "(secret)"), new("api", pagerduty.Address)]);
        await talk.Through();
        Assert.Equal(
            ["trigger alertmanager/f00d warning", "trigger alertmanager/f00d critical", "resolve alertmanager/f00d info"],
            pagerduty.AllHeard.Select(heard => Line(heard.Json().At("event_action"), heard.Json().At("dedup_key"), heard.Json().At("payload", "severity"))));
    }

    [Fact]
    public async Task A_pager_that_was_called_in_hears_of_the_end()
    {
        using var pagerduty = new Standin(_ => Said.Http(202, """{"status":"success","dedup_key":"k"}"""));
        using var discord = new Standin(_ => Said.Http(200, $$"""{"id":"{{Next()}}"}"""));
        var pager = new Room { Name = "pager", Chat = "pagerduty", Options = [new("api", pagerduty.Address)] };
        var remind = new Reminding(TimeSpan.FromMinutes(10), Severity.Warning, 3) { EscalateAfter = 1, EscalateTo = pager };
        using var talk = new Talk("discord", [new("webhook", discord.Address)], others: [pager], conduct: Conduct.Usual with { Remind = remind });
        await talk.Hear("critical");
        await talk.Pass(TimeSpan.FromMinutes(11));
        await talk.Hear("resolved");

        Assert.Equal(["trigger alertmanager/f00d", "resolve alertmanager/f00d"],
            pagerduty.AllHeard.Select(heard => Line(heard.Json().At("event_action"), heard.Json().At("dedup_key"))));
    }

    [Fact]
    public async Task A_pager_that_was_not_called_in_hears_nothing()
    {
        using var pagerduty = new Standin(_ => Said.Http(202, """{"status":"success","dedup_key":"k"}"""));
        using var discord = new Standin(_ => Said.Http(200, $$"""{"id":"{{Next()}}"}"""));
        var pager = new Room { Name = "pager", Chat = "pagerduty", Options = [new("api", pagerduty.Address)] };
        var remind = new Reminding(TimeSpan.FromMinutes(10), Severity.Warning, 3) { EscalateAfter = 2, EscalateTo = pager };
        using var talk = new Talk("discord", [new("webhook", discord.Address)], others: [pager], conduct: Conduct.Usual with { Remind = remind });
        await talk.Hear("critical");
        await talk.Pass(TimeSpan.FromMinutes(11));
        await talk.Hear("resolved");
        Assert.Empty(pagerduty.AllHeard);
    }

    [Theory]
    [InlineData("pagerduty", "dedup_key")]
    [InlineData("opsgenie", "alias")]
    public async Task A_change_of_an_alert_is_never_another_alert(string chat, string key)
    {
        using var server = new Standin(_ => Said.Http(202, """{"status":"success","dedup_key":"t","result":"Request will be processed","requestId":"r"}"""));
        var room = new Room { Name = "r", Chat = chat, Options = [new("api", server.Address)] };
        foreach (var placing in Enum.GetValues<Placing>()) Assert.IsType<Delivery.Made>(await Placed(room, placing, "r"));
        Assert.Equal(["t", "t", "t", "t"], server.AllHeard.Select(heard => heard.Json().At(key)));
    }

    [Fact]
    public async Task Opsgenie_has_one_alert_that_the_end_closes()
    {
        using var opsgenie = new Standin(_ => Said.Http(202, """{"result":"Request will be processed","requestId":"r"}"""));
        using var talk = new Talk("opsgenie", [new("key", "(secret)"), new("api", opsgenie.Address)]);
        await talk.Through();
        Assert.Equal(
            ["/v2/alerts alertmanager/f00d P3", "/v2/alerts alertmanager/f00d P1", "/v2/alerts/alertmanager%2Ff00d/close?identifierType=alias"],
            opsgenie.AllHeard.Select(heard => Line(heard.Path, heard.Json().At("alias"), heard.Json().At("priority"))));
    }

    [Fact]
    public async Task Each_mail_answers_the_one_before_it()
    {
        using var server = new SmtpStandin(_ => null);
        using var talk = new Talk("email",
        [
            new("host", "localhost"), new("port", server.Port.ToString(CultureInfo.InvariantCulture)), new("security", "none"),
            new("from", "signalbox@example.com"), new("to", "ada@example.com"),
        ]);
        await talk.Through();

        var ids = server.Mails.Select(mail => Header(mail, "Message-ID")).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.StartsWith("<thread-", Header(server.Mails[0], "In-Reply-To"), StringComparison.Ordinal);
        Assert.Equal(ids[..2], server.Mails.Skip(1).Select(mail => Header(mail, "In-Reply-To")));
        Assert.Contains($"References: {Header(server.Mails[0], "References")}\r\n {ids[0]}\r\n", server.Mails[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.1.1", true)]
    [InlineData("5.2.1", true)]
    [InlineData("5.7.1", false)]
    public async Task A_mailbox_that_does_not_exist_is_a_room_that_is_gone(string code, bool roomIsGone)
    {
        using var server = new SmtpStandin(said => said.StartsWith("RCPT", StringComparison.Ordinal) ? $"550 {code} no" : null);
        ValueList<Fact> options =
            [new("host", "localhost"), new("port", server.Port.ToString(CultureInfo.InvariantCulture)), new("security", "none"), new("from", "a@example.com"), new("to", "b@example.com")];
        Assert.Equal(roomIsGone, Assert.IsType<Delivery.Refused>(await Placed(new() { Name = "r", Chat = "email", Options = options }, Placing.Begin, "")).RoomIsGone);
    }

    [Fact]
    public async Task A_program_can_follow_by_thread_and_placing()
    {
        using var program = new Standin(_ => Said.Http(204, ""));
        var room = new Room { Name = "r", Chat = "webhook", Options = [new("url", program.Address)] };
        Assert.Equal(new Delivery.Made("t"), await Placed(room, Placing.Begin, ""));
        Assert.Equal(new Delivery.Made("t"), await Placed(room, Placing.Reply, "t"));
        Assert.Equal([" t", "reply t"], program.AllHeard.Select(heard => $"{heard.Json().At("placing")} {heard.Json().At("data", "thread")}"));
        Assert.NotEqual(program.AllHeard[0].Headers["webhook-id"], program.AllHeard[1].Headers["webhook-id"]);
    }

    [Fact]
    public async Task A_reader_of_a_file_can_follow_too()
    {
        var file = Path.Combine(Path.GetTempPath(), $"signalbox-{Guid.NewGuid():N}.jsonl");
        var room = new Room { Name = "r", Chat = "file", Options = [new("path", file)] };
        try
        {
            Assert.Equal(new Delivery.Made("t"), await Placed(room, Placing.Begin, ""));
            Assert.Equal(new Delivery.Made("t"), await Placed(room, Placing.Reply, "t"));
            var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal([" t", "reply t"], lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).Select(line => $"{line.At("placing")} {line.At("thread")}"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("teams")]
    [InlineData("rocketchat")]
    [InlineData("pagerduty")]
    [InlineData("opsgenie")]
    public void A_chat_that_can_do_neither_says_so(string chat) => Assert.Equal(default, Chats.Named(chat)!.Can(new() { Name = "r", Chat = chat }));

    private static string? Field(string form, string name) =>
        form.Split('&').Where(field => field.StartsWith($"{name}=", StringComparison.Ordinal)).Select(field => Uri.UnescapeDataString(field[(name.Length + 1)..])).FirstOrDefault();

    private static string Header(string mail, string name) => mail.Split("\r\n").First(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..];

    private static async Task<Delivery> Placed(Room room, Placing placing, string reference)
    {
        using var outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
        var routed = new Routed(new() { Source = "s", Kind = "k", Severity = Severity.Error, Status = Status.Raised, Title = "t", Thread = "t" }, room, null, "");
        var post = new Post(routed, Chats.Of(room).Render(routed, new(_ => null))) { EventId = "e", Placing = placing, Reference = reference };
        return await outside.World.Deliver(post, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }
}
