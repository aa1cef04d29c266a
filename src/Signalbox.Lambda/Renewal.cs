using Signalbox.Aws;
using Signalbox.Effects;

namespace Signalbox.Lambda;

/// <summary>What a look at the settings changes.</summary>
/// <param name="Settings">The settings that hold from now on; null for those that do.</param>
/// <param name="News">What the operator's room is told; null for nothing.</param>
internal sealed record Renewed(Settings? Settings, Notice? News)
{
    /// <summary>The world that they need; null with the settings.</summary>
    public World? World { get; init; }

    public static readonly Renewed Nothing = new(null, null);
}

/// <summary>Looks between calls, no oftener than is set, whether the settings outside of the package have changed.</summary>
/// <remarks>The look is at the beginning of a call: the first one after a change follows it already, however long the function slept before. One
/// that fails or finds errors changes nothing.</remarks>
/// <param name="remote">The settings.</param>
/// <param name="every">How often it looks; null for never.</param>
/// <param name="now">The time.</param>
/// <param name="log">Hears of versions and errors, each once.</param>
internal sealed class Renewal(RemoteSettings remote, TimeSpan? every, Now now, Log log)
{
    /// <summary>How long a call waits for a look.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private DateTimeOffset looked;
    private string? missing;

    /// <summary>False where it never looks again.</summary>
    public bool IsOn => every is not null;

    /// <summary>The settings to start with, or why there are none.</summary>
    public async Task<LoadedSettings> Begin(Send send, TimeSpan within)
    {
        looked = now();
        var outcome = await remote.Look(send, within, CancellationToken.None);
        if (outcome is RemoteOutcome.Found { Loaded.Settings: not null } good) log.Settings($"{remote.Place}", good.Version, "in force");
        return outcome.Match(
            _ => new(null, [$"{remote.Place}: there are no settings."]),
            found => found.Loaded,
            none => new LoadedSettings(null, [none.Why]));
    }

    /// <summary>Looks again when it is time.</summary>
    public async Task<Renewed> Look(Send send, CancellationToken stop)
    {
        if (every is not { } pause || now() - looked < pause) return Renewed.Nothing;
        looked = now();
        return (await remote.Look(send, Patience, stop)).Match(_ => Renewed.Nothing, Taken, Missed);
    }

    private Renewed Taken(RemoteOutcome.Found found)
    {
        missing = null;
        foreach (var warning in found.Loaded.Warnings) log.Doubt(warning);
        if (found.Loaded.Settings is { } settings)
        {
            log.Settings($"{remote.Place}", found.Version, "in force");
            return new(settings, News(Status.Cleared, Severity.Error, "The settings are in order again", null));
        }
        foreach (var problem in found.Loaded.Problems) log.Trouble(null, problem);
        log.Settings($"{remote.Place}", found.Version, "left alone: it has errors, the settings from before stay in force");
        return new(null, News(Status.Raised, Severity.Error, "The changed settings have errors; the old ones stay in force",
            $"{remote.Place}, {found.Version}\n{string.Join("\n", found.Loaded.Problems)}"));
    }

    /// <summary>Trouble that goes on is said once.</summary>
    private Renewed Missed(RemoteOutcome.Missing none)
    {
        if (none.Why != missing) log.Doubt($"{none.Why} The settings from before stay in force.");
        missing = none.Why;
        return Renewed.Nothing;
    }

    private static Notice News(Status status, Severity severity, string title, string? summary) => new()
    {
        Source = "signalbox",
        Kind = "settings",
        Thread = "signalbox/settings",
        Subject = "settings",
        Severity = severity,
        Status = status,
        Title = title,
        Summary = summary is null ? null : Cut.Text(summary, 1_500),
    };
}
