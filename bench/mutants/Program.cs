using System.Globalization;
using System.Reflection;
using Signalbox.Bench.Mutants;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// run.sh calls this; what is needed lies in one folder: Signalbox.dll (mutated), report.json (Stryker's), survey.json.
var repository = typeof(Court).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!;

switch (args)
{
    case ["survey", var folder]:
        Survey.Of(Suite.Load(folder, repository)).Write(Path.Combine(folder, "survey.json"));
        return 0;

    case ["many" or "one", ..]:
        var said = new StreamWriter(Console.OpenStandardOutput());
        var asked = Console.In;
        // Tests may write what they like; what the parent reads is ours.
        Console.SetOut(TextWriter.Null);
        var judge = new Judge(Suite.Load(args[^1], repository), asked, said);
        if (args is ["one", var number, _]) judge.One(int.Parse(number, CultureInfo.InvariantCulture));
        else judge.Many(Mutant.Read(Path.Combine(args[^1], "report.json")).Mutants.ToDictionary(mutant => mutant.Id), Survey.Read(Path.Combine(args[^1], "survey.json")));
        return 0;

    // The tables of the verdicts there are: of a run that was broken off, too.
    case ["table", var folder]:
        var (known, ignored) = Mutant.Read(Path.Combine(folder, "report.json"));
        Console.WriteLine(Table.Write(folder, known, Verdict.Read(folder).ToDictionary(verdict => verdict.Id), ignored));
        return 0;

    // Only files whose path contains one of these words, when there are any.
    case ["judge", var folder, .. var words]:
        var survey = Survey.Read(Path.Combine(folder, "survey.json"));
        var (all, leftOut) = Mutant.Read(Path.Combine(folder, "report.json"));
        var wanted = words is [] ? all : [.. all.Where(mutant => words.Any(word => mutant.File.Contains(word, StringComparison.Ordinal)))];
        Console.Error.WriteLine($"{wanted.Count} mutants, {survey.Cases.Count} cases; left out: {survey.LeftOut.Count}");
        // After a change that only adds to tests, what was held is held still: AGAIN judges the rest. STILL goes on where a run was broken off.
        var (again, still) = (Environment.GetEnvironmentVariable("AGAIN") is "1", Environment.GetEnvironmentVariable("STILL") is "1");
        Verdict[] kept = again || still ? [.. Verdict.Read(folder).Where(verdict => verdict.Held || still)] : [];
        if (!again && !still) File.Delete(Path.Combine(folder, "verdicts.tsv"));
        var workers = int.Parse(Environment.GetEnvironmentVariable("WORKERS") ?? "2", CultureInfo.InvariantCulture);
        var statics = int.Parse(Environment.GetEnvironmentVariable("STATICS") ?? "8", CultureInfo.InvariantCulture);
        var verdicts = await new Court(folder, workers, statics).Judged(wanted, survey, kept);
        Console.WriteLine(Table.Write(folder, wanted, verdicts, leftOut));
        return 0;

    default:
        return args.Any(arg => arg is "-automated" or "@@")
            ? await ConsoleRunner.Run(args)
            : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
