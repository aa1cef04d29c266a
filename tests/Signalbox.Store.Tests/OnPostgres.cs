using Signalbox.Effects;
using Signalbox.Sql;

namespace Signalbox.StoreTests;

public class OnPostgres(PostgresServer server) : LastingContract
{
    private string address = "";

    protected override async Task<Store> Fresh()
    {
        address = (await server.Database()).Replace("Pooling=false", "Maximum Pool Size=10", StringComparison.Ordinal);
        return await Again();
    }

    protected override Task<Store> Again() => PostgresStore.Open(address);

    [Fact]
    public async Task A_lost_connection_is_made_again()
    {
        await Accept(Event("a"));
        var wait = Store.Await(TimeSpan.FromSeconds(60), Stop);
        await server.Cut(address);
        await wait;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Assert.Equal([false], await Accept(Event("a")));
                break;
            }
            catch (Npgsql.NpgsqlException) when (attempt < 10)
            {
                // Each connection that was lost is met once.
            }
        }
        await EndsEarlyByAnother();
    }

    private async Task EndsEarlyByAnother()
    {
        var other = await Again();
        await other.Accept([Event("b")], Stop);
        await Store.Await(TimeSpan.FromSeconds(60), Stop);
        await other.Close();
        Assert.Equal(["a", "b"], await Claim("w"));
    }
}
