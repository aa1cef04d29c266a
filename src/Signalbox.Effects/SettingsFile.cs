namespace Signalbox.Effects;

/// <summary>Reads settings from a file.</summary>
public static class SettingsFile
{
    /// <summary>The settings of a file, or everything that is wrong with it.</summary>
    public static LoadedSettings Load(string path) =>
        File.Exists(path) ? new(Settings.None, []) : new(null, [$"{path}: there is no such file"]);
}

/// <summary>What became of reading settings.</summary>
/// <param name="Settings">The settings; null when there are problems.</param>
/// <param name="Problems">What is wrong, ready to be shown.</param>
public sealed record LoadedSettings(Settings? Settings, ValueList<string> Problems);
