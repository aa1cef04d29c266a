using System.Text;

namespace Signalbox.Effects;

/// <summary>Settings as they were read from a file.</summary>
/// <param name="Settings">The settings; null when anything is wrong with them.</param>
/// <param name="Problems">Everything that is wrong, each a whole message with place, line and caret. No message shows a secret.</param>
public sealed record LoadedSettings(Settings? Settings, ValueList<string> Problems)
{
    /// <summary>What is doubtful, in the same form; the settings hold all the same.</summary>
    public ValueList<string> Warnings { get; init; }

    /// <summary>What is wrong with files of teams, in the same form: these files are left out, the settings hold without them.</summary>
    public ValueList<string> LeftOut { get; init; }

    /// <summary>Every file that was looked at, the main one first.</summary>
    public ValueList<string> Files { get; init; }
}

/// <summary>Reads settings from files: JSON by our own reader, so that a function with compiled settings never loads YAML.</summary>
public static class SettingsFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file, and those that it includes. A file that cannot be read is a problem like any other; nothing is thrown.</summary>
    /// <param name="path">YAML, or JSON when its name ends in <c>.json</c>.</param>
    /// <param name="shown">What messages call it; null for the path.</param>
    public static LoadedSettings Load(string path, string? shown = null)
    {
        var (source, outcome, problem) = Tree(path, shown ?? path);
        return source is null || outcome is null ? new(null, [problem!]) { Files = [path] } : Read(source, outcome.Value, path, shown ?? path);
    }

    /// <summary>Reads settings that stand in no file, or not yet.</summary>
    /// <param name="yaml">YAML, of which JSON is a part.</param>
    /// <param name="path">Where they would stand: files that they include are looked for beside it.</param>
    /// <param name="shown">What messages call it.</param>
    public static LoadedSettings Read(string yaml, string path, string shown) => Read(new(shown, yaml), Yaml.Read(yaml), path, shown);

    private const string Lonely =
        "include works in files only: there is nothing beside these settings. signalbox package joins them in the signalbox.json of its zip.";

    /// <summary>Reads settings that came from elsewhere than a file: JSON when they begin like it, else YAML.</summary>
    /// <param name="text">What came.</param>
    /// <param name="shown">What messages call the place that it came from.</param>
    /// <remarks>There is nothing beside them, so they include nothing; that is said where they try.</remarks>
    public static LoadedSettings ReadAlone(string text, string shown)
    {
        var source = new SourceText(shown, text);
        var outcome = text.AsSpan().TrimStart() is ['{', ..] ? JsonTree.Read(Strict.GetBytes(text)) : Yaml.Read(text);
        // A map of YAML may begin with a brace too.
        if (outcome.Problem is not null && !shown.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) outcome = Yaml.Read(text);
        if (outcome.Tree is not { } tree) return new(null, [source.Show(outcome.Problem!, [])]);
        var read = SettingsReader.Read(tree);
        ValueList<string> alone = tree["include"] is { } include
            ? [source.Show(new(include.At, Lonely), [])]
            : [];
        return new(alone.Count > 0 ? null : read.Settings,
            [.. alone, .. from each in read.Problems where !each.IsWarning select source.Show(each, read.Secrets)])
        {
            Warnings = [.. from each in read.Problems.Concat(UnknownZones.In(tree)) where each.IsWarning select source.Show(each, read.Secrets)],
        };
    }

    private static LoadedSettings Read(SourceText source, TreeOutcome outcome, string path, string shown)
    {
        if (outcome.Tree is not { } main) return new(null, [source.Show(outcome.Problem!, [])]) { Files = [path] };
        var teams = TeamFiles.Of(main, path, shown, Tree);
        var (read, whole) = teams.Read(main);
        var sources = teams.Sources(source);
        string Show(Problem each) => sources[each.At.File].Show(each, read.Secrets);
        return new(teams.WithPaths(read.Settings), [.. from each in read.Problems where !each.IsWarning select Show(each)])
        {
            Warnings = [.. from each in read.Problems.Concat(UnknownZones.In(whole)) where each.IsWarning select Show(each)],
            LeftOut = teams.LeftOut,
            Files = [path, .. teams.Paths],
        };
    }

    /// <summary>The settings of a file as JSON, to be carried by a function: without comments, tests or YAML, the files of teams in it.</summary>
    /// <param name="path">A file that <see cref="Load"/> takes without a problem.</param>
    /// <returns>The JSON; null when the file cannot be read as a tree.</returns>
    public static string? Compile(string path)
    {
        if (Tree(path, path).Outcome?.Tree is not { } main) return null;
        var (_, tree) = TeamFiles.Of(main, path, path, Tree).Read(main);
        ValueList<TreeMember> carried = [.. from pair in tree.Members where pair.Name.Text is not ("tests" or "include") select pair];
        return JsonTree.Write(new Tree.Map(carried) { At = tree.At });
    }

    private static (SourceText? Source, TreeOutcome? Outcome, string? Problem) Tree(string path, string shown)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return (null, null, $"{shown}: the settings cannot be read: {Reason(fault)}.");
        }

        if (bytes.AsSpan().StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            var found = $"byte {fault.BytesUnknown?[0]:X2} at offset {fault.Index}";
            return (null, null, $"{shown}: expected text in UTF-8, found {found}. Save the file as UTF-8.");
        }
        var isJson = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        return (new(shown, text), isJson ? JsonTree.Read(bytes) : Yaml.Read(text), null);
    }

    private static string Reason(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "it is a folder, or may not be read",
        _ => "reading failed",
    };
}
