using Microsoft.Data.Sqlite;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>A store in one file: the one that a server has without asking for more.</summary>
/// <remarks>Several processes of one machine may have it open. A network drive is no place for it, since SQLite's locks and shared memory do
/// not work there.</remarks>
public static class SqliteStore
{
    private const int PruneAtOnce = 1_000;

    /// <summary>Ends every lease.</summary>
    private const string Unleased = "update undecided set until = 0 where until <> 0; update room set until = 0 where until > 0";

    /// <summary>Opens the store in a file; makes or upgrades it first where that is needed.</summary>
    /// <exception cref="StoreException">It cannot be opened, is no database, is another program's, or is of a later version.</exception>
    public static Task<Store> Open(string path) => Open(path, SqliteSchema.Migrations);

    /// <summary>Same, with migrations of the caller's.</summary>
    internal static Task<Store> Open(string path, IReadOnlyList<string> migrations) => Task.Run(() =>
    {
        Load();
        var full = Path.GetFullPath(path);
        try
        {
            var session = new SqliteSession(full);
            try
            {
                SqliteSchema.Upgrade(session, path, migrations);
                session.Script("pragma journal_mode = wal; pragma wal_autocheckpoint = 8000");
                // What nobody is there to finish need not be waited for: after a kill the next process goes on at once.
                SqlitePresence.WhenAlone(full, () => session.Script(Unleased));
                return Wire(session, new(() => new SqliteSession(full)), SqlitePresence.Join(full));
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (SqliteException trouble)
        {
            throw new StoreException(
                SqliteSchema.IsNoDatabase(trouble)
                    ? $"{path} is no database: name another file, or move it away."
                    : $"{path} cannot be opened: {trouble.Message}",
                trouble);
        }
    });

    internal static void Load()
    {
        try
        {
            SQLitePCL.Batteries_V2.Init();
            // No connection here is used by two threads at once, so it need not lock itself. Refused, and no harm, when SQLite runs already.
            SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        }
        catch (Exception fault) when (fault is DllNotFoundException or TypeInitializationException)
        {
            throw new StoreException("SQLite's library libe_sqlite3.so is missing: it is built with signalbox and has to lie beside it.", fault);
        }
    }

    private static Store Wire(SqliteSession session, SqliteReaders readers, FileStream presence)
    {
        var pulse = new SqlitePulse(new());
        var writer = new SqliteWriter(session, pulse);
        return new()
        {
            Accept = (arrivals, stop) => arrivals.Count == 0 ? Task.FromResult<ValueList<bool>>([]) : writer.Do(on => SqliteInbox.Accept(on, arrivals), stop),
            Claim = (lease, most, stop) => writer.Do(on => SqliteInbox.Claim(on, lease, most), stop),
            Undecided = (ids, stop) => readers.Read(on => ids.Select(id => SqliteInbox.IsUndecided(on, id)).ToValueList(), stop),
            Came = (id, stop) => readers.Read(on => SqliteInbox.Came(on, id), stop),
            Load = (places, stop) => readers.Read(on => SqliteConversations.Load(on, places), stop),
            Commit = (change, stop) => writer.Do(on => Commit(on, change), stop),
            Due = (now, most, stop) => readers.Read(on => SqliteConversations.Due(on, now, most), stop),
            Open = (most, stop) => readers.Read(on => SqliteConversations.Open(on, most), stop),
            Backlogs = (now, stop) => readers.Read(on => SqliteOutbox.Backlogs(on, now), stop),
            Hold = (room, lease, stop) => writer.Do(on => SqliteOutbox.Hold(on, room, lease), stop),
            Release = (room, worker, pace, stop) => writer.Do(on => SqliteOutbox.Release(on, room, worker, pace), stop),
            Waiting = (room, now, most, stop) => readers.Read(on => SqliteOutbox.Waiting(on, room, now, most), stop),
            Settle = (settlements, stop) => settlements.Count == 0 ? Task.CompletedTask : writer.Do(on => SqliteOutbox.Settle(on, settlements), stop),
            Dead = (most, stop) => readers.Read(on => SqliteOutbox.Dead(on, most), stop),
            Redrive = (id, now, stop) => writer.Do(on => SqliteOutbox.Redrive(on, id, now), stop),
            Keep = (kind, name, body, stop) => writer.Do(on => SqliteRecords.Keep(on, kind, name, body), stop),
            Documents = (kind, stop) => readers.Read(on => SqliteRecords.Documents(on, kind), stop),
            History = (query, stop) => readers.Read(on => SqliteRecords.History(on, query), stop),
            Prune = (retention, now, stop) => Prune(writer, retention, now, stop),
            Count = stop => readers.Read(SqliteRecords.Count, stop),
            Await = (time, stop) => pulse.Await(time, () => readers.Read(on => on.Number("select news from pulse"), stop), stop),
            Close = async () =>
            {
                // The writer goes last: whoever closes a file last tidies up its log.
                readers.Close();
                await writer.Close();
                await presence.DisposeAsync();
            },
        };
    }

    private static Written<bool> Commit(SqliteSession session, Change change)
    {
        if (change.Event is { } id && !SqliteInbox.Decide(session, id, change.At)) return new(false, Stays: false);
        foreach (var revision in change.Revisions)
        {
            if (!SqliteConversations.Save(session, revision, change.At)) return new(false, Stays: false);
        }
        foreach (var order in change.Orders) SqliteOutbox.Add(session, order, change.At);
        foreach (var line in change.History) SqliteRecords.Add(session, line);
        return new(true, IsNews: true);
    }

    /// <summary>Goes in steps, so that nobody waits for the writer while years are thrown away.</summary>
    private static async Task<Pruned> Prune(SqliteWriter writer, Retention retention, DateTimeOffset now, CancellationToken stop)
    {
        return new(
            await All((on, most) => SqliteInbox.Prune(on, now - retention.Events, most)),
            await All((on, most) => SqliteConversations.Prune(on, now - retention.Conversations, most)),
            await All((on, most) => SqliteRecords.Prune(on, now - retention.History, most)),
            await All((on, most) => SqliteOutbox.Prune(on, now - retention.Dead, most)));

        async Task<int> All(Func<SqliteSession, int, int> some)
        {
            var all = 0;
            for (var last = PruneAtOnce; last == PruneAtOnce; all += last) last = await writer.Do(on => new Written<int>(some(on, PruneAtOnce)), stop);
            return all;
        }
    }
}
