using System.Globalization;

namespace Signalbox;

/// <summary>Makes owners and the conduct of conversations out of what stands in the file. Takes what it understands; complaining is the checks' part.</summary>
internal static class Conducts
{
    /// <summary>Who is in charge of what.</summary>
    public static Owners OwnersOf(Tree tree, Dictionary<string, Room> rooms, ValueList<Account> accounts) => Owners.Of(
        [.. from member in tree["owners"]?.Members ?? [] select OwnerOf(member.Name.Text, member.Value, rooms, accounts)],
        [.. from tagging in tree["tags"]?.OneOrMany ?? []
            select new Tagging(Condition(tagging["when"], accounts),
                [.. from tag in tagging["set"]?.Members ?? [] select new Tag(tag.Name.Text, tag.Value.Word ?? "") { Of = "settings" }])]);

    /// <summary>What is asked of the world.</summary>
    public static Lookups LookupsOf(Tree? tree) => new(
        tree?["tags"]?.Word is "true",
        tree?["accounts"]?.Word is "true",
        SpanOf(tree?["within"], Lookups.None.Within),
        SpanOf(tree?["lifetime"], Lookups.None.Lifetime))
    {
        Endpoint = tree?["endpoint"]?.Word,
    };

    /// <summary>How conversations behave.</summary>
    public static Conduct Of(Tree tree, Dictionary<string, Room> rooms, ValueList<Account> accounts)
    {
        var conversations = tree["conversations"];
        return new()
        {
            Flapping = FlappingOf(conversations?["flapping"]),
            Remind = RemindingOf(conversations?["remind"], rooms),
            DigestAfter = SpanOf(conversations?["digest-after"], Conduct.Usual.DigestAfter),
            Mutes = [.. from mute in tree["mutes"]?.OneOrMany ?? []
                        select new Mute(Condition(mute["when"], accounts), Condition(mute["while"], accounts), WordsOf(mute["same"]), mute["while"]?.Word
                            ?? "") { Held = mute["when"]?.Word ?? "" }],
            Silences = [.. (tree["silences"]?.OneOrMany ?? []).Select((silence, place) => SilenceOf(silence, place, accounts))],
        };
    }

    /// <summary>How long a store keeps what.</summary>
    public static Retention RetentionOf(Tree? tree) => new(
        SpanOf(tree?["events"], Retention.Usual.Events),
        SpanOf(tree?["conversations"], Retention.Usual.Conversations),
        SpanOf(tree?["history"], Retention.Usual.History),
        SpanOf(tree?["dead"], Retention.Usual.Dead));

    private static Owner OwnerOf(string name, Tree tree, Dictionary<string, Room> rooms, ValueList<Account> accounts)
    {
        var fit = new Fit.OneOf([name]);
        return new()
        {
            Name = name,
            When = tree["when"] is { } when
                ? Condition(when, accounts)
                : new When.Any([new When.Test(new(FieldKind.Tag, "team"), fit), new When.Test(new(FieldKind.Tag, "owner"), fit)]),
            Text = tree["when"] is { } written ? written.Word ?? "" : $"tag.team = {name} or tag.owner = {name}",
            Rooms = [.. from room in tree["room"]?.OneOrMany ?? [] select rooms[room.Word!]],
            Mention = tree["mention"]?.Word,
            MentionAt = Rooms.SeverityOf(tree["mention-at"]),
            Hours = tree["hours"]?.Word is { } hours ? Hours.Read(hours) : null,
            Outside = tree["outside"]?.Word is { } other && other is not Keys.None ? other : null,
        };
    }

    private static Flapping? FlappingOf(Tree? tree) => tree switch
    {
        null => Flapping.Usual,
        { Word: Keys.None } => null,
        _ => new(CountOf(tree["times"], Flapping.Usual.Times), SpanOf(tree["within"], Flapping.Usual.Within), SpanOf(tree["settled"], Flapping.Usual.Settled)),
    };

    private static Reminding? RemindingOf(Tree? tree, Dictionary<string, Room> rooms) => tree is null or { Word: not null } ? null
        : new(SpanOf(tree["after"], TimeSpan.FromMinutes(30)), Rooms.SeverityOf(tree["at"]) ?? Severity.Error, CountOf(tree["most"], 3))
        {
            EscalateAfter = CountOf(tree["escalate-after"], 0),
            EscalateTo = tree["escalate-to"]?.Word is { } room ? rooms[room] : null,
            EscalateMention = tree["escalate-mention"]?.Word,
        };

    private static Silence SilenceOf(Tree tree, int place, ValueList<Account> accounts) => new()
    {
        Id = $"settings-{place + 1}",
        When = Condition(tree["when"], accounts),
        Text = tree["when"]?.Word ?? "",
        From = Instants.Read(tree["from"]?.Word),
        Until = Instants.Read(tree["until"]?.Word),
        Hours = tree["hours"]?.Word is { } hours ? Hours.Read(hours) : null,
        By = tree["by"]?.Word ?? "settings",
        Comment = tree["comment"]?.Word ?? "",
    };

    /// <summary>How like notices are gathered; null for each by itself.</summary>
    public static Grouping? GroupOf(Tree? tree) => tree is null ? null : new(WordsOf(tree["by"]), SpanOf(tree["wait"], TimeSpan.FromSeconds(30)));

    public static When Condition(Tree? tree, ValueList<Account> accounts) =>
        tree?.Word is { } text && WhenOutcome.Of(text, accounts).When is { } when ? when : When.Everything;

    private static ValueList<string> WordsOf(Tree? tree) => [.. from word in tree?.OneOrMany ?? [] where word.Word is not null select word.Word!];

    public static TimeSpan SpanOf(Tree? tree, TimeSpan otherwise) => tree?.Word is { } text && Durations.Read(text) is { } span ? span : otherwise;

    public static int CountOf(Tree? tree, int otherwise) =>
        int.TryParse(tree?.Word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
