using System.CommandLine;
using Signalbox.Cli.Projects;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>The function as AWS Lambda takes it: the binary, and the settings compiled to JSON.</summary>
internal static class Package
{
    public static readonly Verb Row = new("package", "Write the zip for AWS Lambda: the function and its settings.", """
        Examples:
          signalbox package                              signalbox.zip from the settings in this folder
          signalbox package -c prod.yaml -o prod.zip
          aws lambda update-function-code --function-name signalbox --zip-file fileb://signalbox.zip

        The function is --bootstrap, else artifacts/lambda/bootstrap, else bootstrap beside this tool or in ../lambda from there.
        Runtime: provided.al2023.
        The same function and settings make the same bytes.

        """, Fill);

    private static Func<ParseResult, Task<int>> Fill(Command command, Shell shell)
    {
        var config = Inputs.Config();
        var bootstrap = new Option<string?>("--bootstrap") { Description = "The function's binary.", HelpName = "FILE" };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Where the zip goes.",
            HelpName = "FILE",
            DefaultValueFactory = _ => "signalbox.zip",
        };
        command.Add(config);
        command.Add(bootstrap);
        command.Add(output);
        return parsed => Task.FromResult(Of(parsed.GetValue(config), parsed.GetValue(bootstrap), parsed.GetValue(output)!, shell));
    }

    private static int Of(string? config, string? bootstrap, string output, Shell shell)
    {
        if (Inputs.Load(config, shell, whole: true) is null) return Exit.Usage;
        if (SignalboxCode.Binary(bootstrap, shell) is not { } binary)
        {
            shell.Error.WriteLine($"signalbox: {SignalboxCode.NoBinary}");
            return Exit.NoInput;
        }
        if (Inputs.Read(binary, shell) is not { } function) return Exit.NoInput;

        var settings = Inputs.Find(config, shell) is { } path ? SettingsFile.Compile(shell.Full(path)) : null;
        var zip = SignalboxCode.Zip(function, settings);
        try
        {
            File.WriteAllBytes(shell.Full(output), zip);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            shell.Error.WriteLine($"signalbox: {output} cannot be written: {Inputs.Reason(fault)}");
            return Exit.Failed;
        }
        var carried = settings is null ? "without settings: everything goes to the log of the function" : "with signalbox.json";
        shell.Out.WriteLine($"{output}: {zip.Length} bytes, {carried}");
        return Exit.Fine;
    }
}
