using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Signalbox.Effects.Tests;

/// <summary>The contract that delivery keeps in every chat that is reached over HTTP: each answer it documents, each fault of the wire, no secret.</summary>
public sealed class ChatContract : IDisposable
{
    private const string Signing = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly Outside outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { });
    private readonly string secret = Path.GetTempFileName();

    private static readonly string[] Elsewhere = ["email", "file", "local"];

    private static ValueList<Deliverer> Reached => [.. Deliverers.All.Where(row => !Elsewhere.Contains(row.Chat))];

    public static TheoryData<string> Names => [.. Reached.Select(row => row.Chat)];

    public static TheoryData<string, int, string, Fate, bool> Answers
    {
        get
        {
            var rows = new TheoryData<string, int, string, Fate, bool>();
            foreach (var row in Reached)
            {
                foreach (var answer in row.Answers()) rows.Add(row.Chat, answer.Status, answer.Body, answer.Fate, answer.RoomIsGone);
            }
            return rows;
        }
    }

    public ChatContract() => File.WriteAllText(secret, "SECRET-token-xyzzy\n");

    public void Dispose()
    {
        outside.Dispose();
        File.Delete(secret);
    }

    private Room RoomAt(string chat, string address) => new()
    {
        Name = "ops",
        Chat = chat,
        Options = [.. from key in Chats.Named(chat)!.Keys
                      where (chat, key.Name) is not (("slack", "channel" or "token" or "api" or "pass-through") or ("mattermost", "server" or "token") or ("webhook", "secret") or ("telegram", "topic"))
                      select new Fact(key.Name, key.Kind switch
                      {
                          RoomKeyKind.Url => address,
                          RoomKeyKind.SecretUrl => $"{address}/hooks/SECRET/xyzzySECRET?key=SECRET",
                          RoomKeyKind.Secret => $"file:{secret}",
                          _ => chat is "matrix" ? "!room:example.org" : chat is "sns" ? "arn:aws:sns:eu-west-1:123456789012:alerts.fifo" : key.Name,
                      })],
    };

    private async Task<Delivery> Post(string chat, string address, double within = 5, Notice? notice = null, string id = "event-1")
    {
        notice ??= new Notice { Source = "event", Kind = "text", Severity = Severity.Error, Status = Status.Raised, Title = "news", Thread = "t/1", At = Still.Noon };
        var routed = new Routed(notice, RoomAt(chat, address), null, "test");
        var post = new Post(routed, Chats.Named(chat)!.Render(routed, new(_ => null))) { EventId = id };
        var delivery = await outside.World.Deliver(post, TimeSpan.FromSeconds(within), TestContext.Current.CancellationToken);

        Assert.DoesNotContain("SECRET", delivery.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("127.0.0.1", delivery.ToString(), StringComparison.Ordinal);
        return delivery;
    }

    private async Task<Delivery> Answer(string chat, Said said, double within = 5)
    {
        using var server = new Standin(_ => said);
        return await Post(chat, server.Address, within);
    }

    private static Fate Of(Delivery delivery) => delivery.Match(_ => Fate.Made, _ => Fate.Later, _ => Fate.Refused);

    [Fact]
    public void Every_chat_can_be_reached() =>
        Assert.Equal(Chats.All.Select(chat => chat.Name), Deliverers.All.Select(row => row.Chat));

    [Theory, MemberData(nameof(Answers))]
    public async Task An_answer_means_what_the_docs_say(string chat, int status, string body, Fate fate, bool roomIsGone)
    {
        var delivery = await Answer(chat, Said.Http(status, body));
        Assert.Equal(fate, Of(delivery));
        if (delivery is Delivery.Later later) Assert.StartsWith($"answered {status}", later.Why, StringComparison.Ordinal);
        if (delivery is Delivery.Refused refused) Assert.StartsWith($"answered {status}", refused.Why, StringComparison.Ordinal);
        Assert.Equal(roomIsGone, delivery is Delivery.Refused { RoomIsGone: true });
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_chat_documents_a_yes_a_no_and_a_not_now(string chat)
    {
        var fates = Deliverers.All.Single(row => row.Chat == chat).Answers().Select(answer => answer.Fate).ToHashSet();
        Assert.Equal(3, fates.Count);
        await Task.CompletedTask;
    }

    [Theory]
    [InlineData("discord", """{"message":"slow","retry_after":0.645}""", 0.645)]
    [InlineData("telegram", """{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":14}}""", 14.0)]
    [InlineData("zulip", """{"result":"error","code":"RATE_LIMIT_HIT","retry-after":28.7}""", 28.7)]
    [InlineData("matrix", """{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2500}""", 2.5)]
    [InlineData("discord", """{"retry_after":-1}""", 0.0)]
    [InlineData("discord", """{"retry_after":1e300}""", 86400.0)]
    [InlineData("discord", """{"retry_after":"soon"}""", null)]
    public async Task The_wait_that_a_body_asks_for_is_handed_on(string chat, string body, double? seconds)
    {
        var later = Assert.IsType<Delivery.Later>(await Answer(chat, Said.Http(429, body)));
        Assert.Equal(seconds, later.After?.TotalSeconds);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task The_wait_that_a_header_asks_for_is_handed_on(string chat)
    {
        var later = Assert.IsType<Delivery.Later>(await Answer(chat, Said.Http(429, "", ("Retry-After", "30"))));
        Assert.Equal(TimeSpan.FromSeconds(30), later.After);
    }

    [Fact]
    public async Task The_longer_of_two_waits_is_kept()
    {
        var said = Said.Http(429, """{"retry_after":1.5}""", ("X-RateLimit-Reset-After", "4.25"), ("X-RateLimit-Remaining", "0"));
        Assert.Equal(TimeSpan.FromSeconds(4.25), Assert.IsType<Delivery.Later>(await Answer("discord", said)).After);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Trouble_of_the_server_is_tried_again(string chat)
    {
        foreach (var status in (int[])[408, 500, 502, 503, 504])
            Assert.Equal(Fate.Later, Of(await Answer(chat, Said.Http(status, "<html>trouble at SECRET</html>"))));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task What_the_server_will_never_take_is_not_tried_again(string chat)
    {
        foreach (var status in (int[])[400, 401, 403, 404, 405, 410, 413, 422])
            Assert.Equal(Fate.Refused, Of(await Answer(chat, Said.Http(status, $"{{\"message\":\"no SECRET-token-xyzzy\",\"description\":\"xyzzySECRET SECRET-token-xyzzy\",\"error\":\"SECRET-token-xyzzy\"}}"))));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_redirect_is_refused_and_not_followed(string chat)
    {
        using var elsewhere = new Standin(_ => Said.Http(200, "ok"));
        foreach (var status in (int[])[301, 302, 307, 308])
            Assert.Equal(new Delivery.Refused($"answered {status}, a redirect, which is not followed"), await Answer(chat, Said.Http(status, "", ("Location", elsewhere.Address))));
        Assert.Empty(elsewhere.AllHeard);
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_web_page_is_nobodys_yes(string chat)
    {
        if (chat is "webhook") return;
        Assert.Equal(Fate.Refused, Of(await Answer(chat, Said.Http(200, "<html>Please log in</html>"))));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Faults_of_the_wire_are_tried_again(string chat)
    {
        Assert.Equal(new Delivery.Later(null, "no answer within 0.3 s"), await Answer(chat, Said.Raw("", Ending.Stalls), 0.3));
        Assert.Equal(new Delivery.Later(null, "the connection was reset"), await Answer(chat, Said.Raw("", Ending.Resets)));
        Assert.Equal(new Delivery.Later(null, "the connection ended before the answer was whole"),
            await Answer(chat, Said.Raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no", Ending.Closes)));
        Assert.Equal(new Delivery.Later(null, "its answer is not HTTP"), await Answer(chat, Said.Raw("SSH-2.0-OpenSSH_9.2\r\n\r\n", Ending.Closes)));

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        Assert.Equal(new Delivery.Later(null, "the connection was refused"), await Post(chat, $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_missing_secret_is_named_by_its_reference(string chat)
    {
        if (!Chats.Named(chat)!.Keys.Any(key => key.Kind is RoomKeyKind.Secret) || chat is "slack" or "mattermost") return;
        File.Delete(secret);
        using var server = new Standin(_ => Said.Http(200, "ok"));
        Assert.Equal(new Delivery.Refused($"file {secret} does not exist"), await Post(chat, server.Address));
        Assert.Empty(server.AllHeard);
    }

    [Theory]
    [InlineData("telegram")]
    [InlineData("zulip")]
    [InlineData("matrix")]
    [InlineData("opsgenie")]
    [InlineData("webhook")]
    public async Task A_secret_that_was_changed_meanwhile_is_read_again(string chat)
    {
        using var server = new Standin(heard =>
        {
            var shown = heard.Path + heard.Headers.GetValueOrDefault("authorization");
            var fresh = shown.Contains("second", StringComparison.Ordinal) || shown.Contains(Convert.ToBase64String("bot:second"u8), StringComparison.Ordinal);
            return fresh ? Said.Http(200, """{"ok":true,"result":"success","id":1,"event_id":"$1","requestId":"r"}""") : Said.Http(401, "");
        });
        Assert.Equal(Fate.Refused, Of(await Post(chat, server.Address)));
        await File.WriteAllTextAsync(secret, "second", TestContext.Current.CancellationToken);
        Assert.Equal(Fate.Made, Of(await Post(chat, server.Address)));
    }

    [Theory]
    [InlineData("teams", "POST", "/hooks/SECRET/xyzzySECRET?key=SECRET", null)]
    [InlineData("discord", "POST", "/hooks/SECRET/xyzzySECRET?key=SECRET&wait=true", null)]
    [InlineData("googlechat", "POST", "/hooks/SECRET/xyzzySECRET?key=SECRET&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD", null)]
    [InlineData("telegram", "POST", "/botSECRET-token-xyzzy/sendMessage", null)]
    [InlineData("zulip", "POST", "/api/v1/messages", "Basic Ym90OlNFQ1JFVC10b2tlbi14eXp6eQ==")]
    [InlineData("pagerduty", "POST", "/v2/enqueue", null)]
    [InlineData("opsgenie", "POST", "/v2/alerts", "GenieKey SECRET-token-xyzzy")]
    [InlineData("webhook", "POST", "/hooks/SECRET/xyzzySECRET?key=SECRET", "Bearer SECRET-token-xyzzy")]
    public async Task A_request_goes_where_the_chat_wants_it(string chat, string method, string path, string? authorization)
    {
        using var server = new Standin(_ => Said.Http(200, "ok"));
        await Post(chat, server.Address);
        var heard = server.AllHeard[0];
        Assert.Equal((method, path, authorization), (heard.Method, heard.Path, heard.Headers.GetValueOrDefault("authorization")));
        Assert.Equal(chat is "zulip" ? "application/x-www-form-urlencoded" : "application/json; charset=utf-8", heard.Headers["content-type"]);
    }

    [Fact]
    public async Task Zulip_gets_a_form()
    {
        using var server = new Standin(_ => Said.Http(200, """{"result":"success","id":42}"""));
        Assert.Equal(new Delivery.Made("42/topic"), await Post("zulip", server.Address));
        Assert.StartsWith("type=stream&to=stream&topic=topic&content=%F0%9F%94%B4%20%2A%2Anews%2A%2A", Assert.Single(server.AllHeard).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_event_has_the_same_transaction_and_another_has_another()
    {
        using var server = new Standin(_ => Said.Http(200, """{"event_id":"$1"}"""));
        foreach (var id in (string[])["a", "a", "b"]) await Post("matrix", server.Address, id: id);
        var paths = server.AllHeard.Select(heard => heard.Path).ToList();
        Assert.Equal(paths[0], paths[1]);
        Assert.NotEqual(paths[0], paths[2]);
        Assert.All(server.AllHeard, heard => Assert.Equal("PUT", heard.Method));
        Assert.StartsWith("/_matrix/client/v3/rooms/%21room%3Aexample.org/send/m.room.message/signalbox-", paths[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opsgenie_closes_by_the_alias_that_it_created()
    {
        using var server = new Standin(_ => Said.Http(202, """{"result":"Request will be processed","requestId":"r"}"""));
        var raised = new Notice { Source = "rds", Kind = "db", Severity = Severity.Error, Status = Status.Raised, Title = "down", Thread = "rds/a b" };
        await Post("opsgenie", server.Address, notice: raised);
        await Post("opsgenie", server.Address, notice: raised with { Status = Status.Cleared });
        Assert.Contains("\"alias\":\"rds/a b\"", server.AllHeard[0].Body, StringComparison.Ordinal);
        Assert.Equal("/v2/alerts/rds%2Fa%20b/close?identifierType=alias", server.AllHeard[1].Path);
    }

    [Fact]
    public async Task PagerDuty_hears_of_what_is_good_to_know_as_a_change()
    {
        using var server = new Standin(_ => Said.Http(202, """{"status":"success"}"""));
        await Post("pagerduty", server.Address, notice: new() { Source = "ecs", Kind = "deployment", Severity = Severity.Info, Status = Status.Ongoing, Title = "Deploy of web began" });
        var heard = Assert.Single(server.AllHeard);
        Assert.Equal("/v2/change/enqueue", heard.Path);
        Assert.StartsWith("{\"routing_key\":\"SECRET-token-xyzzy\",", heard.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Telegram_is_told_once_more_in_plain_text_when_it_cannot_read_the_markup()
    {
        using var server = new Standin(heard => heard.Body.Contains("parse_mode", StringComparison.Ordinal)
            ? Said.Http(400, """{"ok":false,"description":"Bad Request: can't parse entities: unsupported start tag"}""")
            : Said.Http(200, """{"ok":true,"result":{"message_id":7}}"""));
        Assert.Equal(new Delivery.Made("7"), await Post("telegram", server.Address));
    }

    [Fact]
    public async Task A_group_that_moved_is_named_with_its_new_id() => Assert.Equal(
        new Delivery.Refused("answered 400 the group has become a supergroup: set chat to \"-1001\"") { RoomIsGone = true },
        await Answer("telegram", Said.Http(400, """{"ok":false,"description":"upgraded","parameters":{"migrate_to_chat_id":-1001}}""")));

    [Fact]
    public void A_body_is_signed_as_the_specification_shows() => Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ToWebhook.Sign(Signing, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}"u8));

    [Fact]
    public void Two_secrets_give_two_signatures_and_no_secret_gives_none()
    {
        Assert.Equal(2, ToWebhook.Sign($"{Signing} {Signing}", "a", "1", "{}"u8)!.Split(' ').Length);
        Assert.Null(ToWebhook.Sign("whsec_nonsense!", "a", "1", "{}"u8));
        Assert.Null(ToWebhook.Sign("", "a", "1", "{}"u8));
    }

    [Fact]
    public async Task A_webhook_is_signed_over_what_is_sent_and_keeps_its_id()
    {
        await File.WriteAllTextAsync(secret, Signing, TestContext.Current.CancellationToken);
        using var server = new Standin(_ => Said.Http(204, ""));
        var room = new Room { Name = "r", Chat = "webhook", Options = [new("url", server.Address), new("secret", $"file:{secret}")] };
        var routed = new Routed(new() { Source = "s", Kind = "k", Severity = Severity.Info, Status = Status.Stated, Title = "t" }, room, null, "");
        for (var time = 0; time < 2; time++)
            await outside.World.Deliver(new(routed, Webhook.Render(routed, new(_ => null))) { EventId = "e" }, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        var heard = server.AllHeard[0];
        Assert.Equal(ToWebhook.Sign(Signing, heard.Headers["webhook-id"], heard.Headers["webhook-timestamp"], Events.Text(heard.Body)), heard.Headers["webhook-signature"]);
        Assert.Equal(heard.Headers["webhook-id"], server.AllHeard[1].Headers["webhook-id"]);
    }

    [Fact]
    public async Task A_file_gets_a_line_for_each_post()
    {
        var file = Path.Combine(Path.GetTempPath(), $"signalbox-{Guid.NewGuid():N}.jsonl");
        try
        {
            foreach (var title in (string[])["one", "two"])
            {
                var routed = new Routed(new() { Source = "s", Kind = "k", Severity = Severity.Info, Status = Status.Stated, Title = title },
                    new() { Name = "r", Chat = "file", Options = [new("path", file)] }, null, "");
                Assert.Equal(new Delivery.Made(""), await outside.World.Deliver(new(routed, JsonLines.Render(routed, new(_ => null))) { EventId = "e" }, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
            }
            var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal(["one", "two"], lines.Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("title").GetString()!));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_file_in_a_folder_that_is_missing_is_refused()
    {
        var routed = new Routed(new() { Source = "s", Kind = "k", Severity = Severity.Info, Status = Status.Stated, Title = "t" },
            new() { Name = "r", Chat = "file", Options = [new("path", Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}", "x"))] }, null, "");
        Assert.Equal(new Delivery.Refused("its folder does not exist") { RoomIsGone = true }, await outside.World.Deliver(new(routed, "{}"u8.ToArray()) { EventId = "e" }, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
    }
}
