using System.Text;
using System.Text.Unicode;

namespace Signalbox.Deploy;

/// <summary>The files read so far, each under its number, and what was found in them.</summary>
internal sealed class Papers
{
    private readonly List<SourceText> sources = [];
    private readonly List<string> plain = [];
    private readonly List<string> plainWarnings = [];

    /// <summary>What is wrong at places of files.</summary>
    public Findings Findings { get; } = new([], [], null);

    /// <summary>True when anything is more than doubtful.</summary>
    public bool HasProblem => plain.Count > 0 || Findings.Problems.Any(problem => !problem.IsWarning);

    /// <summary>Something that stands in no file.</summary>
    public void Says(string problem) => plain.Add(problem);

    /// <summary>Something doubtful that stands in no file.</summary>
    public void Warns(string warning) => plainWarnings.Add($"warning: {warning}");

    /// <summary>Reads a file of fields and checks each by itself.</summary>
    /// <returns>Its tree, with what it takes back by null; null when there is no file, or no JSON in it.</returns>
    public Tree? Fields(SourceFile? file, Section section)
    {
        if (Read(file) is not { } tree) return null;
        if (tree is not Tree.Map)
        {
            Findings.Expected($"{section.Title}, a JSON object", tree);
            return null;
        }
        Shapes.Fixed(section).Check(Overlay.WithoutNulls(tree), Findings);
        return tree;
    }

    /// <summary>Reads a file as JSON.</summary>
    public Tree? Read(SourceFile? file)
    {
        if (file is null) return null;
        var bytes = file.Bytes.AsSpan().StartsWith("\uFEFF"u8) ? file.Bytes[3..] : file.Bytes;
        if (!Utf8.IsValid(bytes))
        {
            plain.Add($"{file.Shown}: expected text in UTF-8, found other bytes. Save the file as UTF-8.");
            return null;
        }
        var text = Encoding.UTF8.GetString(bytes);
        sources.Add(new(file.Shown, text));
        var outcome = JsonTree.Read(bytes);
        if (outcome.Tree is { } tree) return Includes.Numbered(tree, sources.Count - 1);
        Findings.Problems.Add(outcome.Problem! with { At = outcome.Problem!.At with { File = sources.Count - 1 } });
        foreach (var value in ValuesIn(text)) Findings.Secrets.Add(value);
        return null;
    }

    /// <summary>Every message, in the order of files and places.</summary>
    public ValueList<string> Told(bool warnings) =>
    [
        .. from problem in Findings.Problems
           where problem.IsWarning == warnings
           orderby problem.At.File, problem.At.Line, problem.At.Column
           select sources[problem.At.File].Show(problem, Findings.Secrets),
        .. warnings ? plainWarnings : plain,
    ];

    /// <summary>Texts after a colon: in a file that is no JSON nobody knows which of them are values of the environment.</summary>
    private static IEnumerable<string> ValuesIn(string text)
    {
        for (var at = 0; (at = text.IndexOf(':', at)) >= 0;)
        {
            at++;
            while (at < text.Length && text[at] is ' ' or '\t') at++;
            if (at >= text.Length || text[at] is not '"') continue;
            var end = text.AsSpan(at + 1).IndexOfAny('"', '\n');
            var value = text.Substring(at + 1, end < 0 ? text.Length - at - 1 : end);
            if (value.Length >= FieldChecks.ShortestSecret) yield return value.TrimEnd('\r');
        }
    }
}
