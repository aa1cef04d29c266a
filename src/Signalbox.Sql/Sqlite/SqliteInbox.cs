using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Accepted events in SQLite.</summary>
internal static class SqliteInbox
{
    public static Written<ValueList<bool>> Accept(SqliteSession session, ValueList<Arrival> arrivals)
    {
        var news = new bool[arrivals.Count];
        for (var at = 0; at < news.Length; at++) news[at] = IsNew(session, arrivals[at]);
        var isNews = news.Contains(true);
        return new([.. news], Stays: isNews, IsNews: isNews);
    }

    public static Written<ValueList<Arrival>> Claim(SqliteSession session, Lease lease, int most)
    {
        var mine = session.Rows(
            """
            select event.seq, event.at, id, body, part from undecided join event on event.seq = undecided.seq
            where until <= ?1 order by undecided.at, undecided.seq limit ?2
            """,
            row => (Seq: row.GetInt64(0), At: row.GetInt64(1), Event: Read(row)), lease.Now.UtcTicks, most);
        foreach (var (seq, at, _) in mine) session.Run("update undecided set until = ?3 where at = ?1 and seq = ?2", at, seq, lease.Until.UtcTicks);
        return new([.. mine.Select(each => each.Event)], Stays: mine.Count > 0);
    }

    /// <summary>Marks an event as decided. False when it is unknown, or was decided before.</summary>
    public static bool Decide(SqliteSession session, string id, DateTimeOffset at)
    {
        var (seq, came) = session.Rows(
            "select seq, at from event where hash = ?1 and id = ?2", row => (row.GetInt64(0), row.GetInt64(1)),
            Hash.Short(id), PlainText.Write(id)).FirstOrDefault();
        if (session.Run("delete from undecided where at = ?1 and seq = ?2", came, seq) == 0) return false;
        session.Run("insert into decided (at, seq) values (?1, ?2)", at.UtcTicks, seq);
        return true;
    }

    /// <summary>True when an event is known and nobody has decided it.</summary>
    public static bool IsUndecided(SqliteSession session, string id) => session.Number(
        "select count(*) from event join undecided on undecided.at = event.at and undecided.seq = event.seq where hash = ?1 and id = ?2",
        Hash.Short(id), PlainText.Write(id)) > 0;

    /// <summary>An event as it came.</summary>
    public static Arrival? Came(SqliteSession session, string id) => session.Rows(
        "select seq, at, id, body, part from event where hash = ?1 and id = ?2", Read, Hash.Short(id), PlainText.Write(id)).FirstOrDefault();

    /// <summary>Takes away some events that were decided before a time.</summary>
    /// <returns>How many; fewer than asked when no more are left.</returns>
    public static int Prune(SqliteSession session, DateTimeOffset before, int most)
    {
        var old = session.Rows(
            "select at, seq from decided where at < ?1 limit ?2", row => (At: row.GetInt64(0), Seq: row.GetInt64(1)), before.UtcTicks, most);
        foreach (var (at, seq) in old)
        {
            session.Run("delete from decided where at = ?1 and seq = ?2", at, seq);
            session.Run("delete from event where seq = ?1", seq);
        }
        return old.Count;
    }

    private static bool IsNew(SqliteSession session, Arrival arrival)
    {
        var (hash, id, at) = (Hash.Short(arrival.Id), PlainText.Write(arrival.Id), arrival.At.UtcTicks);
        if (session.Number("select 1 from event where hash = ?1 and id = ?2", hash, id) != 0) return false;
        // One row each, without a query inside or an answer: SQLite keeps no journal of its own for such a statement.
        session.Run(
            "insert into event (hash, id, part, at, body) values (?1, ?2, ?3, ?4, ?5)", hash, id, arrival.Part, at, Blob.Of(arrival.Body));
        session.Run("insert into undecided (at, seq, until) values (?1, ?2, ?3)", at, session.Last, long.MinValue);
        return true;
    }

    private static Arrival Read(SqliteRow row) => new(row.Text(2), row.Bytes(3), row.GetInt32(4), row.Time(1));
}
