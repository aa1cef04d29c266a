using System.Globalization;

namespace Signalbox.Server.Pages.Past;

/// <summary>A stretch of time that a page is about.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end, which is not part of it.</param>
internal readonly record struct Span(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;

    /// <summary>An instant as people type it: one of ISO 8601, or how long ago ("6h"). Null for neither.</summary>
    public static DateTimeOffset? Read(string? text, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        return Durations.Read(text.Trim()) is { } ago ? now - ago : Instants.Read(text);
    }

    /// <summary>An instant as it stands in links and fields: "2026-11-22T14:05:00Z".</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A page with a query; what is empty is left out.</summary>
    public static string Link(string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var (link, mark) = (path, '?');
        foreach (var (name, value) in query)
        {
            if (string.IsNullOrEmpty(value)) continue;
            link += $"{mark}{name}={Uri.EscapeDataString(value)}";
            mark = '&';
        }
        return link;
    }
}
