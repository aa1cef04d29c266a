using System.Net;
using System.Net.Sockets;

namespace Signalbox.Server.Admission;

/// <summary>Counts passwords that were wrong, so that nobody can try many of them.</summary>
/// <remarks>
/// Somebody at one address has few tries for one name. An address has more, for people behind one; a name has more still, so that guessing from many
/// addresses ends while few strangers cannot keep somebody out. Each server counts for itself.
/// </remarks>
internal sealed class FailedTries
{
    private const int MostOfBoth = 5;
    private const int MostOfAddress = 30;
    private const int MostOfName = 60;
    private const int MostKept = 10_000;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(15);

    private readonly Lock guard = new();
    private readonly Dictionary<string, List<DateTimeOffset>> tries = new(StringComparer.Ordinal);

    /// <summary>Counts a try before it is checked, so that many at once gain nothing.</summary>
    /// <returns>False when there were too many: it must not be checked.</returns>
    public bool Begin(string name, IPAddress? from, DateTimeOffset now)
    {
        lock (guard)
        {
            var (both, address, user) = Keys(name, from);
            if (Recent(both, now) >= MostOfBoth || Recent(address, now) >= MostOfAddress || Recent(user, now) >= MostOfName) return false;
            if (tries.Count >= MostKept) Forget(now);
            foreach (var key in (string[])[both, address, user])
            {
                if (!tries.TryGetValue(key, out var times)) tries[key] = times = [];
                times.Add(now);
            }
            return true;
        }
    }

    /// <summary>The password was right: what led to it counts no more.</summary>
    public void Succeed(string name, IPAddress? from)
    {
        lock (guard)
        {
            var (both, address, user) = Keys(name, from);
            tries.Remove(both);
            foreach (var key in (string[])[address, user])
            {
                if (tries.TryGetValue(key, out var times) && times.Count > 0) times.RemoveAt(times.Count - 1);
            }
        }
    }

    private int Recent(string key, DateTimeOffset now)
    {
        if (!tries.TryGetValue(key, out var times)) return 0;
        times.RemoveAll(at => now - at > Within || at > now);
        if (times.Count is 0) tries.Remove(key);
        return times.Count;
    }

    /// <summary>Makes room: first what is old, then whatever is there. An attacker with so many addresses has to be stopped elsewhere.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var key in tries.Keys.ToList()) Recent(key, now);
        if (tries.Count >= MostKept) tries.Clear();
    }

    private static (string Both, string Address, string Name) Keys(string name, IPAddress? from)
    {
        var address = Network(from);
        var known = name.Length > 100 ? name[..100] : name;
        return ($"both {address} {known}", $"from {address}", $"name {known}");
    }

    /// <summary>A customer of IPv6 has a whole /64: it counts as one address.</summary>
    private static string Network(IPAddress? from)
    {
        if (from is null) return "";
        if (from.IsIPv4MappedToIPv6) from = from.MapToIPv4();
        return from.AddressFamily is AddressFamily.InterNetworkV6 ? Convert.ToHexString(from.GetAddressBytes().AsSpan(0, 8)) : from.ToString();
    }
}
