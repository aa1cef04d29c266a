using System.Globalization;
using Npgsql;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Posts that wait, dead letters, and who has which room, in PostgreSQL.</summary>
internal static class PostgresOutbox
{
    /// <summary>Adds a decision's posts, in order. Called after its conversations were saved: who changes a conversation later then has later
    /// numbers.</summary>
    public static void Add(NpgsqlBatch batch, ValueList<Order> orders, DateTimeOffset at) => batch.Add(
        """
        insert into signalbox.post (seq, key, room, thread, priority, at, attempts, not_before, body)
        select nextval('signalbox.post_seq'), key, room, thread, priority, $6, 0, $7, body
        from unnest($1, $2, $3, $4, $5) as each (key, room, thread, priority, body)
        """,
        Value.Keys(orders.Select(order => Hash.Long(order.Place))), Value.Texts(orders.Select(order => order.Place.Room)),
        Value.Texts(orders.Select(order => order.Place.Thread)), Value.Numbers(orders.Select(order => order.Priority)),
        Value.Blobs(orders.Select(order => order.Body)), at, long.MinValue);

    public static async Task<ValueList<Backlog>> Backlogs(PostgresSession session, DateTimeOffset now, CancellationToken stop)
    {
        var rooms = await session.Rows(
            "select room, count(*), min(at) from signalbox.post group by room having min(not_before) <= $1",
            row => new Backlog(row.Text(0), (int)row.GetInt64(1), row.Time(2)), stop, now);
        return [.. rooms.OrderBy(backlog => backlog.Room, StringComparer.Ordinal)];
    }

    public static async Task<ValueList<Waiting>> Waiting(PostgresSession session, string room, DateTimeOffset now, int most, CancellationToken stop) =>
    [
        .. await session.Rows(
            """
            select post.room, post.thread, priority, body, seq, at, attempts, coalesce(reference, '')
            from signalbox.post left join signalbox.conversation using (key)
            where post.room = $1 and not_before <= $2 order by priority desc, seq limit $3
            """,
            row => new Waiting(Id(row, 4), Read(row), row.Time(5), row.GetInt32(6), row.Text(7)), stop, room, now, (long)most),
    ];

    public static async Task<HeldRoom?> Hold(PostgresSession session, string room, Lease lease, CancellationToken stop)
    {
        // How the row was before only a join with itself returns; the lock keeps both the same.
        var held = await session.Rows(
            """
            update signalbox.room set worker = $2, until = $4
            from (select name, worker, until from signalbox.room where name = $1 for update) as before
            where room.name = before.name and (before.worker = $2 or before.until <= $3)
            returning pace, before.worker, before.until
            """,
            row => new HeldRoom(row.Bytes(0), row.Text(1).Length > 0 ? row.Time(2) : null), stop, room, lease.Worker, lease.Now, lease.Until);
        if (held.Count > 0) return held[0];
        // Somebody else has it, or nobody ever had.
        var isFirst = await session.Run(
            "insert into signalbox.room (name, worker, until, pace) values ($1, $2, $3, '') on conflict (name) do nothing",
            stop, room, lease.Worker, lease.Until) > 0;
        return isFirst ? new(default, null) : null;
    }

    public static Task Release(PostgresSession session, string room, string worker, ReadOnlyMemory<byte> pace, CancellationToken stop) => session.Run(
        "update signalbox.room set worker = '', until = $3, pace = $4 where name = $1 and worker = $2", stop, room, worker, long.MinValue, pace);

    public static async Task<ValueList<Effects.DeadLetter>> Dead(PostgresSession session, int most, CancellationToken stop) =>
    [
        .. await session.Rows(
            "select room, thread, priority, body, seq, at, why from signalbox.dead order by at desc, seq desc limit $1",
            row => new Effects.DeadLetter(Id(row, 4), Read(row), row.Time(5), row.Text(6)), stop, (long)most),
    ];

    public static async Task<int> Redrive(PostgresSession session, string? id, DateTimeOffset now, CancellationToken stop)
    {
        if (id is not null && Number(id) is null) return 0;
        // It keeps its number, so that it stands before what was said after it.
        return await session.Run(
            """
            with back as (delete from signalbox.dead where $1 is null or seq = $1 returning *)
            insert into signalbox.post (seq, key, room, thread, priority, at, attempts, not_before, body)
            select seq, key, room, thread, priority, $2, 0, $3, body from back
            """,
            stop, id is null ? null : Number(id), now, long.MinValue);
    }

    /// <summary>Takes away some dead letters from before a time.</summary>
    public static Task<int> Prune(PostgresSession session, DateTimeOffset before, int most, CancellationToken stop) => session.Run(
        """
        with old as (select seq from signalbox.dead where at < $1 limit $2 for update skip locked)
        delete from signalbox.dead using old where dead.seq = old.seq
        """,
        stop, before, (long)most);

    /// <summary>The number behind a post's id; null for an id that no post has.</summary>
    public static long? Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Order Read(NpgsqlDataReader row) => new(row.Place(0), row.GetInt32(2), row.Bytes(3));

    private static string Id(NpgsqlDataReader row, int column) => row.GetInt64(column).ToString(CultureInfo.InvariantCulture);
}
