using System.Globalization;
using Amazon.Runtime;
using Signalbox.Effects;

namespace Signalbox.Aws.Cloud;

/// <summary>The keys of a role that a profile names, for as long as they are good; then new ones.</summary>
/// <remarks>The SDK would make a client of its own for this, which a native binary cannot tell whose keys to use: so it is a call like any other.</remarks>
/// <param name="role">The role and whose keys may take it.</param>
/// <param name="source">Finds those keys.</param>
/// <param name="world">What calls need of the world.</param>
/// <param name="places">Where STS is.</param>
/// <param name="endpoint">Where everything is sent instead of to AWS; null for AWS.</param>
/// <param name="askToken">Asks a person for the token of the MFA device with this serial number; null where nobody can be asked.</param>
/// <seealso href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"/>
internal sealed class RoleKeys(
    AssumeRoleAWSCredentials role, Func<CancellationToken, Task<AwsKeys>> source, CloudWorld world, CloudPlaces places, Uri? endpoint,
    Func<string, string>? askToken)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private readonly Lock gate = new();
    private Task<(AwsKeys Keys, DateTimeOffset Until)>? taken;

    /// <summary>The keys. Many may ask at once; the person with the token is asked once.</summary>
    /// <exception cref="CloudException">The role may not be taken, or its token is wanted and there is nobody to ask.</exception>
    public async Task<AwsKeys> Keys(CancellationToken stop)
    {
        Task<(AwsKeys Keys, DateTimeOffset Until)> now;
        lock (gate) now = taken = IsGood(taken) ? taken! : Take(stop);
        return (await now).Keys;
    }

    private bool IsGood(Task<(AwsKeys Keys, DateTimeOffset Until)>? known) =>
        known is { IsCompleted: false } || (known is { IsCompletedSuccessfully: true } && world.Now() < known.Result.Until - Early);

    private async Task<(AwsKeys Keys, DateTimeOffset Until)> Take(CancellationToken stop)
    {
        var answer = await new Calls(world, source, endpoint).Do(CloudCall.Form(places.Sts, "AssumeRole", "2011-06-15", Fields()), stop);
        if ((answer.Text("AccessKeyId"), answer.Text("SecretAccessKey"), answer.Text("SessionToken")) is not ({ } id, { } secret, { } token))
            throw new CloudException("", "sts AssumeRole: its answer holds no keys.");
        var isTime = DateTimeOffset.TryParse(answer.Text("Expiration"), CultureInfo.InvariantCulture, out var ends);
        return (new(id, secret, token), isTime ? ends : world.Now() + (3 * Early));
    }

    private Fact[] Fields()
    {
        var options = role.Options ?? new();
        List<Fact> fields = [new("RoleArn", role.RoleArn), new("RoleSessionName", role.RoleSessionName is { Length: > 0 } name ? name : "signalbox")];
        if (options.ExternalId is { Length: > 0 } external) fields.Add(new("ExternalId", external));
        if (options.DurationSeconds is { } seconds) fields.Add(new("DurationSeconds", seconds.ToString(CultureInfo.InvariantCulture)));
        if (options.MfaSerialNumber is not { Length: > 0 } device) return [.. fields];
        var token = askToken?.Invoke(device)?.Trim();
        if (token is not { Length: > 0 })
            throw new CloudException("", $"role {role.RoleArn} wants the token of {device}, and there is nobody at a terminal to ask.");
        return [.. fields, new("SerialNumber", device), new("TokenCode", token)];
    }
}
