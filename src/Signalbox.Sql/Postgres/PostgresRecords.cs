using Npgsql;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Documents, history and the census in PostgreSQL.</summary>
internal static class PostgresRecords
{
    public static Task<int> Keep(PostgresSession session, string kind, string name, ReadOnlyMemory<byte> body, CancellationToken stop) => body.IsEmpty
        ? session.Run("delete from signalbox.document where kind = $1 and name = $2", stop, kind, name)
        : session.Run(
            "insert into signalbox.document (kind, name, body) values ($1, $2, $3) on conflict (kind, name) do update set body = excluded.body",
            stop, kind, name, body);

    public static async Task<ValueList<Document>> Documents(PostgresSession session, string kind, CancellationToken stop)
    {
        var documents = await session.Rows(
            "select name, body from signalbox.document where kind = $1", row => new Document(row.Text(0), row.Bytes(1)), stop, kind);
        return [.. documents.OrderBy(document => document.Name, StringComparer.Ordinal)];
    }

    public static void Add(NpgsqlBatch batch, ValueList<HistoryLine> lines) => batch.Add(
        """
        insert into signalbox.history (at, event, room, thread, event_hash, thread_hash, what, body)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        Value.Times(lines.Select(line => line.At)), Value.Texts(lines.Select(line => line.Event)), Value.Texts(lines.Select(line => line.Place.Room)),
        Value.Texts(lines.Select(line => line.Place.Thread)), Value.Longs(lines.Select(line => Hash.Short(line.Event))),
        Value.Longs(lines.Select(line => Hash.Short(line.Place.Thread))), Value.Texts(lines.Select(line => line.What)),
        Value.Blobs(lines.Select(line => line.Body)));

    public static async Task<ValueList<HistoryLine>> History(PostgresSession session, HistoryQuery query, CancellationToken stop)
    {
        var values = new List<Value> { (long)query.Most };
        var filters = "true";
        if (query.From is { } from) filters += $" and at >= {Name(from)}";
        if (query.Before is { } before) filters += $" and at < {Name(before)}";
        if (query.Room is { } room) filters += $" and room = {Name(room)}";
        if (query.Thread is { } thread) filters += $" and thread_hash = {Name(Hash.Short(thread))} and thread = {Name(thread)}";
        if (query.Event is { } id) filters += $" and event_hash = {Name(Hash.Short(id))} and event = {Name(id)}";
        return
        [
            .. await session.Rows(
                $"select at, event, room, thread, what, body from signalbox.history where {filters} order by at desc, seq desc limit $1",
                row => new HistoryLine(row.Time(0), row.Text(1), row.Place(2), row.Text(4), row.Bytes(5)), stop, [.. values]),
        ];

        string Name(Value value)
        {
            values.Add(value);
            return $"${values.Count}";
        }
    }

    /// <summary>Takes away some lines of history from before a time.</summary>
    public static Task<int> Prune(PostgresSession session, DateTimeOffset before, int most, CancellationToken stop) => session.Run(
        """
        with old as (select seq from signalbox.history where at < $1 limit $2 for update skip locked)
        delete from signalbox.history using old where history.seq = old.seq
        """,
        stop, before, (long)most);

    public static async Task<Census> Count(PostgresSession session, CancellationToken stop) => (await session.Rows(
        """
        select (select count(*) from signalbox.undecided), (select count(*) from signalbox.event),
            (select count(*) from signalbox.conversation where is_open), (select count(*) from signalbox.conversation),
            (select count(*) from signalbox.post), (select count(*) from signalbox.dead), (select count(*) from signalbox.history)
        """,
        row => new Census(
            (int)row.GetInt64(0), (int)row.GetInt64(1), (int)row.GetInt64(2), (int)row.GetInt64(3), (int)row.GetInt64(4), (int)row.GetInt64(5),
            (int)row.GetInt64(6)),
        stop))[0];
}
