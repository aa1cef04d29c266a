using Npgsql;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Tells those who wait that there is news: at once within this process, by NOTIFY to the others.</summary>
/// <remarks>
/// A commit that notifies takes a lock of the whole server until it is flushed, so commits do not notify. A task beside them does, once for
/// all that happened meanwhile. Who listens may lose his connection at any time; until he has another, and also against notifications
/// lost in between, nobody waits longer than two seconds.
/// </remarks>
internal sealed class PostgresPulse : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource end = new();
    private readonly SemaphoreSlim news = new(0, 1);
    private readonly Signal signal = new();
    private readonly NpgsqlDataSource source;
    private readonly Task tells;
    private readonly Task listens;

    public PostgresPulse(NpgsqlDataSource source)
    {
        this.source = source;
        tells = Task.Run(Tell);
        listens = Task.Run(Listen);
    }

    /// <summary>Says that there is news. Never fails.</summary>
    public void Beat()
    {
        signal.Raise();
        try
        {
            news.Release();
        }
        catch (SemaphoreFullException)
        {
            // The others are about to be told.
        }
    }

    public Task Await(TimeSpan time, CancellationToken stop) => signal.Wait(time < Longest ? time : Longest, stop);

    public async ValueTask DisposeAsync()
    {
        if (end.IsCancellationRequested) return;
        await end.CancelAsync();
        await Task.WhenAll(tells, listens);
        // Neither is disposed of: an operation that is still under way may touch them, and neither holds more than memory.
    }

    private Task Tell() => Always(async () =>
    {
        await news.WaitAsync(end.Token);
        await using var command = source.CreateCommand("notify signalbox");
        await command.ExecuteNonQueryAsync(end.Token);
        await Task.Delay(10, end.Token);
    });

    private Task Listen() => Always(async () =>
    {
        await using var connection = await source.OpenConnectionAsync(end.Token);
        await using var command = new NpgsqlCommand("listen signalbox", connection);
        await command.ExecuteNonQueryAsync(end.Token);
        // What was said while nobody listened.
        signal.Raise();
        while (true)
        {
            // A connection that died without a word is found out by asking now and then.
            if (await connection.WaitAsync(TimeSpan.FromSeconds(30), end.Token)) signal.Raise();
            else await command.ExecuteNonQueryAsync(end.Token);
        }
    });

    /// <summary>Does something again and again until the store is closed, whatever goes wrong.</summary>
    private async Task Always(Func<Task> act)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                await act();
            }
            catch (Exception) when (end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception)
            {
                // The server is away, perhaps. Whoever works with the store hears of it; here there is nobody to tell.
                await Task.Delay(500, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
