using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Bench.Mutants;

/// <summary>
/// The child: reads numbers of mutants from its input, a line each, and says for each "id verdict case milliseconds". It dies of a mutant that does not end
/// and may die of one that recurses; the parent knows which it was.
/// </summary>
internal sealed class Judge(MutatedCore core, TextReader asked, TextWriter said)
{
    private readonly Dictionary<string, Case> cases = [];
    private readonly Dictionary<int, List<Surveyed>> noticing = [];
    private readonly Dictionary<string, List<Surveyed>> killers = [];
    private readonly Lock watching = new();
    private (int Mutant, Surveyed Case, TimeSpan Spent, long Begin)? running;

    /// <summary>Judges one after the other in this process: every static initialiser has run before the first mutant is on.</summary>
    public void Many(IReadOnlyDictionary<int, Mutant> mutants, Survey survey)
    {
        MutatedCore.Initialise(core.Core);
        foreach (var assembly in Suite.Assemblies(core)) MutatedCore.Initialise(assembly);
        foreach (var test in survey.Cases)
        {
            foreach (var id in test.Asked) (noticing.TryGetValue(id, out var tests) ? tests : noticing[id] = []).Add(test);
        }
        new Thread(Watch) { IsBackground = true }.Start();
        while (asked.ReadLine() is { } line)
        {
            var id = int.Parse(line, CultureInfo.InvariantCulture);
            if (id is MutatedCore.None)
            {
                Say(id, survey.Cases, isMutant: false);
                continue;
            }
            var recent = killers.TryGetValue(mutants[id].File, out var known) ? known : killers[mutants[id].File] = [];
            var tests = noticing.GetValueOrDefault(id, []);
            var first = recent.Where(tests.Contains).ToList();
            if (Say(id, [.. first, .. tests.Except(first)], isMutant: true) is not { } killer) continue;
            recent.Remove(killer);
            recent.Insert(0, killer);
            if (recent.Count > 6) recent.RemoveAt(6);
        }
    }

    /// <summary>Judges one mutant that is on before anything of the core has run. Its input has the cases to try, in their order: "cost name".</summary>
    public void One(int id)
    {
        core.Active = id;
        new Thread(Watch) { IsBackground = true }.Start();
        var cases = new List<Surveyed>();
        while (asked.ReadLine()?.Split('\t') is [var cost, var name]) cases.Add(new(name, double.Parse(cost, CultureInfo.InvariantCulture), []));
        Say(id, cases, isMutant: true);
    }

    private Surveyed? Say(int id, IReadOnlyList<Surveyed> tests, bool isMutant)
    {
        var begin = Stopwatch.GetTimestamp();
        var (verdict, killer, why) = (tests.Count is 0 ? "not covered" : "survived", default(Surveyed), "");
        core.Active = id;
        foreach (var test in tests)
        {
            lock (watching) running = (id, test, Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            var fault = Found(test).Fault();
            lock (watching) running = null;
            if (fault is null or "skipped") continue;
            (verdict, killer, why) = ("killed", test, fault);
            break;
        }
        if (isMutant) core.Active = MutatedCore.None;
        Write(id, verdict, killer, Stopwatch.GetElapsedTime(begin), why);
        return killer;
    }

    private Case Found(Surveyed test) => cases.TryGetValue(test.Name, out var found) ? found : cases[test.Name] = Case.Named(test.Name, core.Tests);

    private void Write(int id, string verdict, Surveyed? killer, TimeSpan took, string why)
    {
        why = why.Length > 200 ? why[..200] : why;
        lock (said)
        {
            said.WriteLine($"{id}\t{verdict}\t{killer?.Name}\t{took.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)}\t{why.ReplaceLineEndings(" ").Replace('\t', ' ')}");
            said.Flush();
        }
    }

    /// <summary>A case that computes much longer than without a mutant, or waits for what never comes, will not end: that is noticed, too.</summary>
    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(100);
            lock (watching)
            {
                if (running is not var (id, test, spent, begin)) continue;
                var (computed, passed) = (Environment.CpuUsage.TotalTime - spent, Stopwatch.GetElapsedTime(begin));
                // What a process does first costs more than the survey saw, and without a mutant everything ends: only a wait is looked for then.
                var mayCompute = id == MutatedCore.None || computed < TimeSpan.FromMilliseconds(1_500 + (20 * test.Cost));
                if (mayCompute && passed < TimeSpan.FromMilliseconds(30_000 + (60 * test.Cost))) continue;
                Write(id, "timeout", test, passed, "");
                Process.GetCurrentProcess().Kill();
            }
        }
    }
}
