namespace Signalbox.Effects;

/// <summary>A file or the standard output: one line for each post, written at once so that lines of several programs do not mix.</summary>
internal static class ToFile
{
    /// <summary>The delivery. A post is made when its line is on the disk.</summary>
    public static Deliver With(Means means) => async (post, _, stop) =>
    {
        var path = post.Routed.Room["path"] ?? "-";
        byte[] line = [.. Placings.Placed(post).Span, (byte)'\n'];
        try
        {
            await means.Append(path, line, stop);
            return new Delivery.Made(Placings.Reference(post));
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or DirectoryNotFoundException or NotSupportedException
            or ArgumentException or PathTooLongException)
        {
            return fault is DirectoryNotFoundException
                ? new Delivery.Refused("its folder does not exist") { RoomIsGone = true }
                : new Delivery.Refused("its file may not be written");
        }
        catch (IOException)
        {
            return new Delivery.Later(null, "its file cannot be written now");
        }
    };

    /// <summary>Adds a line to a file; to the standard output for "-".</summary>
    public static async Task Append(string path, ReadOnlyMemory<byte> line, CancellationToken stop)
    {
        await using var stream = path is "-"
            ? Console.OpenStandardOutput()
            : new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await stream.WriteAsync(line, stop);
        if (stream is FileStream file) file.Flush(flushToDisk: true);
    }
}
