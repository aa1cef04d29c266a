using System.CommandLine;
using Signalbox.Deploy;

namespace Signalbox.Cli.Verbs;

/// <summary>The schemas, so that editors complete and check files while they are written.</summary>
internal static class SchemaText
{
    private static readonly ValueList<string> Kinds = ["settings", "project", "function"];

    public static readonly Verb Row = new("schema", "Print the JSON Schema of the settings, of project.json or of function.json, for editors.", """
        Examples:
          signalbox schema > signalbox.schema.json
          and as the first line of signalbox.yaml:
          # yaml-language-server: $schema=signalbox.schema.json
          signalbox schema function > function.schema.json

        """, (command, shell) =>
        {
            var kind = new Argument<string?>("WHAT")
            {
                Description = "settings, project or function; settings when left out.",
                Arity = ArgumentArity.ZeroOrOne
            };
            command.Add(kind);
            return parsed => Task.FromResult(Of(parsed.GetValue(kind), shell));
        });

    private static int Of(string? kind, Shell shell)
    {
        if (kind is not null && !Kinds.Contains(kind))
        {
            shell.Error.WriteLine($"signalbox: {Sentence.Of(Sentence.Or(Kinds), $"\"{kind}\"", Nearest.Hint(kind, Kinds))}");
            return Exit.Usage;
        }
        shell.Out.Write(kind switch { "project" => ProjectDocs.ProjectSchema(), "function" => ProjectDocs.FunctionSchema(), _ => Schema.Write() });
        return Exit.Fine;
    }
}
