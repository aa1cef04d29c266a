namespace Signalbox;

/// <summary>The one form that complaints about settings have.</summary>
public static class Sentence
{
    /// <summary>"expected …, found …. Help."</summary>
    public static string Of(string expected, string found, string? help = null) =>
        $"expected {expected}, found {found}." + (help is null ? "" : " " + help);

    /// <summary>"a, b or c".</summary>
    public static string Or(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
}
