using System.CommandLine;
using Signalbox.Aws;
using Signalbox.Effects;

namespace Signalbox.Cli;

/// <summary>What several verbs take: files, settings, colour.</summary>
internal static class Inputs
{
    /// <summary>On every verb.</summary>
    public static readonly Option<bool> NoColor = new("--no-color")
    {
        Description = "No colours; so do NO_COLOR and a pipe.",
        Recursive = true,
    };

    /// <summary>Files with events.</summary>
    public static Argument<string[]> Files() => new("FILE")
    {
        Description = "Files with events, in any wrapping; - or none for what is piped in.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Where settings are.</summary>
    public static Option<string?> Config() =>
        new("--config", "-c") { Description = "The settings, YAML or JSON; s3://, ssm: and appconfig: too.", HelpName = "FILE" };

    /// <summary>The file with settings, or null when there is none.</summary>
    public static string? Find(string? config, Shell shell) =>
        config is { Length: > 0 } ? config
        : shell.Variable("SIGNALBOX_CONFIG") is { Length: > 0 } chosen ? chosen
        : ((string[])["signalbox.yaml", "signalbox.json"]).FirstOrDefault(name => File.Exists(shell.Full(name)));

    /// <summary>The settings; null when they do not load, which was said then.</summary>
    /// <param name="config">The file that was asked for; null for the usual one.</param>
    /// <param name="shell">What the tool has around it.</param>
    /// <param name="whole">True where an included file that is broken counts as well.</param>
    public static Settings? Load(string? config, Shell shell, bool whole = false) => Load(config, shell, whole, out _);

    /// <summary>The same, and what looks at them again where they lie elsewhere than in a file.</summary>
    public static Settings? Load(string? config, Shell shell, bool whole, out RemoteSettings? remote)
    {
        remote = null;
        if (Find(config, shell) is not { } path) return Settings.None;
        var loaded = SettingsPlace.IsOne(path) ? Elsewhere(path, shell, out remote) : SettingsFile.Load(shell.Full(path), path);
        foreach (var message in loaded.Problems.Concat(loaded.LeftOut).Concat(loaded.Warnings)) shell.Error.WriteLine(message);
        return whole && loaded.LeftOut.Count > 0 ? null : loaded.Settings;
    }

    /// <summary>Settings that lie in AWS. The tool has nothing else to do until they are there.</summary>
    private static LoadedSettings Elsewhere(string text, Shell shell, out RemoteSettings? remote)
    {
        remote = null;
        var (place, fault) = SettingsPlace.Read(text);
        if (place is null) return new(null, [$"signalbox: {fault}"]);
        using var wire = new Wire(new(Roots.Open(shell.Variable)));
        var there = remote = new(place, () => DateTimeOffset.UtcNow, shell.Variable);
        var looked = Task.Run(() => there.Look(wire.Send, Patience, CancellationToken.None)).GetAwaiter().GetResult();
        return looked.Match(_ => new(null, []), found => found.Loaded, missing => new LoadedSettings(null, [$"signalbox: {missing.Why}"]));
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Reads events one after the other; one that cannot be read is said, and the others go on.</summary>
    /// <returns>The worst exit code.</returns>
    public static async Task<int> Each(string[] files, Shell shell, Func<string, byte[], Task<int>> handle)
    {
        var worst = Exit.Fine;
        foreach (var file in files.Length is 0 ? ["-"] : files)
        {
            var code = Read(file, shell) is { } bytes ? await handle(file, bytes) : Exit.NoInput;
            worst = Math.Max(worst, code);
        }
        return worst;
    }

    /// <summary>The bytes of a file; null when it cannot be read, which was said then.</summary>
    public static byte[]? Read(string file, Shell shell)
    {
        try
        {
            if (file is not "-") return File.ReadAllBytes(shell.Full(file));
            if (shell.AsksPerson) shell.Error.WriteLine("signalbox: reading an event from the terminal; Ctrl-D ends it.");
            using var input = shell.In();
            using var bytes = new MemoryStream();
            input.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            shell.Error.WriteLine($"signalbox: {file} cannot be read: {Reason(fault)}");
            return null;
        }
    }

    /// <summary>Why the file system said no, in words.</summary>
    public static string Reason(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "it is a folder, or access is denied",
        PathTooLongException => "the path is too long",
        ArgumentException => "this is no path",
        _ => "reading or writing failed",
    };
}
