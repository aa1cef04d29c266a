using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Bench;

/// <summary>All sources in one table in half a minute: coarser than <see cref="SourceBench"/>, which takes a quarter of an hour.</summary>
public static class SourceTable
{
    private const int Rounds = 5;
    private const int Calls = 4_000;
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(5);

    /// <param name="only">The folders to measure; all when there are none.</param>
    public static void Print(string[] only)
    {
        Console.WriteLine("| Sample | bytes | posts | µs | bytes allocated |\n| --- | ---: | ---: | ---: | ---: |");
        var benches = SourceBench.Samples.Where(sample => only.Length == 0 || only.Contains(Path.GetDirectoryName(sample)))
            .Select(sample => new SourceBench { Sample = sample }).ToList();
        foreach (var bench in benches) bench.Read();
        // What a row costs must not depend on which rows stand above it: all code is hot, and compiled for the last time, before the first is measured.
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < Warming;)
        {
            foreach (var bench in benches) bench.BytesToPayload();
        }
        foreach (var bench in benches)
        {
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
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {bench.Sample} | {bench.Length:N0} | {bench.Posts} | {best:0.0} | {allocated:N0} |"));
        }
    }
}
