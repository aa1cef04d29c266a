namespace Signalbox.Tests;

public class Telling
{
    private const string Settings = """
        rooms:
          databases: { slack: { channel: "#databases" }, mention: "<!here>", mention-at: warning }
          attic: local
        routes:
          - { when: source = rds, to: [databases, attic] }
          - { when: subject = noise, quiet: it always does that }
        """;

    [Fact]
    public async Task Without_settings_an_event_is_shown_here()
    {
        using var desk = new Desk().With("event.json", Desk.Failover);
        var typed = await desk.Type("tell", "event.json");
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        Assert.StartsWith("local (no route is set: everything goes here)\n", typed.Out, StringComparison.Ordinal);
        Assert.Contains("orders-db", typed.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("-")]
    public async Task An_event_may_be_piped_in(params string[] files)
    {
        using var desk = new Desk { Piped = "Disk is full" };
        var typed = await desk.Type(["tell", .. files]);
        Assert.Contains("Disk is full", typed.Out, StringComparison.Ordinal);
        Assert.Equal((0, ""), (typed.Code, typed.Error));
    }

    [Fact]
    public async Task Local_rooms_are_shown_and_a_line_tells_of_the_others()
    {
        using var desk = new Desk().With("event.json", Desk.Failover).With("signalbox.yaml", Settings);
        var typed = await desk.Type("tell", "event.json");
        Assert.Contains("attic (route 1: source = rds)\n", typed.Out, StringComparison.Ordinal);
        Assert.Contains("posted to databases: ", typed.Out, StringComparison.Ordinal);
        Assert.Equal(0, typed.Code);
    }

    [Fact]
    public async Task A_failed_post_is_an_error_that_names_the_room_and_the_reason()
    {
        using var desk = new Desk
        {
            Answer = post => post.Routed.Room.Chat is "slack"
            ? new Delivery.Refused("answered 404 channel_not_found") : new Delivery.Made("")
        }
            .With("event.json", Desk.Failover).With("signalbox.yaml", Settings);
        var typed = await desk.Type("tell", "event.json");
        Assert.Equal((1, "signalbox: room databases: answered 404 channel_not_found\n"), (typed.Code, typed.Error));
        Assert.Contains("attic", typed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("posted to", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_chat_none_nothing_is_posted_and_every_room_is_shown()
    {
        using var desk = new Desk { Answer = _ => new Delivery.Refused("must not be asked") }.With("event.json", Desk.Failover)
            .With("signalbox.yaml", Settings);
        var typed = await desk.Type("tell", "--chat", "none", "event.json");
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        Assert.Contains("databases, rings <!here> (route 1: source = rds)\n", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_quiet_route_holds_back_is_said_with_its_reason()
    {
        using var desk = new Desk().With("event.json", Desk.Failover.Replace("orders-db", "noise", StringComparison.Ordinal))
            .With("signalbox.yaml", Settings);
        var typed = await desk.Type("tell", "event.json");
        Assert.StartsWith("held back: ", typed.Out, StringComparison.Ordinal);
        Assert.Contains("route 2: subject = noise: it always does that", typed.Out, StringComparison.Ordinal);
        Assert.Contains("held back by route 2", (await desk.Type("explain", "event.json")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, null, false, true)]
    [InlineData(null, null, false, false)]
    [InlineData(80, "1", false, false)]
    [InlineData(80, null, true, false)]
    public async Task Colours_are_for_terminals_and_for_those_who_want_them(int? columns, string? noColor, bool option, bool coloured)
    {
        using var desk = new Desk { Columns = columns }.With("event.json", Desk.Failover);
        if (noColor is not null) desk.Variables["NO_COLOR"] = noColor;
        var typed = await desk.Type(option ? ["tell", "event.json", "--no-color"] : ["tell", "event.json"]);
        Assert.Equal(coloured, typed.Out.Contains('\u001b'));
        Assert.Contains("orders-db", typed.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(80)]
    public async Task An_event_cannot_steer_the_terminal(int? columns)
    {
        using var desk = new Desk
        {
            Columns = columns,
            Piped = "{\"title\":\"a \\u001b[2J b \\u009b2J\",\"message\":\"c \\u001b]0;owned\\u0007 [red]d[/]\"}"
        };
        var typed = await desk.Type("tell");
        Assert.DoesNotContain("\u001b[2J", typed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u009b", typed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]0", typed.Out, StringComparison.Ordinal);
        Assert.Contains("[red]d[/]", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_the_option_then_the_variable_then_the_folder()
    {
        using var desk = new Desk { Piped = "x" }
            .With("a.yaml", "rooms: { a: local }").With("b.yaml", "rooms: { b: local }")
                .With("signalbox.json", "{ \"rooms\": { \"c\": \"local\" } }");
        Assert.StartsWith("c (", (await desk.Type("tell")).Out, StringComparison.Ordinal);
        desk.Variables["SIGNALBOX_CONFIG"] = "b.yaml";
        Assert.StartsWith("b (", (await desk.Type("tell")).Out, StringComparison.Ordinal);
        Assert.StartsWith("a (", (await desk.Type("tell", "-c", "a.yaml")).Out, StringComparison.Ordinal);
    }
}

/// <summary>Trying one room.</summary>
public class TellingOneRoom
{
    private const string Settings = """
        rooms:
          databases: { slack: { channel: "#databases" }, mention: "<!here>" }
          attic: local
        routes:
          - { quiet: nobody shall hear anything }
        """;

    [Fact]
    public async Task Without_an_event_a_room_gets_a_test_message_and_the_answer_is_said()
    {
        var posts = new List<Post>();
        using var desk = new Desk { Answer = post => { posts.Add(post); return new Delivery.Made("C1/123.456"); } }.With("signalbox.yaml", Settings);
        Assert.Equal(new(0, "databases (slack): made, reference C1/123.456\n", ""), await desk.Type("tell", "--to", "databases"));
        var routed = Assert.Single(posts).Routed;
        Assert.Equal(("Hello from Signalbox", null), (routed.Notice.Title, routed.Mention));
    }

    [Fact]
    public async Task An_event_goes_to_that_room_whatever_the_routes_say()
    {
        using var desk = new Desk().With("signalbox.yaml", Settings).With("event.json", Desk.Failover);
        Assert.Equal(new(0, "databases (slack): made\n", ""), await desk.Type("tell", "--to", "databases", "event.json"));
    }

    [Fact]
    public async Task What_a_chat_answers_is_said_with_the_wait_that_it_asks_for()
    {
        using var desk = new Desk { Answer = _ => new Delivery.Later(TimeSpan.FromSeconds(30), "answered 429") }.With("signalbox.yaml", Settings);
        Assert.Equal(new(1, "", "signalbox: room databases (slack): not now: answered 429 (asks to wait 30 s)\n"), await desk.Type("tell", "--to", "databases"));
    }

    [Fact]
    public async Task A_refusal_is_said_with_its_reason()
    {
        using var desk = new Desk { Answer = _ => new Delivery.Refused("answered 404 no_service") }.With("signalbox.yaml", Settings);
        Assert.Equal(new(1, "", "signalbox: room databases (slack): refused: answered 404 no_service\n"), await desk.Type("tell", "--to", "databases"));
    }

    [Fact]
    public async Task A_room_that_is_not_there_is_answered_with_those_that_are()
    {
        using var desk = new Desk().With("signalbox.yaml", Settings);
        Assert.Equal(new(2, "", "signalbox: expected a room (databases, attic) after --to, found \"database\".\n"), await desk.Type("tell", "--to", "database"));
    }
}
