using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Tests;

/// <summary>Random routes over a small world, so that they match often.</summary>
public class RouteLaws
{
    private static readonly Room[] Rooms = [.. Enumerable.Range(0, 5)
        .Select(n => new Room { Name = $"room{n}", Chat = "slack", Mention = $"<@U{n}>", MentionAt = (Severity)(n % 4) })];
    private static readonly string[] Values = ["a", "b", "c", "A", "7", "12"];
    private static readonly ValueList<Account> Accounts = [new("a", "prod"), new("b", "staging")];

    private static readonly Gen<string> Value = Gen.Elements(Values);
    private static readonly Gen<string> PlainField = Gen.Elements("source", "kind", "account", "region", "subject", "arn", "tag.x",
        "tag.y", "fact.x", "owner", "title", "stack");

    private static readonly Gen<string> Test = Gen.OneOf(
        from field in PlainField from value in Value select $"{field} = {value}",
        from field in PlainField from value in Value select $"{field} != {value}",
        from field in PlainField from one in Value from other in Value select $"{field} in [{one}, {other}]",
        from field in PlainField from value in Value select $"{field} ~ {value}*",
        from field in PlainField select $"has {field}",
        from name in Gen.Elements("tag.x", "fact.x") from value in Gen.Elements("3", "9") select $"{name} >= {value}",
        from word in Gen.Elements("info", "warning", "error") select $"severity >= {word}",
        Gen.Constant("account = prod"));

    private static readonly Gen<string> Condition = Gen.Sized(size => Grown(Math.Min(size, 4)));

    private static readonly Gen<Route> Rule =
        from text in Gen.Frequency((1, Gen.Constant("")), (12, Condition))
        from rooms in Gen.SubListOf(Rooms)
        from quiet in Gen.Frequency((1, Gen.Constant<string?>("quiet")), (15, Gen.Constant<string?>(null)))
        from mention in Gen.Frequency((4, Gen.Constant<string?>(null)), (1, Gen.Constant<string?>("none")),
            (1, Gen.Constant<string?>("<!here>")))
        select new Route
        {
            Text = text,
            When = text.Length is 0 ? When.Everything : WhenOutcome.Of(text, Accounts).When!,
            To = [.. rooms],
            Quiet = quiet,
            Mention = mention,
        };

    private static readonly Gen<Notice> Told =
        from source in Gen.Elements("a", "b", "cloudformation")
        from kind in Value
        from severity in Gen.Elements(Enum.GetValues<Severity>())
        from texts in Gen.ArrayOf(Gen.OneOf(Value.Select(value => (string?)value), Gen.Constant<string?>(null)), 5)
        from tags in Gen.ListOf(from name in Gen.Elements("x", "X", "y") from value in Value select new Tag(name, value))
        from facts in Gen.ListOf(from name in Gen.Elements("x", "z") from value in Value select new Fact(name, value))
        from owners in Gen.ListOf(Value)
        select new Notice
        {
            Source = source,
            Kind = kind,
            Severity = severity,
            Status = Status.Stated,
            Title = texts[0] ?? "t",
            Account = texts[1],
            Region = texts[2],
            Subject = texts[3],
            Arn = texts[4],
            Tags = [.. tags],
            Facts = [.. facts],
            Owners = [.. owners],
        };

    private static readonly Gen<Route[]> Rules = Gen.ArrayOf(Rule);

    [Fact]
    public void The_index_agrees_with_trying_every_route() =>
        Check(from rules in Rules from notice in Told select (rules, notice), ((Route[] Rules, Notice Notice) made) =>
        {
            var routes = Made(made.Rules);
            return routes.Of(made.Notice) == routes.OfEach(made.Notice);
        });

    [Fact]
    public void Routes_that_do_not_match_change_nothing_but_the_numbers() =>
        Check(from rules in Rules from others in Rules from notice in Told select (rules, others, notice),
            ((Route[] Rules, Route[] Others, Notice Notice) made) =>
        {
            var unrelated = made.Others.Where(rule => !rule.When.Holds(made.Notice)).ToArray();
            Route[] mixed = [.. made.Rules.SelectMany((rule, place) => (Route[])[.. unrelated.Skip(place).Take(1), rule]),
                .. unrelated.Skip(made.Rules.Length)];
            return Said(Made(mixed).Of(made.Notice)).SequenceEqual(Said(Made(made.Rules).Of(made.Notice)));
        });

    [Fact]
    public void Nothing_is_lost_unless_a_quiet_route_says_why() =>
        Check(from rules in Rules from notice in Told select (rules, notice), ((Route[] Rules, Notice Notice) made) =>
        {
            var routing = Made(made.Rules).Of(made.Notice);
            return routing.Held.Count > 0 ? routing.Routed.Count is 0 : routing.Routed.Count > 0;
        });

    [Fact]
    public void No_text_whatever_stops_the_reader_of_conditions() =>
        Check(
            from pieces in Gen.ListOf(
                Gen.Elements("source", "=", "tag.", "\"", "'", "(", ")", "[", "]", ",", "and", "not", "in", "has", "~", "=~", "x", "é",
                "\0", "=~ '['", "!", ">="))
            select string.Join(' ', pieces),
            (string text) =>
            {
                var outcome = WhenOutcome.Of(text, []);
                return outcome.Fault is null ? outcome.When is not null : outcome.Fault.At >= 0 && outcome.Fault.At <= text.Length
                    && outcome.Fault.Length >= 1;
            });

    private static void Check<T>(Gen<T> gen, Func<T, bool> holds) =>
        Prop.ForAll(gen.ToArbitrary(), holds).Check(Searches.Of(2000));

    private static IEnumerable<string> Said(Routing routing) =>
        routing.Held.Count > 0 ? ["held"] : routing.Routed
            .Select(routed => $"{routed.Room.Name} {routed.Mention} {routed.Because.Split(':', 2)[1]}");

    private static Routes Made(Route[] rules) => Routes.Of([.. rules], Rooms[0], "the first room");

    private static Gen<string> Grown(int size) => size is 0 ? Test : Gen.OneOf(
        Test,
        from parts in Parts(size) select $"({string.Join(" and ", parts)})",
        from parts in Parts(size) select $"({string.Join(" or ", parts)})",
        from inner in Grown(size / 2) select $"not {inner}");

    private static Gen<string[]> Parts(int size) => Gen.Choose(2, 4).SelectMany(count => Gen.ArrayOf(Grown(size / 2), count));
}
