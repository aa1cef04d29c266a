using System.Diagnostics;

namespace Signalbox;

/// <summary>A place in a text: line and column, both from 1.</summary>
public readonly record struct Spot(int Line, int Column)
{
    /// <summary>Which file, where settings are spread over several: 0 for the main one.</summary>
    public int File { get; init; }
}

/// <summary>A settings file as it was written, YAML and JSON alike: closed, and every value knows where it stands.</summary>
public abstract record Tree
{
    private Tree() { }

    /// <summary>Where it begins; for a quoted text that is the quote.</summary>
    public required Spot At { get; init; }

    /// <summary>Names with their values in the order of the file; no name twice.</summary>
    public sealed record Map(ValueList<TreeMember> Pairs) : Tree;

    /// <summary>Values in their order.</summary>
    public sealed record List(ValueList<Tree> Items) : Tree;

    /// <summary>Anything else: a text, a number, true, false or nothing.</summary>
    /// <param name="Text">Its characters, quotes and escapes undone.</param>
    /// <param name="Quoted">Whether it stands in quotes (or a block), so that it is a text whatever it looks like.</param>
    public sealed record Scalar(string Text, bool Quoted) : Tree
    {
        /// <summary>True for nothing, <c>~</c> and <c>null</c> without quotes.</summary>
        public bool IsNull => !Quoted && Text is "" or "~" or "null";
    }

    /// <summary>The value of a name, or null; null for everything that is no map.</summary>
    public Tree? this[string name]
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.Name.Text == name) return member.Value;
            }
            return null;
        }
    }

    /// <summary>The members of a map; none for anything else.</summary>
    public ValueList<TreeMember> Members => this is Map map ? map.Pairs : [];

    /// <summary>The items of a list, or the value itself as the only item; none for nothing.</summary>
    public ValueList<Tree> OneOrMany => this switch
    {
        List list => list.Items,
        Scalar { IsNull: true } => [],
        _ => [this],
    };

    /// <summary>The characters of a scalar; null for anything else, and for nothing.</summary>
    public string? Word => this is Scalar { IsNull: false } scalar ? scalar.Text : null;

    /// <summary>What an error calls it, short and on one line.</summary>
    public string Shown => Match(
        map => map.Pairs.Count is 0 ? "an empty map" : "a map",
        list => list.Items.Count is 0 ? "an empty list" : "a list",
        scalar => scalar.IsNull ? "nothing" : $"\"{Short(scalar.Text)}\"");

    /// <summary>One arm for each case.</summary>
    public T Match<T>(Func<Map, T> map, Func<List, T> list, Func<Scalar, T> scalar) => this switch
    {
        Map x => map(x),
        List x => list(x),
        Scalar x => scalar(x),
        _ => throw new UnreachableException(),
    };

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : line[..(char.IsHighSurrogate(line[58]) ? 58 : 59)] + "…";
    }
}

/// <summary>A name in a map and its value.</summary>
public readonly record struct TreeMember(Tree.Scalar Name, Tree Value);

/// <summary>A text that was read as a tree, or what is wrong with it. Exactly one is null.</summary>
public readonly record struct TreeOutcome(Tree? Tree, Problem? Problem);
