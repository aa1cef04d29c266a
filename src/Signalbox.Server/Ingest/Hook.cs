using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Server.Ingest;

/// <summary>What webhooks with a secret have in common.</summary>
internal static class Hook
{
    /// <summary>The secrets of a hook, or why there is none.</summary>
    /// <param name="references">Where they are.</param>
    /// <param name="name">The hook's key in the settings.</param>
    /// <param name="station">What the server works with.</param>
    /// <param name="stop">Stops it.</param>
    public static async Task<(ValueList<string> Secrets, Refusal? Refusal)> Secrets(
        ValueList<string> references, string name, Station station, CancellationToken stop)
    {
        if (references.Count is 0)
            return ([], new(403, $"this hook has no secret yet: add server: {{ hooks: {{ {name}: env:NAME }} }} to the settings"));
        var secrets = new List<string>();
        foreach (var reference in references)
        {
            var revealed = await station.Now.World.Reveal(reference, false, stop);
            if (revealed.Value is { } secret) secrets.Add(secret);
            else station.Journal.Complains("a secret cannot be had", ("hook", name), ("reason", revealed.Why ?? ""));
        }
        return secrets.Count > 0 ? ([.. secrets], null) : ([], new(503, "the secret of this hook cannot be had: the log of the server says why"));
    }

    /// <summary>True when a text is one of the secrets. Takes the same time whatever it is.</summary>
    public static bool IsOne(string shown, ValueList<string> secrets) =>
        Any(secrets, secret => CryptographicOperations.FixedTimeEquals(Hash(shown), Hash(secret)));

    /// <summary>True when a signature is the HMAC-SHA256 of the bytes with one of the keys.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> bytes, byte[] signature, ValueList<byte[]> keys)
    {
        var isSigned = false;
        foreach (var key in keys) isSigned |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, bytes), signature);
        return isSigned;
    }

    private static bool Any(ValueList<string> secrets, Func<string, bool> fits)
    {
        var any = false;
        foreach (var secret in secrets) any |= fits(secret);
        return any;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
