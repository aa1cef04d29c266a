using System.CommandLine;
using System.IO.Compression;
using System.Text;
using Signalbox.Effects;

namespace Signalbox.Cli.Verbs;

/// <summary>The function as AWS Lambda takes it: the binary, and the settings compiled to JSON.</summary>
internal static class Package
{
    /// <summary>One time for everything, so that the same input makes the same bytes.</summary>
    private static readonly DateTimeOffset Then = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int Executable = unchecked((int)0x81ED0000);
    private const int Readable = unchecked((int)0x81A40000);

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
        if (Inputs.Find(config, shell) is { } named && SettingsPlace.IsOne(named))
        {
            shell.Error.WriteLine($"signalbox: expected a file with settings to carry, found {named}. The function reads it there: give it SIGNALBOX_CONFIG, "
                + "and package without settings.");
            return Exit.Usage;
        }
        if (Inputs.Load(config, shell, whole: true) is null) return Exit.Usage;
        if (Binary(bootstrap, shell) is not { } binary)
        {
            shell.Error.WriteLine(
                "signalbox: expected the function's binary in artifacts/lambda/bootstrap or beside this tool, found none. "
                + "Build it (./build.sh lambda), or name it: --bootstrap FILE.");
            return Exit.NoInput;
        }
        if (Inputs.Read(binary, shell) is not { } function) return Exit.NoInput;

        var settings = Inputs.Find(config, shell) is { } path ? SettingsFile.Compile(shell.Full(path)) : null;
        var zip = Zip(function, settings);
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

    private static string? Binary(string? chosen, Shell shell) => chosen
        ?? ((string[])["artifacts/lambda/bootstrap", Path.Combine(shell.Beside, "bootstrap"), Path.Combine(shell.Beside, "../lambda/bootstrap")])
            .FirstOrDefault(path => File.Exists(shell.Full(path)));

    private static byte[] Zip(byte[] function, string? settings)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "bootstrap", function, Executable);
            if (settings is not null) Add(zip, "signalbox.json", Encoding.UTF8.GetBytes(settings), Readable);
        }
        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content, int mode)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = Then;
        entry.ExternalAttributes = mode;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
