namespace Signalbox;

/// <summary>Settings that are spread over files: the main one, and those of teams.</summary>
public static class Includes
{
    /// <summary>What a team's file may hold: what is theirs. How Signalbox itself works stands in the main file.</summary>
    internal static readonly ValueList<string> Keys = ["rooms", "routes", "owners", "tags", "silences", "mutes", "accounts", "tests"];

    /// <summary>The patterns that a main file names, as they are written.</summary>
    public static ValueList<string> Of(Tree main) => [.. from word in main["include"]?.OneOrMany ?? [] where word.Word is not null select word.Word!];

    /// <summary>The tree of a team's file, every place in it marked with its number.</summary>
    public static Tree Numbered(Tree tree, int file) => tree.Match<Tree>(
        map => new Tree.Map([.. map.Pairs.Select(pair => new TreeMember((Tree.Scalar)Numbered(pair.Name, file), Numbered(pair.Value, file)))])
        { At = map.At with { File = file } },
        list => new Tree.List([.. list.Items.Select(item => Numbered(item, file))]) { At = list.At with { File = file } },
        scalar => scalar with { At = scalar.At with { File = file } });

    /// <summary>What is wrong with a team's file by itself.</summary>
    public static ValueList<Problem> Faults(Tree team)
    {
        if (team is not Tree.Map)
            return team is Tree.Scalar { IsNull: true } ? [] : [new(team.At, Sentence.Of($"a map ({string.Join(", ", Keys)})", team.Shown))];
        return [.. from member in team.Members
                   where !Keys.Contains(member.Name.Text)
                   select new Problem(member.Name.At, Sentence.Of($"one of {Sentence.Or(Keys)}", $"\"{member.Name.Text}\"",
                       Nearest.Hint(member.Name.Text, Keys) ?? "Everything else stands in the main file.")) { Length = member.Name.Text.Length }];
    }

    /// <summary>One tree of all files: maps and lists one after the other, the main file's first.</summary>
    /// <param name="main">The main file.</param>
    /// <param name="teams">The others, numbered, and each by itself without a fault.</param>
    /// <returns>The tree, and what stands in two files.</returns>
    public static (Tree Tree, ValueList<Problem> Twice) Merged(Tree main, ValueList<Tree> teams)
    {
        if (main is not Tree.Map || teams.Count is 0) return (main, []);
        var members = main.Members.ToList();
        var twice = new List<Problem>();
        foreach (var member in teams.SelectMany(team => team.Members))
        {
            var at = members.FindIndex(known => known.Name.Text == member.Name.Text);
            if (at < 0) members.Add(member);
            else members[at] = new(members[at].Name, Joined(members[at].Value, member.Value, twice));
        }
        return (new Tree.Map([.. members]) { At = main.At }, [.. twice]);
    }

    private static Tree Joined(Tree first, Tree second, List<Problem> twice)
    {
        if (first is not Tree.Map map || second is not Tree.Map more)
            return first is Tree.Map ? second : new Tree.List([.. first.OneOrMany, .. second.OneOrMany]) { At = first.At };
        foreach (var member in more.Pairs.Where(member => map[member.Name.Text] is not null))
        {
            twice.Add(new(member.Name.At, $"\"{member.Name.Text}\" stands in another file already: a name stands for one thing.")
            { Length = member.Name.Text.Length });
        }
        return new Tree.Map([.. map.Pairs, .. more.Pairs.Where(member => map[member.Name.Text] is null)]) { At = map.At };
    }
}
