using System.Text;

namespace Signalbox;

/// <summary>Settings written as JSON, to and from a tree.</summary>
public static class JsonTree
{
    /// <summary>Reads JSON as a tree. Total; a name that stands twice is a problem.</summary>
    /// <param name="utf8">Valid UTF-8, without a byte order mark. Kept, not copied.</param>
    public static TreeOutcome Read(byte[] utf8)
    {
        var outcome = Json.Parse(utf8);
        var cursor = new Cursor(utf8);
        if (outcome.Expected is null)
        {
            var tree = cursor.Read(outcome.Value);
            return cursor.Twice is { } twice ? new(null, twice) : new(tree, null);
        }
        var found = outcome.At >= utf8.Length ? "the end of the file" : Shown(utf8, outcome.At);
        var help = Help(outcome.Expected, utf8, outcome.At);
        return new(null, new(cursor.SpotAt(outcome.At), "This is not JSON: " + Sentence.Of(outcome.Expected, found, help)));
    }

    /// <summary>Writes a tree as JSON that reads as the same tree: two spaces deep, every scalar a text but for nothing.</summary>
    public static string Write(Tree tree)
    {
        var text = new StringBuilder();
        Write(tree, text, "\n");
        return text.Append('\n').ToString();
    }

    private static string Shown(byte[] utf8, int at)
    {
        Rune.DecodeFromUtf8(utf8.AsSpan(at), out var rune, out _);
        return rune.Value is '"' ? "a text" : $"\"{rune}\"";
    }

    private static string? Help(string expected, byte[] utf8, int at) => at >= utf8.Length ? null : (char)utf8[at] switch
    {
        '/' or '#' => "JSON has no comments; YAML has: name the file .yaml.",
        '}' or ']' => "Is there a comma too much before it?",
        '\'' => "JSON takes double quotes only.",
        _ when expected.Contains("',' or", StringComparison.Ordinal) => "Is a comma missing?",
        _ => null,
    };

    private static void Write(Tree tree, StringBuilder text, string newLine)
    {
        var deeper = newLine + "  ";
        var first = true;
        switch (tree)
        {
            case Tree.Scalar { IsNull: true }:
                text.Append("null");
                break;
            case Tree.Scalar scalar:
                Quote(scalar.Text, text);
                break;
            case Tree.List list:
                text.Append('[');
                foreach (var item in list.Items)
                {
                    text.Append(first ? deeper : "," + deeper);
                    first = false;
                    Write(item, text, deeper);
                }
                text.Append(first ? "]" : newLine + "]");
                break;
            default:
                text.Append('{');
                foreach (var member in tree.Members)
                {
                    text.Append(first ? deeper : "," + deeper);
                    first = false;
                    Quote(member.Name.Text, text);
                    text.Append(": ");
                    Write(member.Value, text, deeper);
                }
                text.Append(first ? "}" : newLine + "}");
                break;
        }
    }

    private static void Quote(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var unit in value)
        {
            if (unit is '"' or '\\') text.Append('\\').Append(unit);
            else if (unit < ' ') text.Append($"\\u{(int)unit:x4}");
            else text.Append(unit);
        }
        text.Append('"');
    }

    /// <summary>Turns offsets into lines and columns on the way through the text, once from front to back.</summary>
    private ref struct Cursor(byte[] utf8)
    {
        private int at;
        private int line = 1;
        private int column = 1;

        public Problem? Twice { get; private set; }

        public Tree Read(Json json)
        {
            var spot = SpotAt(json.Offset);
            switch (json.Kind)
            {
                case JsonKind.Array:
                    var items = new List<Tree>();
                    foreach (var item in json.Items) items.Add(Read(item));
                    return new Tree.List([.. items]) { At = spot };
                case JsonKind.Object:
                    var members = new List<TreeMember>();
                    var names = new HashSet<string>();
                    foreach (var (name, value) in json.Members)
                    {
                        var key = new Tree.Scalar(name.Text ?? "", true) { At = SpotAt(name.Offset) };
                        if (!names.Add(key.Text)) Twice ??= Problems.Twice(key, members);
                        members.Add(new(key, Read(value)));
                    }
                    return new Tree.Map([.. members]) { At = spot };
                default:
                    return new Tree.Scalar(json.AsWritten, json.IsText) { At = spot };
            }
        }

        public Spot SpotAt(int offset)
        {
            var passed = utf8.AsSpan(at, offset - at);
            for (var end = passed.IndexOf((byte)'\n'); end >= 0; end = passed.IndexOf((byte)'\n'))
            {
                passed = passed[(end + 1)..];
                line++;
                column = 1;
            }
            column += Encoding.UTF8.GetCharCount(passed);
            at = offset;
            return new(line, column);
        }
    }
}
