namespace Signalbox.Deploy;

/// <summary>What stays out of a function's zip: the lines of <c>.apexignore</c>, in the syntax of .gitignore.</summary>
/// <remarks>https://git-scm.com/docs/gitignore; one file in the function's folder, none below it.</remarks>
public sealed class IgnoreFile
{
    private readonly record struct Line(Glob Glob, bool IsBack, bool IsForFolders, bool IsOfName);

    /// <summary>Files that say what a function is, and so are no part of it.</summary>
    private static readonly ValueList<string> Always = ["/.apexignore", "/function.json", "/function.*.json", "/policy.json", "/project.json",
        "/project.*.json"];

    private readonly List<Line> lines = [];

    private IgnoreFile()
    {
    }

    /// <summary>Reads the lines. Total: a line that can match nothing matches nothing.</summary>
    public static IgnoreFile Read(string text)
    {
        var file = new IgnoreFile();
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Concat(Always)) file.Add(line.EndsWith('\r') ? line[..^1] : line);
        return file;
    }

    /// <summary>Whether a path stays out, provided that the folder it lies in does not: what lies in a folder that stays out, stays out.</summary>
    /// <param name="path">From the function's folder, with slashes.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    public bool Leaves(string path, bool isFolder)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        for (var at = lines.Count - 1; at >= 0; at--)
        {
            var line = lines[at];
            if (line.IsForFolders && !isFolder) continue;
            if (line.Glob.Matches(line.IsOfName ? name : path)) return !line.IsBack;
        }
        return false;
    }

    private void Add(string line)
    {
        if (line.StartsWith('#')) return;
        line = WithoutTrailingSpaces(line);
        var isBack = line.StartsWith('!');
        if (isBack) line = line[1..];
        var isForFolders = line.EndsWith('/');
        if (isForFolders) line = line[..^1];
        if (line.Length is 0) return;
        var isOfName = !line.Contains('/');
        if (line.StartsWith('/')) line = line[1..];
        if (Glob.Read(line) is { } glob) lines.Add(new(glob, isBack, isForFolders, isOfName));
    }

    private static string WithoutTrailingSpaces(string line)
    {
        var end = line.Length;
        while (end > 0 && line[end - 1] is ' ')
        {
            var slashes = 0;
            while (end - 2 - slashes >= 0 && line[end - 2 - slashes] is '\\') slashes++;
            if (slashes % 2 is 1) break;
            end--;
        }
        return line[..end];
    }
}
