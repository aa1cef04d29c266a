using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Signalbox.Aws.Asking;
using Signalbox.Effects;

namespace Signalbox.Aws.Cloud;

/// <summary>Whose access keys are taken, and for which region.</summary>
/// <remarks>
/// In this order: the profile that was asked for; keys, a web identity or a container's address in the environment; the profile of the environment; that of the
/// project; then the SDK's chain, whose last link is the machine's own role. A profile may name keys, a role with or without MFA, single sign-on, a web
/// identity or a program that prints keys.
/// </remarks>
/// <param name="Asked">The profile that was asked for; null for none.</param>
/// <param name="Project">The profile of the project; null for none.</param>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="AskToken">Asks a person for the token of the MFA device with this serial number; null where nobody can be asked.</param>
public sealed record KeyFinder(string? Asked, string? Project, Func<string, string?> Variable, Func<string, string>? AskToken)
{
    private static readonly ValueList<string> OfItself =
        ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];

    /// <summary>Where a person can name a profile, in words.</summary>
    public string ProfileStands { get; init; } = "in AWS_PROFILE";

    /// <summary>The profile that is taken; null when no profile is.</summary>
    public string? Profile => Asked ?? (HasKeys || OfItself.Any(Has) ? null : Set("AWS_PROFILE") ?? Project);

    /// <summary>Where keys come from, in words.</summary>
    public string Origin => Profile is { } name ? $"profile {name}"
        : HasKeys ? "the environment (AWS_ACCESS_KEY_ID)"
        : Has("AWS_WEB_IDENTITY_TOKEN_FILE") ? "a web identity (AWS_WEB_IDENTITY_TOKEN_FILE)"
        : OfItself.Any(Has) ? "the container's role"
        : "the usual chain: profile default, or the role of this machine";

    /// <summary>True when the keys end some time: they came with a session token.</summary>
    public bool IsSession => Profile is null && HasKeys && Has("AWS_SESSION_TOKEN");

    /// <summary>The region: what was asked for, else the project's, else that of the environment, else the profile's.</summary>
    /// <exception cref="CloudException">None of them names one.</exception>
    public string Region(string? asked, string? project) => asked ?? project ?? Set("AWS_REGION") ?? Set("AWS_DEFAULT_REGION") ?? OfProfile()
        ?? throw new CloudException("", "no region was found: name it with --region, as region in project.json, in AWS_REGION or in the profile.");

    /// <summary>Where everything is sent instead of to AWS: what was asked for, else <c>AWS_ENDPOINT_URL</c>; null for AWS.</summary>
    /// <exception cref="CloudException">It is no http or https address.</exception>
    public Uri? Endpoint(string? asked)
    {
        if ((asked ?? Set("AWS_ENDPOINT_URL")) is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new CloudException("", $"expected an http or https address as endpoint, found \"{text}\".");
    }

    /// <summary>Finds keys for what runs by itself: a look-up, a queue, a secret, a store.</summary>
    /// <param name="send">Sends a request.</param>
    /// <param name="now">The time.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="region">Where a role is asked for.</param>
    /// <param name="endpoint">Where that is sent instead of to AWS; null for <c>AWS_ENDPOINT_URL</c>, and AWS without.</param>
    internal static Func<CancellationToken, Task<AwsKeys>> Usual(Send send, Now now, Func<string, string?> variable, string region, string? endpoint)
    {
        var other = Uri.TryCreate(endpoint ?? variable("AWS_ENDPOINT_URL"), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
        return new KeyFinder(null, null, variable, null).Open(new() { Send = send, Now = now }, new(ApiPlace.Partition(region), region), other);
    }

    /// <summary>Finds keys, and new ones when those have ended.</summary>
    internal Func<CancellationToken, Task<AwsKeys>> Open(CloudWorld world, CloudPlaces places, Uri? endpoint)
    {
        if (Profile is null && HasKeys)
        {
            var keys = new AwsKeys(Set("AWS_ACCESS_KEY_ID")!, Set("AWS_SECRET_ACCESS_KEY")!, Set("AWS_SESSION_TOKEN"));
            return _ => Task.FromResult(keys);
        }
        Func<CancellationToken, Task<AwsKeys>>? found = null;
        return new KeySearch(() => (found ??= Of(Credentials()))(CancellationToken.None), world.Now).Keys;

        Func<CancellationToken, Task<AwsKeys>> Of(AWSCredentials credentials) => credentials is AssumeRoleAWSCredentials role
            ? new RoleKeys(role, Of(role.SourceCredentials), world, places, endpoint, AskToken).Keys
            : _ => Plain(credentials);
    }

    /// <summary>Asks the SDK, which does not say what it throws: whatever it is, there are no keys.</summary>
    private async Task<AwsKeys> Plain(AWSCredentials credentials)
    {
        try
        {
            var keys = await credentials.GetCredentialsAsync();
            return new(keys.AccessKey, keys.SecretKey, keys.Token is { Length: > 0 } token ? token : null);
        }
        catch (Exception fault) when (fault is not CloudException)
        {
            throw new CloudException("", Missing(fault));
        }
    }

    private bool HasKeys => Has("AWS_ACCESS_KEY_ID") && Has("AWS_SECRET_ACCESS_KEY");

    private AWSCredentials Credentials()
    {
        try
        {
            return Profile is { } name ? OfProfile(name) : new DefaultAWSCredentialsIdentityResolver().ResolveIdentity(null);
        }
        catch (Exception fault) when (fault is not CloudException)
        {
            throw new CloudException("", Missing(fault));
        }
    }

    private AWSCredentials OfProfile(string name)
    {
        var chain = new CredentialProfileStoreChain(Set("AWS_SHARED_CREDENTIALS_FILE"));
        if (!chain.TryGetProfile(name, out var profile))
        {
            var known = chain.ListProfiles().Select(one => one.Name).ToList();
            var hint = Nearest.Hint(name, known) is { } near ? $" {near}" : known.Count > 0 ? $" There are: {string.Join(", ", known)}." : "";
            throw new CloudException("", $"there is no profile {name} in AWS's files.{hint} Make it with: aws configure --profile {name}");
        }
        return AWSCredentialsFactory.GetAWSCredentials(profile, chain);
    }

    private string? OfProfile() => new CredentialProfileStoreChain(Set("AWS_SHARED_CREDENTIALS_FILE")).TryGetProfile(Profile ?? "default", out var profile)
        ? profile.Region?.SystemName
        : null;

    /// <summary>What is missing, in words. The SDK's own name no secret, but no way out either.</summary>
    private string Missing(Exception fault)
    {
        var why = Cut.Line(fault.InnerException?.Message ?? fault.Message, 300).TrimEnd('.');
        if (Profile is { } name) return $"profile {name} gives no access keys: {why}. With single sign-on: aws sso login --profile {name}.";
        return OfItself.Any(Has)
            ? $"{Origin} gives no access keys: {why}."
            : $"no access keys were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile {ProfileStands} (aws configure makes one, "
                + "aws sso login signs in); in a container or on an instance give it a role.";
    }

    private bool Has(string name) => Set(name) is not null;

    private string? Set(string name) => Variable(name) is { Length: > 0 } value ? value : null;
}
