using System.Text;

namespace Signalbox.Deploy;

/// <summary>Files of environment variables: lines of NAME=VALUE, as shells and many tools read them.</summary>
public static class Dotenv
{
    /// <summary>Reads a file. Total; what is wrong names line and column, and never shows a value.</summary>
    /// <param name="text">Lines of <c>NAME=VALUE</c>, with or without <c>export</c>. # begins a comment. Between double quotes \n, \t, \", \$ and \\ are
    /// escapes,
    /// between single ones nothing is; both may go over several lines. Of two values of a name the later one holds.</param>
    /// <param name="shown">What messages call the file.</param>
    public static (ValueList<Fact> Variables, ValueList<string> Problems) Read(string text, string shown)
    {
        var variables = new List<Fact>();
        var problems = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            var end = LineEnd(text, at);
            var line = text[at..end];
            var trimmed = line.TrimStart();
            var start = at + line.Length - trimmed.Length;
            at = end + 1;
            trimmed = trimmed.TrimEnd();
            if (trimmed.Length is 0 || trimmed[0] is '#') continue;
            if (trimmed.StartsWith("export ", StringComparison.Ordinal))
            {
                var rest = trimmed[7..].TrimStart();
                start += trimmed.Length - rest.Length;
                trimmed = rest;
            }
            var equals = trimmed.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                problems.Add($"{Place(text, start, shown)}: expected NAME=VALUE, found no =.");
                continue;
            }
            var name = trimmed[..equals].TrimEnd();
            if (FieldChecks.VariableFault(name) is { } fault)
                problems.Add($"{Place(text, start, shown)}: {Sentence.Of("the name of an environment variable", $"\"{name}\"", fault)}");
            var from = start + equals + 1;
            while (from < end && text[from] is ' ' or '\t') from++;
            var (value, next, wrong) = from < end && text[from] is '"' or '\'' ? Quoted(text, from) : (Bare(text[from..end]), end, null);
            if (wrong is not null) problems.Add($"{Place(text, from, shown)}: {wrong}");
            at = Math.Max(at, LineEnd(text, next) + 1);
            variables.Add(new(name, value));
        }
        return (problems.Count > 0 ? [] : [.. variables], [.. problems]);
    }

    /// <summary>Writes variables so that shells and <see cref="Read"/> get them back: quoted where they must be.</summary>
    public static string Write(ValueList<Fact> variables)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in variables)
        {
            text.Append(name).Append('=');
            if (value.Length > 0 && value.All(unit => char.IsAsciiLetterOrDigit(unit) || "_-./:@%+,".Contains(unit))) text.Append(value);
            else if (!value.Contains('\'')) text.Append('\'').Append(value).Append('\'');
            else text.Append('"').Append(Escaped(value)).Append('"');
            text.Append('\n');
        }
        return text.ToString();
    }

    private static string Escaped(string value) =>
        string.Concat(value.Select(unit => unit is '"' or '\\' or '$' or '`' ? $"\\{unit}" : unit.ToString()));

    private static string Bare(string text)
    {
        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        if (text.StartsWith('#')) comment = 0;
        return (comment < 0 ? text : text[..comment]).Trim();
    }

    private static (string Value, int Next, string? Wrong) Quoted(string text, int from)
    {
        var quote = text[from];
        var value = new StringBuilder();
        for (var at = from + 1; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                var rest = text[(at + 1)..LineEnd(text, at)].Trim();
                return (value.ToString(), at, rest.Length is 0 || rest[0] is '#' ? null : "expected the end of the line after a value in quotes, found more.");
            }
            if (text[at] is '\\' && quote is '"' && at + 1 < text.Length)
            {
                at++;
                value.Append(text[at] switch
                {
                    'n' => "\n",
                    't' => "\t",
                    'r' => "\r",
                    '"' => "\"",
                    '\\' => "\\",
                    '$' => "$",
                    '`' => "`",
                    var other =>
                    $"\\{other}"
                });
            }
            else
            {
                value.Append(text[at]);
            }
        }
        return ("", LineEnd(text, from), $"expected a closing {quote}, found the end of the file.");
    }

    private static int LineEnd(string text, int at) => text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;

    private static string Place(string text, int at, string shown)
    {
        var line = text.AsSpan(0, at).Count('\n') + 1;
        return $"{shown}:{line}:{at - text.LastIndexOf('\n', Math.Max(0, at - 1))}";
    }
}
