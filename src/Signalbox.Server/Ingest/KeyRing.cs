using System.Security.Cryptography;
using System.Text;

namespace Signalbox.Server.Ingest;

/// <summary>The keys of programs: those of the settings and those of the store, and what each has used of its rate.</summary>
internal sealed class KeyRing
{
    /// <summary>How long a key that was revoked elsewhere may still open.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private readonly Lock guard = new();
    private readonly Dictionary<string, Bucket> buckets = [];
    private (DateTimeOffset At, ValueList<KeyGrant> Grants)? stored;

    /// <summary>Every key that there is.</summary>
    public async Task<ValueList<KeyGrant>> Grants(Station station, CancellationToken stop)
    {
        var now = station.Now.World.Now();
        if (stored is not { } known || now - known.At > Kept || now < known.At)
            stored = known = (now, [.. (await KeyNote.All(station.Store, stop)).Select(each => each.Note.Grant(each.Name))]);
        return [.. station.Now.Settings.Serving.Intake.Keys, .. known.Grants];
    }

    /// <summary>The key that was shown; null when it is none of these. Takes the same time whichever it is.</summary>
    public static async Task<KeyGrant?> Find(string shown, ValueList<KeyGrant> grants, Station station, CancellationToken stop)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(shown));
        KeyGrant? found = null;
        foreach (var grant in grants)
        {
            if (await HashOf(grant, station, stop) is { } known && CryptographicOperations.FixedTimeEquals(hash, known)) found = grant;
        }
        return found;
    }

    /// <summary>How long a key has to wait; null when it need not.</summary>
    public TimeSpan? Wait(KeyGrant grant, DateTimeOffset now)
    {
        if (PaceOf(grant) is not { } pace) return null;
        lock (guard)
        {
            var bucket = buckets.GetValueOrDefault(grant.Name) ?? Bucket.Full(pace, now);
            var (after, wait) = bucket.Take(pace, now, TimeSpan.Zero);
            // The token is put back: what a request costs is known when its events are counted.
            buckets[grant.Name] = wait is null ? after : after with { Tokens = after.Tokens + 1 };
            return wait is null ? TimeSpan.FromSeconds((1 - after.Tokens) / pace.PerSecond) : null;
        }
    }

    /// <summary>Notes what a key has brought. A batch may take more than is there: the next request waits for it.</summary>
    public void Charge(KeyGrant grant, int events, DateTimeOffset now)
    {
        if (PaceOf(grant) is not { } pace) return;
        lock (guard)
        {
            var bucket = buckets.GetValueOrDefault(grant.Name) ?? Bucket.Full(pace, now);
            buckets[grant.Name] = bucket with { Tokens = bucket.Tokens - events };
        }
    }

    private static Pace? PaceOf(KeyGrant grant) => grant.PerSecond is { } rate ? new(rate, (int)Math.Max(1, Math.Ceiling(rate))) : null;

    private static async Task<byte[]?> HashOf(KeyGrant grant, Station station, CancellationToken stop)
    {
        if (grant.Sha256 is { } hash) return Convert.FromHexString(hash);
        var revealed = await station.Now.World.Reveal(grant.Reference!, false, stop);
        if (revealed.Value is { } key) return SHA256.HashData(Encoding.UTF8.GetBytes(key));
        station.Journal.Complains("a key cannot be had", ("key", grant.Name), ("reason", revealed.Why ?? ""));
        return null;
    }
}
