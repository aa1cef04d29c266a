using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Signalbox.Server.Alerting;

/// <summary>Alerts that hold as long as their senders repeat them: told once when they begin, and once when they end or are repeated no more.</summary>
/// <remarks>
/// <para>A repeat of what is on the board costs no write to the store. What is on it is kept there too, a moment later and in a few documents, so that an
/// alert also ends when this process was started anew meanwhile, or another server hears its sender.</para>
/// <para>Safe to share.</para>
/// </remarks>
internal sealed class AlertBoard
{
    private const string Kind = "alerts";

    /// <summary>Alerts are kept in so many documents, and so many of them are written in a turn: a storm of a hundred thousand alerts is kept within a
    /// minute, and never takes the disk from the events themselves.</summary>
    private const int Shards = 4096;
    private const int MostWritten = 64;

    /// <summary>For so long after its end an alert is remembered: Prometheus repeats that it has ended for a quarter of an hour.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>After a start, senders get up to this time to repeat what they still see.</summary>
    private static readonly TimeSpan LongestGrace = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, PostedAlert> alerts = new();
    private readonly ConcurrentDictionary<int, bool> dirty = [];
    private int written = -1;

    /// <summary>What is on the board, ended or not.</summary>
    public IEnumerable<PostedAlert> All => alerts.Select(pair => pair.Value);

    /// <summary>Takes alerts that were posted together. When it has returned, what is new of them is in the store.</summary>
    public async Task Post(IReadOnlyList<PostedAlert> posted, Station station, CancellationToken stop)
    {
        var now = station.Now.World.Now();
        var news = new List<PostedAlert>(posted.Count);
        var after = new Dictionary<string, PostedAlert>(posted.Count);
        foreach (var alert in posted)
        {
            var isResolved = alert.IsResolved(now);
            if (!after.TryGetValue(alert.Fingerprint, out var known)) alerts.TryGetValue(alert.Fingerprint, out known);
            var isSame = known is not null && (!known.IsTold || isResolved);
            // It began when it began here, whatever its sender says after a restart of its own: begin and end have to be of one life.
            var merged = (isSame ? alert with { StartsAt = known!.StartsAt }
                : known is not null && alert.StartsAt <= known.EndsAt ? alert with { StartsAt = now } : alert) with
            { IsTold = isResolved };
            if (!isSame || known!.IsTold != isResolved) news.Add(merged);
            after[merged.Fingerprint] = merged;
        }
        if (news.Count > 0) await Keep(news, after, station, now, stop);
        foreach (var alert in after.Values) Put(alert);
    }

    private static async Task Keep(
        List<PostedAlert> news, Dictionary<string, PostedAlert> after, Station station, DateTimeOffset now, CancellationToken stop)
    {
        var fresh = await station.Now.Engine.Keep([.. news.Select(alert => alert.Arrival(alert.IsTold, now))], stop);
        // The store knows it, the board does not: it ended long ago and is back under the time of its first beginning, or it was told a moment before a
        // crash. It is told as one that begins now; a room that has it open already is not told again.
        var back = news.Where((alert, at) => !fresh[at] && !alert.IsTold).Select(alert => alert with { StartsAt = now }).ToList();
        if (back.Count is 0) return;
        await station.Now.Engine.Keep([.. back.Select(alert => alert.Arrival(false, now))], stop);
        foreach (var alert in back) after[alert.Fingerprint] = alert;
    }

