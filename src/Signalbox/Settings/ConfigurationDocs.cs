using System.Text;

namespace Signalbox;

/// <summary>The tables of docs/configuration.md: every key of the settings.</summary>
public static class ConfigurationDocs
{
    /// <summary>What stands before the tables in the page.</summary>
    public const string Begin = "<!-- keys: written by the program, from the table that the parser reads -->";

    /// <summary>What stands after them.</summary>
    public const string End = "<!-- end of keys -->";

    /// <summary>The page with the tables as they are now.</summary>
    /// <param name="page">The page as it is, with both marks.</param>
    /// <returns>The page; unchanged when a mark is missing.</returns>
    public static string Write(string page) => Write(page, Keys.Sections);

    /// <summary>The page with the tables of other files.</summary>
    internal static string Write(string page, ValueList<Section> sections)
    {
        var from = page.IndexOf(Begin, StringComparison.Ordinal);
        var to = page.IndexOf(End, StringComparison.Ordinal);
        return from < 0 || to < from ? page : string.Concat(page.AsSpan(0, from + Begin.Length), "\n\n", Tables(sections), page.AsSpan(to));
    }

    private static string Tables(ValueList<Section> sections)
    {
        var text = new StringBuilder();
        foreach (var section in sections)
        {
            text.Append(section.Path.Length is 0 ? "### The file\n\n" : $"### `{section.Path}`\n\n");
            text.Append("| Key | Takes | What it does | Default |\n| --- | --- | --- | --- |\n");
            foreach (var key in section.Keys)
            {
                var otherwise = key.Required ? "required" : key.Default ?? "";
                text.Append($"| `{key.Name}` | {Cell(key.Shape.Type)} | {Cell(key.About)} | {Cell(otherwise)} |\n");
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    private static string Cell(string words) =>
        words.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
