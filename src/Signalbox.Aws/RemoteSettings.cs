using System.Diagnostics;
using Signalbox.Aws.Cloud;
using Signalbox.Effects;

namespace Signalbox.Aws;

/// <summary>What looking for settings outside of the package came to: closed.</summary>
public abstract record RemoteOutcome
{
    private RemoteOutcome() { }

    /// <summary>They are as they were at the last look.</summary>
    public sealed record Same : RemoteOutcome;

    /// <summary>They are there, and others than at the last look; whether they hold is another matter.</summary>
    /// <param name="Loaded">What they say, or what is wrong with them.</param>
    /// <param name="Version">The version as its place has it: "version 7".</param>
    public sealed record Found(LoadedSettings Loaded, string Version) : RemoteOutcome;

    /// <summary>They cannot be had.</summary>
    /// <param name="Why">The reason, and the right that is missing.</param>
    public sealed record Missing(string Why) : RemoteOutcome;

    /// <summary>One arm for each case.</summary>
    public T Match<T>(Func<Same, T> same, Func<Found, T> found, Func<Missing, T> missing) => this switch
    {
        Same x => same(x),
        Found x => found(x),
        Missing x => missing(x),
        _ => throw new UnreachableException(),
    };
}

/// <summary>Settings in S3, in the Parameter Store or in AppConfig: fetched, and looked at again for the price of a question.</summary>
/// <param name="place">Where they are.</param>
/// <param name="now">The time, which a signature holds.</param>
/// <param name="variable">Reads an environment variable: keys, region, <c>AWS_ENDPOINT_URL</c>, the port of AppConfig's extension.</param>
public sealed class RemoteSettings(SettingsPlace place, Now now, Func<string, string?> variable)
{
    private string? known;

    /// <summary>Where they are.</summary>
    public SettingsPlace Place { get; } = place;

    /// <summary>Looks whether there are others than at the last look; at the first look all are.</summary>
    /// <param name="send">Sends a request.</param>
    /// <param name="within">The time for all of it.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<RemoteOutcome> Look(Send send, TimeSpan within, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(within);
        try
        {
            var looking = Place.Match(
                parameter => SettingsParameter.Look(Desk(send), parameter, known, deadline.Token),
                stored => SettingsObject.Look(Desk(send), stored, known, deadline.Token),
                profile => SettingsProfile.Look(send, variable, profile, known, deadline.Token));
            if (await looking.WaitAsync(deadline.Token) is not { } text) return new RemoteOutcome.Same();
            known = text.Mark;
            return new RemoteOutcome.Found(SettingsFile.ReadAlone(text.Text.TrimStart('\uFEFF'), Place.ToString()), text.Version);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new RemoteOutcome.Missing(FormattableString.Invariant($"{Place}: the settings could not be read within {within.TotalSeconds:0.#} s."));
        }
        catch (CloudException fault)
        {
            return new RemoteOutcome.Missing($"{Place}: the settings cannot be read: {fault.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>How often they are to be looked at again, as SIGNALBOX_CONFIG_REFRESH says: null for never; or what is wrong with that.</summary>
    public static (TimeSpan? Every, string? Fault) Refresh(Func<string, string?> variable) => variable("SIGNALBOX_CONFIG_REFRESH") switch
    {
        null or "" => (TimeSpan.FromSeconds(60), null),
        "none" => (null, null),
        var text when Durations.Read(text) is { } every && every > TimeSpan.Zero => (every, null),
        var text => (null, Sentence.Of("a time as in 60s or 5m, or none, in SIGNALBOX_CONFIG_REFRESH", $"\"{text}\"")),
    };

    private VaultDesk Desk(Send send) => VaultDesk.Open(send, now, variable, endpoint: null);
}

/// <summary>A text that settings are read from.</summary>
/// <param name="Text">The text.</param>
/// <param name="Mark">What tells this version from others, for the next question.</param>
/// <param name="Version">What people call the version.</param>
internal sealed record SettingsText(string Text, string Mark, string Version);