    /// <summary>Reads what was kept, then ends what is repeated no more, until it is stopped.</summary>
    public async Task Run(Station station, CancellationToken stop)
    {
        var isRead = false;
        while (!stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                if (!isRead) await Merge(station, isStart: true, stop);
                isRead = true;
                await Turn(station, stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                station.Journal.Complains("alerts could not be kept", ("reason", fault.GetType().Name));
            }
            // It looks at every alert there is: with a hundred thousand of them it looks less often, and takes a tenth of a processor at most.
            var pause = 9 * Stopwatch.GetElapsedTime(began);
            await Task.Delay(pause > Look ? pause : Look, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        // What came last is kept too, if the store still answers.
        await KeepAll(station).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends what is repeated no more, and keeps what has changed.</summary>
    internal async Task Turn(Station station, CancellationToken stop)
    {
        var now = station.Now.World.Now();
        if (All.Any(alert => Ends(alert, now)))
        {
            // Another server may have heard its sender since.
            await Merge(station, isStart: false, stop);
            var ended = All.Where(alert => Ends(alert, now)).ToList();
            if (ended.Count > 0)
                await station.Now.Engine.Keep([.. ended.Select(alert => alert.Arrival(true, now))], stop);
            foreach (var alert in ended)
            {
                if (alerts.TryUpdate(alert.Fingerprint, alert with { IsTold = true }, alert)) dirty[ShardOf(alert.Fingerprint)] = true;
            }
        }
        foreach (var alert in All.Where(alert => alert.EndsAt + Remembered < now))
        {
            if (alerts.TryRemove(KeyValuePair.Create(alert.Fingerprint, alert))) dirty[ShardOf(alert.Fingerprint)] = true;
        }
        await Keep(station, stop);
    }

    private static bool Ends(PostedAlert alert, DateTimeOffset now) => !alert.IsTold && alert.IsResolved(now);

    /// <summary>The first three hexadecimal digits.</summary>
    private static int ShardOf(string fingerprint) =>
        (Uri.FromHex(fingerprint[0]) * 256 + Uri.FromHex(fingerprint[1]) * 16 + Uri.FromHex(fingerprint[2])) % Shards;

    private void Put(PostedAlert alert)
    {
        alerts[alert.Fingerprint] = alert;
        dirty.TryAdd(ShardOf(alert.Fingerprint), true);
    }

    private async Task Merge(Station station, bool isStart, CancellationToken stop)
    {
        var now = station.Now.World.Now();
        foreach (var document in await station.Store.Documents(Kind, stop))
        {
            foreach (var line in Json.ParseMany(document.Body.ToArray()))
            {
                if (PostedAlert.Kept(line) is not { } kept) continue;
                var grace = kept.EndsAt - kept.UpdatedAt < LongestGrace ? kept.EndsAt - kept.UpdatedAt : LongestGrace;
                if (isStart && !kept.IsTold && kept.EndsAt > kept.UpdatedAt && kept.EndsAt < now + grace) kept = kept with { EndsAt = now + grace };
                alerts.AddOrUpdate(kept.Fingerprint, kept, (_, mine) => mine.UpdatedAt >= kept.UpdatedAt ? mine : kept);
            }
        }
    }

    private async Task KeepAll(Station station)
    {
        while (!dirty.IsEmpty) await Keep(station, CancellationToken.None);
    }

    private async Task Keep(Station station, CancellationToken stop)
    {
        if (dirty.IsEmpty) return;
        // In turn, so that none waits for ever behind those that change all the time.
        var changed = dirty.Select(pair => pair.Key).OrderBy(shard => shard <= written).ThenBy(shard => shard).Take(MostWritten).ToHashSet();
        written = changed.Last();
        foreach (var shard in changed) dirty.TryRemove(shard, out _);
        var lines = changed.ToDictionary(shard => shard, _ => new MemoryStream());
        foreach (var alert in All)
        {
            if (!lines.TryGetValue(ShardOf(alert.Fingerprint), out var into)) continue;
            into.Write(alert.Kept());
            into.WriteByte((byte)'\n');
        }
        try
        {
            await Task.WhenAll(lines.Select(each =>
                station.Store.Keep(Kind, each.Key.ToString("x3", CultureInfo.InvariantCulture), each.Value.ToArray(), stop)));
        }
        catch
        {
            foreach (var shard in changed) dirty[shard] = true;
            throw;
        }
    }
}
