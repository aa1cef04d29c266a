using Npgsql;
using Signalbox.Effects;
using Signalbox.Sql;

namespace Signalbox.StoreTests;

/// <summary>What is found in the place of a store's schema.</summary>
public class PostgresSchemas(PostgresServer server)
{
    [Fact]
    public async Task A_store_of_a_later_version_is_left_alone()
    {
        var address = await server.Database();
        string[] later = [.. PostgresSchema.Migrations, "create table signalbox.more (a int)", "create table signalbox.most (a int)"];
        await (await PostgresStore.Open(address, later)).Close();
        var why = (await Assert.ThrowsAsync<StoreException>(() => PostgresStore.Open(address))).Message;
        Assert.EndsWith(": the store is of version 3, this program knows up to 1: upgrade signalbox.", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upgrade_keeps_what_there_was()
    {
        var stop = TestContext.Current.CancellationToken;
        var address = await server.Database();
        var store = await PostgresStore.Open(address);
        await store.Accept([new("a", default, 0, default)], stop);
        await store.Close();

        var upgraded = await PostgresStore.Open(address, [.. PostgresSchema.Migrations, "alter table signalbox.room add column note text"]);
        Assert.Equal([false, true], await upgraded.Accept([new("a", default, 0, default), new("b", default, 0, default)], stop));
        await upgraded.Close();
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_named()
    {
        var address = new NpgsqlConnectionStringBuilder(await server.Database()) { Database = "nowhere", Password = "secret" };
        var why = (await Assert.ThrowsAsync<StoreException>(() => PostgresStore.Open(address.ToString()))).Message;
        Assert.EndsWith("/nowhere: database \"nowhere\" does not exist", why, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", why, StringComparison.Ordinal);
    }
}
