using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Bench;

/// <summary>All sources in one table in half a minute: coarser than <see cref="SourceBench"/>, which takes a quarter of an hour.</summary>
public static class SourceTable
{
    private const int Rounds = 5;
    private const int Calls = 4_000;

    /// <param name="only">The folders to measure; all when there are none.</param>
    public static void Print(string[] only)
    {
        Console.WriteLine("| Sample | bytes | posts | µs | bytes allocated |\n| --- | ---: | ---: | ---: | ---: |");
        foreach (var sample in SourceBench.Samples)
        {
            if (only.Length > 0 && !only.Contains(Path.GetDirectoryName(sample))) continue;
            var bench = new SourceBench { Sample = sample };
            bench.Read();
            for (var call = 0; call < Calls; call++) bench.BytesToPayload();

            var best = double.MaxValue;
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < Rounds; round++)
            {
                var began = Stopwatch.GetTimestamp();
                for (var call = 0; call < Calls; call++) bench.BytesToPayload();
                best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMicroseconds / Calls);
            }
            allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (Rounds * Calls);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {sample} | {bench.Length:N0} | {bench.Posts} | {best:0.0} | {allocated:N0} |"));
        }
    }
}
