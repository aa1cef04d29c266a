using Signalbox.Deploy;

namespace Signalbox.Cli.Projects;

/// <summary>Reads the folder of a project: its files and the names of what lies beside them, nothing more.</summary>
internal static class ProjectFolder
{
    /// <summary>Reads a project for one environment. A file that cannot be read is a problem like any other; nothing is thrown.</summary>
    /// <param name="folder">The whole path of the project's folder.</param>
    /// <param name="environment">The environment that was asked for; null for the files' own default.</param>
    /// <param name="sets">Variables that override the environment of every function.</param>
    /// <param name="shown">What messages call the folder; empty for the folder that the tool runs in.</param>
    public static ProjectOutcome Load(string folder, string? environment, ValueList<Fact> sets, string shown = "")
    {
        try
        {
            var functions = Path.Combine(folder, "functions");
            var root = Of(folder, ".", shown);
            ValueList<SourceFolder>? inside = Directory.Exists(functions)
                ? [.. from path in Directory.EnumerateDirectories(functions).Order(StringComparer.Ordinal)
                      let name = Path.GetFileName(path)
                      where !name.StartsWith('.')
                      select Of(path, $"functions/{name}", Path.Combine(shown, "functions", name))]
                : null;
            return ProjectFiles.Read(new(root, inside), environment, sets);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var where = fault is FileNotFoundException { FileName: { } file } ? file : shown.Length > 0 ? shown : ".";
            return new(null, [$"{where}: the project cannot be read: {Inputs.Reason(fault)}."], []);
        }
    }

    private static SourceFolder Of(string path, string folder, string shown) => new(
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))),
        folder,
        [.. from file in Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal)
            let name = Path.GetFileName(file)
            where IsRead(name)
            select new SourceFile(name, Path.Combine(shown, name), File.ReadAllBytes(file))],
        [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)]);

    /// <summary>True for the files that say what a project is, and so are no part of a function's zip.</summary>
    private static bool IsRead(string name) =>
        name is "policy.json" || name.Split('.') is ["project" or "function", "json"] or ["project" or "function", _, "json"];
}
