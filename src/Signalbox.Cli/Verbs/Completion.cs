using System.CommandLine;
using System.CommandLine.Completions;

namespace Signalbox.Cli.Verbs;

/// <summary>Scripts that let shells complete verbs and options. They are whole: completing starts no program.</summary>
internal static class Completion
{
    public static readonly Verb Row = new("completion", "Print a script that completes this tool's words in a shell.", """
        Examples:
          signalbox completion bash > /etc/bash_completion.d/signalbox
          signalbox completion zsh > "${fpath[1]}/_signalbox"
          signalbox completion fish > ~/.config/fish/completions/signalbox.fish

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var kind = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        kind.AcceptOnlyFromAmong("bash", "zsh", "fish");
        command.Add(kind);
        return parsed =>
        {
            var verbs = Tool.Commands(shell).Subcommands;
            shell.Out.Write(parsed.GetValue(kind) switch
            {
                "bash" => Bash(verbs),
                "zsh" => Zsh(verbs),
                _ => Fish(verbs),
            });
            return Task.FromResult(Exit.Fine);
        };
    }

    private static IEnumerable<Option> Options(Command verb) =>
        verb.Options.Append(Inputs.NoColor).Where(option => option.Name.StartsWith("--", StringComparison.Ordinal));

    private static string Words(Command verb)
    {
        var values = verb.Arguments.SelectMany(argument => argument.GetCompletions(CompletionContext.Empty)).Select(item => item.Label);
        return string.Join(' ', Options(verb).Select(option => option.Name).Concat(values));
    }

    /// <summary>A description inside single quotes.</summary>
    private static string Quoted(string? about) => $"'{about?.Replace("'", "", StringComparison.Ordinal)}'";

    private static string Bash(IList<Command> verbs) => $$"""
        _signalbox() {
            local word=${COMP_WORDS[COMP_CWORD]} words
            if [ "$COMP_CWORD" -eq 1 ]; then
                words="{{string.Join(' ', verbs.Select(verb => verb.Name))}} --help --version --no-color"
            else
                case ${COMP_WORDS[1]} in
        {{string.Join('\n', verbs.Select(verb => $"            {verb.Name}) words=\"{Words(verb)}\" ;;"))}}
                esac
            fi
            COMPREPLY=($(compgen -W "$words" -- "$word"))
        }
        complete -o default -F _signalbox signalbox

        """;

    private static string Zsh(IList<Command> verbs) => $$"""
        #compdef signalbox
        _signalbox() {
            if (( CURRENT == 2 )); then
                local -a verbs=(
        {{string.Join('\n', verbs.Select(verb => $"            {Quoted($"{verb.Name}:{verb.Description}")}"))}}
                )
                _describe verb verbs
            else
                case $words[2] in
        {{string.Join('\n', verbs.Select(verb => $"            {verb.Name}) compadd -- {Words(verb)} ;;"))}}
                esac
                _files
            fi
        }
        compdef _signalbox signalbox

        """;

    private static string Fish(IList<Command> verbs) => string.Concat(
    [
        .. from verb in verbs
           select $"complete -c signalbox -n __fish_use_subcommand -f -a {verb.Name} -d {Quoted(verb.Description)}\n",
        .. from verb in verbs
           from option in Options(verb)
           let seen = $"complete -c signalbox -n '__fish_seen_subcommand_from {verb.Name}'"
           select $"{seen} -l {option.Name[2..]} -d {Quoted(option.Description)}\n",
        "complete -c signalbox -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'\n",
    ]);
}
