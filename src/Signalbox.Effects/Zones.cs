namespace Signalbox.Effects;

/// <summary>Time zones as the machine knows them.</summary>
public static class Zones
{
    /// <summary>How far a zone is ahead of UTC; null for one that the machine does not know.</summary>
    public static TimeSpan? Offset(string zone, DateTimeOffset at) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.GetUtcOffset(at) : null;
}
