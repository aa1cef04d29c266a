using System.Text;
using Microsoft.Data.Sqlite;
using Signalbox.Effects;
using Signalbox.Sql;

namespace Signalbox.StoreTests;

/// <summary>What is found in the place of a store's file.</summary>
public sealed class SqliteFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("signalbox-files-");

    private string File => Path.Combine(folder.FullName, "signalbox.db");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<string> Why() => (await Assert.ThrowsAsync<StoreException>(() => SqliteStore.Open(File))).Message;

    private void Run(string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        var text = string.Concat(Enumerable.Repeat("some notes of mine\n", 100));
        await System.IO.File.WriteAllTextAsync(File, text, Stop);
        Assert.Equal($"{File} is no database: name another file, or move it away.", await Why());
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File, Stop));
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        Run("create table recipe (name text)");
        Assert.Equal($"{File} is a database of another program: name a file of its own for the store.", await Why());
    }

    [Fact]
    public async Task A_store_of_a_later_version_is_left_alone()
    {
        await (await SqliteStore.Open(File)).Close();
        Run("pragma user_version = 3");
        Assert.Equal($"{File}: the store is of version 3, this program knows up to 1: upgrade signalbox.", await Why());
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        var where = Path.Combine(folder.FullName, "no", "such", "folder.db");
        var why = (await Assert.ThrowsAsync<StoreException>(() => SqliteStore.Open(where))).Message;
        Assert.StartsWith($"{where} cannot be opened: ", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_version_1_is_still_understood()
    {
        Run(Version1);
        await UnderstandsVersion1(await SqliteStore.Open(File));
    }

    [Fact]
    public async Task An_upgrade_keeps_what_there_was()
    {
        Run(Version1);
        await UnderstandsVersion1(await SqliteStore.Open(File, [.. SqliteSchema.Migrations, "alter table room add column note text"]));
        Assert.Contains($"knows up to {SqliteSchema.Migrations.Length}: upgrade signalbox", await Why(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_that_fails_leaves_everything_as_it_was()
    {
        Run(Version1);
        await Assert.ThrowsAsync<StoreException>(() => SqliteStore.Open(File, [.. SqliteSchema.Migrations, "create table more (a); create table room (b)"]));
        await UnderstandsVersion1(await SqliteStore.Open(File));
    }

    [Fact]
    public async Task Two_ids_with_the_same_hash_are_two_events()
    {
        var store = await SqliteStore.Open(File);
        await store.Accept([new("one", default, 0, default)], Stop);
        // As if "other" had the hash of "one".
        Run($"update event set hash = {Hash.Short("other")}");
        Assert.Equal([true, false], await store.Accept([new("other", default, 0, default), new("other", default, 0, default)], Stop));
        Assert.True(await store.Commit(new() { Event = "other", At = default }, Stop));
        Assert.Equal(new(1, 2, 0, 0, 0, 0, 0), await store.Count(Stop));
        await store.Close();
    }

    private static async Task UnderstandsVersion1(Store store)
    {
        Assert.Equal(new(1, 2, 1, 1, 1, 1, 1), await store.Count(Stop));
        Assert.Equal([false, false], await store.Accept([new("decided", default, 0, default), new("open", default, 0, default)], Stop));
        Assert.Equal("open", Assert.Single(await store.Claim(new("w", default, DateTimeOffset.MaxValue), 9, Stop)).Id);
        var saved = (await store.Load([new("ops", "alarm")], Stop))[0];
        Assert.Equal((2, "state", "ts 1"), (saved.Version, Encoding.UTF8.GetString(saved.State.Span), saved.Reference));
        Assert.Equal("ts 1", Assert.Single(await store.Waiting("ops", default, 9, Stop)).Reference);
        Assert.Equal("no such channel", Assert.Single(await store.Dead(9, Stop)).Why);
        Assert.Equal("until noon", Encoding.UTF8.GetString(Assert.Single(await store.Documents("silence", Stop)).Body.Span));
        Assert.Equal("told", Assert.Single(await store.History(new() { Event = "decided", Thread = "alarm" }, Stop)).What);
        Assert.Equal("pace", Encoding.UTF8.GetString((await store.Hold("ops", new("w", default, default), Stop))!.Note.Span));
        await store.Close();
    }

    /// <summary>A file as version 1 wrote it, word for word. It never changes: such files are out there.</summary>
    private static string Version1 =>
        $"""
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
        insert into pulse values (7);
        pragma application_id = 1399284344;
        pragma user_version = 1;
        pragma journal_mode = wal;
        insert into event values (1, {Decided}, 'decided', 0, 0, x'7b7d'), (2, {Open}, 'open', 0, 0, x'7b7d');
        insert into decided values (0, 1);
        insert into undecided values (0, 2, 0);
        insert into conversation values (1, {Alarm}, 'ops', 'alarm', 2, 'ts 1', 1, null, 1, 0, cast('state' as blob));
        insert into post values (1, {Alarm}, 'ops', 'alarm', 5, 0, 0, 0, x'00');
        insert into dead values (2, {Alarm}, 'ops', 'alarm', 5, 0, 'no such channel', x'00');
        insert into room values ('ops', '', 0, cast('pace' as blob));
        insert into document values ('silence', 'a', cast('until noon' as blob));
        insert into history values (1, 0, 'decided', 'ops', 'alarm', {Decided}, {Thread}, 'told', x'7b7d');
        """;

    // The hashes as version 1 made them, as numbers: a changed hash would not find what older versions wrote.
    private const long Decided = -4056211314637512691;
    private const long Open = -9045093886309152478;
    private const long Alarm = -7133429425458282233;
    private const long Thread = 3032797822633973970;
}
