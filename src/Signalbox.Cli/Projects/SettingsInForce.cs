using Signalbox.Aws.Cloud;
using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.Cli.Projects;

/// <summary>The settings that a deployed function goes by: what they use decides what it may do and whether it has a table.</summary>
/// <param name="Loaded">The settings with what is wrong with them; null for a function that is no Signalbox.</param>
/// <param name="Shown">What messages call them.</param>
internal sealed record SettingsInForce(LoadedSettings? Loaded, string Shown)
{
    /// <summary>What nobody but the function can see; null when nothing is.</summary>
    public string? Unseen { get; private init; }

    /// <summary>Finds them: where <c>SIGNALBOX_CONFIG</c> leads to, else in the function's folder.</summary>
    public static async Task<SettingsInForce> Find(FunctionSpec function, string root, AwsCloud cloud, CancellationToken stop)
    {
        if (function.Settings is not { } file) return new(null, "");
        var packed = new SettingsInForce(CloudInputs.SettingsOf(function, root), file);
        var variable = function.Environment.Where(fact => fact.Name is "SIGNALBOX_CONFIG").Select(fact => fact.Value).FirstOrDefault();
        if (variable is null || !SettingsPlace.IsOne(variable)) return packed;
        var (place, fault) = SettingsPlace.Read(variable);
        if (place is null) return new(new(null, [$"SIGNALBOX_CONFIG: {fault}"]), variable);
        if (place is SettingsPlace.Profile)
        {
            return packed with
            {
                Unseen = $"{variable} is read by the function alone: what its settings may need besides those of {file}, secrets above all, "
                    + "has to stand in policy.json",
            };
        }
        var looked = await cloud.Settings(place, stop);
        return looked.Match(
            _ => packed,
            found => new(found.Loaded, variable),
            missing => new(new(null, [$"{missing.Why} The function does not start without them: put them there first."]), variable));
    }
}
