using System.CommandLine;
using Signalbox.Cli.Projects;

namespace Signalbox.Cli.Verbs;

/// <summary>From files to AWS.</summary>
internal static class DeployFunctions
{
    private const int AtOnce = 4;

    public static readonly Verb Row = new("deploy", "Bring the functions of a project to AWS, with everything that they need.", """
        Examples:
          signalbox deploy                           every function of the project in this folder
          signalbox deploy api 'worker-*' --env prod
          signalbox deploy --dry-run                 every change that it would make, and none made
          signalbox deploy --set LEVEL=debug --alias canary

        It makes and changes what the files say: role with the rights it needs and no others, log group, queues and dead-letter queues, table,
        function, version, alias, topics, rules, schedules, address. What is as it is wanted is left alone; what was made before and is no
        longer in the files goes; what others made is never touched. When it fails or is stopped (Ctrl-C) it says what was done: run it again
        to go on. Topics, queues and rules lead to the alias of the first deployment.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var names = CloudInputs.Names();
        var alias = CloudInputs.Alias();
        var dry = new Option<bool>("--dry-run", "-n") { Description = "Say each change and make none." };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each change." };
        var atOnce = new Option<int>("--concurrency") { Description = "So many functions at once.", HelpName = "N", DefaultValueFactory = _ => AtOnce };
        var bootstrap = BuildZip.Bootstrap();
        command.Add(names);
        var inputs = new ProjectInputs(command);
        var cloud = new CloudInputs(command);
        foreach (var option in (Option[])[alias, dry, json, atOnce, bootstrap]) command.Add(option);
        return async parsed =>
        {
            if (parsed.GetValue(atOnce) is < 1 and var wrong)
            {
                shell.Error.WriteLine($"signalbox: expected 1 or more after --concurrency, found {wrong}.");
                return Exit.Usage;
            }
            if (inputs.Load(parsed, shell) is not { } project) return Exit.Usage;
            if (CloudInputs.Chosen(project, parsed.GetValue(names) ?? [], shell) is not { } functions) return Exit.Usage;
            return await cloud.With(parsed, project, shell, (aws, stop) =>
            {
                var rollout = new Rollout
                {
                    Project = project,
                    Root = inputs.Root(parsed, shell),
                    Cloud = aws,
                    Shell = shell,
                    Report = new(shell, parsed.GetValue(json), parsed.GetValue(Inputs.NoColor)),
                    Alias = parsed.GetValue(alias)!,
                    Bootstrap = parsed.GetValue(bootstrap),
                    Only = parsed.GetValue(dry) ? _ => "" : null,
                };
                return Each(rollout, functions, parsed.GetValue(atOnce), stop);
            });
        };
    }

    /// <summary>Every function, some at once; one that fails does not keep the others from it.</summary>
    public static Task<int> Each(Rollout rollout, ValueList<Deploy.FunctionSpec> functions, int atOnce, CancellationToken stop) =>
        rollout.Report.While(async () =>
    {
        using var gate = new SemaphoreSlim(atOnce);
        var all = await Task.WhenAll(functions.Select(async function =>
        {
            await gate.WaitAsync(stop);
            try
            {
                return await rollout.Of(function, stop);
            }
            finally
            {
                gate.Release();
            }
        }));
        return all.All(well => well) ? Exit.Fine : Exit.Failed;
    });
}
