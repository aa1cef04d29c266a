using System.Text;

namespace Signalbox.Deploy;

/// <summary>A tree that was read from JSON, as JSON again: compact, numbers and words as they were.</summary>
internal static class TreeText
{
    /// <summary>The JSON.</summary>
    public static string Write(Tree tree)
    {
        var text = new StringBuilder();
        Write(tree, text);
        return text.ToString();
    }

    private static void Write(Tree tree, StringBuilder text)
    {
        switch (tree)
        {
            case Tree.Scalar { Quoted: false } scalar:
                text.Append(scalar.Text);
                break;
            case Tree.Scalar scalar:
                Quote(scalar.Text, text);
                break;
            case Tree.List list:
                text.Append('[');
                for (var at = 0; at < list.Items.Count; at++)
                {
                    if (at > 0) text.Append(',');
                    Write(list.Items[at], text);
                }
                text.Append(']');
                break;
            default:
                text.Append('{');
                for (var at = 0; at < tree.Members.Count; at++)
                {
                    if (at > 0) text.Append(',');
                    Quote(tree.Members[at].Name.Text, text);
                    text.Append(':');
                    Write(tree.Members[at].Value, text);
                }
                text.Append('}');
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
}
