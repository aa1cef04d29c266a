using System.CommandLine;
using Signalbox.Cli.Verbs;

namespace Signalbox.Cli;

/// <summary>One thing that the tool does: one file and one row.</summary>
/// <param name="Name">The word.</param>
/// <param name="About">What it does, one sentence.</param>
/// <param name="More">What else help says: examples first.</param>
/// <param name="Fill">Adds arguments and options to its command, and says what runs.</param>
internal sealed record Verb(string Name, string About, string More, Func<Command, Shell, Func<ParseResult, Task<int>>> Fill);

/// <summary>Everything that the tool does: one row each, in the order of help.</summary>
internal static class VerbTable
{
    public static readonly ValueList<Verb> All =
        [Tell.Row, Payloads.Row, Explain.Row, Check.Row, Simulate.Row, Serve.Row, KeyVerb.Row, Silences.Row, Acknowledge.Row, StoreVerb.Row, Password.Row,
            SourceList.Row, Init.Row, BuildZip.Row, DeployFunctions.Row, DiffFunctions.Row, Invoke.Row, FunctionList.Row, FunctionLogs.Row,
            FunctionNumbers.Row, Doctor.Row, Rollback.Row, DeleteFunctions.Row, EnvironmentList.Row, ExecCommand.Row, TemplateVerb.Row, Package.Row,
            SchemaText.Row, Completion.Row];
}
