using Npgsql;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>The tables of a store in PostgreSQL, and how a database of any earlier version comes to have them.</summary>
/// <remarks>
/// Times are ticks of UTC, since PostgreSQL's own times are coarser than ours. Texts compare by their bytes (<c>collate "C"</c>), so that no
/// upgrade of the system's languages turns an index wrong. What is updated often is small, because an update writes its row anew: bodies of
/// events stand apart from their leases.
/// </remarks>
internal static class PostgresSchema
{
    /// <summary>Any number that no other program takes for its advisory lock.</summary>
    private const long Lock = 0x5369676E616C626F;

    /// <summary>What leads from each version to the next; the first from nothing to version 1. Never changed, only added to.</summary>
    public static readonly string[] Migrations =
    [
        """
        create table signalbox.event (seq bigint primary key, key uuid not null unique, id text collate "C" not null, part int not null,
            at bigint not null, body bytea not null);
        create sequence signalbox.event_seq;
        create table signalbox.undecided (seq bigint primary key, at bigint not null, until bigint not null);
        create index undecided_at on signalbox.undecided (at, seq);
        create table signalbox.decided (seq bigint primary key, at bigint not null);
        create index decided_at on signalbox.decided (at);

        create sequence signalbox.post_seq;
        create table signalbox.conversation (key uuid primary key, room text collate "C" not null, thread text collate "C" not null,
            version bigint not null, reference text collate "C" not null, since bigint not null, wake bigint, is_open boolean not null,
            changed bigint not null, state bytea not null);
        create index conversation_wake on signalbox.conversation (wake) where wake is not null;
        create index conversation_open on signalbox.conversation (changed) where is_open;
        create index conversation_over on signalbox.conversation (changed) where not is_open;

        create table signalbox.post (seq bigint primary key, key uuid not null, room text collate "C" not null, thread text collate "C" not null,
            priority int not null, at bigint not null, attempts int not null, not_before bigint not null, body bytea not null);
        create index post_turn on signalbox.post (room, priority desc, seq) include (not_before, at);
        create table signalbox.dead (seq bigint primary key, key uuid not null, room text collate "C" not null, thread text collate "C" not null,
            priority int not null, at bigint not null, why text collate "C" not null, body bytea not null);
        create index dead_at on signalbox.dead (at, seq);
        create table signalbox.room (name text collate "C" primary key, worker text collate "C" not null, until bigint not null, pace bytea not null);

        create table signalbox.document (kind text collate "C" not null, name text collate "C" not null, body bytea not null,
            primary key (kind, name));
        create table signalbox.history (seq bigint generated always as identity primary key, at bigint not null, event text collate "C" not null,
            room text collate "C" not null, thread text collate "C" not null, event_hash bigint not null, thread_hash bigint not null,
            what text collate "C" not null, body bytea not null);
        create index history_at on signalbox.history (at, seq);
        create index history_room on signalbox.history (room, at);
        create index history_thread on signalbox.history (thread_hash);
        create index history_event on signalbox.history (event_hash);
        """,
    ];

    /// <summary>Brings a database to the latest version; several processes may do so at once.</summary>
    /// <exception cref="StoreException">It is of a later version.</exception>
    public static async Task Upgrade(NpgsqlDataSource source, IReadOnlyList<string> migrations)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Run($"select pg_advisory_xact_lock({Lock})");
        // Asked first, so that a process without the right to make a schema can use one that is there.
        if (await Run("select 1 from pg_namespace where nspname = 'signalbox'") is null) await Run("create schema signalbox");
        await Run("create table if not exists signalbox.migration (version int primary key)");
        var version = await Run("select max(version) from signalbox.migration") is int last ? last : 0;
        if (version > migrations.Count)
            throw new StoreException($"the store is of version {version}, this program knows up to {migrations.Count}: upgrade signalbox.");
        for (; version < migrations.Count; version++)
        {
            await Run(migrations[version]);
            await Run($"insert into signalbox.migration values ({version + 1})");
        }
        await transaction.CommitAsync();

        async Task<object?> Run(string sql)
        {
#pragma warning disable CA2100 // Only texts of this program come here.
            await using var command = new NpgsqlCommand(sql, connection, transaction);
#pragma warning restore CA2100
            return await command.ExecuteScalarAsync() is var answer and not DBNull ? answer : null;
        }
    }
}
