using Microsoft.Data.Sqlite;
using Signalbox.Effects;
using SQLitePCL;

namespace Signalbox.Sql;

/// <summary>The tables of a store in SQLite, and how a file of any earlier version comes to have them.</summary>
/// <remarks>
/// Times are ticks of UTC: every engine keeps them to the same 100 ns. Large values stand last in tables that are keyed by a growing number;
/// what is keyed by something random is small (an index over 64 bits of a hash), because a tree with bodies in random places is ten times
/// slower. The indexes over hashes are not unique, since two texts may share a hash; the one writer looks before it inserts.
/// </remarks>
internal static class SqliteSchema
{
    /// <summary>"Sgbx": what makes a file ours.</summary>
    private const int Mark = 0x53676278;

    /// <summary>What leads from each version to the next; the first from nothing to version 1. Never changed, only added to.</summary>
    public static readonly string[] Migrations =
    [
        """
        create table event (seq integer primary key, hash integer not null, id text not null, part integer not null, at integer not null,
            body blob not null);
        create index event_hash on event (hash);
        create table undecided (at integer not null, seq integer not null, until integer not null, primary key (at, seq)) without rowid;
        create table decided (at integer not null, seq integer not null, primary key (at, seq)) without rowid;

        create table conversation (seq integer primary key, hash integer not null, room text not null, thread text not null,
            version integer not null, reference text not null, since integer not null, wake integer, is_open integer not null,
            changed integer not null, state blob not null);
        create index conversation_hash on conversation (hash);
        create index conversation_wake on conversation (wake) where wake is not null;
        create index conversation_open on conversation (changed) where is_open = 1;
        create index conversation_over on conversation (changed) where is_open = 0;

        create table post (seq integer primary key autoincrement, hash integer not null, room text not null, thread text not null,
            priority integer not null, at integer not null, attempts integer not null, not_before integer not null, body blob not null);
        create index post_turn on post (room, priority desc, seq, not_before, at);
        create table dead (seq integer primary key, hash integer not null, room text not null, thread text not null, priority integer not null,
            at integer not null, why text not null, body blob not null);
        create index dead_at on dead (at);
        create table room (name text primary key, worker text not null, until integer not null, pace blob not null) without rowid;

        create table document (kind text not null, name text not null, body blob not null, primary key (kind, name));
        create table history (seq integer primary key, at integer not null, event text not null, room text not null, thread text not null,
            event_hash integer not null, thread_hash integer not null, what text not null, body blob not null);
        create index history_at on history (at);
        create index history_room on history (room, at);
        create index history_thread on history (thread_hash);
        create index history_event on history (event_hash);

        create table pulse (news integer not null);
        insert into pulse values (0);
        """,
    ];

    /// <summary>Brings a file to the latest version.</summary>
    /// <exception cref="StoreException">It is of another program, or of a later version.</exception>
    public static void Upgrade(SqliteSession session, string path, IReadOnlyList<string> migrations)
    {
        // Another process may be at it as well: look again once nobody else writes.
        if (Version(session, path, migrations) == migrations.Count) return;
        session.Run("begin immediate");
        try
        {
            for (var version = Version(session, path, migrations); version < migrations.Count; version++) session.Script(migrations[version]);
            session.Script($"pragma application_id = {Mark}; pragma user_version = {migrations.Count}");
            session.Run("commit");
        }
        catch
        {
            session.Undo();
            throw;
        }
    }

    /// <summary>Sees whether a file is a store that this program can read.</summary>
    /// <exception cref="StoreException">It is of another program, of a later version, or holds nothing.</exception>
    public static void Check(SqliteSession session, string path)
    {
        if (Version(session, path, Migrations) == 0) throw new StoreException($"{path} holds no store.");
    }

    private static int Version(SqliteSession session, string path, IReadOnlyList<string> migrations)
    {
        var version = (int)session.Number("pragma user_version");
        var isOurs = session.Number("pragma application_id") == Mark;
        if (!isOurs && (version != 0 || session.Number("select count(*) from sqlite_master") != 0))
            throw new StoreException($"{path} is a database of another program: name a file of its own for the store.");
        return version <= migrations.Count
            ? version
            : throw new StoreException($"{path}: the store is of version {version}, this program knows up to {migrations.Count}: upgrade signalbox.");
    }

    /// <summary>True when a failure to open means that the file is none that SQLite can read.</summary>
    public static bool IsNoDatabase(SqliteException trouble) => trouble.SqliteErrorCode is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT;
}
