using System.Globalization;

namespace Signalbox.Cli.Sandboxes;

/// <summary>Looks at the memory of a process while it runs, from /proc; where there is none it sees nothing.</summary>
internal sealed class MemoryWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly string path;
    private readonly long limit;
    private long peak;

    /// <summary>Begins to look.</summary>
    /// <param name="process">Which process.</param>
    /// <param name="limit">MB that it may have.</param>
    public MemoryWatch(int process, int limit)
    {
        path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status");
        this.limit = limit * 1024L * 1024;
        Exceeded = Task.Run(Watch);
    }

    /// <summary>The most that was seen, in bytes; null for nothing seen.</summary>
    public long? Peak => Interlocked.Read(ref peak) is > 0 and var seen ? seen : null;

    /// <summary>Done when the process has more than it may; never otherwise.</summary>
    public Task Exceeded { get; }

    /// <summary>Looks once more.</summary>
    /// <returns>False when there is nothing to see any more.</returns>
    public bool Look()
    {
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                if (!line.StartsWith("VmHWM:", StringComparison.Ordinal)) continue;
                var words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
                if (long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes))
                    Interlocked.Exchange(ref peak, Math.Max(Interlocked.Read(ref peak), kilobytes * 1024));
                return true;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        return false;
    }

    private async Task Watch()
    {
        while (Look())
        {
            if (Interlocked.Read(ref peak) > limit) return;
            await Task.Delay(Pause);
        }
        await Task.Delay(Timeout.Infinite);
    }
}
