using Microsoft.Data.Sqlite;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Tells those who wait that there is news: at once within this process, and soon when another process wrote it.</summary>
/// <remarks>SQLite tells nobody of a commit, so a number in the file grows with each, and who waits looks at it now and then, which costs
/// some microseconds.</remarks>
internal sealed class SqlitePulse(Signal signal)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private long known;

    /// <summary>Makes the number grow, inside a transaction.</summary>
    /// <returns>What it is now.</returns>
    public static long Beat(SqliteSession session) => session.Number("update pulse set news = news + 1 returning news");

    /// <summary>Wakes those who wait in this process, after the transaction.</summary>
    public void Tell(long news)
    {
        // Ours alone: no need to find it once more in the file.
        Interlocked.CompareExchange(ref known, news, news - 1);
        signal.Raise();
    }

    /// <summary>Waits for news of any process. Trouble with the file is for those who then look for work.</summary>
    public async Task Await(TimeSpan time, Func<Task<long>> read, CancellationToken stop)
    {
        var until = Environment.TickCount64 + Math.Clamp(time.TotalMilliseconds, 0, TimeSpan.FromDays(1).TotalMilliseconds);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var told = signal.Wait(time, over.Token);
        while (!told.IsCompleted)
        {
            var left = TimeSpan.FromMilliseconds(Math.Max(0, until - Environment.TickCount64));
            if (await Task.WhenAny(told, Task.Delay(left < Look ? left : Look, over.Token)) == told) break;
            if (await IsNews(read)) signal.Raise();
            else if (left < Look) break;
        }
        await over.CancelAsync();
        await told.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
    }

    private async Task<bool> IsNews(Func<Task<long>> read)
    {
        try
        {
            var news = await read();
            return Interlocked.Exchange(ref known, news) != news;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
