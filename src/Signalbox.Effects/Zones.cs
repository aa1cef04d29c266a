using System.Collections.Concurrent;
using NodaTime;

namespace Signalbox.Effects;

/// <summary>Time zones: as the machine knows them, which its updates keep right, and otherwise as we brought them: Lambda and small images know none.</summary>
public static class Zones
{
    /// <summary>Those that were asked for: a machine without zones looks through its files anew for each question.</summary>
    private static readonly ConcurrentDictionary<string, Func<DateTimeOffset, TimeSpan>> Found = new(StringComparer.Ordinal);

    /// <summary>How far a zone is ahead of UTC; null where there is none of this name.</summary>
    public static TimeSpan? Offset(string zone, DateTimeOffset at)
    {
        if (Found.TryGetValue(zone, out var known)) return known(at);
        if ((OfMachine(zone) ?? Brought(zone)) is not { } found) return null;
        Found[zone] = found;
        return found(at);
    }

    /// <summary>The zone that somebody probably meant.</summary>
    internal static string? Near(string zone) => Nearest.To(zone, DateTimeZoneProviders.Tzdb.Ids);

    /// <summary>A zone of the IANA's database as it came with us; null where there is none of this name.</summary>
    internal static Func<DateTimeOffset, TimeSpan>? Brought(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } brought
        ? at => brought.GetUtcOffset(Instant.FromDateTimeOffset(at)).ToTimeSpan()
        : null;

    private static Func<DateTimeOffset, TimeSpan>? OfMachine(string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? at => found.GetUtcOffset(at) : null;
}
