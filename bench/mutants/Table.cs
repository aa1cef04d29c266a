using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Bench.Mutants;

/// <summary>The verdicts, for people: by folder, by file, by what kills most, and every mutant that lives.</summary>
internal static class Table
{
    private static readonly JsonSerializerOptions Legible = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes mutants.jsonl and summary.md into that folder, and gives the summary.</summary>
    public static string Write(string folder, IReadOnlyList<Mutant> mutants, IReadOnlyDictionary<int, Verdict> verdicts, IReadOnlyDictionary<string, int> leftOut)
    {
        var judged = mutants.Where(mutant => verdicts.ContainsKey(mutant.Id)).ToList();
        File.WriteAllLines(Path.Combine(folder, "mutants.jsonl"), judged.Select(mutant => verdicts[mutant.Id] is var verdict
            ? JsonSerializer.Serialize(new { id = mutant.Id, file = mutant.File, line = mutant.Line, mutator = mutant.Mutator, became = mutant.Became, verdict = verdict.Word, killer = verdict.Killer, why = verdict.Why }, Legible)
            : ""));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{judged.Count} mutants; {string.Join(", ", leftOut.Select(pair => $"{pair.Value} {pair.Key}"))}\n\n");
        Rows(text, "Folder", judged.GroupBy(mutant => mutant.Folder).OrderBy(group => group.Key, StringComparer.Ordinal), verdicts);
        Rows(text, "**together**", judged.GroupBy(_ => "**together**"), verdicts);
        Rows(text, "File, lowest first", judged.GroupBy(mutant => mutant.File).OrderBy(group => Score(group, verdicts)), verdicts);
        Rows(text, "Mutator", judged.GroupBy(mutant => mutant.Mutator).OrderBy(group => group.Key, StringComparer.Ordinal), verdicts);
        text.Append("| Killer | Killed |\n| --- | ---: |\n");
        foreach (var killer in verdicts.Values.Where(verdict => verdict.Word is "killed").GroupBy(verdict => verdict.Killer.Split('#')[0]).OrderByDescending(group => group.Count()))
            text.Append(CultureInfo.InvariantCulture, $"| {killer.Key} | {killer.Count()} |\n");
        File.WriteAllText(Path.Combine(folder, "summary.md"), text.ToString());
        return text.ToString();
    }

    private static void Rows(StringBuilder text, string what, IEnumerable<IGrouping<string, Mutant>> groups, IReadOnlyDictionary<int, Verdict> verdicts)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {what} | Killed | Survived | Not covered | Score |\n| --- | ---: | ---: | ---: | ---: |\n");
        foreach (var group in groups)
        {
            int Count(Func<Verdict, bool> which) => group.Count(mutant => which(verdicts[mutant.Id]));
            text.Append(CultureInfo.InvariantCulture,
                $"| {group.Key} | {Count(verdict => verdict.Held)} | {Count(verdict => verdict.Word is "survived")} | {Count(verdict => verdict.Word is "not covered")} | {Score(group, verdicts):0.0} % |\n");
        }
        text.Append('\n');
    }

    private static double Score(IEnumerable<Mutant> mutants, IReadOnlyDictionary<int, Verdict> verdicts) => 100 * mutants.Average(mutant => verdicts[mutant.Id].Held ? 1.0 : 0);
}
