using System.CommandLine;
using Signalbox.Cli.Projects;

namespace Signalbox.Cli.Verbs;

/// <summary>A function's zip.</summary>
internal static class BuildZip
{
    public static readonly Verb Row = new("build", "Write the zip of a function as deploy would send it.", """
        Examples:
          signalbox build > out.zip                  the only function of the project in this folder
          signalbox build api --env prod -o api.zip
          signalbox build api | bsdtar -tvf -        what is in it

        Hooks run before (hooks.build) and after (hooks.clean); what they print goes to stderr. .apexignore says what stays out, in the
        syntax of .gitignore; the files that describe the function always do. Links are followed. The same files make the same bytes.
        A folder with signalbox.yaml and no code is a Signalbox function: the binary and these settings, as package makes it.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var name = ProjectInputs.Name();
        var output = new Option<string?>("--output", "-o") { Description = "Where the zip goes; stdout when left out.", HelpName = "FILE" };
        var bootstrap = Bootstrap();
        command.Add(name);
        var inputs = new ProjectInputs(command);
        command.Add(output);
        command.Add(bootstrap);
        return async parsed =>
        {
            var file = parsed.GetValue(output);
            if (file is null && (shell.Columns is not null || shell.OutBytes is null))
            {
                shell.Error.WriteLine("signalbox: a zip is not for the eye: name a file with -o, or send it on, as in: signalbox build > out.zip");
                return Exit.Usage;
            }
            if (inputs.Load(parsed, shell) is not { } project) return Exit.Usage;
            if (ProjectInputs.One(project, parsed.GetValue(name), shell) is not { } function) return Exit.Usage;
            var (zip, fault) = await FunctionZip.Make(project, function, inputs.Root(parsed, shell), parsed.GetValue(bootstrap), shell);
            if (zip is not null) return Written(zip, file, shell);
            if (fault is { Length: > 0 }) shell.Error.WriteLine($"signalbox: {fault}");
            return Exit.Failed;
        };
    }

    /// <summary>The binary of a Signalbox function.</summary>
    public static Option<string?> Bootstrap() => new("--bootstrap")
    {
        Description = "The binary of a Signalbox function; see signalbox package.",
        HelpName = "FILE"
    };

    private static int Written(byte[] zip, string? file, Shell shell)
    {
        try
        {
            if (file is null)
            {
                using var stream = shell.OutBytes!();
                stream.Write(zip);
            }
            else
            {
                File.WriteAllBytes(shell.Full(file), zip);
                shell.Out.WriteLine($"{file}: {zip.Length} bytes");
            }
            return Exit.Fine;
        }
        catch (Exception fault) when (file is not null && fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            shell.Error.WriteLine($"signalbox: {file} cannot be written: {Inputs.Reason(fault)}");
            return Exit.Failed;
        }
    }
}
