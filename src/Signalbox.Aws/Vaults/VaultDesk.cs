using Signalbox.Aws.Asking;
using Signalbox.Aws.Cloud;
using Signalbox.Effects;

namespace Signalbox.Aws;

/// <summary>What calls for secrets and settings have in common: keys, region, and words for what goes wrong.</summary>
/// <param name="Calls">Makes calls.</param>
/// <param name="Region">The region we are in; null when nobody said.</param>
internal sealed record VaultDesk(Calls Calls, string? Region)
{
    /// <summary>How long one try may take: a connection that hangs must not use up the time of the next.</summary>
    public static readonly TimeSpan Try = TimeSpan.FromSeconds(2);

    /// <summary>Opens it.</summary>
    /// <exception cref="CloudException">The endpoint is no address.</exception>
    public static VaultDesk Open(Send send, Now now, Func<string, string?> variable, string? endpoint)
    {
        string? Set(string name) => variable(name) is { Length: > 0 } value ? value : null;
        var region = Set("AWS_REGION") ?? Set("AWS_DEFAULT_REGION");
        var other = endpoint ?? Set("AWS_ENDPOINT_URL");
        var calls = new Calls(
            new() { Send = send, Now = now },
            KeyFinder.Usual(send, now, variable, region ?? "us-east-1", other),
            Uri.TryCreate(other, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null);
        return new(calls, region);
    }

    /// <summary>Where a service is.</summary>
    /// <exception cref="CloudException">Nobody said in which region.</exception>
    public ApiPlace Place(string service, string? region) => (region ?? Region) is { } named
        ? ApiPlace.Of(service, ApiPlace.Partition(named), named)
        : throw new CloudException("NoRegion", "no region is known: set AWS_REGION");

    /// <summary>That a thing is not there, and where it was looked for.</summary>
    public string NotThere(VaultReference reference) =>
        $"{reference} is not there in {reference.Region ?? Region}{(reference.Region is null ? ". In another region it is named by its ARN" : "")}";

    /// <summary>What went wrong, naming the reference and the right that is missing, never a value.</summary>
    public string Words(VaultReference reference, CloudException fault) => fault switch
    {
        { Code: "NoRegion" } or { Code: "", Fault: null } => $"{reference} cannot be read: {fault.Message.TrimEnd('.')}",
        { Right: { } right } => $"{reference} may not be read: allow {right}",
        { Code: "ResourceNotFoundException" or "ParameterNotFound" } => NotThere(reference),
        { Code: "InvalidCiphertextException" or "IncorrectKeyException" } =>
            $"{reference} is damaged, or no ciphertext of a key in {Region}: encrypt it anew with aws kms encrypt",
        { Code: "DecryptionFailure" or "InvalidKeyId" } => $"{reference} cannot be decrypted: allow kms:Decrypt on its key, and see that the key is enabled",
        _ => $"{reference} cannot be read: {fault.Message.TrimEnd('.')}",
    };
}
