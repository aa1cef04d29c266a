namespace Signalbox;

/// <summary>Settings that were read.</summary>
/// <param name="Settings">The settings; null when any problem is an error.</param>
/// <param name="Problems">Everything that is wrong or doubtful, in the order of the file.</param>
/// <param name="Secrets">Texts of the file that no message may show.</param>
public sealed record SettingsOutcome(Settings? Settings, ValueList<Problem> Problems, ValueList<string> Secrets);

/// <summary>Turns a tree into settings, or says everything that is wrong with it.</summary>
public static class SettingsReader
{
    /// <summary>Reads a whole file. Total.</summary>
    public static SettingsOutcome Read(Tree tree)
    {
        ValueList<Account> accounts =
            [.. from member in tree["accounts"]?.Members ?? [] where member.Value.Word is not null
                select new Account(member.Name.Text, member.Value.Word!)];
        var findings = new Findings(Rooms.Known(tree), accounts, tree["defaults"]);
        Keys.Check(tree, findings);
        ValueList<Problem> problems =
            [.. findings.Problems.Distinct().OrderBy(problem => problem.At.File).ThenBy(problem => problem.At.Line).ThenBy(problem => problem.At.Column)];
        var settings = problems.Any(problem => !problem.IsWarning) ? null : Made(tree, accounts);
        return new(settings, problems, [.. findings.Secrets]);
    }

    private static Settings Made(Tree tree, ValueList<Account> accounts)
    {
        ValueList<Room> rooms = [.. from member in tree["rooms"]?.Members ?? []
            select Rooms.Read(member.Name.Text, member.Value, tree["defaults"])];
        if (rooms.Count is 0) rooms = [Room.Local];
        var named = rooms.ToDictionary(room => room.Name);
        var fallback = tree["defaults"]?["room"]?.Word;
        ValueList<Route> routes = [.. from route in tree["routes"]?.OneOrMany ?? [] select Made(route, named, accounts)];
        var owners = Conducts.OwnersOf(tree, named, accounts);
        var conduct = Conducts.Of(tree, named, accounts);
        When[] conditions =
        [
            .. routes.Select(route => route.When), .. owners.All.Select(owner => owner.When),
            .. conduct.Silences.Select(silence => silence.When), .. conduct.Mutes.SelectMany(mute => (When[])[mute.When, mute.While]),
        ];
        return new()
        {
            Rooms = rooms,
            Accounts = accounts,
            Routes = Routes.Of(routes, fallback is null ? rooms[0] : named[fallback], fallback is null ? "the first room" : "defaults.room"),
            Owners = owners,
            Lookups = Conducts.LookupsOf(tree["lookups"]),
            Store = tree["store"]?.Word,
            Conduct = conduct,
            Retention = Conducts.RetentionOf(tree["retention"]),
            AsksTopic = conditions.Any(when => when.Asks(FieldKind.Topic)) || routes.Any(route => route.Group?.By.Contains("topic") is true),
            Operator = tree["defaults"]?["operator"]?.Word is { } room ? named[room] : fallback is null ? rooms[0] : named[fallback],
            SlackApp = SlackAppKeys.Of(tree["slack-app"]),
            Serving = ServingKeys.Of(tree["server"], accounts),
            Tests = [.. from test in tree["tests"]?.OneOrMany ?? [] select Made(test)],
        };
    }

    private static Route Made(Tree route, Dictionary<string, Room> rooms, ValueList<Account> accounts)
    {
        var text = route["when"]?.Word;
        return new()
        {
            When = text is null ? When.Everything : WhenOutcome.Of(text, accounts).When ?? When.Everything,
            Text = text ?? "",
            To = [.. from room in route["to"]?.OneOrMany ?? [] where room.Word is not "owner" select rooms[room.Word!]],
            ToOwner = route["to"]?.OneOrMany.Any(room => room.Word is "owner") is true,
            Otherwise = route["otherwise"]?.Word is { } other ? rooms[other] : null,
            Group = Conducts.GroupOf(route["group"]),
            Mention = route["mention"]?.Word,
            MentionAt = Rooms.SeverityOf(route["mention-at"]),
            Quiet = route["quiet"]?.Word,
        };
    }

    private static Example Made(Tree test) => new(
        test["event"]?.Word ?? "",
        [.. from room in test["says"]?.Members ?? []
            let words = room.Value.OneOrMany
            from word in words.Count is 0 ? [""] : words.Select(word => word.Word ?? "")
            select new Fact(room.Name.Text, word)],
        [.. from room in test["silent"]?.OneOrMany ?? [] select room.Word ?? ""],
        test.At.Line)
    {
        Timeline = test["timeline"]?.Word,
        File = test.At.File,
    };
}
