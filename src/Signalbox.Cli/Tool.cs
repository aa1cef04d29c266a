using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Signalbox.Cli;

/// <summary>Words in, exit code out.</summary>
internal static class Tool
{
    private const string About = "Tells people in the right chat room what happened in AWS.";

    private const string Examples = """
        Examples:
          signalbox tell event.json                  say it in the rooms that signalbox.yaml names
          aws sns ... | signalbox tell               the same from a pipe
          signalbox explain event.json               who would hear it, and why
          signalbox check                            are the settings right?

        Settings: --config, else SIGNALBOX_CONFIG, else signalbox.yaml or signalbox.json in this folder,
        else none: everything is shown here.


        """;

    /// <summary>Runs one command line.</summary>
    public static async Task<int> Run(IReadOnlyList<string> words, Shell shell)
    {
        // What people type who do not know a tool yet: signalbox help deploy.
        if (words is ["help", ..]) words = [.. words.Skip(1), "--help"];
        var root = Commands(shell);
        var parsed = root.Parse(words);
        if (parsed.Action is not HelpShown && Faults(parsed, words) is { Count: > 0 } faults)
        {
            if (parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens is [var word, ..])
                return NoVerb(root, word, shell);
            foreach (var fault in faults) shell.Error.WriteLine($"signalbox: {fault}");
            shell.Error.WriteLine($"Try: {string.Join(' ', Path(parsed.CommandResult.Command))} --help");
            return Exit.Usage;
        }
        return await parsed.InvokeAsync(
            new InvocationConfiguration { Output = shell.Out, Error = shell.Error, EnableDefaultExceptionHandler = false });
    }

    /// <summary>The commands as a tree.</summary>
    public static RootCommand Commands(Shell shell)
    {
        var root = new RootCommand(About) { Inputs.NoColor };
        Explained(root, Examples + Exit.About);
        foreach (var verb in VerbTable.All)
        {
            var command = new Command(verb.Name, verb.About);
            var run = verb.Fill(command, shell);
            command.SetAction((parsed, _) => run(parsed));
            Explained(command, verb.More + "\n" + Exit.About);
            root.Subcommands.Add(command);
        }
        root.SetAction(_ => NoVerb(root, null, shell));
        return root;
    }

    private static List<string> Faults(ParseResult parsed, IReadOnlyList<string> words) => parsed.Errors.Count > 0
        ? [.. parsed.Errors.Select(error => error.Message.Replace("\n\t", " ", StringComparison.Ordinal))]
        : NoOption(parsed, words) is { } wrong ? [wrong] : [];

    /// <summary>
    /// What is wrong with a word that looks like an option and is none; null when nothing is. The library takes it for a file: then
    /// "tell --cht none event.json" would post what somebody only wanted to see.
    /// </summary>
    private static string? NoOption(ParseResult parsed, IReadOnlyList<string> words)
    {
        var typed = words.TakeWhile(word => word is not "--").ToList();
        var found = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .FirstOrDefault(word => word is ['-', _, ..] && typed.Contains(word));
        if (found is null) return null;
        var command = parsed.CommandResult.Command;
        string[] options = [.. command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)))
            .Select(option => option.Name)];
        var hint = Nearest.Hint(found, options) is { } near ? $" {near}" : "";
        return $"expected an option of {command.Name}, found \"{found}\".{hint} What begins with a dash by right comes after --.";
    }

    private static int NoVerb(RootCommand root, string? found, Shell shell)
    {
        string[] verbs = [.. root.Subcommands.Select(command => command.Name)];
        var hint = found is not null && Nearest.Hint(found, verbs) is { } near ? $". {near}" : "";
        var what = found is null ? "" : $", found \"{found}\"{hint}";
        shell.Error.WriteLine($"signalbox: expected a verb: {string.Join(", ", verbs)}{what}");
        shell.Error.WriteLine("Try: signalbox --help");
        return Exit.Usage;
    }

    private static void Explained(Command command, string more)
    {
        var help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null) command.Options.Add(help = new HelpOption());
        help.Action = new HelpShown(more);
    }

    private static IEnumerable<string> Path(Command command) =>
        [.. command.Parents.OfType<Command>().SelectMany(Path), command is RootCommand ? "signalbox" : command.Name];

    /// <summary>The library's help, and ours below.</summary>
    private sealed class HelpShown(string more) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parsed)
        {
            var configuration = parsed.InvocationConfiguration;
            var output = configuration.Output;
            using var text = new StringWriter { NewLine = "\n" };
            configuration.Output = text;
            new HelpAction { MaxWidth = 100 }.Invoke(parsed);
            configuration.Output = output;
            var lines = text.ToString().Replace(RootCommand.ExecutableName, "signalbox", StringComparison.Ordinal).Split('\n');
            foreach (var line in lines[..^1]) output.WriteLine(line.TrimEnd());
            output.WriteLine(more);
            return Exit.Fine;
        }
    }
}
