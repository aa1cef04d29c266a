using System.Text;
using Signalbox.Effects;

namespace Signalbox.Cli.Projects;

/// <summary>The Signalbox function as AWS Lambda takes it: its binary, and settings compiled to JSON.</summary>
internal static class SignalboxCode
{
    /// <summary>What to do where there is no binary.</summary>
    public const string NoBinary = "expected the function's binary in artifacts/lambda/bootstrap or beside this tool, found none. "
        + "Build it (./build.sh lambda), or name it: --bootstrap FILE.";

    /// <summary>The binary: the one that was chosen, else where a build or a release leaves it; null for none.</summary>
    public static string? Binary(string? chosen, Shell shell) => chosen
        ?? ((string[])["artifacts/lambda/bootstrap", Path.Combine(shell.Beside, "bootstrap"), Path.Combine(shell.Beside, "../lambda/bootstrap")])
            .FirstOrDefault(path => File.Exists(shell.Full(path)));

    /// <summary>Its zip.</summary>
    /// <param name="function">The binary.</param>
    /// <param name="settings">Settings as JSON; null for none: everything goes to the function's log.</param>
    public static byte[] Zip(byte[] function, string? settings)
    {
        using var zip = new Zips();
        Add(zip, "bootstrap", function, isExecutable: true);
        if (settings is not null) Add(zip, "signalbox.json", Encoding.UTF8.GetBytes(settings), isExecutable: false);
        return zip.Finish();
    }

    /// <summary>Its zip with the settings of a file; null when they do not load, which was said then.</summary>
    /// <param name="path">The whole path of the settings.</param>
    /// <param name="shown">What messages call them.</param>
    /// <param name="function">The binary.</param>
    /// <param name="shell">Where complaints go.</param>
    public static byte[]? Zip(string path, string shown, byte[] function, Shell shell)
    {
        var loaded = SettingsFile.Load(path, shown);
        foreach (var message in loaded.Problems.Concat(loaded.LeftOut).Concat(loaded.Warnings)) shell.Error.WriteLine(message);
        return loaded.Settings is null || loaded.LeftOut.Count > 0 ? null : Zip(function, SettingsFile.Compile(path));
    }

    private static void Add(Zips zip, string name, byte[] content, bool isExecutable)
    {
        using var stream = new MemoryStream(content);
        zip.Add(name, stream, isExecutable);
    }
}
