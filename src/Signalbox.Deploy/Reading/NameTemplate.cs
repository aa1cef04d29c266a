using System.Text;

namespace Signalbox.Deploy;

/// <summary>How functions are called in AWS: a text with fields, <c>{{.Project.Name}}_{{.Function.Name}}</c>, as Apex wrote it.</summary>
internal static class NameTemplate
{
    /// <summary>Apex's.</summary>
    public const string Usual = "{{.Project.Name}}_{{.Function.Name}}";

    /// <summary>For a project that is one function: its name twice says no more than once.</summary>
    public const string Alone = "{{.Function.Name}}";

    /// <summary>The fields that there are.</summary>
    public static readonly ValueList<string> Fields =
        [".Project.Name", ".Project.Environment", ".Project.Region", ".Project.Profile", ".Function.Name"];

    /// <summary>Fills a template.</summary>
    /// <param name="template">The text.</param>
    /// <param name="value">What a field holds; null for nothing.</param>
    /// <returns>The name, or what is wrong at a place of the text. Exactly one is null.</returns>
    public static (string? Name, WhenFault? Fault) Fill(string template, Func<string, string?> value)
    {
        var name = new StringBuilder();
        var at = 0;
        while (template.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open)
        {
            name.Append(template, at, open - at);
            var close = template.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0) return (null, new(open, 2, "expected }} after {{, found the end of the template."));
            var field = template[(open + 2)..close].Trim(' ', '-');
            var length = close + 2 - open;
            if (!Fields.Contains(field))
            {
                var hint = Nearest.Hint(field, Fields) ?? "Nothing else of Go's templates is known here.";
                return (null, new(open, length, Sentence.Of($"a field ({string.Join(", ", Fields)})", $"\"{field}\"", hint)));
            }
            if (value(field) is not { Length: > 0 } filled)
            {
                var help = field is ".Project.Environment" ? "Name one with --env, or say defaultEnvironment." : "Say it in project.json.";
                return (null, new(open, length, Sentence.Of($"{field} to have a value", "none", help)));
            }
            name.Append(filled);
            at = close + 2;
        }
        return (name.Append(template, at, template.Length - at).ToString(), null);
    }
}
