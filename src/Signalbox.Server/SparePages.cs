using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Signalbox.Server;

/// <summary>What nobody needs at the moment is given back: pages of the binary and its libraries that only starting needed, and empty heap.</summary>
/// <remarks>A native binary unpacks its data from its file when it starts, and runs through half of its code once. Pages that are needed
/// again come back from the files. Linux only; anywhere else, and where anything is not as expected, the files' pages stay.</remarks>
internal static partial class SparePages
{
    private const int NotNeeded = 4;

    /// <summary>How long after the start everything has run once that runs all the time.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>How often it is looked whether anything went on.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    /// <summary>What may be allocated in that time by what only looks whether there is something to do.</summary>
    private const long Idling = 4 * 1024 * 1024;

    /// <summary>Gives them back once the start is over, and after every minute in which nothing went on.</summary>
    public static async Task Drop(CancellationToken stop)
    {
        await Task.Delay(Settling, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stop.IsCancellationRequested)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            DropFiles();
            long before;
            do
            {
                before = GC.GetTotalAllocatedBytes();
                await Task.Delay(Quiet, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            while (!stop.IsCancellationRequested && GC.GetTotalAllocatedBytes() - before > Idling);
        }
    }

    private static void DropFiles()
    {
        if (!OperatingSystem.IsLinux() || RuntimeFeature.IsDynamicCodeSupported) return;
        try
        {
            foreach (var (from, bytes) in OfFiles(File.ReadLines("/proc/self/smaps")).ToList()) _ = Advise(from, bytes, NotNeeded);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A system that does not say what is where keeps it.
            return;
        }
    }

    /// <summary>Where files are mapped and cannot be written, and nothing of them was: a page that was changed must not be thrown away.</summary>
    /// <param name="lines">The lines of <c>/proc/PID/smaps</c>.</param>
    internal static IEnumerable<(nuint From, nuint Bytes)> OfFiles(IEnumerable<string> lines)
    {
        (nuint From, nuint To)? area = null;
        var changed = 0L;
        foreach (var line in lines.Append("0-0 end"))
        {
            var words = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words[0].EndsWith(':'))
            {
                if (words[0] is "Private_Dirty:" or "Shared_Dirty:" or "Anonymous:" or "Swap:") changed += long.Parse(words[1], CultureInfo.InvariantCulture);
                continue;
            }
            if (area is var (from, to) && changed is 0) yield return (from, to - from);
            (area, changed) = (null, 0);
            if (words is [var range, ['r', '-', _, 'p'], _, _, _, ['/', ..]] && range.Split('-') is [var first, var last])
                area = (Number(first), Number(last));
        }
    }

    private static nuint Number(string hex) => nuint.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint from, nuint bytes, int advice);
}
