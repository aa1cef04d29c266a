using Signalbox.Deploy;

namespace Signalbox.Cli.Projects;

/// <summary>A function's zip, or why there is none. Exactly one is null.</summary>
/// <param name="Bytes">The zip.</param>
/// <param name="Fault">What is wrong and how to mend it; empty when it was said already.</param>
internal readonly record struct ZipOutcome(byte[]? Bytes, string? Fault);

/// <summary>Makes the zip of a function: the same files make the same bytes.</summary>
internal static class FunctionZip
{
    /// <summary>What Lambda takes in one request: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html.</summary>
    public const long MostZipped = 50 * 1024 * 1024;

    /// <summary>What Lambda unpacks, layers included.</summary>
    public const long MostUnzipped = 250 * 1024 * 1024;

    /// <summary>Runs the hook <c>build</c>, makes the zip, and runs the hook <c>clean</c> whether that went well or not.</summary>
    /// <param name="project">The project.</param>
    /// <param name="function">Which function.</param>
    /// <param name="root">The whole path of the project's folder.</param>
    /// <param name="bootstrap">The binary of Signalbox that was chosen; null for the usual one. Only functions with settings and no code of their own take
    /// it.</param>
    /// <param name="shell">What the tool has around it.</param>
    public static async Task<ZipOutcome> Make(ProjectSpec project, FunctionSpec function, string root, string? bootstrap, Shell shell)
    {
        if (await Hooks.Run("build", function.Hooks.Build, project, function, root, shell) is { } fault) return new(null, fault);
        var outcome = Of(function, root, bootstrap, shell);
        var cleaned = await Hooks.Run("clean", function.Hooks.Clean, project, function, root, shell);
        return outcome.Bytes is null || cleaned is null ? outcome : new(null, cleaned);
    }

    private static ZipOutcome Of(FunctionSpec function, string root, string? bootstrap, Shell shell)
    {
        var folder = Path.GetFullPath(function.Folder, root);
        try
        {
            return function.Zip is { } zip ? Ready(function, zip, folder)
                : function.Settings is { } settings ? Signalbox(function, Path.Combine(folder, settings), bootstrap, shell)
                : Packed(function, folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(null, $"{function.Folder}: the zip of {function.Name} cannot be made: {Why(fault, folder)}.");
        }
    }

    private static ZipOutcome Packed(FunctionSpec function, string folder)
    {
        using var zip = new Zips();
        var files = FunctionFiles.In(folder);
        var unzipped = 0L;
        foreach (var (name, path) in files)
        {
            using var content = Opened(name, path);
            unzipped += zip.Add(name, content, !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & AnyExecute) != 0);
            if (unzipped > MostUnzipped) return new(null, TooMuch(function, "unpacked", "more than " + Megabytes(MostUnzipped), MostUnzipped, Largest(files)));
        }
        if (files.Count is 0)
        {
            return new(null, $"{function.Folder}: expected code of {function.Name}, found no file but those that describe it. "
                + "A hook may build it (hooks.build), zip may name one that is there, and signalbox.yaml makes it a Signalbox function.");
        }
        return Sized(function, zip.Finish(), () => Largest(files));
    }

    private static ZipOutcome Signalbox(FunctionSpec function, string settings, string? bootstrap, Shell shell)
    {
        if (SignalboxCode.Binary(bootstrap, shell) is not { } binary) return new(null, SignalboxCode.NoBinary);
        var bytes = Inputs.Read(binary, shell);
        var shown = Path.GetRelativePath(shell.Folder, settings);
        return bytes is not null && SignalboxCode.Zip(settings, shown, bytes, shell) is { } zip ? Sized(function, zip, () => "") : new(null, "");
    }

    private static ZipOutcome Ready(FunctionSpec function, string zip, string folder)
    {
        var bytes = File.ReadAllBytes(Path.GetFullPath(zip, folder));
        return bytes.AsSpan().StartsWith("PK"u8)
            ? Sized(function, bytes, () => "")
            : new(null, $"{function.Folder}/{zip}: expected a zip, found something else.");
    }

    private static ZipOutcome Sized(FunctionSpec function, byte[] zip, Func<string> largest) =>
        zip.Length <= MostZipped ? new(zip, null) : new(null, TooMuch(function, "zipped", Megabytes(zip.Length), MostZipped, largest()));

    private static string TooMuch(FunctionSpec function, string how, string found, long most, string largest) =>
        $"{function.Folder}: expected at most {Megabytes(most)} {how}, which is what Lambda takes, found {found}. "
        + $"Leave out what it does not need (.apexignore){largest}.";

    private static string Largest(List<PackedFile> files) =>
        "; the largest are " + string.Join(", ", files.Select(file => (file.Name, new FileInfo(file.Path).Length)).OrderByDescending(file =>
            file.Length).Take(3)
            .Select(file => $"{file.Name} ({Megabytes(file.Length)})"));

    private static string Megabytes(long bytes) => $"{bytes / (1024.0 * 1024):0.#} MB";

    private static FileStream Opened(string name, string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var why = fault is FileNotFoundException or DirectoryNotFoundException ? "it was there a moment ago, and is gone. Is something still building?"
                : "it may not be read";
            throw new IOException($"{name}: {why}", fault);
        }
    }

    private static string Why(Exception fault, string folder) => fault switch
    {
        FileNotFoundException { FileName: { } file } => $"{Path.GetRelativePath(folder, file)}: there is no such file",
        DirectoryNotFoundException => "there is no such folder",
        UnauthorizedAccessException => "something in its folder may not be read",
        IOException => fault.Message.TrimEnd('.'),
        _ => Inputs.Reason(fault),
    };

    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
}
