using System.Text;
using System.Text.RegularExpressions;

namespace Signalbox;

/// <summary>A test of one label, as Alertmanager writes it: <c>name="value"</c>, with <c>=</c>, <c>!=</c>, <c>=~</c> or <c>!~</c>.</summary>
/// <remarks>A label that is not there counts as empty. A pattern has to cover the whole value.</remarks>
/// <param name="Name">The label.</param>
/// <param name="Value">A text or a regular expression.</param>
/// <param name="IsPattern">True for a regular expression.</param>
/// <param name="IsEqual">False when it must not be so.</param>
public sealed record Matcher(string Name, string Value, bool IsPattern, bool IsEqual)
{
    private readonly Regex? pattern = IsPattern ? Compiled(Value) : null;

    /// <summary>What is wrong with it, in words; null for nothing.</summary>
    public string? Fault =>
        Name.Length is 0 || !Name.All(IsInName) || char.IsAsciiDigit(Name[0])
            ? $"expected the name of a label (letters, digits and _), found \"{Cut.Line(Name, 60)}\""
            : IsPattern && pattern is null ? $"expected a regular expression for {Name}, found \"{Cut.Line(Value, 60)}\"" : null;

    /// <summary>True when a label of that value is as it says; empty for a label that is not there.</summary>
    public bool Takes(string value) => (IsPattern ? pattern?.IsMatch(value) is true : Value == value) == IsEqual;

    /// <summary>The same as a condition over a notice whose tags are the labels. Only for one without a fault.</summary>
    public string Condition
    {
        get
        {
            var has = $"has tag.{Name}";
            var takesNothing = Takes("");
            if (!IsPattern && Value.Length is 0) return IsEqual ? $"not {has}" : has;
            var test = IsPattern ? $"tag.{Name} =~ {Quoted($"^(?:{Value})$", isPattern: true)}"
                : Value.Contains('"') && Value.Contains('\'') ? $"tag.{Name} =~ {Quoted($"^{Regex.Escape(Value)}$", isPattern: true)}"
                : $"tag.{Name} = {Quoted(Value, isPattern: false)}";
            return IsEqual
                ? takesNothing ? $"(not {has} or {test})" : test
                : takesNothing ? $"not {test}" : $"({has} and not {test})";
        }
    }

    /// <summary>As Alertmanager writes it.</summary>
    public override string ToString() =>
        $"{Name}{(IsEqual ? IsPattern ? "=~" : "=" : IsPattern ? "!~" : "!=")}\"{Value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";

    /// <summary>Reads one, or several between braces and parted by commas.</summary>
    /// <returns>The matchers, or what is wrong.</returns>
    public static (ValueList<Matcher> Matchers, string? Fault) Read(string text)
    {
        var rest = text.Trim();
        if (rest is ['{', .. var inside, '}']) rest = inside.Trim();
        var matchers = new List<Matcher>();
        while (rest.Length > 0)
        {
            var name = rest[..rest.TakeWhile(IsInName).Count()];
            var (word, after) = Operator(rest[name.Length..].TrimStart());
            if (name.Length is 0 || word.Length is 0) return ([], $"expected name=value, name!=value, name=~value or name!~value, found \"{Cut.Line(text, 60)}\"");
            if (ValueOf(after.TrimStart(), out rest) is not { } value) return ([], $"expected an end of the quotes in \"{Cut.Line(text, 60)}\"");
            var matcher = new Matcher(name, value, word.EndsWith('~'), word[0] is '=');
            if (matcher.Fault is { } fault) return ([], fault);
            matchers.Add(matcher);
        }
        return matchers.Count > 0 ? ([.. matchers], null) : ([], "expected a matcher, found nothing");
    }

    private static (string Word, string After) Operator(string text) =>
        text.StartsWith("=~", StringComparison.Ordinal) || text.StartsWith("!~", StringComparison.Ordinal) || text.StartsWith("!=", StringComparison.Ordinal)
            ? (text[..2], text[2..])
            : text.StartsWith('=') ? ("=", text[1..]) : ("", text);

    /// <summary>A value with or without quotes; null when a quote has no end.</summary>
    private static string? ValueOf(string text, out string rest)
    {
        rest = "";
        if (text is not ['"', ..])
        {
            var comma = text.IndexOf(',');
            rest = comma < 0 ? "" : text[(comma + 1)..].TrimStart();
            return (comma < 0 ? text : text[..comma]).TrimEnd();
        }
        var value = new StringBuilder();
        for (var at = 1; at < text.Length; at++)
        {
            if (text[at] is '"')
            {
                rest = text[(at + 1)..].TrimStart().TrimStart(',').TrimStart();
                return value.ToString();
            }
            if (text[at] is '\\' && at + 1 < text.Length) value.Append(text[++at] is 'n' ? '\n' : text[at]);
            else value.Append(text[at]);
        }
        return null;
    }

    /// <summary>A text in the quotes that it does not hold. The language of conditions has no escapes, a pattern has.</summary>
    private static string Quoted(string text, bool isPattern) =>
        !text.Contains('"') ? $"\"{text}\"" : !text.Contains('\'') ? $"'{text}'" : isPattern ? $"\"{text.Replace("\"", "\\x22")}\"" : $"\"{text}\"";

    private static bool IsInName(char unit) => char.IsAsciiLetterOrDigit(unit) || unit is '_';

    private static Regex? Compiled(string value)
    {
        try
        {
            // Linear in the text whatever the pattern, so that no pattern can stall an alert.
            return new($"^(?:{value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        }
        catch (Exception fault) when (fault is RegexParseException or NotSupportedException)
        {
            return null;
        }
    }
}
