using System.Text.Json;

namespace Signalbox.Bench.Mutants;

/// <summary>One change that Stryker made to the core, switched on by its number.</summary>
/// <param name="Id">The number that <c>MutantControl</c> asks for.</param>
/// <param name="File">Path below the core's folder, with slashes.</param>
/// <param name="Line">Line in that file, from 1.</param>
/// <param name="Mutator">What kind of change, in Stryker's words.</param>
/// <param name="Became">What stands there instead.</param>
internal sealed record Mutant(int Id, string File, int Line, string Mutator, string Became)
{
    /// <summary>The folder of the flow it lies in; the root's own files are named "(root)".</summary>
    public string Folder => File.IndexOf('/') is > 0 and var end ? File[..end] : "(root)";

    /// <summary>The mutants of a report that were compiled in, by number; with how many were left out, by Stryker's word for why.</summary>
    public static (List<Mutant> Mutants, Dictionary<string, int> LeftOut) Read(string report)
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllBytes(report));
        var (mutants, leftOut) = (new List<Mutant>(), new Dictionary<string, int>());
        var root = json.RootElement.GetProperty("projectRoot").GetString()!.TrimEnd('/') + "/";
        foreach (var file in json.RootElement.GetProperty("files").EnumerateObject())
        {
            var path = file.Name.StartsWith(root, StringComparison.Ordinal) ? file.Name[root.Length..] : file.Name;
            foreach (var mutant in file.Value.GetProperty("mutants").EnumerateArray())
            {
                var status = mutant.GetProperty("status").GetString()!;
                if (status is "CompileError" or "Ignored")
                {
                    leftOut[status] = leftOut.GetValueOrDefault(status) + 1;
                    continue;
                }
                mutants.Add(new(
                    int.Parse(mutant.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
                    path,
                    mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32(),
                    mutant.GetProperty("mutatorName").GetString()!,
                    mutant.GetProperty("replacement").GetString()!));
            }
        }
        return ([.. mutants.OrderBy(mutant => mutant.Id)], leftOut);
    }
}
