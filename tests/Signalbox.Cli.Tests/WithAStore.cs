namespace Signalbox.Tests;

/// <summary>What people do with a store from the command line.</summary>
public class WithAStore
{
    private static readonly string Cleared = Desk.Failover.Replace("RDS-EVENT-0013", "RDS-EVENT-0049", StringComparison.Ordinal)
        .Replace("\"e1\"", "\"e2\"", StringComparison.Ordinal).Replace("12:00:00Z", "12:03:00Z", StringComparison.Ordinal);

    [Fact]
    public async Task A_failover_is_told_once_taken_and_cleared()
    {
        using var desk = new Desk().With("raised.json", Desk.Failover).With("cleared.json", Cleared);
        desk.Variables["SIGNALBOX_STORE"] = "sqlite:box.db";
        var first = await desk.Type("tell", "raised.json");
        Assert.Contains("local: told: orders-db is failing over", first.Out, StringComparison.Ordinal);
        Assert.Contains("known already", (await desk.Type("tell", "raised.json")).Out, StringComparison.Ordinal);

        var taken = await desk.Type("ack", "orders-db", "--by", "anna");
        Assert.Equal((0, "acknowledged: orders-db is failing over to its standby\n"), (taken.Code, taken.Out));
        var over = await desk.Type("tell", "cleared.json");
        Assert.Contains("told: orders-db failed over", over.Out, StringComparison.Ordinal);
        Assert.Contains("Lasted: 3 min", over.Out, StringComparison.Ordinal);

        var again = await desk.Type("ack", "orders-db");
        Assert.Equal(1, again.Code);
        Assert.Contains("found \"orders-db\"", again.Error, StringComparison.Ordinal);
        Assert.Contains("events         2, 0 undecided\n", (await desk.Type("store", "status")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silence_is_added_listed_and_ended_and_what_it_held_back_is_told_then()
    {
        using var desk = new Desk().With("raised.json", Desk.Failover).With("cleared.json", Cleared);
        desk.Variables["SIGNALBOX_STORE"] = "sqlite:box.db";
        var added = await desk.Type("silence", "add", "source = rds", "--for", "2h", "--by", "anna", "--comment", "restore test");
        Assert.Equal(0, added.Code);
        var id = added.Out.Split(' ')[0];
        Assert.Matches($"^{id}  holds  until .* UTC  source = rds, by anna: restore test\n$", (await desk.Type("silence", "list")).Out);

        Assert.Contains("local: held: orders-db is failing over", (await desk.Type("tell", "--store", "sqlite:box.db", "raised.json")).Out, StringComparison.Ordinal);
        Assert.Equal($"{id} is over\n", (await desk.Type("silence", "expire", id)).Out);
        Assert.Equal("no silences\n", (await desk.Type("silence", "list")).Out);
        Assert.Contains("no longer held back by silence", (await desk.Type("tell", "--store", "sqlite:box.db", "raised.json")).Out, StringComparison.Ordinal);
        Assert.Equal(1, (await desk.Type("silence", "expire", id)).Code);
    }

    [Fact]
    public async Task A_key_is_made_shown_once_listed_and_revoked()
    {
        using var desk = new Desk();
        desk.Variables["SIGNALBOX_STORE"] = "sqlite:box.db";
        var made = await desk.Type("key", "add", "ci", "--source", "pipeline", "--per-second", "5");
        Assert.Matches("^sbx_[0-9a-f]{48}\n$", made.Out);
        var listed = await desk.Type("key", "list");
        Assert.Matches("^ci  made .* UTC, source pipeline, 5 a second\n$", listed.Out);
        Assert.DoesNotContain(made.Out.Trim(), System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(desk.In("box.db"))), StringComparison.Ordinal);
        Assert.Equal(2, (await desk.Type("key", "add", "ci")).Code);
        Assert.Equal("ci is revoked\n", (await desk.Type("key", "revoke", "ci")).Out);
        Assert.Equal("no keys\n", (await desk.Type("key", "list")).Out);
        Assert.Contains("found \"ci\". Try: signalbox key list", (await desk.Type("key", "revoke", "ci")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_may_name_the_store()
    {
        using var desk = new Desk().With("raised.json", Desk.Failover).With("signalbox.yaml", "store: env:WHERE\n");
        desk.Variables["WHERE"] = "sqlite:box.db";
        Assert.Contains("local: told: orders-db is failing over", (await desk.Type("tell", "raised.json")).Out, StringComparison.Ordinal);
        Assert.Equal(0, (await desk.Type("ack", "orders-db", "--by", "anna")).Code);
        Assert.Contains("conversations  1, 1 open", (await desk.Type("store", "status")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_room_that_is_gone_should_have_heard_is_heard_elsewhere_before_the_tool_ends()
    {
        var heard = new List<string>();
        using var desk = new Desk
        {
            Answer = post =>
            {
                heard.Add($"{post.Routed.Room.Name}: {post.Routed.Notice.Title}");
                return post.Routed.Room.Name is "old" ? new Delivery.Refused("channel_not_found") { RoomIsGone = true } : new Delivery.Made("");
            },
        }.With("raised.json", Desk.Failover).With("signalbox.yaml", """
            rooms:
              main: { slack: { webhook: "env:HOOK" } }
              old:  { slack: { webhook: "env:HOOK" } }
            routes:
              - { when: source = rds, to: old }
            defaults: { room: main }
            """);
        var told = await desk.Type("tell", "--store", "sqlite:box.db", "raised.json");
        const string What = "orders-db is failing over to its standby";
        Assert.Equal(["main: Room old cannot be reached", "main: " + What, "old: " + What], heard.Order());
        Assert.Equal((1, "signalbox: room old: channel_not_found\n"), (told.Code, told.Error));
    }

    [Theory]
    [InlineData("expected a store, found none", "ack", "x")]
    [InlineData("This is no store: expected memory:", "ack", "x", "--store", "redis://x")]
    [InlineData("expected --for, as in 2h, or --until", "silence", "add", "source = rds", "--store", "memory:")]
    [InlineData("the condition: expected a field", "silence", "add", "sauce = rds", "--for", "2h", "--store", "memory:")]
    [InlineData("this silence would be over already", "silence", "add", "source = rds", "--until", "2020-01-01T00:00:00Z", "--store", "memory:")]
    [InlineData("expected hours, as in mon-fri", "silence", "add", "source = rds", "--for", "2h", "--hours", "nights", "--store", "memory:")]
    [InlineData("expected silence add, silence list or silence expire", "silence")]
    [InlineData("expected store init, status, backup, restore, verify, prune, dead or redrive", "store")]
    public async Task Wrong_usage_is_said_with_what_was_expected(string complaint, params string[] words)
    {
        using var desk = new Desk();
        var typed = await desk.Type(words);
        Assert.NotEqual(0, typed.Code);
        Assert.Contains(complaint, typed.Error, StringComparison.Ordinal);
    }
}
