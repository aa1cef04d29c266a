using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Bench.Mutants;

/// <summary>The parent: keeps some children judging, starts a new one where one died of a mutant, and writes down each verdict as it comes.</summary>
/// <param name="Folder">Where the mutated core, the report of Stryker and the survey lie, and where verdicts go.</param>
/// <param name="Workers">How many children judge at the same time.</param>
/// <param name="Statics">Of the mutants in static initialisers every so many-th is judged: 1 for all.</param>
internal sealed record Court(string Folder, int Workers, int Statics)
{
    private readonly ConcurrentDictionary<int, Verdict> verdicts = [];
    private readonly Stopwatch passed = Stopwatch.StartNew();

    /// <summary>After so many mutants a child judges the core without any: all cases have to hold then.</summary>
    private const int Between = 500;

    /// <summary>Judges these mutants.</summary>
    /// <param name="mutants">All that are wanted.</param>
    /// <param name="survey">What the cases ask for without any mutant.</param>
    /// <param name="kept">Verdicts of before that stand.</param>
    public async Task<IReadOnlyDictionary<int, Verdict>> Judged(IReadOnlyList<Mutant> mutants, Survey survey, IEnumerable<Verdict> kept)
    {
        foreach (var verdict in kept) verdicts[verdict.Id] = verdict;
        var (inStatic, early, number) = (survey.Static.ToHashSet(), survey.Early.ToHashSet(), 0);
        var files = mutants.GroupBy(mutant => mutant.File).ToDictionary(file => file.Key, file => file.Select(mutant => mutant.Id).ToHashSet());
        // What notices a mutant's neighbours is likely to notice it.
        string Order(string file) => string.Join('\n', survey.Cases.OrderByDescending(test => test.Asked.Any(files[file].Contains)).ThenBy(test => test.Cost)
            .Select(test => string.Create(CultureInfo.InvariantCulture, $"{test.Cost}\t{test.Name}")));
        Task Alone(ConcurrentQueue<Mutant> queue) => One(queue, Order);
        // Mutants of one file stay together: what killed one kills its neighbours. Of each file every fourth comes first, so a run that is broken off is an even sample.
        await All(Many, new ConcurrentQueue<Mutant[]>(mutants.Where(mutant => !inStatic.Contains(mutant.Id) && !verdicts.ContainsKey(mutant.Id))
            .OrderBy(mutant => mutant.Id % 4).ThenBy(mutant => mutant.File, StringComparer.Ordinal).ThenBy(mutant => mutant.Id).Chunk(100)));

        // What the tests themselves had made of it before it was on may be why it lives.
        await All(Alone, new ConcurrentQueue<Mutant>(mutants.Where(mutant => early.Contains(mutant.Id) && !inStatic.Contains(mutant.Id) && !verdicts[mutant.Id].Held)));
        await All(Alone, new ConcurrentQueue<Mutant>(mutants.Where(mutant => inStatic.Contains(mutant.Id) && ++number % Statics is 0 && !verdicts.ContainsKey(mutant.Id))));
        return verdicts;
    }

