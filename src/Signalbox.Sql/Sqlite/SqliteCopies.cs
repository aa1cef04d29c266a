using Microsoft.Data.Sqlite;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Copies of a store in SQLite: made while it is in use, checked, and put back.</summary>
public static class SqliteCopies
{
    /// <summary>Writes a whole copy as of one moment; whoever uses the store goes on meanwhile.</summary>
    /// <param name="path">The store.</param>
    /// <param name="to">Where the copy goes: a file that is not there yet.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="StoreException">There is no such store, or the copy cannot be written.</exception>
    public static Task<long> Backup(string path, string to) => Open(path, session =>
    {
        if (File.Exists(to)) throw new StoreException($"{to} is there already: a copy overwrites nothing.");
        // A copy that was cut short must not look like one: it gets its name when it is whole.
        var half = to + ".part";
        File.Delete(half);
        try
        {
            session.Run("vacuum into ?1", half);
            File.Move(half, to);
        }
        finally
        {
            File.Delete(half);
        }
        return new FileInfo(to).Length;
    });

    /// <summary>Checks every page and index of a store or a copy.</summary>
    /// <returns>What is wrong; empty when all is well.</returns>
    /// <exception cref="StoreException">It is no store, or one of a later version.</exception>
    public static Task<ValueList<string>> Verify(string path) => Open(path, session =>
    {
        SqliteSchema.Check(session, path);
        ValueList<string> said = [.. session.Rows("pragma integrity_check", row => row.GetString(0))];
        return said is ["ok"] ? [] : said;
    });

    /// <summary>Puts a copy where a store is to be. Nothing is lost: a store that is there keeps its bytes under another name.</summary>
    /// <param name="copy">The copy, checked first.</param>
    /// <param name="path">Where the store is to be. Nobody may use it meanwhile.</param>
    /// <param name="now">For the name that the old store gets.</param>
    /// <returns>The name of the old store; null when there was none.</returns>
    /// <exception cref="StoreException">The copy is broken, or the store is in use.</exception>
    public static async Task<string?> Restore(string copy, string path, DateTimeOffset now)
    {
        if (await Verify(copy) is { Count: > 0 } faults) throw new StoreException($"{copy} is broken: {faults[0]}. It was not put back.");
        string? before = null;
        if (File.Exists(path))
        {
            await Open(path, session =>
            {
                try
                {
                    // Whoever else has it open keeps this from being done; and what its log holds is in the file from now on.
                    session.Script("pragma busy_timeout = 200; pragma locking_mode = exclusive; pragma journal_mode = delete; begin exclusive; commit");
                }
                catch (SqliteException trouble) when (trouble.SqliteErrorCode is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED)
                {
                    throw new StoreException($"{path} is in use: stop whoever uses it first.", trouble);
                }
                return true;
            });
            before = $"{path}.{now.UtcDateTime:yyyyMMdd-HHmmss}";
            File.Copy(path, before);
            Refill(path, copy);
        }
        else
        {
            File.Copy(copy, path);
        }
        return before;
    }

    /// <summary>Other bytes in the same file: whose it is and who may read it stay. The server may be another user than who restores.</summary>
    private static void Refill(string path, string copy)
    {
        using var from = File.OpenRead(copy);
        using var to = new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.None);
        from.CopyTo(to);
        to.Flush(flushToDisk: true);
    }

    private static Task<T> Open<T>(string path, Func<SqliteSession, T> act) => Task.Run(() =>
    {
        if (!File.Exists(path)) throw new StoreException($"{path}: there is no such file.");
        SqliteStore.Load();
        try
        {
            using var session = new SqliteSession(path);
            return act(session);
        }
        catch (SqliteException trouble)
        {
            throw new StoreException(SqliteSchema.IsNoDatabase(trouble) ? $"{path} is no database, or a broken one." : $"{path}: {trouble.Message}", trouble);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            var why = trouble is UnauthorizedAccessException ? "access is denied" : "reading or writing failed";
            throw new StoreException($"{path}: the file system refuses: {why}.", trouble);
        }
    });
}
