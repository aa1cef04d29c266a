using System.Diagnostics;
using System.Text.Json;

namespace Signalbox.Bench.Mutants;

/// <summary>What one pass without any mutant shows: which cases hold, what each costs, and which mutants each could notice.</summary>
/// <param name="Cases">The cases that judge, the cheapest first.</param>
/// <param name="Static">Mutants in static initialisers of the core: these are judged in a process each.</param>
/// <param name="Early">Mutants that the tests' own static initialisers and data ask for; what lives of them is judged once more in a process each.</param>
/// <param name="LeftOut">Cases that do not judge, with why.</param>
internal sealed record Survey(List<Surveyed> Cases, int[] Static, int[] Early, Dictionary<string, string> LeftOut)
{
    /// <summary>A case that takes longer than this, in milliseconds, judges nothing: there are thousands of mutants.</summary>
    private static readonly double Slowest = double.Parse(Environment.GetEnvironmentVariable("SLOWEST") ?? "300", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Nor does one that would take longer than this, in seconds, if all mutants lived that it asks for: what reads the whole corpus in one go.</summary>
    private const double Dearest = 400;

    public static Survey Of(MutatedCore core)
    {
        var inCore = core.Asked(() => MutatedCore.Initialise(core.Core));
        List<Case> found = [];
        var early = core.Asked(() =>
        {
            foreach (var assembly in Suite.Assemblies(core)) MutatedCore.Initialise(assembly);
            found = [.. Suite.Cases(core)];
        });
        Console.Error.WriteLine($"{inCore.Length} mutants in static initialisers, {found.Count} cases");
        var (cases, leftOut) = (new List<Surveyed>(), new Dictionary<string, string>());
        foreach (var test in found)
        {
            var begin = Stopwatch.GetTimestamp();
            if (test.Fault() is { } fault)
            {
                leftOut[test.Name] = fault.Split('\n')[0];
                continue;
            }
            // The first run compiles as well, so it may take longer; listening to what is asked takes longer still.
            if (Stopwatch.GetElapsedTime(begin).TotalMilliseconds > 5 * Slowest)
            {
                leftOut[test.Name] = $"takes {Stopwatch.GetElapsedTime(begin).TotalMilliseconds:0} ms";
                continue;
            }
            var asked = core.Asked(() => test.Fault());
            var (ticks, again) = (Stopwatch.GetTimestamp(), test.Fault());
            var cost = Stopwatch.GetElapsedTime(ticks).TotalMilliseconds;
            if (Stopwatch.GetElapsedTime(begin).TotalSeconds > 3) Console.Error.WriteLine($"  {test.Name}: {cost:0} ms, {asked.Length} asked");
            if (again is not null) leftOut[test.Name] = "does not hold twice";
            else if (asked.Length is 0) leftOut[test.Name] = "asks for nothing of the core";
            else if (cost > Slowest) leftOut[test.Name] = $"takes {cost:0} ms";
            else if (cost * asked.Length / 1000 is > Dearest and var price) leftOut[test.Name] = $"would take {price:0} s if all lived that it asks for";
            else cases.Add(new(test.Name, cost, asked));
        }
        return new([.. cases.OrderBy(test => test.Cost)], inCore, early, leftOut);
    }

    public static Survey Read(string path) => JsonSerializer.Deserialize<Survey>(File.ReadAllBytes(path))!;

    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this));
}

/// <summary>A case as the survey saw it.</summary>
/// <param name="Name">The name of the case.</param>
/// <param name="Cost">Milliseconds of one run.</param>
/// <param name="Asked">The mutants that it asked for.</param>
internal sealed record Surveyed(string Name, double Cost, int[] Asked);
