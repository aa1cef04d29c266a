using Signalbox.Aws.Cloud;

namespace Signalbox.Aws;

/// <summary>Settings in a parameter of the Parameter Store, which holds 4 KB, or 8 KB as an advanced one. A look is one call that brings all.</summary>
internal static class SettingsParameter
{
    /// <summary>The text; null when the version is the known one.</summary>
    /// <exception cref="CloudException">It cannot be had.</exception>
    public static async Task<SettingsText?> Look(VaultDesk desk, SettingsPlace.Parameter place, string? known, CancellationToken stop)
    {
        var parameter = new VaultReference.Parameter(place.Name);
        IReadOnlyDictionary<VaultReference.Parameter, ParameterValue> found;
        try
        {
            found = await ParameterValues.Of(desk, [parameter], stop);
        }
        catch (CloudException fault)
        {
            throw new CloudException(fault.Code, desk.Words(parameter, fault));
        }
        if (!found.TryGetValue(parameter, out var value)) throw new CloudException("ParameterNotFound", desk.NotThere(parameter));
        return value.Version == known ? null : new(value.Text, value.Version, $"version {value.Version}");
    }
}
