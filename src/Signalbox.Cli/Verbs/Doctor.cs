using System.CommandLine;
using Signalbox.Aws.Cloud;
using Signalbox.Cli.Examining;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;

namespace Signalbox.Cli.Verbs;

/// <summary>Looks for what is wrong between an event and the room where it should be read.</summary>
internal static class Doctor
{
    public static readonly Verb Row = new("doctor", "Look for what is wrong: files, credentials, rights, everything in AWS, rooms.", """
        Examples:
          signalbox doctor
          signalbox doctor api --env prod
          signalbox doctor --send                 and send an event through all of it, to be seen in the room
          signalbox doctor --json | jq 'select(.mark == "wrong")'

        One line for each check: ✓ well, ! somebody should know, ✗ does not work; with what was found and how to mend it. Ends with 1 when
        anything does not work. Nothing is changed, no secret is shown, and nothing is posted but by --send.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var name = new Argument<string?>("NAME") { Description = "The function; all of the project when left out.", Arity = ArgumentArity.ZeroOrOne };
        var send = new Option<bool>("--send") { Description = "Send a test event the way that events come, and follow it into the room." };
        var alias = CloudInputs.Alias();
        var json = new Option<bool>("--json") { Description = "One line of JSON for each check." };
        var bootstrap = BuildZip.Bootstrap();
        command.Add(name);
        foreach (var option in (Option[])[send, alias, json]) command.Add(option);
        var inputs = new ProjectInputs(command);
        var cloud = new CloudInputs(command);
        command.Add(bootstrap);
        return async parsed =>
        {
            if (inputs.Load(parsed, shell) is not { } project) return Exit.Usage;
            ValueList<FunctionSpec> functions = parsed.GetValue(name) is null ? project.Functions
                : ProjectInputs.One(project, parsed.GetValue(name), shell) is { } one ? [one] : [];
            if (functions.Count is 0) return Exit.Usage;
            var sheet = new Sheet(shell, parsed.GetValue(json), parsed.GetValue(Inputs.NoColor));
            var stop = shell.Stop();
            sheet.Note(Finding.Well("files", $"project {project.Name}{(project.Environment is { } env ? $", environment {env}" : "")}: "
                + string.Join(", ", project.Functions.Select(function => function.Name))));
            try
            {
                if (await Opened(parsed, cloud, project, shell, sheet, stop) is not { } aws) return Exit.Failed;
                foreach (var function in functions)
                {
                    if (functions.Count > 1) sheet.Head(function.Name);
                    var rounds = new Rounds
                    {
                        Project = project,
                        Function = function,
                        Root = inputs.Root(parsed, shell),
                        Alias = parsed.GetValue(alias)!,
                        Bootstrap = parsed.GetValue(bootstrap),
                        Cloud = aws,
                        Shell = shell,
                        Sheet = sheet,
                        Stop = stop,
                    };
                    await rounds.Go(parsed.GetValue(send));
                }
            }
            catch (OperationCanceledException)
            {
                shell.Error.WriteLine("signalbox: stopped.");
                return Exit.Failed;
            }
            sheet.Sum();
            return sheet.Wrong > 0 ? Exit.Failed : Exit.Fine;
        };
    }

    /// <summary>Credentials and region, each by itself: without them nothing else can be asked.</summary>
    private static async Task<AwsCloud?> Opened(ParseResult parsed, CloudInputs inputs, ProjectSpec project, Shell shell, Sheet sheet, CancellationToken stop)
    {
        var finder = inputs.Finder(parsed, project, shell);
        try
        {
            var aws = await inputs.Open(parsed, project, shell, stop);
            var ends = finder.IsSession ? "; they end some time" : "";
            sheet.Note(Finding.Well("credentials", $"{aws.Caller} in account {aws.Site.Account}, from {finder.Origin}{ends}"));
            sheet.Note(Finding.Well("region", aws.Site.Region));
            return aws;
        }
        catch (CloudException fault)
        {
            sheet.Note(Finding.Wrong(fault.Message.StartsWith("no region", StringComparison.Ordinal) ? "region" : "credentials", fault.Message,
                $"They were to come from {finder.Origin}. Nothing in AWS was looked at."));
            sheet.Sum();
            return null;
        }
    }
}
