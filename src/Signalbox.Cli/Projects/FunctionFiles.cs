using System.Formats.Tar;
using Signalbox.Deploy;

namespace Signalbox.Cli.Projects;

/// <summary>A file for a zip.</summary>
/// <param name="Name">Its path in the zip.</param>
/// <param name="Path">Its whole path.</param>
internal sealed record PackedFile(string Name, string Path);

/// <summary>The files of a function's folder, without what its <c>.apexignore</c> leaves out.</summary>
internal static class FunctionFiles
{
    /// <summary>Lists them in the order of their names' characters, whatever the file system's order is.</summary>
    /// <exception cref="IOException">Something cannot be read, or cannot be packed: its message says what and why.</exception>
    public static List<PackedFile> In(string folder)
    {
        var ignore = Path.Combine(folder, ".apexignore");
        var files = new List<PackedFile>();
        Walk(folder, "", IgnoreFile.Read(File.Exists(ignore) ? File.ReadAllText(ignore) : ""), [Real(folder)], files);
        files.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        return files;
    }

    private static void Walk(string folder, string prefix, IgnoreFile ignore, List<string> above, List<PackedFile> files)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var name = prefix + entry.Name;
            var target = entry.LinkTarget is null ? entry : Followed(entry, name);
            var isFolder = target is DirectoryInfo;
            // git takes a link for a file, wherever it leads; here its target is packed, so its target decides.
            if (ignore.Leaves(name, isFolder)) continue;
            if (isFolder)
            {
                var real = Real(target.FullName);
                if (above.Contains(real))
                    throw new IOException($"{name}: expected a link to something else, found one to a folder that it lies in: its files have no end");
                Walk(entry.FullName, name + "/", ignore, [.. above, real], files);
            }
            else if (!Regular(name, (FileInfo)target))
            {
                throw new IOException($"{name}: expected a file or a folder, found neither. A zip cannot hold it: leave it out in .apexignore");
            }
            else
            {
                files.Add(new(name, entry.FullName));
            }
        }
    }

    private static FileSystemInfo Followed(FileSystemInfo link, string name)
    {
        var target = link.ResolveLinkTarget(returnFinalTarget: true);
        return target is { Exists: true } ? target : throw new IOException($"{name}: expected a link to a file, found one to nothing ({link.LinkTarget})");
    }

    private static string Real(string folder) => new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);

    private static bool Regular(string name, FileInfo file)
    {
        try
        {
            return IsRegular(file);
        }
        catch (FileNotFoundException)
        {
            throw new IOException($"{name}: it was there a moment ago, and is gone. Is something still building?");
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Pipes, sockets and devices have no length, and cannot be read to an end. .NET tells them apart only while it writes tar files.</summary>
    private static bool IsRegular(FileInfo file)
    {
        if (file.Length > 0 || OperatingSystem.IsWindows()) return true;
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true)) tar.WriteEntry(file.FullName, "x");
        bytes.Position = 0;
        using var reader = new TarReader(bytes);
        return reader.GetNextEntry()?.EntryType is TarEntryType.RegularFile;
    }
}
