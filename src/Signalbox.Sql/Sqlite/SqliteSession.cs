using Microsoft.Data.Sqlite;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>One connection with its prepared statements. For one thread at a time.</summary>
/// <remarks>Values are given in the order of <c>?1, ?2, …</c>: texts, numbers, bytes or null.</remarks>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

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
    public int Run(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row as a number; 0 without a row.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values) => Command(sql, values).ExecuteScalar() is long number ? number : 0;

    /// <summary>The key of the row that was inserted last.</summary>
    public long Last => SQLitePCL.raw.sqlite3_last_insert_rowid(connection.Handle!);

    /// <summary>Every row.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        using var reader = Command(sql, values).ExecuteReader();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
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
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle!) == 0) Run("rollback");
    }

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Only texts of this program come here.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var at = 1; at <= values.Length; at++) command.Parameters.Add(new SqliteParameter($"?{at}", null));
            prepared.Add(sql, command);
        }
        for (var at = 0; at < values.Length; at++) command.Parameters[at].Value = values[at] ?? DBNull.Value;
        return command;
    }
}

/// <summary>Reading our own kinds of values from a row.</summary>
internal static class SqliteColumns
{
    public static string Text(this SqliteDataReader row, int column) => PlainText.Read(row.GetString(column));

    public static ReadOnlyMemory<byte> Bytes(this SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    public static Place Place(this SqliteDataReader row, int room) => new(row.Text(room), row.Text(room + 1));
}
