using Signalbox.Deploy;
using Signalbox.StoreTests;

namespace Signalbox.CloudTests;

public sealed class TableOfAStore(DynamoServer server)
{
    private static readonly FunctionSpec Spec = Town.Alerts with { Environment = [new("SIGNALBOX_STORE", "dynamodb://ops-conversations")] };

    [Fact]
    public async Task The_table_is_made_once_stays_and_goes_with_the_data()
    {
        await server.Prefix();
        Assert.SkipUnless(server.Spec.Contains("endpoint=", StringComparison.Ordinal), "it makes and deletes a table, which is for the stand-in only");
        using var town = new Town { Settings = Settings.None };
        town.Aws.Dynamo = server.Spec.Split("endpoint=")[1];
        Assert.Contains("create table ops-conversations in eu-west-1: on demand, with expiry", await town.Deploy(Spec));
        Assert.Empty(await town.Deploy(Spec));
        Assert.DoesNotContain(await town.Delete(Spec), words => words.Contains("table", StringComparison.Ordinal));
        Assert.Contains("delete table ops-conversations", await town.Delete(Spec, data: true));
        Assert.Empty(await town.Delete(Spec, data: true));
    }
}
