using System.Globalization;

namespace Signalbox.Server.Pages;

/// <summary>Instants as elements: the server says UTC, the script the reader's own zone.</summary>
internal static class Times
{
    /// <summary>"14:05 UTC", and in the reader's zone "16:05".</summary>
    public static Html Clock(DateTimeOffset at) => Of(at, "clock", at.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture));

    /// <summary>The same with seconds.</summary>
    public static Html Second(DateTimeOffset at) => Of(at, "second", at.UtcDateTime.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));

    /// <summary>"2026-11-22 14:05 UTC".</summary>
    public static Html Full(DateTimeOffset at) => Of(at, "full", at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));

    /// <summary>"Sunday, 22 November 2026".</summary>
    public static Html Day(DateTimeOffset at) => Of(at, "day", at.UtcDateTime.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture));

    /// <summary>"3 min ago", which goes on counting.</summary>
    public static Html Ago(DateTimeOffset at, DateTimeOffset now) =>
        Of(at, "ago", now - at < TimeSpan.FromSeconds(10) ? "just now" : $"{Length(now - at)} ago");

    /// <summary>How long something has lasted by now, which goes on counting: "6 min 12 s".</summary>
    public static Html Since(DateTimeOffset at, DateTimeOffset now) => Of(at, "since", Length(now - at));

    /// <summary>An instant for machines: "2026-11-22T14:05:00.000Z".</summary>
    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A length without parts of seconds; what lies ahead counts as nothing.</summary>
    public static string Length(TimeSpan length) =>
        Quantity.Duration(TimeSpan.FromSeconds(Math.Max(0, Math.Floor(length.TotalSeconds))));

    private static Html Of(DateTimeOffset at, string form, string text) => Html.Of($"""<time datetime="{Iso(at)}" data-as="{form}">{text}</time>""");
}
