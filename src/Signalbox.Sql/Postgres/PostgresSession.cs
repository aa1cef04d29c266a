using Npgsql;
using NpgsqlTypes;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Statements against a PostgreSQL database: one alone, or several in one transaction and few round trips.</summary>
internal sealed class PostgresSession(NpgsqlDataSource source)
{
    private const int MostTries = 5;

    /// <summary>Every row that one statement answers.</summary>
    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken stop, params Value[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(value.Parameter);
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>How many rows one statement changed.</summary>
    public async Task<int> Run(string sql, CancellationToken stop, params Value[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(value.Parameter);
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Runs a transaction, and runs it again when it and another stood in each other's way, of which nothing is left then.</summary>
    /// <param name="act">True to commit, false to take everything back.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<bool> Transact(Func<NpgsqlConnection, Task<bool>> act, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stop);
                await using var transaction = await connection.BeginTransactionAsync(stop);
                var stays = await act(connection);
                if (stays) await transaction.CommitAsync(stop);
                else await transaction.RollbackAsync(CancellationToken.None);
                return stays;
            }
            catch (PostgresException trouble) when (attempt < MostTries
                && trouble.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
            }
        }
    }
}

/// <summary>A value of a statement with its PostgreSQL type: said, never guessed, so that null and empty lists have one too.</summary>
internal readonly record struct Value(NpgsqlDbType Type, object? Content)
{
    public NpgsqlParameter Parameter => new() { NpgsqlDbType = Type, Value = Content ?? DBNull.Value };

    public static implicit operator Value(long number) => new(NpgsqlDbType.Bigint, number);

    public static implicit operator Value(long? number) => new(NpgsqlDbType.Bigint, number);

    public static implicit operator Value(bool truth) => new(NpgsqlDbType.Boolean, truth);

    public static implicit operator Value(Guid key) => new(NpgsqlDbType.Uuid, key);

    public static implicit operator Value(string text) => new(NpgsqlDbType.Text, PlainText.Write(text));

    public static implicit operator Value(DateTimeOffset time) => new(NpgsqlDbType.Bigint, time.UtcTicks);

    public static implicit operator Value(ReadOnlyMemory<byte> bytes) => new(NpgsqlDbType.Bytea, bytes);

    public static Value Longs(IEnumerable<long> numbers) => new(NpgsqlDbType.Array | NpgsqlDbType.Bigint, numbers.ToArray());

    public static Value Numbers(IEnumerable<int> numbers) => new(NpgsqlDbType.Array | NpgsqlDbType.Integer, numbers.ToArray());

    public static Value Keys(IEnumerable<Guid> keys) => new(NpgsqlDbType.Array | NpgsqlDbType.Uuid, keys.ToArray());

    public static Value Texts(IEnumerable<string> texts) => new(NpgsqlDbType.Array | NpgsqlDbType.Text, texts.Select(PlainText.Write).ToArray());

    public static Value Times(IEnumerable<DateTimeOffset> times) => Longs(times.Select(time => time.UtcTicks));

    public static Value Blobs(IEnumerable<ReadOnlyMemory<byte>> blobs) => new(NpgsqlDbType.Array | NpgsqlDbType.Bytea, blobs.Select(Blob.Of).ToArray());
}

/// <summary>Several statements in one round trip, and reading our own kinds of values.</summary>
internal static class PostgresColumns
{
    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<Value> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(value.Parameter);
        batch.BatchCommands.Add(command);
    }

    public static string Text(this NpgsqlDataReader row, int column) => PlainText.Read(row.GetString(column));

    public static ReadOnlyMemory<byte> Bytes(this NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static DateTimeOffset Time(this NpgsqlDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

    public static Place Place(this NpgsqlDataReader row, int room) => new(row.Text(room), row.Text(room + 1));
}
