using Signalbox.Aws.Cloud;
using Signalbox.Effects;

namespace Signalbox.Aws;

/// <summary>Fetches secrets from the Parameter Store, Secrets Manager and KMS: all of them at once, with one deadline.</summary>
/// <remarks>Parameters of a region go ten to a call. What a call is refused for one of them is asked again one by one, so that nobody suffers for
/// another's missing right.</remarks>
public static class AwsVault
{
    /// <summary>The time for everything.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    private const int NamesInOneCall = 10;

    /// <summary>Opens it. Nothing is asked, and no key looked for, before the first secret is.</summary>
    /// <param name="send">Sends a request.</param>
    /// <param name="now">The time, which a signature holds.</param>
    /// <param name="variable">Reads an environment variable: keys, region, <c>AWS_ENDPOINT_URL</c>.</param>
    /// <param name="endpoint">Where AWS is asked instead of its own addresses, from the settings; null for what the environment says.</param>
    /// <param name="within">The time for everything; null for <see cref="Within"/>.</param>
    public static Vault Open(Send send, Now now, Func<string, string?> variable, string? endpoint, TimeSpan? within = null)
    {
        var desk = new Lazy<VaultDesk>(() => VaultDesk.Open(send, now, variable, endpoint));
        return references => Fetch(desk.Value, references, within ?? Within);
    }

    private static async Task<ValueList<Revealed>> Fetch(VaultDesk desk, ValueList<VaultReference> references, TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        var parameters = references.OfType<VaultReference.Parameter>().GroupBy(parameter => parameter.Region)
            .SelectMany(region => region.Chunk(NamesInOneCall)).Select(chunk => Parameters(desk, [.. chunk], within, deadline.Token));
        var others = references.Where(reference => reference is not VaultReference.Parameter)
            .Select(reference => Other(desk, reference, within, deadline.Token));
        var came = (await Task.WhenAll(parameters.Concat(others).ToList())).SelectMany(some => some).ToDictionary(one => one.Item1, one => one.Item2);
        return [.. references.Select(reference => came[reference])];
    }

    private static async Task<ValueList<(VaultReference, Revealed)>> Other(
        VaultDesk desk, VaultReference reference, TimeSpan within, CancellationToken stop) =>
        [(reference, await InTime(desk, reference, Opening(desk, reference, stop), within, stop))];

    private static Task<string> Opening(VaultDesk desk, VaultReference reference, CancellationToken stop) => reference.Match(
        parameter => throw new System.Diagnostics.UnreachableException(),
        secret => WholeSecret.Of(desk, secret, stop),
        ciphertext => Deciphered.Of(desk, ciphertext, stop));

    private static async Task<ValueList<(VaultReference, Revealed)>> Parameters(
        VaultDesk desk, ValueList<VaultReference.Parameter> parameters, TimeSpan within, CancellationToken stop)
    {
        var all = ParameterValues.Of(desk, parameters, stop);
        if (parameters.Count > 1)
        {
            try
            {
                await all.WaitAsync(stop);
            }
            catch (CloudException fault) when (!fault.MayPass)
            {
                return [.. (await Task.WhenAll(parameters.Select(parameter => Parameters(desk, [parameter], within, stop)))).SelectMany(one => one)];
            }
            catch (Exception fault) when (fault is CloudException or OperationCanceledException)
            {
                // Said below, for each of them.
            }
        }
        var revealed = new List<(VaultReference, Revealed)>(parameters.Count);
        foreach (var parameter in parameters) revealed.Add((parameter, await InTime(desk, parameter, Value(all, parameter, desk), within, stop)));
        return [.. revealed];
    }

    private static async Task<string> Value(
        Task<IReadOnlyDictionary<VaultReference.Parameter, ParameterValue>> all, VaultReference.Parameter parameter, VaultDesk desk) =>
        (await all).TryGetValue(parameter, out var found) ? found.Text : throw new CloudException("ParameterNotFound", desk.NotThere(parameter));

    /// <summary>What a look-up came to, in words for whoever misses the secret.</summary>
    private static async Task<Revealed> InTime(VaultDesk desk, VaultReference reference, Task<string> looking, TimeSpan within, CancellationToken stop)
    {
        try
        {
            // Looking for keys may take longer than the deadline, and cannot be stopped.
            return new(await looking.WaitAsync(stop), null);
        }
        catch (OperationCanceledException)
        {
            return new(null, FormattableString.Invariant($"{reference} could not be read within {within.TotalSeconds:0.#} s")) { MayPass = true };
        }
        catch (CloudException fault)
        {
            return new(null, desk.Words(reference, fault)) { MayPass = fault.MayPass };
        }
    }
}
