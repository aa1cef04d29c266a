using System.Collections.Immutable;
using System.Text;

namespace Signalbox.Deploy;

/// <summary>A value in a template, whatever language it is written in.</summary>
internal abstract record Node
{
    private Node() { }

    /// <summary>A text that means itself.</summary>
    public sealed record Text(string Value) : Node;

    /// <summary>A number, true or false, or an expression: it is in the template's language already.</summary>
    public sealed record Code(string Written) : Node;

    /// <summary>Several values.</summary>
    public sealed record Several(ValueList<Node> Items) : Node;

    /// <summary>Names with values, in this order.</summary>
    public sealed record Map(ValueList<Member> Members) : Node;

    /// <summary>JSON as a value; its texts are said by the function that is given.</summary>
    public static Node OfJson(string json, Func<string, Node> say) => Of(Json.Parse(Encoding.UTF8.GetBytes(json)).Value, say);

    /// <summary>The same document of IAM in the order in which people read it, and a comment at each statement whose name has one.</summary>
    public static Node InOrder(Node node, Func<string, string?> why) => node switch
    {
        Several { Items: var items } => new Several([.. items.Select(item => InOrder(item, why))]),
        Map { Members: var members } => new Map(
        [
            .. from member in members
               let place = Order.IndexOf(member.Name)
               orderby place < 0 ? Order.Length : place
               select member with
               {
                   Value = member.Value is null ? null : InOrder(member.Value, why),
                   Why = member.Name is "Effect" && members.FirstOrDefault(other => other.Name is "Sid")?.Value is Text { Value: var sid } ? why(sid) : null,
               },
        ]),
        _ => node,
    };

    private static readonly ImmutableArray<string> Order =
        ["Version", "Id", "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition", "Statement"];

    /// <summary>A number.</summary>
    public static Node Of(string number) => new Code(number);

    private static Node Of(Json value, Func<string, Node> say)
    {
        if (value.IsObject)
        {
            var members = new List<Member>();
            foreach (var (name, inner) in value.Members) members.Add(new(name.Text ?? "", Of(inner, say)));
            return new Map([.. members]);
        }
        if (value.IsArray)
        {
            var items = new List<Node>();
            foreach (var item in value.Items) items.Add(Of(item, say));
            return new Several([.. items]);
        }
        return value.Text is { } text ? say(text) : new Code(Encoding.UTF8.GetString(value.Raw));
    }
}

/// <summary>A name with its value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value; null where there is nothing to say, and so no line.</param>
/// <param name="Why">A comment above it; null for none.</param>
internal sealed record Member(string Name, Node? Value, string? Why = null);

/// <summary>What writers of templates share.</summary>
internal static class TemplateText
{
    private const int Widest = 100;

    /// <summary>A comment, broken into lines; its own line breaks stay.</summary>
    public static void Comment(StringBuilder text, string indent, string words)
    {
        foreach (var line in words.Split('\n'))
        {
            // A line that is set in is a command: it stays whole, to be copied.
            if (line.StartsWith(' '))
            {
                text.Append($"{indent}# {line}\n");
                continue;
            }
            var width = 0;
            foreach (var word in line.Split(' '))
            {
                if (width > 0 && indent.Length + width + word.Length + 3 > Widest)
                {
                    text.Append('\n');
                    width = 0;
                }
                text.Append(width > 0 ? " " : $"{indent}# ").Append(word);
                width += word.Length + 1;
            }
            while (text[^1] is ' ') text.Length--;
            text.Append('\n');
        }
    }

    /// <summary>A text in double quotes, as JSON, YAML and HCL write it.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var unit in text)
        {
            quoted.Append(unit switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\ufeff' => $"\\u{(int)unit:x4}",
                _ => unit.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>The words of a name: letters and digits that stand together.</summary>
    public static ValueList<string> Words(string name) =>
        [.. string.Concat(name.Select(unit => char.IsAsciiLetterOrDigit(unit) ? unit : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Names that differ, for things whose own names may not once they are written with letters and digits alone.</summary>
    /// <typeparam name="T">What tells the things apart.</typeparam>
    public static Dictionary<T, string> Apart<T>(IEnumerable<(T Thing, string Name)> named) where T : notnull
    {
        var names = new Dictionary<T, string>();
        foreach (var (thing, name) in named)
        {
            if (names.ContainsKey(thing)) continue;
            var free = name;
            for (var more = 2; names.ContainsValue(free); more++) free = $"{name}{more}";
            names[thing] = free;
        }
        return names;
    }
}
