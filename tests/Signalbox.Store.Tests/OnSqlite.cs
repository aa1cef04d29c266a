using Signalbox.Effects;
using Signalbox.Sql;

namespace Signalbox.StoreTests;

public class OnSqlite : LastingContract
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("signalbox-sqlite-");

    protected override bool KnowsWhoLives => true;

    protected override Task<Store> Fresh() => Again();

    protected override Task<Store> Again() => SqliteStore.Open(Path.Combine(folder.FullName, "signalbox.db"));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
