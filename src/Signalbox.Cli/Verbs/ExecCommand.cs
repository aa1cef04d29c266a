using System.CommandLine;
using Signalbox.Cli.Projects;

namespace Signalbox.Cli.Verbs;

/// <summary>A command where the function is, with what it sees.</summary>
internal static class ExecCommand
{
    public static readonly Verb Row = new("exec", "Run a command in a function's folder, with its environment.", """
        Examples:
          signalbox exec api -- npm test
          signalbox exec api --env prod -- sh -c 'echo $TABLE'

        The command sees what this shell has, the project's region and profile (AWS_REGION, AWS_PROFILE), AWS_LAMBDA_FUNCTION_NAME, and the
        function's environment over all of it. Its exit code is this one's.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var name = new Argument<string>("NAME") { Description = "The function." };
        var words = new Argument<string[]>("COMMAND") { Description = "The command and its arguments, after --.", Arity = ArgumentArity.OneOrMore };
        command.Add(name);
        command.Add(words);
        var inputs = new ProjectInputs(command);
        return async parsed =>
        {
            if (inputs.Load(parsed, shell) is not { } project) return Exit.Usage;
            if (ProjectInputs.One(project, parsed.GetValue(name), shell) is not { } function) return Exit.Usage;
            var (code, fault) = await Hooks.Command(parsed.GetValue(words)!, project, function, inputs.Root(parsed, shell), shell, isHook: false);
            if (fault is null) return code;
            shell.Error.WriteLine($"signalbox: the command cannot be run: {fault}.");
            return Exit.Failed;
        };
    }
}
