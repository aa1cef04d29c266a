using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Signalbox.Effects;

/// <summary>Reads YAML as a tree, from the parser's events alone: nothing here looks at types at run time.</summary>
/// <remarks>Anchors, aliases and merge keys are followed, up to a bound, since ten lines can ask for a billion values.</remarks>
public static class Yaml
{
    private const int MostValues = 200_000;
    private const int Deepest = 100;

    /// <summary>Reads one document. Total.</summary>
    public static TreeOutcome Read(string text)
    {
        if (text.AsSpan().ContainsAnyInRange('\0', '\b')) return new(null, Strange(text));
        try
        {
            return new(new Reader(text).Document(), null);
        }
        catch (Stop stop)
        {
            return new(null, stop.Problem);
        }
        catch (YamlException fault)
        {
            return new(null, YamlFaults.Explain(fault, text));
        }
        catch (Exception)
        {
            // YamlDotNet 16.3 throws exceptions of the runtime too, mostly for brackets that are not closed.
            return new(null, YamlFaults.Unclosed(text));
        }
    }

    private static Problem Strange(string text)
    {
        var at = text.AsSpan().IndexOfAnyInRange('\0', '\b');
        var before = text.AsSpan(0, at);
        return new(new(before.Count('\n') + 1, at - before.LastIndexOf('\n')),
            $"This is not YAML: expected text, found the control character {(int)text[at]:X2}.");
    }

    /// <summary>Ends the reading from whatever depth; never leaves this file.</summary>
    private sealed class Stop(Problem problem) : Exception
    {
        public Problem Problem { get; } = problem;
    }

    private sealed class Reader(string text)
    {
        private readonly Parser parser = new(new StringReader(text));
        private readonly Dictionary<AnchorName, (Tree Tree, int Size)> anchors = [];
        private int size;

        public Tree Document()
        {
            Next();
            Next();
            if (parser.Current is StreamEnd) return new Tree.Map([]) { At = new(1, 1) };
            Next();
            var tree = Value(0);
            Next();
            Next();
            return parser.Current is StreamEnd
                ? tree
                : throw Fail("expected one document, found a second one after ---. Put everything into one.");
        }

        /// <summary>Reads the value that begins at the current event, and stands on its last event afterwards.</summary>
        private Tree Value(int depth)
        {
            if (depth > Deepest) throw Fail($"expected at most {Deepest} levels of nesting, found more.");
            var at = Here;
            var before = size;
            if (++size > MostValues) throw TooMany();
            var anchor = parser.Current is NodeEvent node ? node.Anchor : AnchorName.Empty;
            Tree tree = parser.Current switch
            {
                MappingStart => Map(at, depth),
                SequenceStart => List(at, depth),
                Scalar scalar => new Tree.Scalar(scalar.Value, scalar.Style is not ScalarStyle.Plain) { At = at },
                AnchorAlias alias => Alias(alias),
                _ => throw Fail("expected a value."),
            };
            if (!anchor.IsEmpty) anchors[anchor] = (tree, size - before);
            return tree;
        }

        private Tree.Map Map(Spot at, int depth)
        {
            var members = new List<TreeMember>();
            var names = new HashSet<string>();
            var merged = new List<TreeMember>();
            for (Next(); parser.Current is not MappingEnd; Next())
            {
                if (parser.Current is not Scalar)
                    throw Fail("expected a name, found a list or map in its place. Is a colon or a quote missing?");
                var name = (Tree.Scalar)Value(depth + 1);
                Next();
                var value = Value(depth + 1);
                if (name is { Text: "<<", Quoted: false }) merged.AddRange(value.OneOrMany.SelectMany(each => each.Members));
                else if (names.Add(name.Text)) members.Add(new(name, value));
                else throw new Stop(Problems.Twice(name, members));
            }
            members.AddRange(merged.Where(member => names.Add(member.Name.Text)));
            return new([.. members]) { At = at };
        }

        private Tree.List List(Spot at, int depth)
        {
            var items = new List<Tree>();
            for (Next(); parser.Current is not SequenceEnd; Next()) items.Add(Value(depth + 1));
            return new([.. items]) { At = at };
        }

        private Tree Alias(AnchorAlias alias)
        {
            var name = alias.Value;
            if (!anchors.TryGetValue(name, out var known))
                throw Fail($"expected a value, found *{name.Value}, which no & before it names. A text that begins with * goes in quotes.");
            size += known.Size;
            if (size > MostValues) throw TooMany();
            return known.Tree;
        }

        private Spot Here => new((int)parser.Current!.Start.Line, (int)parser.Current.Start.Column);

        private void Next() => parser.MoveNext();

        private Stop TooMany() => Fail($"expected at most {MostValues} values, found more, anchors counted as often as they are used.");

        private Stop Fail(string says) => new(new(Here, says));
    }
}
