namespace Signalbox.Tests;

public class Checking
{
    private const string Rooms = """
        rooms:
          databases: { slack: { channel: "#databases" } }
          deploys: local
        routes:
          - { when: source = rds, to: databases }
        tests:
        """;

    [Fact]
    public async Task Settings_that_say_what_they_should_pass()
    {
        using var desk = new Desk().With("samples/event.json", Desk.Failover)
            .With("signalbox.yaml", Rooms
                + "\n  - { event: samples/event.json, says: { databases: [orders-db, FAILOVER] }, silent: deploys }\n");
        Assert.Equal(new(0, "signalbox.yaml: 2 rooms, 1 route, 1 test passed\n", ""), await desk.Type("check"));
    }

    [Fact]
    public async Task A_test_that_fails_shows_what_was_expected_and_what_was_found()
    {
        using var desk = new Desk().With("event.json", Desk.Failover)
            .With("signalbox.yaml", Rooms
                + "\n  - { event: event.json, says: { deploys: orders-db }, silent: [databases] }\n"
                + "  - { event: event.json, says: { databases: nonsense } }\n");
        var typed = await desk.Type("check");
        Assert.Equal((1, ""), (typed.Code, typed.Error));
        Assert.Contains(
            "signalbox.yaml:7: event.json (- expected, + found)\n  - deploys says \"orders-db\"\n"
            + "  + deploys hears nothing; databases does (route 1: source = rds)\n  - databases hears nothing\n  + databases: ",
            typed.Out, StringComparison.Ordinal);
        Assert.Contains("signalbox.yaml:8: event.json (- expected, + found)\n  - databases says \"nonsense\"\n  + databases: ", typed.Out,
            StringComparison.Ordinal);
        Assert.EndsWith("signalbox.yaml: 2 rooms, 1 route, 2 of 2 tests failed\n", typed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_is_looked_for_beside_the_settings()
    {
        using var desk = new Desk().With("elsewhere/event.json", Desk.Failover)
            .With("elsewhere/s.yaml", Rooms + "\n  - { event: event.json, says: { databases: \"\" } }\n");
        Assert.Equal(0, (await desk.Type("check", "elsewhere/s.yaml")).Code);
    }

    [Fact]
    public async Task An_event_that_is_missing_fails_the_check()
    {
        using var desk = new Desk().With("signalbox.yaml", Rooms + "\n  - { event: gone.json, says: { databases: x } }\n");
        var typed = await desk.Type("check");
        Assert.Equal(66, typed.Code);
        Assert.Contains("gone.json cannot be read: there is no such file", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_end_the_check_with_2_and_doubts_do_not()
    {
        using var desk = new Desk().With("wrong.yaml", "rooms: { a: loca }").With("doubtful.yaml", "accounts: { prod: 123456789012 }");
        Assert.Equal(2, (await desk.Type("check", "wrong.yaml")).Code);
        var typed = await desk.Type("check", "doubtful.yaml");
        Assert.Equal(0, typed.Code);
        Assert.Contains("doubtful.yaml:1:13: warning: ", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_settings_there_is_nothing_to_check()
    {
        using var desk = new Desk();
        Assert.Equal(2, (await desk.Type("check")).Code);
    }
}
