using System.Text;

namespace Signalbox.Tests;

public class SettingsReading
{
    private const string Whole = """
        {
          "rooms": {
            "deploys": { "slack": { "channel": "#deploys", "pass-through": true }, "mention": "<!here>",
              "pace": { "per-second": 0.5, "burst": 3 } },
            "databases": { "slack": { "webhook": "env:RDS" }, "mention-at": "critical", "mention": "none" },
            "attic": "local"
          },
          "routes": [
            { "when": "account = production", "to": "deploys" },
            { "when": "kind = snapshot", "quiet": "every night" },
            { "to": ["databases", "attic"], "mention": "none", "mention-at": "info" }
          ],
          "accounts": { "123456789012": "production" },
          "defaults": { "room": "attic", "slack": { "token": "file:/run/slack" }, "mention-at": "warning" },
          "tests": [ { "event": "a.json", "says": { "deploys": ["one", "two"], "attic": "" }, "silent": "databases" } ]
        }
        """;

    [Fact]
    public void A_room_has_what_it_says_then_the_defaults_then_the_chats_own()
    {
        var settings = Read(Whole);
        Assert.Equal(["deploys", "databases", "attic"], settings.Rooms.Select(room => room.Name));
        var deploys = settings.Rooms[0];
        Assert.Equal(("#deploys", "file:/run/slack", "https://slack.com/api", "true"),
            (deploys["channel"], deploys["token"], deploys["api"], deploys["pass-through"]));
        Assert.Equal(("<!here>", Severity.Warning, new Pace(0.5, 3)), (deploys.Mention, deploys.MentionAt, deploys.Pace));
        Assert.Equal((null, Severity.Critical, Slack.DefaultPace),
            (settings.Rooms[1].Mention, settings.Rooms[1].MentionAt, settings.Rooms[1].Pace));
        Assert.Equal(("local", null), (settings.Rooms[2].Chat, settings.Rooms[2].Pace));
    }

    [Theory]
    [InlineData("\"ada@example.com\"", "ada@example.com")]
    [InlineData("[\"ada@example.com\", \"ops@example.com\"]", "ada@example.com, ops@example.com")]
    public void A_mail_room_has_one_address_or_several(string to, string read)
    {
        var settings = Read("""{"rooms":{"mail":{"email":{"host":"smtp.example.com","port":465,"security":"tls","from":"a@example.com","to":TO}}}}""".Replace("TO", to, StringComparison.Ordinal));
        Assert.Equal((read, "465", "env:SMTP_PASSWORD"), (settings.Rooms[0]["to"], settings.Rooms[0]["port"], settings.Rooms[0]["password"]));
    }

    [Fact]
    public void Accounts_have_names_and_routes_may_use_them()
    {
        var settings = Read(Whole);
        Assert.Equal("production", settings.Rendering.AccountName("123456789012"));
        Assert.Equal("deploys", settings.Routes.Of(Some with { Account = "123456789012" }).Routed[0].Room.Name);
        Assert.Equal(["databases", "attic"], settings.Routes.Of(Some).Routed.Select(routed => routed.Room.Name));
    }

    [Fact]
    public void A_test_may_ask_for_several_words_or_for_any_message()
    {
        var test = Assert.Single(Read(Whole).Tests);
        Assert.Equal(new("a.json", [new("deploys", "one"), new("deploys", "two"), new("attic", "")], ["databases"], 15), test);
    }

    [Fact]
    public void Compiled_settings_are_the_same_settings()
    {
        var compiled = JsonTree.Write(JsonTree.Read(Encoding.UTF8.GetBytes(Whole)).Tree!);
        Assert.Equal(Read(Whole).Rooms, Read(compiled).Rooms);
        Assert.Equal(compiled, JsonTree.Write(JsonTree.Read(Encoding.UTF8.GetBytes(compiled)).Tree!));
    }

    [Fact]
    public void Nothing_at_all_means_one_local_room()
    {
        Assert.Equal([Room.Local], Read("{}").Rooms);
        Assert.Equal("no route is set: the first room", Read("{}").Routes.Of(Some).Routed[0].Because);
        Assert.Equal("local", Read("""{ "routes": [ { "to": "local" } ] }""").Routes.Of(Some).Routed[0].Room.Name);
    }

    [Fact]
    public void Places_count_characters_not_bytes()
    {
        var tree = JsonTree.Read("{\n \"é😀\": [true] }"u8.ToArray()).Tree!;
        Assert.Equal(new(2, 2), tree.Members[0].Name.At);
        Assert.Equal(new(2, 9), tree.Members[0].Value.At);
    }

    private static readonly Notice Some = new()
    {
        Source = "rds",
        Kind = "db",
        Severity = Severity.Info,
        Status = Status.Stated,
        Title = "t"
    };

    private static Settings Read(string json)
    {
        var outcome = SettingsReader.Read(JsonTree.Read(Encoding.UTF8.GetBytes(json)).Tree!);
        Assert.Empty(outcome.Problems);
        return outcome.Settings!;
    }
}
