using System.Reflection;

namespace Signalbox.Tests;

/// <summary>Where the repository lies, and the samples in it.</summary>
internal static class Repository
{
    public static readonly string Root = Path.GetFullPath(
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!);

    public static readonly string Corpus = Path.Combine(Root, "tests", "Corpus");

    /// <summary>Every sample, as a path below the corpus.</summary>
    public static IEnumerable<string> Samples =>
        from file in Directory.EnumerateFiles(Corpus, "*", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Corpus, file).Replace('\\', '/')
        where name.Contains('/') && !name.EndsWith(".told", StringComparison.Ordinal)
        orderby name
        select name;

    public static byte[] Read(string sample) => File.ReadAllBytes(Path.Combine(Corpus, sample));
}
