namespace Signalbox.Effects;

/// <summary>Reads a file as a tree: its text and the tree, or what is wrong.</summary>
internal delegate (SourceText? Source, TreeOutcome? Outcome, string? Problem) ReadTree(string path, string shown);

/// <summary>The files that a main file includes. One that is broken is left out, and the others hold.</summary>
internal sealed class TeamFiles
{
    private const int Most = 1_000;
    private readonly List<(string Path, SourceText Source, Tree? Tree)> files = [];
    private readonly List<string> leftOut = [];

    /// <summary>Every file that was looked at, in the order of their numbers.</summary>
    public ValueList<string> Paths => [.. files.Select(file => file.Path)];

    /// <summary>What is wrong with those that are left out.</summary>
    public ValueList<string> LeftOut => [.. leftOut];

    /// <summary>Finds and reads them.</summary>
    /// <param name="main">The main file.</param>
    /// <param name="path">Where it lies: patterns are relative to its folder.</param>
    /// <param name="shown">What messages call it.</param>
    /// <param name="read">Reads a file.</param>
    public static TeamFiles Of(Tree main, string path, string shown, ReadTree read)
    {
        var teams = new TeamFiles();
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        var near = Path.GetDirectoryName(shown) ?? "";
        foreach (var found in Includes.Of(main).SelectMany(pattern => Matching(folder, pattern)).Distinct().Take(Most))
        {
            var name = Path.Combine(near, Path.GetRelativePath(folder, found));
            var (source, outcome, problem) = read(found, name);
            var number = teams.files.Count + 1;
            var tree = outcome?.Tree is { } whole ? Includes.Numbered(whole, number) : null;
            teams.files.Add((found, source ?? new(name, ""), tree));
            if (tree is null) teams.leftOut.Add(problem ?? source!.Show(outcome!.Value.Problem!, []));
            else if (Includes.Faults(tree) is { Count: > 0 } faults) teams.Leave(number, faults, []);
        }
        return teams;
    }

    /// <summary>Settings of the main file and of every team's file that does no harm.</summary>
    public (SettingsOutcome Outcome, Tree Tree) Read(Tree main)
    {
        while (true)
        {
            var (tree, twice) = Includes.Merged(main, [.. files.Select(file => file.Tree).OfType<Tree>()]);
            var outcome = SettingsReader.Read(tree);
            var harm = twice.Concat(outcome.Problems.Where(problem => !problem.IsWarning && problem.At.File > 0)).ToLookup(problem => problem.At.File);
            if (harm.Count is 0) return (outcome, tree);
            // What one file breaks may be what another one needs: each is looked at again without those that are broken by themselves.
            foreach (var file in harm) Leave(file.Key, file, outcome.Secrets);
        }
    }

    /// <summary>The texts of all files by their numbers.</summary>
    public ValueList<SourceText> Sources(SourceText main) => [main, .. files.Select(file => file.Source)];

    /// <summary>Tests of a team's file name their events beside that file.</summary>
    public Settings? WithPaths(Settings? settings) => settings is null || files.Count is 0 ? settings : settings with
    {
        Tests = [.. settings.Tests.Select(test => test.File is 0 ? test : test with
        {
            Event = test.Event.Length > 0 ? Beside(test.File, test.Event) : "",
            Timeline = test.Timeline is { } timeline ? Beside(test.File, timeline) : null,
            In = files[test.File - 1].Source.File,
        })],
    };

    private string Beside(int file, string path) => Path.GetFullPath(path, Path.GetDirectoryName(files[file - 1].Path) ?? "");

    private void Leave(int file, IEnumerable<Problem> faults, ValueList<string> secrets)
    {
        var (path, source, _) = files[file - 1];
        files[file - 1] = (path, source, null);
        leftOut.AddRange(faults.Select(fault => source.Show(fault, secrets)));
    }

    /// <summary>The files of a pattern: stars in the last part, or in a folder's name. In the order of their names, so that the first of two is always the
    /// same.</summary>
    private static IEnumerable<string> Matching(string folder, string pattern)
    {
        ValueList<string> places = [Path.IsPathRooted(pattern) ? Path.GetPathRoot(pattern)! : folder];
        var parts = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts.SkipLast(1)) places = [.. places.SelectMany(place => Folders(place, part))];
        return parts.Length is 0 ? [] : places.SelectMany(place => Files(place, parts[^1]));
    }

    private static IEnumerable<string> Folders(string place, string part) => !part.Contains('*', StringComparison.Ordinal)
        ? [Path.Combine(place, part)]
        : Named(place, () => Directory.GetDirectories(place, part));

    private static IEnumerable<string> Files(string place, string part) => !part.Contains('*', StringComparison.Ordinal)
        ? [Path.GetFullPath(Path.Combine(place, part))]
        : Named(place, () => Directory.GetFiles(place, part));

    private static IEnumerable<string> Named(string place, Func<string[]> list)
    {
        try
        {
            return Directory.Exists(place) ? list().Order(StringComparer.Ordinal).Select(Path.GetFullPath) : [];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
