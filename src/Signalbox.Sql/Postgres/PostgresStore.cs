using System.Net.Sockets;
using Npgsql;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>A store in a PostgreSQL database, in a schema named signalbox: for several servers at once.</summary>
/// <remarks>After a lost connection the next operation that meets it throws, and those after it have a new one.</remarks>
public static class PostgresStore
{
    private const int PruneAtOnce = 5_000;
    private const int MostConnections = 20;

    /// <summary>Opens the store in a database; makes or upgrades its schema first where that is needed.</summary>
    /// <param name="address">A URL (postgres://user:password@host:port/database?sslmode=…) or a connection string of Npgsql.</param>
    /// <exception cref="StoreException">The server cannot be reached or does not let us in, or the store is of a later version.</exception>
    public static Task<Store> Open(string address) => Open(address, PostgresSchema.Migrations);

    /// <summary>Same, with migrations of the caller's.</summary>
    internal static async Task<Store> Open(string address, IReadOnlyList<string> migrations)
    {
        var settings = PostgresAddress.Read(address);
        // Statements are few and always the same. Whoever has a pooler in between that cannot keep them says so himself.
        if (!settings.ShouldSerialize("Max Auto Prepare")) settings.MaxAutoPrepare = 50;
        // A server has a hundred connections for everybody unless somebody gave it more, and several of us may share it.
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = MostConnections;
        if (settings.ApplicationName is null) settings.ApplicationName = "signalbox";
        NpgsqlDataSource? source = null;
        try
        {
            var builder = new NpgsqlSlimDataSourceBuilder(settings.ToString());
            builder.EnableArrays();
            builder.EnableTransportSecurity();
            source = builder.Build();
            await PostgresSchema.Upgrade(source, migrations);
            return Wire(source);
        }
        catch (Exception trouble) when (trouble is NpgsqlException or StoreException or SocketException or TimeoutException or ArgumentException or IOException)
        {
            if (source is not null) await source.DisposeAsync();
            var why = trouble switch
            {
                // The server's own words; those about settings could repeat them.
                PostgresException refused => refused.MessageText,
                StoreException later => later.Message,
                ArgumentException => "its settings contradict each other.",
                _ => $"the server cannot be reached: {(trouble.InnerException ?? trouble).Message}",
            };
            throw new StoreException($"{PostgresAddress.Show(settings)}: {why}");
        }
    }

    private static Store Wire(NpgsqlDataSource source)
    {
        var session = new PostgresSession(source);
        var pulse = new PostgresPulse(source);
        return new()
        {
            Accept = (arrivals, stop) => arrivals.Count == 0
                ? Task.FromResult<ValueList<bool>>([])
                : Waking(PostgresInbox.Accept(session, arrivals, stop), answers => answers.Contains(true)),
            Claim = (lease, most, stop) => PostgresInbox.Claim(session, lease, most, stop),
            Came = (id, stop) => PostgresInbox.Came(session, id, stop),
            Undecided = (ids, stop) => PostgresInbox.Undecided(session, ids, stop),
            Load = (places, stop) => PostgresConversations.Load(session, places, stop),
            Commit = (change, stop) => Waking(session.Transact(connection => Commit(connection, change, stop), stop), done => done),
            Due = (now, most, stop) => PostgresConversations.Due(session, now, most, stop),
            Open = (most, stop) => PostgresConversations.Open(session, most, stop),
            Backlogs = (now, stop) => PostgresOutbox.Backlogs(session, now, stop),
            Hold = (room, lease, stop) => PostgresOutbox.Hold(session, room, lease, stop),
            Release = (room, worker, pace, stop) => PostgresOutbox.Release(session, room, worker, pace, stop),
            Waiting = (room, now, most, stop) => PostgresOutbox.Waiting(session, room, now, most, stop),
            Settle = (settlements, stop) => settlements.Count == 0 ? Task.CompletedTask : PostgresSettling.Settle(session, settlements, stop),
            Dead = (most, stop) => PostgresOutbox.Dead(session, most, stop),
            Redrive = (id, now, stop) => Waking(PostgresOutbox.Redrive(session, id, now, stop), count => count > 0),
            Keep = (kind, name, body, stop) => Waking(PostgresRecords.Keep(session, kind, name, body, stop), _ => true),
            Documents = (kind, stop) => PostgresRecords.Documents(session, kind, stop),
            History = (query, stop) => PostgresRecords.History(session, query, stop),
            Prune = (retention, now, stop) => Prune(session, retention, now, stop),
            Count = stop => PostgresRecords.Count(session, stop),
            Await = pulse.Await,
            Close = async () =>
            {
                await pulse.DisposeAsync();
                await source.DisposeAsync();
            },
        };

        async Task<T> Waking<T>(Task<T> work, Func<T, bool> isNews)
        {
            var done = await work;
            if (isNews(done)) pulse.Beat();
            return done;
        }
    }

    private static async Task<bool> Commit(NpgsqlConnection connection, Change change, CancellationToken stop)
    {
        await using var checks = new NpgsqlBatch(connection);
        if (change.Event is { } id) PostgresInbox.Decide(checks, id, change.At);
        // In one order for all, so that two decisions over the same conversations wait for each other, never in a ring.
        foreach (var revision in change.Revisions.OrderBy(revision => Hash.Long(revision.Place))) PostgresConversations.Save(checks, revision, change.At);
        if (checks.BatchCommands.Count > 0)
        {
            await checks.ExecuteNonQueryAsync(stop);
            if (checks.BatchCommands.Cast<NpgsqlBatchCommand>().Any(check => check.Rows != 1)) return false;
        }
        await using var rest = new NpgsqlBatch(connection);
        if (change.Orders.Count > 0) PostgresOutbox.Add(rest, change.Orders, change.At);
        if (change.History.Count > 0) PostgresRecords.Add(rest, change.History);
        if (rest.BatchCommands.Count > 0) await rest.ExecuteNonQueryAsync(stop);
        return true;
    }

    /// <summary>Goes in steps, so that no transaction lasts long and no other process waits.</summary>
    private static async Task<Pruned> Prune(PostgresSession session, Retention retention, DateTimeOffset now, CancellationToken stop)
    {
        return new(
            await All(most => PostgresInbox.Prune(session, now - retention.Events, most, stop)),
            await All(most => PostgresConversations.Prune(session, now - retention.Conversations, most, stop)),
            await All(most => PostgresRecords.Prune(session, now - retention.History, most, stop)),
            await All(most => PostgresOutbox.Prune(session, now - retention.Dead, most, stop)));

        static async Task<int> All(Func<int, Task<int>> some)
        {
            var all = 0;
            for (var last = PruneAtOnce; last == PruneAtOnce; all += last) last = await some(PruneAtOnce);
            return all;
        }
    }
}
