using Signalbox.Effects;

namespace Signalbox.StoreTests;

public class OnMemory : StoreContract
{
    protected override Task<Store> Fresh() => Task.FromResult(MemoryStore.Open());
}
