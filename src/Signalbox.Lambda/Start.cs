using Signalbox.Aws;
using Signalbox.Effects;

namespace Signalbox.Lambda;

/// <summary>What the function finds when it starts.</summary>
internal static class Start
{
    /// <summary>The settings that came with the function.</summary>
    /// <param name="variable">Reads an environment variable: SIGNALBOX_CONFIG (a path, relative to the function's folder),
    /// LAMBDA_TASK_ROOT.</param>
    /// <param name="beside">The folder of the binary.</param>
    /// <returns>The settings, those that hold without any when there is no file, or what is wrong.</returns>
    public static LoadedSettings Settings(Func<string, string?> variable, string beside)
    {
        var root = variable("LAMBDA_TASK_ROOT") is { Length: > 0 } task ? task : beside;
        if (variable("SIGNALBOX_CONFIG") is { Length: > 0 } chosen) return SettingsFile.Load(Path.Combine(root, chosen));

        foreach (var folder in (string[])[root, beside])
        {
            foreach (var name in (string[])["signalbox.json", "signalbox.yaml"])
            {
                if (Path.Combine(folder, name) is var path && File.Exists(path)) return SettingsFile.Load(path);
            }
        }
        return new(Signalbox.Settings.None, []);
    }

    /// <summary>The store that SIGNALBOX_STORE names, else the settings; neither a store nor a reason where there is to be none.</summary>
    public static async Task<Opened> Store(Func<string, string?> variable, Settings settings, Reveal reveal, Trust trust)
    {
        var spec = variable("SIGNALBOX_STORE") is { Length: > 0 } chosen ? chosen : settings.Store;
        if (spec is null) return new(null, null);
        if (spec.StartsWith("env:", StringComparison.Ordinal) || spec.StartsWith("file:", StringComparison.Ordinal))
        {
            var revealed = await reveal(spec, false, CancellationToken.None);
            if (revealed.Value is null) return new(null, $"The store cannot be opened: {revealed.Why}.");
            spec = revealed.Value;
        }
        return await StoreKind.OpenOne(spec, [DynamoStore.Kind(trust)]);
    }
}
