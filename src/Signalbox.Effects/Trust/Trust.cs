using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signalbox.Effects;

/// <summary>Whom TLS trusts: a few roots at first, and every root of the machine when a chain does not end there.</summary>
/// <remarks>
/// Loading all roots of a machine takes far longer than a whole post, and is needed by nobody whose chats use well-known authorities. A
/// chain that the few roots do not know is checked once more against the machine's, so that a chat that changes its authority is still
/// reached. Wrong names, expired certificates and the like are errors in both. See docs/decisions/0006.
/// </remarks>
/// <param name="roots">The roots to try first, in PEM.</param>
/// <param name="machine">The files with the machine's roots, in the order in which they are tried; read only when needed.</param>
/// <param name="slip">What is wrong with where the roots come from; said when a chain ends in none of them. Null when nothing is.</param>
public sealed class Trust(Func<string> roots, Func<ValueList<string>> machine, Func<string?>? slip = null)
{
    private readonly Lazy<X509Certificate2Collection> few = new(() => Read(roots()));
    private readonly Lazy<X509Certificate2Collection> all = new(() => ReadAll(machine()));

    /// <summary>The options for a connection as a client.</summary>
    /// <param name="host">The name that the certificate must carry; null where the caller fills it in.</param>
    internal SslClientAuthenticationOptions Options(string? host) => new()
    {
        TargetHost = host,
        CertificateChainPolicy = Policy(few.Value),
        RemoteCertificateValidationCallback = Check,
    };

    /// <summary>What is wrong with a certificate that signs something else than a connection; null when its chain leads to a root of ours.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="others">Certificates that came with it.</param>
    /// <remarks>Whoever publishes a certificate alone leaves out who signed it: that is fetched from where the certificate says.</remarks>
    public string? Fault(X509Certificate2 certificate, X509Certificate2Collection others)
    {
        var faults = X509ChainStatusFlags.NoError;
        foreach (var trusted in (Lazy<X509Certificate2Collection>[])[few, all])
        {
            var policy = Policy(trusted.Value);
            policy.DisableCertificateDownloads = false;
            policy.UrlRetrievalTimeout = TimeSpan.FromSeconds(5);
            policy.ExtraStore.AddRange(others);
            using var chain = new X509Chain { ChainPolicy = policy };
            if (chain.Build(certificate)) return null;
            faults = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (sum, status) => sum | status.Status);
            if ((faults & ~Unknown) != 0) break;
        }
        return faults.HasFlag(X509ChainStatusFlags.NotTimeValid) ? "has expired or is not valid yet"
            : (faults & ~Unknown) == 0 ? "comes from an authority that nobody here trusts" : $"is not valid ({faults & ~Unknown})";
    }

    private bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (certificate is null || chain is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            throw new Untrusted("its server showed no certificate");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            throw new Untrusted("the certificate of its server is for another host");

        var faults = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (sum, status) => sum | status.Status);
        if ((faults & ~Unknown) != 0) throw new Untrusted(Words(faults));

        using var wider = new X509Chain { ChainPolicy = Policy(all.Value) };
        foreach (var sent in chain.ChainPolicy.ExtraStore) wider.ChainPolicy.ExtraStore.Add(sent);
        foreach (var element in chain.ChainElements) wider.ChainPolicy.ExtraStore.Add(element.Certificate);
        if (wider.Build((X509Certificate2)certificate)) return true;
        throw new Untrusted(Words(wider.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (sum, status) => sum | status.Status)));
    }

    private const X509ChainStatusFlags Unknown =
        X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot
        | X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    private string Words(X509ChainStatusFlags faults) => faults switch
    {
        _ when faults.HasFlag(X509ChainStatusFlags.NotTimeValid) => "the certificate of its server has expired or is not valid yet",
        _ when (faults & ~Unknown) == 0 =>
            "the certificate of its server comes from an authority that nobody here trusts" + (slip?.Invoke() is { } reason ? $" ({reason})" : ""),
        _ => $"the certificate of its server is not valid ({faults & ~Unknown})",
    };

    private static X509ChainPolicy Policy(X509Certificate2Collection trusted)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.1"));
        policy.CustomTrustStore.AddRange(trusted);
        return policy;
    }

    private static X509Certificate2Collection Read(string pem) => Gather([pem], static (into, text) => into.ImportFromPem(text));

    private static X509Certificate2Collection ReadAll(ValueList<string> files) =>
        Gather(files, static (into, file) => into.ImportFromPemFile(file));

    // What cannot be read adds nobody to be trusted; a chain that needed it is then refused with its own reason.
    private static X509Certificate2Collection Gather(ValueList<string> parts, Action<X509Certificate2Collection, string> import)
    {
        var certificates = new X509Certificate2Collection();
        foreach (var part in parts)
        {
            try
            {
                import(certificates, part);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
            {
                continue;
            }
        }
        return certificates;
    }
}

/// <summary>Says what is wrong with a certificate, beside those that came with it; null for nothing.</summary>
public delegate string? Vouch(X509Certificate2 certificate, X509Certificate2Collection others);

/// <summary>A server whose certificate is not accepted.</summary>
/// <param name="why">The reason in words that name neither host nor address.</param>
internal sealed class Untrusted(string why) : AuthenticationException(why);
