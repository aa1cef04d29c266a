using Npgsql;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Notes in PostgreSQL what became of posts.</summary>
internal static class PostgresSettling
{
    public static Task Settle(PostgresSession session, ValueList<Settlement> settlements, CancellationToken stop) =>
        session.Transact(async connection => await Settle(connection, settlements, stop), stop);

    private static async Task<bool> Settle(NpgsqlConnection connection, ValueList<Settlement> settlements, CancellationToken stop)
    {
        var waiting = await Lock(connection, settlements, stop);
        await using var batch = new NpgsqlBatch(connection);
        var made = new List<long>();
        var lines = new List<HistoryLine>();
        var references = new List<(Guid Key, long Post, string Reference)>();
        foreach (var settlement in settlements)
        {
            if (PostgresOutbox.Number(settlement.Id) is not { } post || !waiting.TryGetValue(post, out var key)) continue;
            if (settlement.Reference is { } reference) references.Add((key, post, reference));
            if (settlement.History is { } line) lines.Add(line);
            if (settlement is { Dead: null, NotBefore: { } notBefore })
            {
                batch.Add("update signalbox.post set not_before = $2, attempts = attempts + 1 where seq = $1", post, notBefore);
                continue;
            }
            waiting.Remove(post);
            if (settlement.Dead is { } why) Bury(batch, post, settlement.At, why);
            else made.Add(post);
        }
        if (made.Count > 0) batch.Add("delete from signalbox.post where seq = any($1)", Value.Longs(made));
        // By key, as everybody locks conversations; the sort is stable, so within one the last id counts.
        foreach (var (key, post, reference) in references.OrderBy(each => each.Key))
            batch.Add("update signalbox.conversation set reference = $3 where key = $1 and since <= $2", key, post, reference);
        if (lines.Count > 0) PostgresRecords.Add(batch, [.. lines]);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(stop);
        return true;
    }

    /// <summary>The posts that are still there, with their conversations' keys, kept from others until the transaction ends.</summary>
    private static async Task<Dictionary<long, Guid>> Lock(NpgsqlConnection connection, ValueList<Settlement> settlements, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select seq, key from signalbox.post where seq = any($1) order by seq for update", connection);
        command.Parameters.Add(Value.Longs(settlements.Select(settlement => PostgresOutbox.Number(settlement.Id)).OfType<long>()).Parameter);
        var waiting = new Dictionary<long, Guid>();
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) waiting.Add(reader.GetInt64(0), reader.GetGuid(1));
        return waiting;
    }

    private static void Bury(NpgsqlBatch batch, long post, DateTimeOffset at, string why) => batch.Add(
        """
        with gone as (delete from signalbox.post where seq = $1 returning *)
        insert into signalbox.dead (seq, key, room, thread, priority, at, why, body)
        select seq, key, room, thread, priority, $2, $3, body from gone
        """,
        post, at, why);
}
