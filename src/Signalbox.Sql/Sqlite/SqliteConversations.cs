using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Conversations in SQLite.</summary>
internal static class SqliteConversations
{
    private const string Columns = "room, thread, version, state, reference";

    public static ValueList<Saved> Load(SqliteSession session, ValueList<Place> places) => [.. from place in places select Load(session, place)];

    public static ValueList<Saved> Due(SqliteSession session, DateTimeOffset now, int most) =>
        [.. session.Rows($"select {Columns} from conversation where wake <= ?1 order by wake limit ?2", Read, now.UtcTicks, most)];

    public static ValueList<Saved> Open(SqliteSession session, int most) =>
        [.. session.Rows($"select {Columns} from conversation where is_open = 1 order by changed desc limit ?1", Read, most)];

    /// <summary>Saves a new state. False when the conversation has another version than the one decided on.</summary>
    public static bool Save(SqliteSession session, Revision revision, DateTimeOffset at)
    {
        var (hash, room, thread) = Key(revision.Place);
        if (revision.State.IsEmpty)
        {
            var gone = session.Run(
                "delete from conversation where hash = ?1 and room = ?2 and thread = ?3 and version = ?4", hash, room, thread, revision.Expected);
            return gone == 1 || (revision.Expected == 0 && Load(session, revision.Place).Version == 0);
        }
        var (wake, isOpen, state) = ((object?)revision.Wake?.UtcTicks, revision.IsOpen ? 1L : 0L, Blob.Of(revision.State));
        // A message that begins now takes no id from posts that were made before it.
        const string next = "(select coalesce(max(seq), 0) + 1 from sqlite_sequence where name = 'post')";
        if (revision.Expected == 0)
        {
            return session.Run(
                $"""
                insert into conversation (hash, room, thread, version, reference, since, wake, is_open, changed, state)
                select ?1, ?2, ?3, 1, '', {next}, ?4, ?5, ?6, ?7
                where not exists (select 1 from conversation where hash = ?1 and room = ?2 and thread = ?3)
                """,
                hash, room, thread, wake, isOpen, at.UtcTicks, state) == 1;
        }
        return session.Run(
            revision.Afresh
                ? $"""
                  update conversation set version = ?4 + 1, wake = ?5, is_open = ?6, changed = ?7, state = ?8, reference = '', since = {next}
                  where hash = ?1 and room = ?2 and thread = ?3 and version = ?4
                  """
                : """
                  update conversation set version = ?4 + 1, wake = ?5, is_open = ?6, changed = ?7, state = ?8
                  where hash = ?1 and room = ?2 and thread = ?3 and version = ?4
                  """,
            hash, room, thread, revision.Expected, wake, isOpen, at.UtcTicks, state) == 1;
    }

    /// <summary>Notes the chat's id of a conversation's message, unless the post that made it was of an earlier message.</summary>
    public static void Refer(SqliteSession session, Place place, long post, string reference)
    {
        var (hash, room, thread) = Key(place);
        session.Run(
            "update conversation set reference = ?5 where hash = ?1 and room = ?2 and thread = ?3 and since <= ?4",
            hash, room, thread, post, PlainText.Write(reference));
    }

    /// <summary>Takes away some conversations that were over before a time.</summary>
    public static int Prune(SqliteSession session, DateTimeOffset before, int most) => session.Run(
        "delete from conversation where seq in (select seq from conversation where is_open = 0 and changed < ?1 limit ?2)", before.UtcTicks, most);

    private static (long Hash, string Room, string Thread) Key(Place place) =>
        (Hash.Short(place), PlainText.Write(place.Room), PlainText.Write(place.Thread));

    private static Saved Load(SqliteSession session, Place place)
    {
        var (hash, room, thread) = Key(place);
        return session.Rows($"select {Columns} from conversation where hash = ?1 and room = ?2 and thread = ?3", Read, hash, room, thread).FirstOrDefault()
            ?? new(place, 0, default, "");
    }

    private static Saved Read(SqliteRow row) => new(row.Place(0), row.GetInt64(2), row.Bytes(3), row.Text(4));
}
