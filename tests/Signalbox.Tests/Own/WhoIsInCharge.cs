namespace Signalbox.Tests;

/// <summary>The most specific reason decides who is in charge, and says so.</summary>
public class WhoIsInCharge
{
    private static readonly Room Payments = new() { Name = "payments", Chat = "slack", Mention = "<!here>" };
    private static readonly Room Platform = new() { Name = "platform", Chat = "slack" };
    private static readonly Room Everyone = new() { Name = "everyone", Chat = "slack" };
    private static readonly DateTimeOffset Night = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);

    private static readonly Notice Database = new()
    {
        Source = "rds",
        Kind = "db-instance",
        Severity = Severity.Error,
        Status = Status.Raised,
        Title = "payments-db failed",
        Subject = "payments-db",
        Arn = "arn:aws:rds:eu-west-1:123456789012:db:payments-db",
        Account = "123456789012",
        Region = "eu-west-1",
        Topic = "alerts",
        Tags = [new("team", "payments")],
        Thread = "rds/payments-db",
    };

    [Theory]
    [InlineData("arn = arn:aws:rds:eu-west-1:123456789012:db:payments-db", "tag.team = payments", "arn arn:aws:rds:eu-west-1:123456789012:db:payments-db")]
    [InlineData("tag.team = payments", "subject = payments-db", "tag team=payments")]
    [InlineData("subject ~ payments-*", "topic = alerts", "name payments-db is like payments-*")]
    [InlineData("topic = alerts", "account = 123456789012", "topic alerts")]
    [InlineData("account = 123456789012", "source = rds", "account 123456789012")]
    [InlineData("subject = payments-db", "subject ~ payments-*", "name payments-db")]
    [InlineData("subject ~ payments-d*", "subject ~ payments-*", "name payments-db is like payments-d*")]
    [InlineData("source = rds and tag.team = payments", "tag.team = payments", "source rds and tag team=payments")]
    [InlineData("source = ec2 or tag.team = payments", "subject = payments-db", "tag team=payments")]
    public void The_nearer_of_two_wins_wherever_it_stands(string nearer, string farther, string because)
    {
        foreach (var order in (string[][])[["near", "far"], ["far", "near"]])
        {
            var owners = Owners.Of([.. order.Select(name => new Owner { Name = name, When = Condition(name is "near" ? nearer : farther) })], []);
            var owned = owners.Of(Database, Answers.None);
            Assert.Equal("near", owned.Owner?.Name);
            Assert.Equal(because, owned.Because);
            Assert.Equal(["near"], owned.Notice.Owners);
        }
    }

    [Fact]
    public void Nobody_is_in_charge_of_what_nobody_named() =>
        Assert.Null(Owners.Of([new() { Name = "others", When = Condition("tag.team = others") }], []).Of(Database, Answers.None).Owner);

    [Fact]
    public void An_event_that_names_an_owner_is_theirs()
    {
        var owners = Owners.Of([new() { Name = "payments", When = Condition("source = ec2") }, new() { Name = "near", When = Condition("tag.team = payments") }], []);
        Assert.Equal("the event names it", owners.Of(Database with { Owners = ["Payments"] }, Answers.None).Because);
    }

    [Fact]
    public void Tags_of_the_event_come_before_those_of_the_settings_and_those_of_AWS()
    {
        var answers = new Answers([new(new Question.TagsOf(Database.Arn!), [new("team", "aws"), new("stage", "prod")], null, "Resource Groups Tagging API")]);
        var owners = Owners.Of([], [new(Condition("source = rds"), [new("team", "settings"), new("tier", "1")])]);
        Assert.Equal([new("team", "payments"), new("tier", "1"), new("stage", "prod")], owners.Of(Database, answers).Notice.Tags);
    }

    [Fact]
    public void The_reason_names_the_stack_that_bears_the_tag()
    {
        var stack = Database with { Arn = "arn:aws:cloudformation:eu-west-1:123456789012:stack/payments-api/1", Subject = "payments-api", Tags = [] };
        var answers = new Answers([new(new Question.StackTags(stack.Arn), [new("team", "payments")], null, "CloudFormation")]);
        Assert.Equal("tag team=payments on stack payments-api",
            Owners.Of([new() { Name = "payments", When = Condition("tag.team = payments") }], []).Of(stack, answers).Because);
    }

    [Theory]
    [InlineData(Severity.Error, Status.Raised, 2, "<@night>", "outside of mon-sun 08:00-18:00 UTC")]
    [InlineData(Severity.Critical, Status.Raised, 2, "<@day>", null)]
    [InlineData(Severity.Error, Status.Raised, 9, "<@day>", null)]
    [InlineData(Severity.Warning, Status.Raised, 9, null, null)]
    [InlineData(Severity.Critical, Status.Ongoing, 9, null, null)]
    [InlineData(Severity.Critical, Status.Cleared, 9, null, null)]
    public void An_owner_is_rung_in_its_hours_for_what_is_bad_enough(Severity severity, Status status, int hour, string? mention, string? why)
    {
        var owner = new Owner
        {
            Name = "payments",
            When = When.Everything,
            Rooms = [Payments],
            Mention = "<@day>",
            MentionAt = Severity.Error,
            Hours = Hours.Read("mon-sun 08:00-18:00"),
            Outside = "<@night>",
        };
        var routes = Routes.Of([new() { ToOwner = true }], Everyone, "defaults.room");
        var owned = Owners.Of([owner], []).Of(Database with { Severity = severity, Status = status }, Answers.None);
        var routed = Assert.Single(routes.Of(owned, new(Night.AddHours(hour - 2), Moment.OnlyUtc)).Routed);
        Assert.Equal(mention, routed.Mention);
        if (why is not null) Assert.EndsWith(why.Replace(" UTC", "", StringComparison.Ordinal), routed.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void To_owner_leads_to_its_rooms_and_otherwise_elsewhere()
    {
        var routes = Routes.Of([new() { To = [Platform], ToOwner = true, Otherwise = Everyone, Text = "severity >= error" }], Everyone, "defaults.room");
        var owner = new Owner { Name = "payments", When = Condition("tag.team = payments"), Rooms = [Payments] };

        var owned = routes.Of(Owners.Of([owner], []).Of(Database, Answers.None), null).Routed;
        Assert.Equal([("platform", "route 1: severity >= error"), ("payments", "route 1: severity >= error; payments owns it: tag team=payments")],
            owned.Select(routed => (routed.Room.Name, routed.Because)));
        Assert.Equal("everyone", owned[1].Otherwise?.Name);

        var orphan = routes.Of(Owners.Of([owner], []).Of(Database with { Tags = [] }, Answers.None), null).Routed;
        Assert.Equal([("platform", "route 1: severity >= error"), ("everyone", "route 1: severity >= error; nobody owns it: otherwise")],
            orphan.Select(routed => (routed.Room.Name, routed.Because)));
    }

    private static When Condition(string text) => WhenOutcome.Of(text, []).When ?? throw new ArgumentException(text);
}