    private async Task All<T>(Func<ConcurrentQueue<T>, Task> judge, ConcurrentQueue<T> queue)
    {
        Console.Error.WriteLine($"{Time()} {verdicts.Count} judged; {queue.Count} {(typeof(T) == typeof(Mutant) ? "to judge in a process each" : "hundreds to judge together")}");
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => judge(queue))));
    }

    private async Task Many(ConcurrentQueue<Mutant[]> shared)
    {
        var (left, judged) = (new Queue<int>(), 0);
        while (true)
        {
            using var child = Child("many");
            if (judged is 0) await Baseline(child);
            while (true)
            {
                if (left.Count is 0)
                {
                    if (!shared.TryDequeue(out var next)) break;
                    Console.Error.WriteLine($"{Time()} {verdicts.Count} judged, {verdicts.Values.Count(verdict => verdict.Held)} held; {next[0].File}");
                    foreach (var mutant in next) left.Enqueue(mutant.Id);
                }
                if (++judged % Between is 0) await Baseline(child);
                var id = left.Dequeue();
                var verdict = await Asked(child, id);
                Keep(verdict ?? new(id, "crashed", "", 0, ""));
                if (verdict is null or { Word: "timeout" }) break;
            }
            if (left.Count is 0 && shared.IsEmpty)
            {
                if (!child.HasExited) await Baseline(child);
                child.StandardInput.Close();
                await child.WaitForExitAsync();
                return;
            }
            await child.WaitForExitAsync();
        }
    }

    private async Task One(ConcurrentQueue<Mutant> alone, Func<string, string> order)
    {
        while (alone.TryDequeue(out var mutant))
        {
            using var child = Child("one", mutant.Id.ToString(CultureInfo.InvariantCulture));
            try
            {
                await child.StandardInput.WriteAsync(order(mutant.File));
                child.StandardInput.Close();
            }
            catch (IOException)
            {
                // It died before it had read all of it, which its missing answer says.
            }
            Keep(await Answer(child) ?? new(mutant.Id, "crashed", "", 0, ""));
            if (!child.HasExited) child.Kill();
            await child.WaitForExitAsync();
            if (alone.Count % 50 is 0) Console.Error.WriteLine($"{Time()} {alone.Count} left to judge in a process each");
        }
    }

    /// <summary>Without a mutant everything holds; if not, no verdict since the last time is worth anything.</summary>
    private static async Task Baseline(Process child)
    {
        var verdict = await Asked(child, MutatedCore.None);
        if (verdict is not { Word: "survived" }) throw new InvalidOperationException($"without any mutant: {verdict}");
    }

    private static async Task<Verdict?> Asked(Process child, int id)
    {
        try
        {
            await child.StandardInput.WriteLineAsync(id.ToString(CultureInfo.InvariantCulture));
            await child.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            return null;
        }
        return await Answer(child);
    }

    private static async Task<Verdict?> Answer(Process child) => await child.StandardOutput.ReadLineAsync() is { } line ? Verdict.Parse(line) : null;

    private Process Child(params string[] verb)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. verb, Folder]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x50000000";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        var child = Process.Start(start)!;
        // What a dying process says of its stack is as long as the stack.
        child.ErrorDataReceived += (_, _) => { };
        child.BeginErrorReadLine();
        return child;
    }

    private void Keep(Verdict verdict)
    {
        verdicts[verdict.Id] = verdict;
        lock (verdicts) File.AppendAllText(Path.Combine(Folder, "verdicts.tsv"), $"{verdict}\n");
    }

    private string Time() => passed.Elapsed.ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture);
}

/// <summary>What became of one mutant.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Word">"killed", "timeout" and "crashed" are noticed; "survived" and "not covered" are not.</param>
/// <param name="Killer">The case that noticed it.</param>
/// <param name="Took">Milliseconds.</param>
/// <param name="Why">What the case said.</param>
internal sealed record Verdict(int Id, string Word, string Killer, double Took, string Why)
{
    /// <summary>Whether a test notices it.</summary>
    public bool Held => Word is "killed" or "timeout" or "crashed";

    /// <summary>The last verdict on each mutant that was written down in that folder.</summary>
    public static IEnumerable<Verdict> Read(string folder) => Path.Combine(folder, "verdicts.tsv") is var path && File.Exists(path)
        ? File.ReadLines(path).Select(Parse).GroupBy(verdict => verdict.Id).Select(said => said.Last()) : [];

    public static Verdict Parse(string line)
    {
        var cells = line.Split('\t');
        return new(int.Parse(cells[0], CultureInfo.InvariantCulture), cells[1], cells[2], double.Parse(cells[3], CultureInfo.InvariantCulture), cells[4]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}\t{Word}\t{Killer}\t{Took:0.0}\t{Why}");
}
