namespace Signalbox.Server;

/// <summary>Settings that lie in no file of this machine.</summary>
/// <param name="Every">How often they are looked at.</param>
/// <param name="Look">Looks: what they say when they are others than at the last look, or why they cannot be had; neither when they are the same.</param>
public sealed record SettingsElsewhere(TimeSpan Every, Func<CancellationToken, Task<(LoadedSettings? Loaded, string? Missing)>> Look);
