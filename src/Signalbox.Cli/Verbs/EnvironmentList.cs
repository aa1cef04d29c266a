using System.Buffers;
using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Signalbox.Cli.Projects;
using Signalbox.Deploy;

namespace Signalbox.Cli.Verbs;

/// <summary>The environment that a function would have.</summary>
internal static class EnvironmentList
{
    public static readonly Verb Row = new("env", "Print the environment variables that a function would have.", """
        Examples:
          signalbox env                          of the only function in this folder's project
          signalbox env api --env prod > .env    as --env-file and shells read it
          signalbox env api --set LEVEL=debug --json

        Values are shown as they are, secrets too.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var name = ProjectInputs.Name();
        var asJson = new Option<bool>("--json") { Description = "One JSON object." };
        command.Add(name);
        var inputs = new ProjectInputs(command);
        command.Add(asJson);
        return parsed =>
        {
            if (inputs.Load(parsed, shell) is not { } project || ProjectInputs.One(project, parsed.GetValue(name), shell) is not { } function)
                return Task.FromResult(Exit.Usage);
            shell.Out.Write(parsed.GetValue(asJson) ? Written(function.Environment) : Dotenv.Write(function.Environment));
            return Task.FromResult(Exit.Fine);
        };
    }

    private static string Written(ValueList<Fact> variables)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in variables) json.WriteString(name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
