using System.Globalization;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Posts that wait, dead letters, and who has which room, in SQLite.</summary>
internal static class SqliteOutbox
{
    public static void Add(SqliteSession session, Order order, DateTimeOffset at) => session.Run(
        "insert into post (hash, room, thread, priority, at, attempts, not_before, body) values (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)",
        Hash.Short(order.Place), PlainText.Write(order.Place.Room), PlainText.Write(order.Place.Thread), order.Priority, at.UtcTicks, long.MinValue,
        Blob.Of(order.Body));

    public static ValueList<Backlog> Backlogs(SqliteSession session, DateTimeOffset now) =>
    [
        .. session.Rows(
            "select room, count(*), min(at) from post group by room having min(not_before) <= ?1",
            row => new Backlog(row.Text(0), row.GetInt32(1), row.Time(2)), now.UtcTicks).OrderBy(backlog => backlog.Room, StringComparer.Ordinal),
    ];

    public static ValueList<Waiting> Waiting(SqliteSession session, string room, DateTimeOffset now, int most) =>
    [
        .. session.Rows(
            """
            select post.room, post.thread, post.priority, post.body, post.seq, post.at, post.attempts, coalesce(reference, '')
            from post left join conversation on conversation.hash = post.hash and conversation.room = post.room and conversation.thread = post.thread
            where post.room = ?1 and not_before <= ?2 order by post.priority desc, post.seq limit ?3
            """,
            row => new Waiting(Id(row, 4), Read(row), row.Time(5), row.GetInt32(6), row.Text(7)), PlainText.Write(room), now.UtcTicks, most),
    ];

    public static Written<HeldRoom?> Hold(SqliteSession session, string room, Lease lease)
    {
        // What is returned of an update is as it is afterwards.
        var before = session.Rows(
            "select until from room where name = ?1 and worker <> ''", row => (DateTimeOffset?)row.Time(0), PlainText.Write(room)).FirstOrDefault();
        var held = session.Rows(
            """
            insert into room (name, worker, until, pace) values (?1, ?2, ?4, x'')
            on conflict (name) do update set worker = excluded.worker, until = excluded.until where worker = excluded.worker or until <= ?3
            returning pace
            """,
            row => new HeldRoom(row.Bytes(0), before), PlainText.Write(room), PlainText.Write(lease.Worker), lease.Now.UtcTicks, lease.Until.UtcTicks);
        return new(held.FirstOrDefault());
    }

    public static Written<bool> Release(SqliteSession session, string room, string worker, ReadOnlyMemory<byte> pace) => new(session.Run(
        "update room set worker = '', until = ?3, pace = ?4 where name = ?1 and worker = ?2",
        PlainText.Write(room), PlainText.Write(worker), long.MinValue, Blob.Of(pace)) == 1);

    public static Written<bool> Settle(SqliteSession session, ValueList<Settlement> settlements)
    {
        foreach (var settlement in settlements)
        {
            if (!long.TryParse(settlement.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var post)) continue;
            var places = session.Rows("select room, thread from post where seq = ?1", row => row.Place(0), post);
            if (places is not [var place]) continue;
            if (settlement.Reference is { } reference) SqliteConversations.Refer(session, place, post, reference);
            if (settlement.History is { } line) SqliteRecords.Add(session, line);
            if (settlement is { Dead: null, NotBefore: { } notBefore })
            {
                session.Run("update post set not_before = ?2, attempts = attempts + 1 where seq = ?1", post, notBefore.UtcTicks);
                continue;
            }
            if (settlement.Dead is { } why)
            {
                session.Run(
                    """
                    insert into dead (seq, hash, room, thread, priority, at, why, body)
                    select seq, hash, room, thread, priority, ?2, ?3, body from post where seq = ?1
                    """,
                    post, settlement.At.UtcTicks, PlainText.Write(why));
            }
            session.Run("delete from post where seq = ?1", post);
        }
        return new(true);
    }

    public static ValueList<Effects.DeadLetter> Dead(SqliteSession session, int most) =>
    [
        .. session.Rows(
            "select room, thread, priority, body, seq, at, why from dead order by at desc, seq desc limit ?1",
            row => new Effects.DeadLetter(Id(row, 4), Read(row), row.Time(5), row.Text(6)), most),
    ];

    public static Written<int> Redrive(SqliteSession session, string? id, DateTimeOffset now)
    {
        if (id is not null && !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return new(0, Stays: false);
        object? only = id is null ? null : long.Parse(id, CultureInfo.InvariantCulture);
        // It keeps its number, so that it stands before what was said after it.
        var count = session.Run(
            """
            insert into post (seq, hash, room, thread, priority, at, attempts, not_before, body)
            select seq, hash, room, thread, priority, ?2, 0, ?3, body from dead where ?1 is null or seq = ?1
            """,
            only, now.UtcTicks, long.MinValue);
        session.Run("delete from dead where ?1 is null or seq = ?1", only);
        return new(count, IsNews: count > 0);
    }

    /// <summary>Takes away some dead letters from before a time.</summary>
    public static int Prune(SqliteSession session, DateTimeOffset before, int most) =>
        session.Run("delete from dead where seq in (select seq from dead where at < ?1 limit ?2)", before.UtcTicks, most);

    private static Order Read(SqliteRow row) => new(row.Place(0), row.GetInt32(2), row.Bytes(3));

    private static string Id(SqliteRow row, int column) => row.GetInt64(column).ToString(CultureInfo.InvariantCulture);
}
