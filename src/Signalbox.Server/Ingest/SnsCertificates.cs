using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Signalbox.Server.Ingest;

/// <summary>The certificates with which SNS signs, each fetched once.</summary>
/// <param name="send">Fetches them; follows no redirect.</param>
/// <param name="vouch">Judges their chain.</param>
internal sealed class SnsCertificates(Send send, Vouch vouch)
{
    /// <summary>SNS has one certificate for each region and changes it once a year.</summary>
    private const int Most = 64;
    private const int MostAtOnce = 8;
    private const int LongestPem = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (RSA Key, DateTimeOffset Until)> known = new();
    private readonly ConcurrentDictionary<string, (Refusal Why, DateTimeOffset At)> bad = new();
    private readonly ConcurrentDictionary<string, Task<(RSA? Key, DateTimeOffset Until, Refusal? Refusal)>> fetching = new();

    /// <summary>The key that signs, or why it is not trusted.</summary>
    /// <param name="address">Where the certificate is: an address that was judged already.</param>
    /// <param name="now">The time.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<(RSA? Key, Refusal? Refusal)> Key(string address, DateTimeOffset now, CancellationToken stop)
    {
        if (known.TryGetValue(address, out var found) && now < found.Until) return (found.Key, null);
        // What was bad a moment ago is not fetched again for everybody who asks.
        if (bad.TryGetValue(address, out var lately) && now - lately.At < TimeSpan.FromSeconds(30)) return (null, lately.Why);
        if (fetching.Count >= MostAtOnce) return (null, new(503, "too many certificates of SNS are being fetched: send it again"));
        // Everybody who needs it meanwhile waits for the same: whoever came first may go away.
        var (key, until, refusal) = await fetching.GetOrAdd(address, Fetch).WaitAsync(stop);
        fetching.TryRemove(address, out _);
        if (key is null)
        {
            if (bad.Count >= Most) bad.Clear();
            bad[address] = (refusal!, now);
            return (null, refusal);
        }
        if (known.Count >= Most) known.Clear();
        known[address] = (key, until);
        return (key, null);
    }

    private async Task<(RSA? Key, DateTimeOffset Until, Refusal? Refusal)> Fetch(string address)
    {
        var answer = await send(new(new(address), default) { Method = "GET", LongestAnswer = LongestPem }, Patience, CancellationToken.None);
        return answer switch
        {
            Answer.Came { Status: 200 } came => Read(came.Body),
            Answer.Came came => No(503, $"the certificate of SNS could not be fetched: its host answered {came.Status}"),
            Answer.Missing missing => No(503, $"the certificate of SNS could not be fetched: {missing.Why}"),
            _ => No(503, "the certificate of SNS could not be fetched"),
        };
    }

    private (RSA? Key, DateTimeOffset Until, Refusal? Refusal) Read(string pem)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            all.Clear();
        }
        if (all.Count is 0) return No(403, "what is at the address of the certificate is no certificate");
        var own = all[0];
        if (!IsOfSns(own)) return No(403, "the certificate is not one of SNS");
        if (vouch(own, all) is { } fault) return No(403, $"the certificate of SNS {fault}");
        return own.GetRSAPublicKey() is { } key ? (key, own.NotAfter.ToUniversalTime(), null) : No(403, "the certificate of SNS has no RSA key");
    }

    /// <summary>Every name of it is one of SNS: sns.amazonaws.com, or with a region in between, or in China.</summary>
    private static bool IsOfSns(X509Certificate2 certificate)
    {
        var names = new List<string> { certificate.GetNameInfo(X509NameType.SimpleName, false) };
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()) names.AddRange(extension.EnumerateDnsNames());
        return names.All(name => name.StartsWith("sns.", StringComparison.Ordinal)
            && (name.EndsWith(".amazonaws.com", StringComparison.Ordinal) || name.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal)));
    }

    private static (RSA?, DateTimeOffset, Refusal?) No(int status, string why) => (null, default, new(status, why));
}
