using Microsoft.Data.Sqlite;
using Signalbox.Effects;
using SQLitePCL;

namespace Signalbox.Sql;

/// <summary>One connection with its prepared statements. For one thread at a time.</summary>
/// <remarks>Values are given in the order of <c>?1, ?2, …</c>: texts, numbers, bytes or null. Statements go to SQLite itself and not through commands and
/// readers of the driver: an event takes a dozen of them, and each of those costs as much as what SQLite does for it.</remarks>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, sqlite3_stmt> prepared = new(StringComparer.Ordinal);

    public SqliteSession(string path)
    {
        // A pool would keep the file open after the store was closed, and lend connections without their settings.
        connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            connection.Open();
            Script("pragma busy_timeout = 10000; pragma synchronous = full; pragma temp_store = memory; pragma cache_size = -65536");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Does something.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Prepared(sql, values);
        try
        {
            while (Step(statement)) { }
            return raw.sqlite3_changes(connection.Handle!);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The first column of the first row as a number; 0 without a row.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Prepared(sql, values);
        try
        {
            var number = 0L;
            for (var first = true; Step(statement); first = false)
            {
                if (first) number = raw.sqlite3_column_int64(statement, 0);
            }
            return number;
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The key of the row that was inserted last.</summary>
    public long Last => raw.sqlite3_last_insert_rowid(connection.Handle!);

    /// <summary>Every row.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteRow, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        var statement = Prepared(sql, values);
        try
        {
            while (Step(statement)) rows.Add(read(new(statement)));
            return rows;
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Several statements, once.</summary>
    public void Script(string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only texts of this program come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Takes back what was begun, if SQLite has not done so by itself.</summary>
    public void Undo()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle!) == 0) Run("rollback");
    }

    public void Dispose()
    {
        foreach (var statement in prepared.Values) statement.Dispose();
        connection.Dispose();
    }

    private sqlite3_stmt Prepared(string sql, ReadOnlySpan<object?> values)
    {
        var database = connection.Handle!;
        if (!prepared.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
            prepared.Add(sql, statement);
        }
        for (var at = 0; at < values.Length; at++)
        {
            Check(values[at] switch
            {
                long number => raw.sqlite3_bind_int64(statement, at + 1, number),
                string text => raw.sqlite3_bind_text(statement, at + 1, text),
                byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, at + 1, 0),
                byte[] bytes => raw.sqlite3_bind_blob(statement, at + 1, bytes),
                int number => raw.sqlite3_bind_int64(statement, at + 1, number),
                null => raw.sqlite3_bind_null(statement, at + 1),
                var other => throw new ArgumentException($"{other.GetType().Name} is no value of a store"),
            });
        }
        return statement;
    }

    /// <summary>True when there is a row.</summary>
    private bool Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE)) Check(code);
        return code is raw.SQLITE_ROW;
    }

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, connection.Handle);
}

/// <summary>A row of an answer, as long as its statement stands on it.</summary>
internal readonly struct SqliteRow(sqlite3_stmt statement)
{
    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public int GetInt32(int column) => checked((int)GetInt64(column));

    public string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public string Text(int column) => PlainText.Read(GetString(column));

    public ReadOnlyMemory<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public DateTimeOffset Time(int column) => new(GetInt64(column), TimeSpan.Zero);

    public Place Place(int room) => new(Text(room), Text(room + 1));
}
