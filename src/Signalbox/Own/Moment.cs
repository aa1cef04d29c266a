namespace Signalbox;

/// <summary>How far a time zone is ahead of UTC at an instant; null for a zone that nobody knows. Zones are data of the machine.</summary>
/// <param name="zone">An IANA name: "Europe/Berlin".</param>
/// <param name="at">The instant.</param>
public delegate TimeSpan? ZoneOffset(string zone, DateTimeOffset at);

/// <summary>A time and what clocks on walls show then: what the shell passes in, since the core has no clock.</summary>
/// <param name="Now">The time, in UTC.</param>
/// <param name="Zones">What the machine knows of time zones.</param>
public sealed record Moment(DateTimeOffset Now, ZoneOffset Zones)
{
    /// <summary>Knows no zone but UTC.</summary>
    public static TimeSpan? OnlyUtc(string zone, DateTimeOffset at) => zone is "UTC" ? TimeSpan.Zero : null;
}
