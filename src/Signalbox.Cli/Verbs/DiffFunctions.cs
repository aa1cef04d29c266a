using System.CommandLine;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;

namespace Signalbox.Cli.Verbs;

/// <summary>What differs between files and AWS.</summary>
internal static class DiffFunctions
{
    public static readonly Verb Row = new("diff", "Say what differs between the files of a project and AWS.", """
        Examples:
          signalbox diff
          signalbox diff api --env prod
          signalbox diff --json | jq -r .words

        Each line is a change that deploy would make: + makes, ~ changes, - takes away. Nothing is changed.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var names = CloudInputs.Names();
        var alias = CloudInputs.Alias();
        var json = new Option<bool>("--json") { Description = "One line of JSON for each difference." };
        var bootstrap = BuildZip.Bootstrap();
        command.Add(names);
        var inputs = new ProjectInputs(command);
        var cloud = new CloudInputs(command);
        foreach (var option in (Option[])[alias, json, bootstrap]) command.Add(option);
        return async parsed =>
        {
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
                    Report = new(shell, parsed.GetValue(json), noColor: true),
                    Alias = parsed.GetValue(alias)!,
                    Bootstrap = parsed.GetValue(bootstrap),
                    Only = doing => doing switch { Doing.Make => "+ ", Doing.Alter => "~ ", _ => "- " },
                };
                return DeployFunctions.Each(rollout, functions, 1, stop);
            });
        };
    }
}
