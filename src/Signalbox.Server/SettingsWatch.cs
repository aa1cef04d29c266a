using System.Runtime.InteropServices;

namespace Signalbox.Server;

/// <summary>Takes changed settings into force while the server runs: when a file changes, or what lies elsewhere, and on SIGHUP.</summary>
/// <remarks>All or nothing: settings with an error change nothing, and the operator's room hears of it, as it hears when they are mended. Files are looked
/// at every two seconds rather than watched: that works on every file system, and for links that are moved at once.</remarks>
internal sealed class SettingsWatch(string path, SettingsElsewhere? elsewhere, Station station, Crew crew)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private const string Thread = "signalbox/settings";
    private string? faults;
    private LoadedSettings? untold;
    private ValueList<string> files = [path];
    private string stamp = "";
    private string? missing;

    /// <summary>Watches until it is stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        var asked = 0;
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            Interlocked.Exchange(ref asked, 1);
        });
        if (elsewhere is null) Read();
        var looked = station.Now.World.Now();
        while (!stop.IsCancellationRequested)
        {
            await Tell(stop);
            await Task.Delay(Look, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            if (stop.IsCancellationRequested) return;
            var isAsked = Interlocked.Exchange(ref asked, 0) is 1;
            LoadedSettings? loaded;
            if (elsewhere is null)
            {
                if (Stamp() is var now && now == stamp && !isAsked) continue;
                loaded = Read();
            }
            else
            {
                if (station.Now.World.Now() is var now && now - looked < elsewhere.Every && !isAsked) continue;
                looked = now;
                loaded = await Elsewhere(elsewhere, stop);
            }
            if (loaded?.Settings is not { } settings) continue;
            if (settings.Serving.Listen != station.Now.Settings.Serving.Listen)
                station.Journal.Doubts("settings", ("reason", "server.listen has changed: it takes a restart"));
            if (settings.Store != station.Now.Settings.Store) station.Journal.Doubts("settings", ("reason", "store has changed: it takes a restart"));
            crew.Begin(crew.Prepare(settings), station);
            station.SettingsAt = station.Now.World.Now();
            station.Journal.Says("settings", ("outcome", "in force"));
        }
    }

    private LoadedSettings Read()
    {
        var loaded = SettingsFile.Load(path);
        files = loaded.Files;
        stamp = Stamp();
        return Noted(loaded);
    }

    /// <summary>What lies elsewhere, when it has changed. Trouble that goes on is said once.</summary>
    private async Task<LoadedSettings?> Elsewhere(SettingsElsewhere there, CancellationToken stop)
    {
        var (loaded, why) = await there.Look(stop);
        if (why is not null && why != missing) station.Journal.Doubts("settings", ("reason", why));
        missing = why;
        return loaded is null ? null : Noted(loaded);
    }

    private LoadedSettings Noted(LoadedSettings loaded)
    {
        foreach (var fault in loaded.Problems.Concat(loaded.LeftOut)) station.Journal.Complains("settings", ("reason", fault));
        untold = loaded;
        return loaded;
    }

    /// <summary>Tells the operator's room how the settings are. A store in trouble is no reason to stop watching: it is told at the next look then.</summary>
    private async Task Tell(CancellationToken stop)
    {
        if (untold is not { } loaded) return;
        try
        {
            await Say(loaded, stop);
            untold = null;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            station.Journal.Doubts("settings", ("reason", $"the operator's room could not be told yet ({fault.GetType().Name})"));
        }
    }

    /// <summary>Says what is wrong with the settings, once, and that it is mended.</summary>
    private async Task Say(LoadedSettings loaded, CancellationToken stop)
    {
        ValueList<string> all = [.. loaded.Problems, .. loaded.LeftOut];
        var found = string.Join("\n", all);
        // What was wrong when the last server stopped may be mended.
        faults ??= (await station.Now.Engine.Find(Thread, stop)).Count > 0 ? "unknown" : "";
        if (found == faults) return;
        var whole = loaded.Settings is null;
        await station.Now.Engine.Report(new()
        {
            Source = "signalbox",
            Kind = "settings",
            Thread = Thread,
            Subject = "settings",
            At = station.Now.World.Now(),
            Severity = whole ? Severity.Error : Severity.Warning,
            Status = all.Count > 0 ? Status.Raised : Status.Cleared,
            Title = all.Count is 0 ? "The settings are in order again"
                : whole ? "The changed settings have errors; the old ones stay in force" : "A team's settings have errors and are left out",
            Summary = all.Count is 0 ? null : Cut.Text(found, 1_500),
        }, stop);
        faults = found;
    }

    private string Stamp() => string.Join('\n', files.Concat(Beside()).Distinct().Select(file =>
    {
        try
        {
            var info = new FileInfo(file);
            return $"{file} {info.LastWriteTimeUtc.Ticks} {(info.Exists ? info.Length : 0)}";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{file} {fault.GetType().Name}";
        }
    }));

    /// <summary>What lies beside the files and has an ending of theirs: a team's new file is known before it is included. The time of a folder says
    /// nothing: the store may lie there too, and its own files come and go.</summary>
    private IEnumerable<string> Beside() =>
        from folder in files.GroupBy(Path.GetDirectoryName)
        let endings = folder.Select(Path.GetExtension).ToHashSet()
        from beside in Listed(folder.Key)
        where endings.Contains(Path.GetExtension(beside))
        orderby beside
        select beside;

    private static string[] Listed(string? folder)
    {
        try
        {
            return Directory.GetFiles(folder is { Length: > 0 } ? folder : ".");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
