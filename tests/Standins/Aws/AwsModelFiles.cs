using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;

namespace Signalbox.Standins;

/// <summary>Where the descriptions of AWS's services are on this machine.</summary>
internal static class AwsModelFiles
{
    private const string Asking = """
        import importlib.util
        for name in ("botocore", "awscli.botocore"):
            try:
                found = importlib.util.find_spec(name)
                if found: print(found.submodule_search_locations[0])
            except ImportError: pass
        """;

    private static readonly Lazy<string?> Folder = new(() => Pythons().SelectMany(Packages).Select(package => Path.Combine(package, "data"))
        .Where(data => Newest(data, "lambda") is not null).MaxBy(data => Read(data, "lambda")!.Value.GetRawText().Length));

    /// <summary>True where there are any.</summary>
    public static bool Are => Folder.Value is not null;

    /// <summary>The description of a service; null where there is none.</summary>
    public static JsonElement? Read(string service) => Folder.Value is { } data ? Read(data, service) : null;

    private static JsonElement? Read(string data, string service)
    {
        if (Newest(data, service) is not { } path) return null;
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return JsonDocument.Parse(plain).RootElement;
    }

    private static string? Newest(string data, string service) => !Directory.Exists(Path.Combine(data, service)) ? null
        : Directory.EnumerateDirectories(Path.Combine(data, service)).Order(StringComparer.Ordinal).SelectMany(version => Directory.EnumerateFiles(version, "service-2.json*")).LastOrDefault();

    /// <summary>Every python on the PATH, and the one that Debian has besides.</summary>
    private static IEnumerable<string> Pythons() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/bin").Distinct()
        .Select(folder => Path.Combine(folder, "python3")).Where(File.Exists);

    private static IEnumerable<string> Packages(string python)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", Asking]) { RedirectStandardOutput = true, RedirectStandardError = true });
        if (process is null) return [];
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
