using System.IO.Compression;

namespace Signalbox.Cli.Projects;

/// <summary>A zip whose bytes follow from what is in it and from nothing else: no times, no order of the file system, no umask.</summary>
internal sealed class Zips : IDisposable
{
    /// <summary>One time for everything: the first that a zip can say.</summary>
    private static readonly DateTimeOffset Then = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int Executable = unchecked((int)0x81ED0000);
    private const int Readable = unchecked((int)0x81A40000);

    private readonly MemoryStream bytes = new();
    private readonly ZipArchive zip;

    public Zips() => zip = new(bytes, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Adds a file: rwxr-xr-x when it can be run, else rw-r--r--.</summary>
    /// <returns>How many bytes it has.</returns>
    public long Add(string name, Stream content, bool isExecutable)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = Then;
        entry.ExternalAttributes = isExecutable ? Executable : Readable;
        using var stream = entry.Open();
        var before = content.Position;
        content.CopyTo(stream);
        return content.Position - before;
    }

    /// <summary>The zip, after which nothing can be added.</summary>
    public byte[] Finish()
    {
        zip.Dispose();
        return bytes.ToArray();
    }

    public void Dispose()
    {
        zip.Dispose();
        bytes.Dispose();
    }
}
