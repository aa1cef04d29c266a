using Npgsql;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Conversations in PostgreSQL.</summary>
internal static class PostgresConversations
{
    private const string Columns = "room, thread, version, state, reference";

    public static async Task<ValueList<Saved>> Load(PostgresSession session, ValueList<Place> places, CancellationToken stop)
    {
        var known = (await session.Rows(
            $"select {Columns} from signalbox.conversation where key = any($1)", Read, stop, Value.Keys(places.Select(place => Hash.Long(place)))))
            .ToDictionary(saved => saved.Place);
        return [.. from place in places select known.GetValueOrDefault(place) ?? new(place, 0, default, "")];
    }

    public static async Task<ValueList<Saved>> Due(PostgresSession session, DateTimeOffset now, int most, CancellationToken stop) =>
        [.. await session.Rows($"select {Columns} from signalbox.conversation where wake <= $1 order by wake limit $2", Read, stop, now, (long)most)];

    public static async Task<ValueList<Saved>> Open(PostgresSession session, int most, CancellationToken stop) =>
        [.. await session.Rows($"select {Columns} from signalbox.conversation where is_open order by changed desc limit $1", Read, stop, (long)most)];

    /// <summary>Saves a new state, where the conversation has the version decided on; one row changes when it has.</summary>
    public static void Save(NpgsqlBatch batch, Revision revision, DateTimeOffset at)
    {
        var key = Hash.Long(revision.Place);
        if (revision.State.IsEmpty)
        {
            // One row is also changed where nothing is and nothing was expected.
            if (revision.Expected == 0) batch.Add("select 1 where not exists (select 1 from signalbox.conversation where key = $1)", key);
            else batch.Add("delete from signalbox.conversation where key = $1 and version = $2", key, revision.Expected);
            return;
        }
        Value wake = revision.Wake?.UtcTicks;
        // A message that begins now takes no id from posts that were made before it.
        if (revision.Expected == 0)
        {
            batch.Add(
                """
                insert into signalbox.conversation (key, room, thread, version, reference, since, wake, is_open, changed, state)
                values ($1, $2, $3, 1, '', nextval('signalbox.post_seq'), $4, $5, $6, $7) on conflict (key) do nothing
                """,
                key, revision.Place.Room, revision.Place.Thread, wake, revision.IsOpen, at, revision.State);
            return;
        }
        var afresh = revision.Afresh ? ", reference = '', since = nextval('signalbox.post_seq')" : "";
        batch.Add(
            $"""
            update signalbox.conversation set version = version + 1, wake = $3, is_open = $4, changed = $5, state = $6{afresh}
            where key = $1 and version = $2
            """,
            key, revision.Expected, wake, revision.IsOpen, at, revision.State);
    }

    /// <summary>Takes away some conversations that were over before a time.</summary>
    public static Task<int> Prune(PostgresSession session, DateTimeOffset before, int most, CancellationToken stop) => session.Run(
        """
        with old as (select key from signalbox.conversation where not is_open and changed < $1 limit $2 for update skip locked)
        delete from signalbox.conversation using old where conversation.key = old.key
        """,
        stop, before, (long)most);

    private static Saved Read(NpgsqlDataReader row) => new(row.Place(0), row.GetInt64(2), row.Bytes(3), row.Text(4));
}
