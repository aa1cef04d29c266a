using Signalbox.Aws;
using Signalbox.Effects;

namespace Signalbox.Lambda;

/// <summary>The process that Lambda keeps for calls: the settings in force, and the world that they need.</summary>
internal sealed class ExecutionEnvironment : IDisposable
{
    private readonly Trust trust;
    private readonly Log log;
    private readonly Func<string, string?> variable;
    private Settings settings;
    private Outside outside;

    private ExecutionEnvironment(Settings settings, Trust trust, Log log, Func<string, string?> variable, Renewal? renewal)
    {
        (this.settings, this.trust, this.log, this.variable) = (settings, trust, log, variable);
        outside = Made(settings);
        if (renewal is { IsOn: true }) Renew = stop => Look(renewal, stop);
    }

    /// <summary>The world.</summary>
    public World World => outside.World;

    /// <summary>Looks whether the settings are others now, and makes the world that these need; null where they never change.</summary>
    public Func<CancellationToken, Task<Renewed>>? Renew { get; }

    /// <summary>Opens connections and reads secrets, side by side. What cannot be had is said by whoever needs it; the others go on.</summary>
    public static async Task<ExecutionEnvironment> Open(Settings settings, Trust trust, Log log, Func<string, string?> variable, Renewal? renewal)
    {
        var environment = new ExecutionEnvironment(settings, trust, log, variable, renewal);
        await Ready(environment.outside, settings);
        return environment;
    }

    /// <inheritdoc/>
    public void Dispose() => outside.Dispose();

    private static Task Ready(Outside outside, Settings settings)
    {
        // Before anybody asks for one of them alone: they go in one call.
        var learned = outside.Learn(VaultReference.Needed(settings));
        _ = Task.Run(() => outside.Greet(settings.Rooms, CancellationToken.None));
        return learned;
    }

    private async Task<Renewed> Look(Renewal renewal, CancellationToken stop)
    {
        var renewed = await renewal.Look(outside.Send, stop);
        if (renewed.Settings is not { } changed) return renewed;
        if (changed.Store != settings.Store)
            log.Doubt("store has changed in the settings: new instances of the function open it, this one keeps the one that it has");
        var before = outside;
        (settings, outside) = (changed, Made(changed));
        await Ready(outside, changed);
        before.Dispose();
        return renewed with { World = World with { Memory = before.World.Memory } };
    }

    private Outside Made(Settings some) => Outside.Open(some, trust, log.Card,
        ask: send => AwsAnswers.Open(some.Lookups, send, Now, variable),
        vault: send => AwsVault.Open(send, Now, variable, some.Lookups.Endpoint));

    private static DateTimeOffset Now() => DateTimeOffset.UtcNow;
}
