using System.CommandLine;
using Signalbox.Aws.Cloud;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;

namespace Signalbox.Cli.Verbs;

/// <summary>Everything that was made for functions goes.</summary>
internal static class DeleteFunctions
{
    public static readonly Verb Row = new("delete", "Take away everything that deploy made for functions, and nothing else.", """
        Examples:
          signalbox delete api                       asks first
          signalbox delete --all --env dev --yes
          signalbox delete api --data                the table and the log too
          signalbox delete --all --dry-run           what would go, and nothing goes

        Topics, queues and roles that others made stay, and so does what has the same name but another's tags. When it fails or is stopped, run
        it again to go on.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var names = CloudInputs.Names();
        var all = new Option<bool>("--all") { Description = "Every function of the project." };
        var data = new Option<bool>("--data") { Description = "The table that was made for it and its log too." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var dry = new Option<bool>("--dry-run", "-n") { Description = "Say what would go; nothing goes." };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each thing." };
        command.Add(names);
        var inputs = new ProjectInputs(command);
        var cloud = new CloudInputs(command);
        foreach (var option in (Option[])[all, data, yes, dry, json]) command.Add(option);
        return async parsed =>
        {
            var typed = parsed.GetValue(names) ?? [];
            if (typed.Length is 0 != parsed.GetValue(all))
            {
                shell.Error.WriteLine("signalbox: expected names of functions or --all, found " + (typed.Length is 0 ? "neither." : "both."));
                return Exit.Usage;
            }
            if (inputs.Load(parsed, shell) is not { } project) return Exit.Usage;
            if (CloudInputs.Chosen(project, typed, shell) is not { } functions) return Exit.Usage;
            return await cloud.With(parsed, project, shell, async (aws, stop) =>
            {
                var report = new StepReport(shell, parsed.GetValue(json), parsed.GetValue(Inputs.NoColor));
                var rollout = new Rollout
                {
                    Project = project,
                    Root = inputs.Root(parsed, shell),
                    Cloud = aws,
                    Shell = shell,
                    Report = report,
                    Alias = Release.UsualAlias,
                };
                var plans = new List<(Release Release, ValueList<Change> Changes)>();
                foreach (var function in functions) plans.Add(await Planned(rollout, function, parsed.GetValue(data), stop));
                var isDry = parsed.GetValue(dry);
                var isAsked = !isDry && !parsed.GetValue(yes) && plans.Any(plan => plan.Changes.Count > 0);
                foreach (var (release, changes) in plans)
                {
                    if (changes.Count is 0) report.Say(release.Spec.Name, "there is nothing of it");
                    if (!isDry && !isAsked) continue;
                    foreach (var change in changes) report.Would(release.Spec.Name, change, "");
                }
                if (isDry) return Exit.Fine;
                return isAsked && !IsSure(aws, shell) ? Exit.Failed : await report.While(() => Done(rollout, plans, stop));
            });
        };
    }

    private static async Task<(Release Release, ValueList<Change> Changes)> Planned(Rollout rollout, FunctionSpec function, bool data, CancellationToken stop)
    {
        var plain = CloudInputs.Plain(rollout.Project, function, rollout.Root, rollout.Cloud, rollout.Alias);
        // The table may stand in settings that lie elsewhere; where these cannot be read any more, those of the folder are what there is.
        var inForce = await SettingsInForce.Find(function, rollout.Root, rollout.Cloud, stop);
        var release = plain with { Settings = inForce.Loaded?.Settings ?? plain.Settings };
        (release, var found) = await new Deployment(rollout.Cloud, () => default).Read(release, stop);
        return (release, Plan.Delete(found, data));
    }

    private static bool IsSure(AwsCloud aws, Shell shell)
    {
        if (!shell.AsksPerson)
        {
            shell.Error.WriteLine("signalbox: expected --yes, because there is nobody at a terminal to ask. Nothing was deleted.");
            return false;
        }
        if (shell.Ask($"Delete all this in account {aws.Site.Account}, {aws.Site.Region}? Type yes: ")?.Trim() is "yes") return true;
        shell.Error.WriteLine("signalbox: nothing was deleted.");
        return false;
    }

    private static async Task<int> Done(Rollout rollout, List<(Release Release, ValueList<Change> Changes)> plans, CancellationToken stop)
    {
        var deployment = new Deployment(rollout.Cloud, () => default);
        var isWell = true;
        foreach (var (release, changes) in plans.Where(plan => plan.Changes.Count > 0))
            isWell &= await rollout.Take(release.Spec.Name, deployment, release, changes, "Run it again to go on.", stop);
        return isWell ? Exit.Fine : Exit.Failed;
    }
}
