using System.Globalization;

namespace Signalbox.Server.Pages.Past;

/// <summary>How far history was read, going back in time.</summary>
/// <param name="At">The millisecond of the last line.</param>
/// <param name="Skip">How many lines of that millisecond were read.</param>
internal sealed record Mark(DateTimeOffset At, int Skip)
{
    /// <summary>As it stands in a link.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()}-{Skip}");

    /// <summary>The one of a link; null for none.</summary>
    public static Mark? Read(string? text) =>
        text?.Split('-') is [var at, var skip]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time is > 0 and < 253402300799000
            && int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 0 and <= 100_000
            ? new(DateTimeOffset.FromUnixTimeMilliseconds(time), count) : null;
}

/// <summary>What a part of history holds.</summary>
/// <param name="Found">What was looked for, newest first.</param>
/// <param name="Read">How many lines were read for it.</param>
/// <param name="Next">Where to go on; null when everything was read.</param>
internal sealed record Scanned<T>(ValueList<T> Found, int Read, Mark? Next);

/// <summary>Reads history backwards, some lines at a time: a page shows what it found so far rather than let somebody wait for all of it.</summary>
internal static class Scan
{
    private const int Batch = 1000;

    /// <summary>Reads until enough was found, or enough was read.</summary>
    /// <param name="store">Where history is.</param>
    /// <param name="query">What of it.</param>
    /// <param name="from">Where an earlier reading ended; null for the newest.</param>
    /// <param name="wanted">So much is enough.</param>
    /// <param name="most">So many lines are read at most.</param>
    /// <param name="pick">What is looked for; null to pass over a line.</param>
    /// <param name="stop">Stops it.</param>
    public static async Task<Scanned<T>> Back<T>(
        Store store, HistoryQuery query, Mark? from, int wanted, int most, Func<HistoryLine, T?> pick, CancellationToken stop) where T : class
    {
        var (found, read, mark) = (new List<T>(), 0, from);
        while (true)
        {
            var ask = Math.Min(Batch, most - read);
            // Several lines may be of one millisecond: those that were read are asked for again, and passed over.
            var before = mark is null ? query.Before : Floor(mark.At).AddMilliseconds(1);
            var lines = await store.History(query with { Before = before, Most = ask + (mark?.Skip ?? 0) }, stop);
            var fresh = 0;
            foreach (var line in lines.Skip(mark?.Skip ?? 0))
            {
                fresh++;
                read++;
                mark = mark is not null && Floor(line.At) == mark.At ? mark with { Skip = mark.Skip + 1 } : new(Floor(line.At), 1);
                if (pick(line) is { } picked) found.Add(picked);
                if (found.Count >= wanted) return new([.. found], read, mark);
            }
            if (fresh < ask) return new([.. found], read, null);
            if (read >= most) return new([.. found], read, mark);
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
