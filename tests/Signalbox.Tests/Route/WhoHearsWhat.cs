namespace Signalbox.Tests;

public class WhoHearsWhat
{
    private static readonly Room Deploys = new() { Name = "deploys", Chat = "slack", Mention = "<!here>" };
    private static readonly Room Databases = new() { Name = "databases", Chat = "slack", Mention = "<@U1>", MentionAt = Severity.Warning };
    private static readonly Notice Failed = new()
    {
        Source = "rds",
        Kind = "db-instance",
        Severity = Severity.Error,
        Status = Status.Raised,
        Title = "orders-db failed",
    };

    [Fact]
    public void Every_route_that_matches_counts_and_a_room_hears_a_notice_once_for_the_first_reason()
    {
        var routing = Made(To("source = rds", Databases), To("severity >= error", Deploys, Databases), To("", Deploys)).Of(Failed);
        Assert.Equal(
            [("databases", "route 1: source = rds"), ("deploys", "route 2: severity >= error")],
            routing.Routed.Select(routed => (routed.Room.Name, routed.Because)));
        Assert.Empty(routing.Held);
    }

    [Fact]
    public void What_no_route_matches_goes_to_the_fallback_and_says_so()
    {
        var routed = Assert.Single(Made(To("source = cloudformation", Databases)).Of(Failed).Routed);
        Assert.Equal(("deploys", "no route matches: the first room", "<!here>"), (routed.Room.Name, routed.Because, routed.Mention));
    }

    [Fact]
    public void A_quiet_route_holds_back_whatever_others_say_and_gives_its_reason()
    {
        var routing = Made(To("", Deploys), To("kind = db-instance", []) with { Quiet = "they fail every night" }).Of(Failed);
        Assert.Empty(routing.Routed);
        Assert.Equal("route 2: kind = db-instance: they fail every night", Assert.Single(routing.Held).Because);
    }

    [Fact]
    public void A_room_rings_from_its_own_severity_on()
    {
        Assert.Equal("<@U1>", Rung(Failed with { Severity = Severity.Warning }, To("", Databases)));
        Assert.Null(Rung(Failed with { Severity = Severity.Info }, To("", Databases)));
    }

    [Fact]
    public void A_route_that_decides_who_is_rung_beats_the_room()
    {
        Assert.Equal("<!channel>", Rung(Failed, To("", Databases), To("source = rds", Databases) with { Mention = "<!channel>" }));
        Assert.Null(Rung(Failed, To("", Databases), To("source = rds", Databases) with { Mention = Route.Nobody }));
        Assert.Null(Rung(Failed, To("", Databases), To("source = rds", Databases) with { MentionAt = Severity.Critical }));
    }

    [Theory]
    [InlineData(Status.Raised, true)]
    [InlineData(Status.Stated, true)]
    [InlineData(Status.Ongoing, false)]
    [InlineData(Status.Cleared, false)]
    public void Nobody_is_rung_for_progress_or_recovery(Status status, bool rings)
    {
        Assert.Equal(rings ? "<@U1>" : null, Rung(Failed with { Status = status }, To("", Databases)));
        Assert.Equal(rings ? "<!here>" : null, Rung(Failed with { Status = status }, To("", Databases) with { Mention = "<!here>" }));
    }

    [Fact]
    public void Among_routes_that_decide_ringing_beats_silence_and_the_first_that_rings_says_whom() => Assert.Equal("<!here>", Rung(
        Failed,
        To("", Databases) with { Mention = Route.Nobody },
        To("", Databases) with { Mention = "<!here>" },
        To("", Databases) with { Mention = "<!everyone>" }));

    [Fact]
    public void A_route_rings_only_in_rooms_that_it_names() =>
        Assert.Equal("<@U1>", Rung(Failed, To("", Databases), To("", Deploys) with { Mention = "<!everyone>" }));

    [Fact]
    public void A_long_condition_is_cut_at_a_word()
    {
        var when = string.Join(" or ", Enumerable.Range(0, 40).Select(n => $"subject = s{n}"));
        var because = Made(To($"source = rds or {when}", Deploys)).Of(Failed).Routed[0].Because;
        Assert.StartsWith("route 1: source = rds or subject = s0 or ", because, StringComparison.Ordinal);
        Assert.EndsWith("…", because, StringComparison.Ordinal);
        Assert.InRange(because.Length, 100, 130);
    }

    private static string? Rung(Notice notice, params ValueList<Route> rules) =>
        Made([.. rules]).Of(notice).Routed.Single(routed => routed.Room.Name == "databases").Mention;

    private static Routes Made(params Route[] rules) => Routes.Of([.. rules], Deploys, "the first room");

    private static Route To(string when, params Room[] rooms) => new()
    {
        When = when.Length is 0 ? When.Everything : WhenOutcome.Of(when, []).When!,
        Text = when,
        To = [.. rooms],
    };
}
