using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Tests;

/// <summary>Every chat, by its row: what it may never send, what it shows, and whom it rings.</summary>
public class ChatLaws
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Signalbox.Tests", "Render", "Golden");
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. Chats.All.Select(chat => chat.Name)];

    [Fact]
    public void Every_chat_has_its_limits_checked() => Assert.Empty(Chats.All.Select(chat => chat.Name).Except(ChatLimits.Of.Keys));

    [Theory, MemberData(nameof(Names))]
    public void No_event_however_mangled_passes_a_limit_or_rings(string name)
    {
        var room = Notices.RoomOf(Chats.Named(name)!);
        var settings = new Settings { Rooms = [room], Routes = Routes.AllTo(room) };
        Prop.ForAll(Arb.From(PipelineLaws.Mangled), bytes =>
        {
            var faults = from envelope in Pipeline.Decode(bytes)
                         from notice in Pipeline.Read(envelope).Notices
                         from fault in ChatLimits.Broken(name, Pipeline.Render(new(notice, room, null, "test"), envelope, settings).Payload)
                         select fault;
            return (!faults.Any()).Label(string.Join("; ", faults));
        }).Check(Searches.Of(300));
    }

    [Theory, MemberData(nameof(Names))]
    public void No_notice_whatever_passes_a_limit_or_rings(string name) => Prop.ForAll(Arb.From(Notices.Any), notice =>
    {
        var faults = ChatLimits.Broken(name, Notices.Render(Chats.Named(name)!, notice));
        return (faults.Count is 0).Label(string.Join("; ", faults));
    }).Check(Searches.Of(400));

    [Theory, MemberData(nameof(Names))]
    public void A_chat_looks_as_it_is_meant_to(string name)
    {
        var chat = Chats.Named(name)!;
        var shown = new StringBuilder();
        foreach (var (what, notice, rings) in Notices.Shown)
        {
            using var payload = JsonDocument.Parse(Notices.Render(chat, notice, rings));
            shown.Append("// ").Append(what).Append('\n').Append(JsonSerializer.Serialize(payload.RootElement, Readable).ReplaceLineEndings("\n")).Append("\n\n");
        }
        var golden = Path.Combine(Folder, $"{name}.jsonc");
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(golden, shown.ToString());
        }
        Assert.Equal(File.ReadAllText(golden), shown.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void A_mention_that_rings_is_taken_and_said(string name)
    {
        if (!Notices.Ringing.TryGetValue(name, out var mention)) return;
        var chat = Chats.Named(name)!;
        Assert.Null(chat.MentionFault(mention));
        Assert.NotNull(chat.Mentions);
        var said = Encoding.UTF8.GetString(Notices.Render(chat, Notices.Word, rings: true));
        Assert.All(mention.Split(' '), part => Assert.Contains(JsonEncodedText.Encode(part, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(), said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("slack", "@here")]
    [InlineData("teams", "Ada")]
    [InlineData("teams", "@ada")]
    [InlineData("discord", "<@ada>")]
    [InlineData("discord", "@ada")]
    [InlineData("mattermost", "here")]
    [InlineData("mattermost", "<!here>")]
    [InlineData("rocketchat", "<!here>")]
    [InlineData("googlechat", "@all")]
    [InlineData("googlechat", "<users/ada>")]
    [InlineData("telegram", "@a b")]
    [InlineData("telegram", "ada")]
    [InlineData("zulip", "@all")]
    [InlineData("matrix", "@ada")]
    [InlineData("matrix", "ada:example.org")]
    [InlineData("email", "ada@example.com")]
    [InlineData("pagerduty", "ada")]
    [InlineData("opsgenie", "ada")]
    [InlineData("webhook", "ada")]
    [InlineData("sns", "ada")]
    [InlineData("file", "ada")]
    public void A_mention_that_rings_nobody_is_refused_with_what_to_write_instead(string name, string mention)
    {
        var fault = Chats.Named(name)!.MentionFault(mention);
        Assert.Matches("^expected .+, found \".+\"\\. .+[.?]$", fault);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_room_without_what_it_needs_is_refused(string name)
    {
        var chat = Chats.Named(name)!;
        Assert.Null(chat.Fault(Notices.RoomOf(chat) is var room && name is "slack" ? room with { Options = [new("webhook", "env:X")] } : room));
        var empty = chat.Fault(new() { Name = "r", Chat = name, Options = [.. from key in chat.Keys where key.Default is not null select new Fact(key.Name, key.Default!)] });
        if (chat.Keys.Any(key => key.Default is null && key.Kind is not RoomKeyKind.Flag && name is not "pagerduty" and not "opsgenie")) Assert.NotNull(empty);
        else Assert.Null(empty);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_long_reason_leaves_out_links_and_not_their_ends(string name)
    {
        var links = from number in Enumerable.Range(1, 5) select new Link($"Page {number}", $"https://example.com/{new string('x', 700)}/{number}");
        var notice = Notices.Alarm with { Summary = new string('w', 9_000), Facts = [], Links = [.. links] };
        var payload = Notices.Render(Chats.Named(name)!, notice);
        Assert.Empty(ChatLimits.Broken(name, payload));
        if (name is not "discord") return;
        using var document = JsonDocument.Parse(payload);
        Assert.EndsWith("/1)", document.RootElement.GetProperty("embeds")[0].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bot_in_Mattermost_says_what_a_webhook_says()
    {
        var bot = new Room { Name = "ops", Chat = "mattermost", Options = [new("server", "https://chat.example.com"), new("channel", "c1")] };
        foreach (var (_, notice, rings) in Notices.Shown)
        {
            var mention = rings ? "@channel" : null;
            using var byBot = JsonDocument.Parse(Mattermost.Render(new(notice, bot, mention, ""), new(_ => null)));
            using var byWebhook = JsonDocument.Parse(Mattermost.Render(new(notice, bot with { Options = [new("webhook", "x")] }, mention, ""), new(_ => null)));
            Assert.Equal(byWebhook.RootElement.GetProperty("attachments").GetRawText(), byBot.RootElement.GetProperty("props").GetProperty("attachments").GetRawText());
            Assert.Equal(("c1", mention ?? ""), (byBot.RootElement.GetProperty("channel_id").GetString(), byBot.RootElement.GetProperty("message").GetString()));
        }
    }

    [Theory]
    [InlineData("webhook channel", null)]
    [InlineData("server channel", null)]
    [InlineData("channel", "a mattermost room needs a webhook, or a server and a channel")]
    [InlineData("server", "a mattermost room with a server needs the id of a channel, which stands in the channel's info")]
    [InlineData("webhook server", "a mattermost room has a webhook or a server, not both")]
    public void A_room_in_Mattermost_has_one_way_in(string keys, string? fault) =>
        Assert.Equal(fault, Mattermost.Row.Fault(new() { Name = "r", Chat = "mattermost", Options = [.. keys.Split(' ').Select(key => new Fact(key, "x"))] }));

    [Fact]
    public void What_is_over_resolves_what_it_raised()
    {
        using var raised = JsonDocument.Parse(Notices.Render(PagerDuty.Row, Notices.Alarm));
        using var over = JsonDocument.Parse(Notices.Render(PagerDuty.Row, Notices.Over));
        Assert.Equal("trigger", raised.RootElement.GetProperty("event_action").GetString());
        Assert.Equal("resolve", over.RootElement.GetProperty("event_action").GetString());
        Assert.Equal(raised.RootElement.GetProperty("dedup_key").GetString(), over.RootElement.GetProperty("dedup_key").GetString());
    }

    [Theory]
    [InlineData(Status.Stated, Severity.Info, null)]
    [InlineData(Status.Ongoing, Severity.Info, null)]
    [InlineData(Status.Raised, Severity.Warning, "trigger")]
    [InlineData(Status.Stated, Severity.Critical, "trigger")]
    [InlineData(Status.Cleared, Severity.Error, "resolve")]
    public void PagerDuty_wakes_people_for_warnings_and_worse_alone(Status status, Severity severity, string? action)
    {
        using var sent = JsonDocument.Parse(Notices.Render(PagerDuty.Row, Notices.Alarm with { Status = status, Severity = severity }));
        Assert.Equal(action, sent.RootElement.TryGetProperty("event_action", out var said) ? said.GetString() : null);
    }

    [Fact]
    public void Long_threads_that_begin_alike_stay_apart()
    {
        var (one, two) = (Notices.Alarm with { Thread = new string('t', 300) + "1" }, Notices.Alarm with { Thread = new string('t', 300) + "2" });
        Assert.NotEqual(Identity.Of(one, 255), Identity.Of(two, 255));
        Assert.InRange(Identity.Of(one, 255).Length, 200, 255);
        Assert.Equal(Identity.Of(one, 255), Identity.Of(one with { Title = "other words" }, 255));
    }
}
