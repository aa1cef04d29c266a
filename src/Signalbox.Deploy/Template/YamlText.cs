using System.Text;

namespace Signalbox.Deploy;

/// <summary>Writes YAML with comments: blocks only, and texts in quotes where they could be taken for something else.</summary>
internal static class YamlText
{
    private static readonly ValueList<string> Taken = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

    /// <summary>Members one below the other.</summary>
    /// <param name="text">Where they go.</param>
    /// <param name="members">The members.</param>
    /// <param name="indent">What stands before each line.</param>
    /// <param name="spaced">So many levels have an empty line between their members.</param>
    public static void Write(StringBuilder text, ValueList<Member> members, string indent = "", int spaced = 0)
    {
        var isFirst = true;
        foreach (var (name, value, why) in members)
        {
            if (value is null) continue;
            if (!isFirst && spaced > 0) text.Append('\n');
            isFirst = false;
            if (why is not null) TemplateText.Comment(text, indent, why);
            text.Append(indent).Append(Scalar(name)).Append(':');
            Value(text, value, indent + "  ", spaced - 1, isItem: false);
        }
    }

    private static void Value(StringBuilder text, Node value, string indent, int spaced, bool isItem)
    {
        switch (value)
        {
            case Node.Map { Members: var members } when members.Any(member => member.Value is not null):
                if (isItem)
                {
                    // The first member stands on the line of the dash.
                    var inner = new StringBuilder();
                    Write(inner, members, indent, spaced);
                    text.Append(' ').Append(inner.ToString(indent.Length, inner.Length - indent.Length));
                }
                else
                {
                    text.Append('\n');
                    Write(text, members, indent, spaced);
                }
                break;
            case Node.Several { Items: { Count: > 0 } items }:
                text.Append('\n');
                foreach (var item in items)
                {
                    text.Append(indent).Append('-');
                    Value(text, item, indent + "  ", spaced, isItem: true);
                }
                break;
            default:
                text.Append(' ').Append(value switch
                {
                    Node.Text { Value: var words } => Scalar(words),
                    Node.Code { Written: var code } => code,
                    Node.Several => "[]",
                    _ => "{}",
                }).Append('\n');
                break;
        }
    }

    /// <summary>A text, plain where that is safe in YAML 1.1 and 1.2 alike.</summary>
    public static string Scalar(string text) => IsPlain(text) ? text : TemplateText.Quoted(text);

    private static bool IsPlain(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '/' or '_' or '$')
        && text[^1] is not ' ' and not ':'
        && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
        && text.All(unit => char.IsAsciiLetterOrDigit(unit) || " _-./()$+=:;@*?{}',<>".Contains(unit))
        && !Taken.Contains(text.ToLowerInvariant());
}
