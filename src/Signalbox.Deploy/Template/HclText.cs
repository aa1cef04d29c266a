using System.Text;

namespace Signalbox.Deploy;

/// <summary>A block of HCL: <c>resource "aws_sqs_queue" "events" { … }</c>.</summary>
/// <param name="Head">Its type and labels as they are written.</param>
/// <param name="Members">Its arguments.</param>
/// <param name="Blocks">Blocks in it.</param>
/// <param name="Why">A comment above it; null for none.</param>
internal sealed record HclBlock(string Head, ValueList<Member> Members, ValueList<HclBlock> Blocks, string? Why = null);

/// <summary>Writes HCL as <c>terraform fmt</c> would.</summary>
internal static class HclText
{
    private const int Widest = 120;

    /// <summary>Blocks with an empty line between them.</summary>
    public static void Write(StringBuilder text, IEnumerable<HclBlock> blocks, string indent = "")
    {
        var isFirst = true;
        foreach (var block in blocks)
        {
            if (!isFirst) text.Append('\n');
            isFirst = false;
            if (block.Why is { } why) TemplateText.Comment(text, indent, why);
            var members = block.Members.Where(member => member.Value is not null).ToList();
            text.Append(indent).Append(block.Head).Append(" {");
            if (members.Count + block.Blocks.Count is 0)
            {
                text.Append("}\n");
                continue;
            }
            text.Append('\n');
            Write(text, members, indent + "  ");
            if (members.Count > 0 && block.Blocks.Count > 0) text.Append('\n');
            Write(text, block.Blocks, indent + "  ");
            text.Append(indent).Append("}\n");
        }
    }

    /// <summary>A value as an expression.</summary>
    public static string Expression(Node value, string indent) => value switch
    {
        Node.Text { Value: var text } => Literal(text),
        Node.Code { Written: var code } => code,
        Node.Several { Items: var items } => Several(items, indent),
        Node.Map { Members: var members } => Object(members, indent),
        _ => "null",
    };

    /// <summary>A text in which nothing is put in.</summary>
    public static string Literal(string text) =>
        TemplateText.Quoted(text).Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    /// <summary>A value as JSON that Terraform makes.</summary>
    public static Node Encoded(Node value, string indent) => new Node.Code($"jsonencode({Expression(value, indent)})");

    /// <summary>Equals signs stand below each other as long as no comment, no empty line and no value of several lines comes between.</summary>
    private static void Write(StringBuilder text, List<Member> members, string indent)
    {
        var lines = members.Select(member => (member.Why, Name: Name(member.Name), Value: Expression(member.Value!, indent))).ToList();
        for (var at = 0; at < lines.Count;)
        {
            var end = at + 1;
            if (IsOne(at))
            {
                while (end < lines.Count && IsOne(end) && lines[end].Why is null) end++;
            }
            var width = lines[at..end].Max(line => line.Name.Length);
            foreach (var (why, name, value) in lines[at..end])
            {
                if (why is not null) TemplateText.Comment(text, indent, why);
                text.Append(indent).Append(IsOne(at) ? name.PadRight(width) : name).Append(" = ").Append(value).Append('\n');
            }
            at = end;
        }

        bool IsOne(int at) => !lines[at].Value.Contains('\n', StringComparison.Ordinal);
    }

    private static string Name(string name) =>
        name.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '_') && name.Length > 0 && !char.IsAsciiDigit(name[0]) ? name : Literal(name);

    private static string Several(ValueList<Node> items, string indent)
    {
        var flat = $"[{string.Join(", ", items.Select(item => Expression(item, indent)))}]";
        if (!flat.Contains('\n', StringComparison.Ordinal) && indent.Length + flat.Length <= Widest) return flat;
        if (items is [Node.Map only]) return $"[{Expression(only, indent)}]";
        var inner = indent + "  ";
        return $"[\n{string.Concat(items.Select(item => $"{inner}{Expression(item, inner)},\n"))}{indent}]";
    }

    private static string Object(ValueList<Member> members, string indent)
    {
        var written = members.Where(member => member.Value is not null).ToList();
        if (written.Count is 0) return "{}";
        var text = new StringBuilder("{\n");
        Write(text, written, indent + "  ");
        return text.Append(indent).Append('}').ToString();
    }
}
