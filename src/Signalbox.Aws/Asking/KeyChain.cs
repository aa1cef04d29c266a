using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Signalbox.Effects;

namespace Signalbox.Aws.Asking;

/// <summary>Access keys, from the environment when they are there, else along the SDK's usual chain: profile, SSO, container, instance.</summary>
/// <param name="variable">Reads an environment variable.</param>
internal sealed class KeyChain(Func<string, string?> variable)
{
    private readonly Lazy<AWSCredentials> chain = new(() => new DefaultAWSCredentialsIdentityResolver().ResolveIdentity(null));

    /// <summary>The keys as they are now; null when nobody has any.</summary>
    public async Task<AwsKeys?> Keys()
    {
        if ((variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY")) is ({ Length: > 0 } id, { Length: > 0 } secret))
            return new(id, secret, variable("AWS_SESSION_TOKEN") is { Length: > 0 } token ? token : null);
        try
        {
            // The chain looks into files and asks neighbours, some of it without letting go of its thread.
            var found = await Task.Run(() => chain.Value.GetCredentialsAsync());
            return new(found.AccessKey, found.SecretKey, found.Token is { Length: > 0 } session ? session : null);
        }
        catch (AmazonClientException)
        {
            return null;
        }
    }
}
