using Signalbox.Aws;
using Signalbox.Effects;

namespace Signalbox.Lambda;

/// <summary>What the function finds when it starts.</summary>
internal static class Start
{
    /// <summary>How long the start waits for settings that lie elsewhere.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The settings: those that came with the function, or those that SIGNALBOX_CONFIG names elsewhere.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="beside">The folder of the binary.</param>
    /// <param name="trust">Whom TLS trusts.</param>
    /// <param name="log">Hears which version is in use.</param>
    /// <param name="now">The time.</param>
    /// <returns>The settings or what is wrong, and what looks at them again; null where they came with the function.</returns>
    public static async Task<(LoadedSettings Loaded, Renewal? Renewal)> Settings(
        Func<string, string?> variable, string beside, Trust trust, Log log, Now now)
    {
        if (variable("SIGNALBOX_CONFIG") is not { Length: > 0 } chosen || !SettingsPlace.IsOne(chosen)) return (Settings(variable, beside), null);
        var (place, misread) = SettingsPlace.Read(chosen);
        if (place is null) return (Refused($"SIGNALBOX_CONFIG: {misread}"), null);
        var (every, fault) = RemoteSettings.Refresh(variable);
        if (fault is not null) return (Refused(fault), null);
        var remote = new RemoteSettings(place, now, variable);
        using var wire = new Wire(new(trust));
        var renewal = new Renewal(remote, every, now, log);
        return (await renewal.Begin(wire.Send, Patience), renewal);
    }

    private static LoadedSettings Refused(string problem) => new(null, [problem]);

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
        if (spec.StartsWith("env:", StringComparison.Ordinal) || spec.StartsWith("file:", StringComparison.Ordinal) || VaultReference.Read(spec) is not null)
        {
            var revealed = await reveal(spec, false, CancellationToken.None);
            if (revealed.Value is null) return new(null, $"The store cannot be opened: {revealed.Why}.");
            spec = revealed.Value;
        }
        return await StoreKind.OpenOne(spec, [DynamoStore.Kind(trust)]);
    }
}
