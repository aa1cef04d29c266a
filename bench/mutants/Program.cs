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
        var (mutants, _) = Mutant.Read(Path.Combine(args[^1], "report.json"));
        var judge = new Judge(Suite.Load(args[^1], repository), Survey.Read(Path.Combine(args[^1], "survey.json")), asked, said);
        if (args is ["one", var number, _])
        {
            var mutant = mutants.Single(mutant => mutant.Id == int.Parse(number, CultureInfo.InvariantCulture));
            judge.One(mutant, mutants.Where(other => other.File == mutant.File).Select(other => other.Id).ToHashSet());
        }
        else
        {
            judge.Many(mutants.ToDictionary(mutant => mutant.Id));
        }
        return 0;

    // Only files whose path contains one of these words, when there are any.
    case ["judge", var folder, .. var words]:
        var survey = Survey.Read(Path.Combine(folder, "survey.json"));
        var (all, leftOut) = Mutant.Read(Path.Combine(folder, "report.json"));
        var wanted = words is [] ? all : [.. all.Where(mutant => words.Any(word => mutant.File.Contains(word, StringComparison.Ordinal)))];
        Console.Error.WriteLine($"{wanted.Count} mutants, {survey.Cases.Count} cases; left out: {survey.LeftOut.Count}");
        var workers = int.Parse(Environment.GetEnvironmentVariable("WORKERS") ?? "2", CultureInfo.InvariantCulture);
        var verdicts = await new Court(folder, workers).Judged(wanted, survey);
        Console.WriteLine(Table.Write(folder, wanted, verdicts, leftOut));
        return 0;

    default:
        return args.Any(arg => arg is "-automated" or "@@")
            ? await ConsoleRunner.Run(args)
            : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
