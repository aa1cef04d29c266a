using System.Text;

namespace Signalbox.Deploy.Tests;

/// <summary>A project that lies on no disk: paths with texts.</summary>
internal sealed record Project(ValueList<(string Path, string Text)> Files)
{
    public static Project Of(params (string Path, string Text)[] files) => new([.. files]);

    public ProjectOutcome Read(string? environment = null, params Fact[] sets)
    {
        var folders = Files.Where(file => file.Path.StartsWith("functions/", StringComparison.Ordinal)).GroupBy(file => file.Path.Split('/')[1]).ToList();
        return ProjectFiles.Read(
            new(Folder("ops", ".", Files.Where(file => !file.Path.Contains('/'))),
                folders.Count is 0 ? null : [.. from folder in folders orderby folder.Key select Folder(folder.Key, $"functions/{folder.Key}", folder)]),
            environment, [.. sets]);
    }

    /// <summary>The only function of a project without a problem.</summary>
    public FunctionSpec Function(string? environment = null, params Fact[] sets)
    {
        var read = Read(environment, sets);
        Assert.Empty(read.Problems);
        return Assert.Single(read.Project!.Functions);
    }

    private static SourceFolder Folder(string name, string path, IEnumerable<(string Path, string Text)> files) => new(
        name, path,
        [.. from file in files where file.Path.EndsWith(".json", StringComparison.Ordinal) && !file.Path.EndsWith("signalbox.json", StringComparison.Ordinal)
            select new SourceFile(Path.GetFileName(file.Path), file.Path, Encoding.UTF8.GetBytes(file.Text))],
        [.. files.Select(file => Path.GetFileName(file.Path)).Order(StringComparer.Ordinal)]);
}
