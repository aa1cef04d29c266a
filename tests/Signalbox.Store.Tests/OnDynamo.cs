using Signalbox.Effects;

namespace Signalbox.StoreTests;

public class OnDynamo(DynamoServer server) : LastingContract
{
    private string prefix = "";

    protected override async Task<Store> Fresh()
    {
        prefix = await server.Prefix();
        return await Again();
    }

    protected override Task<Store> Again() => Task.FromResult(server.Open(prefix));
}
