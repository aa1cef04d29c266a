using System.Text;

namespace Signalbox.Server.Pages.Explained;

/// <summary>Something to be tried.</summary>
/// <param name="Event">The event as it was typed; empty for none.</param>
/// <param name="Settings">The settings as they were typed; null for those in force.</param>
internal sealed record Trial(string Event, string? Settings)
{
    /// <summary>What is wrong with the settings, each with its place and a caret.</summary>
    public ValueList<string> Problems { get; init; }

    /// <summary>The settings that it was tried with; null when they do not hold, or nothing was tried.</summary>
    public Settings? Settled { get; init; }

    /// <summary>What would happen with each event.</summary>
    public ValueList<TrialOutcome> Outcomes { get; init; }

    /// <summary>Tries it on the conversations as they are.</summary>
    /// <param name="today">The settings in force, as they are written: what is equal to them is tried with them.</param>
    /// <param name="station">The server.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<Trial> Run(string today, Station station, CancellationToken stop)
    {
        var duty = station.Now;
        var settings = duty.Settings;
        if (Settings is not null && Settings.Trim() != today.Trim())
        {
            // What a browser sends may not have any file of this machine read: only those that are part of the settings already.
            if (Patterns(Settings).Except(Patterns(today)).FirstOrDefault() is { } pattern)
                return this with { Problems = [$"include: {pattern}: a copy can include no other files than the settings themselves do."] };
            var loaded = SettingsFile.Read(Settings, station.SettingsPath ?? "signalbox.yaml", "settings");
            if (loaded.Settings is not { } other) return this with { Problems = loaded.Problems };
            settings = other;
        }
        if (string.IsNullOrWhiteSpace(Event)) return this with { Settled = settings };
        var engine = new Engine(settings, station.Store, duty.World, "try");
        var outcomes = new List<TrialOutcome>();
        foreach (var envelope in Pipeline.Decode(Encoding.UTF8.GetBytes(Event)))
        {
            var flow = await Flow.Asking(envelope, settings, duty.World, stop);
            outcomes.Add(new(flow, await engine.Preview(flow.Reading, flow.Answers, stop)));
        }
        return this with { Settled = settings, Outcomes = [.. outcomes] };
    }

    private static ValueList<string> Patterns(string yaml) => Yaml.Read(yaml).Tree is { } main ? Includes.Of(main) : [];
}

/// <summary>What would happen with one event.</summary>
/// <param name="Flow">The value on every arrow.</param>
/// <param name="Decided">What each room would hear.</param>
internal sealed record TrialOutcome(Flow Flow, ValueList<Decided> Decided);

/// <summary>Events to begin with, part of the binary.</summary>
internal static class Samples
{
    private const string Prefix = "sample:";

    /// <summary>Their names.</summary>
    public static ValueList<string> Names { get; } =
    [
        .. from name in typeof(Samples).Assembly.GetManifestResourceNames()
           where name.StartsWith(Prefix, StringComparison.Ordinal)
           orderby name
           select name[Prefix.Length..],
    ];

    /// <summary>One of them; null for none of that name.</summary>
    public static string? Named(string name) => !Names.Contains(name) ? null
        : Encoding.UTF8.GetString(Asset.Of(Prefix + name, "application/json").Body.Span).Trim();
}
