using System.Globalization;
using Signalbox.Server.Pages.Past;

namespace Signalbox.Server.Pages.Upkeep;

/// <summary>What went where, and what was held back, lately: read from history.</summary>
/// <param name="Lines">How many messages each room got by each route, by room and the route's number from 0; -1 for none of them.</param>
/// <param name="Held">What silences held back: how often by the silence's name, and the latest titles.</param>
/// <param name="Sources">How many events came from each source, the busiest first.</param>
/// <param name="Since">Where reading ended.</param>
internal sealed record Traffic(
    IReadOnlyDictionary<(string Room, int Route), int> Lines, IReadOnlyDictionary<string, (int Count, ValueList<string> Titles)> Held,
    ValueList<(string Source, int Count)> Sources, DateTimeOffset Since)
{
    private const int MostRead = 30_000;
    private const int MostTitles = 3;

    /// <summary>Reads the last while.</summary>
    public static async Task<Traffic> Of(Store store, Settings settings, TimeSpan back, DateTimeOffset now, CancellationToken stop)
    {
        var known = new HashSet<(string, string)>();
        var (lines, held, sources) = (new Dictionary<(string, int), int>(), new Dictionary<string, (int, ValueList<string>)>(), new Dictionary<string, int>());
        var scanned = await Scan.Back<string>(store, new() { From = now - back }, null, 1, MostRead, line =>
        {
            if (PastLine.Of(line) is not { } seen) return null;
            if (line.What is "made") Add(lines, (line.Place.Room, RouteOf(seen, settings)));
            if (line.What is "held" && SilenceOf(seen.Note.Because) is { } silence)
            {
                var (count, titles) = held.GetValueOrDefault(silence);
                held[silence] = (count + 1, titles.Count < MostTitles && !titles.Contains(seen.Note.Title) ? [.. titles, seen.Note.Title] : titles);
            }
            if (seen.IsEvent && known.Add((line.Event, seen.Note.Title))) Add(sources, seen.Note.Source);
            return null;
        }, stop);
        var busiest = sources.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal);
        return new(lines, held, [.. busiest.Select(pair => (pair.Key, pair.Value))], scanned.Next?.At ?? now - back);
    }

    /// <summary>The route by which a room heard of something: the one that history names, else the one by which it would hear of it now, since what a
    /// conversation says has reasons of its own.</summary>
    public static int RouteOf(PastLine line, Settings settings)
    {
        if (RouteOf(line.Note.Because, settings.Routes) is >= 0 and var named) return named;
        var notice = line.Notice;
        var owner = settings.Owners.All.FirstOrDefault(owner => notice.Owners.Contains(owner.Name));
        var routed = settings.Routes.Of(new Owned(notice, owner, ""), null).Routed.FirstOrDefault(each => each.Room.Name == line.Line.Place.Room);
        return routed is null ? -1 : RouteOf(routed.Because, settings.Routes);
    }

    /// <summary>The route that a reason names, from 0; -1 for none, and for one that the settings have no more.</summary>
    public static int RouteOf(string because, Routes routes)
    {
        var at = because.IndexOf("route ", StringComparison.Ordinal);
        if (at < 0) return -1;
        var digits = because.AsSpan(at + 6);
        var end = digits.IndexOf(':');
        return end > 0 && int.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= routes.Count
            && because.AsSpan(at).StartsWith(routes.Reasons[number - 1], StringComparison.Ordinal) ? number - 1 : -1;
    }

    /// <summary>The name of the silence that a reason names; null for none.</summary>
    public static string? SilenceOf(string because)
    {
        const string begin = "silence ";
        var at = because.IndexOf(begin, StringComparison.Ordinal);
        if (at < 0) return null;
        var end = because.IndexOf(" by ", at, StringComparison.Ordinal);
        return end > at + begin.Length ? because[(at + begin.Length)..end] : null;
    }

    private static void Add<TKey>(Dictionary<TKey, int> counts, TKey key) where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
