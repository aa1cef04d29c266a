using Npgsql;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Accepted events in PostgreSQL.</summary>
internal static class PostgresInbox
{
    public static async Task<ValueList<bool>> Accept(PostgresSession session, ValueList<Arrival> arrivals, CancellationToken stop)
    {
        var firsts = new Dictionary<Guid, int>(arrivals.Count);
        for (var at = 0; at < arrivals.Count; at++) firsts.TryAdd(Hash.Long(arrivals[at].Id), at);
        // Numbered in the order in which they came, but inserted in the order of their keys: two calls with the same events wait for each other,
        // never in a ring.
        var news = await session.Rows(
            """
            with come as materialized (
                select nextval('signalbox.event_seq') as seq, key, id, part, at, body
                from unnest($1, $2, $3, $4, $5) as each (key, id, part, at, body)),
            kept as (
                insert into signalbox.event (seq, key, id, part, at, body) select * from come order by key on conflict (key) do nothing
                returning seq, key, at),
            opened as (insert into signalbox.undecided (seq, at, until) select seq, at, $6 from kept)
            select key from kept
            """,
            row => row.GetGuid(0), stop, Value.Keys(firsts.Keys), Value.Texts(Each(arrival => arrival.Id)), Value.Numbers(Each(arrival => arrival.Part)),
            Value.Times(Each(arrival => arrival.At)), Value.Blobs(Each(arrival => arrival.Body)), long.MinValue);
        var answers = new bool[arrivals.Count];
        foreach (var key in news) answers[firsts[key]] = true;
        return [.. answers];

        IEnumerable<T> Each<T>(Func<Arrival, T> part) => firsts.Values.Select(at => part(arrivals[at]));
    }

    public static async Task<ValueList<Arrival>> Claim(PostgresSession session, Lease lease, int most, CancellationToken stop) =>
    [
        .. await session.Rows(
            """
            with mine as (
                select seq from signalbox.undecided where until <= $1 order by at, seq limit $2 for update skip locked),
            taken as (update signalbox.undecided set until = $3 from mine where undecided.seq = mine.seq returning undecided.seq)
            select id, body, part, at from signalbox.event join taken using (seq) order by at, seq
            """,
            row => new Arrival(row.Text(0), row.Bytes(1), row.GetInt32(2), row.Time(3)), stop, lease.Now, (long)most, lease.Until),
    ];

    /// <summary>Which events are known and nobody has decided them.</summary>
    public static async Task<ValueList<bool>> Undecided(PostgresSession session, ValueList<string> ids, CancellationToken stop)
    {
        var keys = ids.Select(Hash.Long).ToList();
        var open = (await session.Rows(
            "select key from signalbox.event join signalbox.undecided using (seq) where key = any($1)", row => row.GetGuid(0), stop, Value.Keys(keys)))
                .ToHashSet();
        return [.. keys.Select(open.Contains)];
    }

    /// <summary>An event as it came.</summary>
    public static async Task<Arrival?> Came(PostgresSession session, string id, CancellationToken stop) => (await session.Rows(
        "select id, body, part, at from signalbox.event where key = $1",
        row => new Arrival(row.Text(0), row.Bytes(1), row.GetInt32(2), row.Time(3)), stop, Hash.Long(id))).FirstOrDefault();

    /// <summary>Marks an event as decided, where that can be; one row changes when it could.</summary>
    public static void Decide(NpgsqlBatch batch, string id, DateTimeOffset at) => batch.Add(
        """
        with gone as (delete from signalbox.undecided where seq = (select seq from signalbox.event where key = $1) returning seq)
        insert into signalbox.decided (seq, at) select seq, $2 from gone
        """,
        Hash.Long(id), at);

    /// <summary>Takes away some events that were decided before a time.</summary>
    public static Task<int> Prune(PostgresSession session, DateTimeOffset before, int most, CancellationToken stop) => session.Run(
        """
        with old as (select seq from signalbox.decided where at < $1 limit $2 for update skip locked),
        gone as (delete from signalbox.decided using old where decided.seq = old.seq)
        delete from signalbox.event using old where event.seq = old.seq
        """,
        stop, before, (long)most);
}
