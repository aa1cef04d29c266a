using System.Globalization;
using Signalbox.Aws;
using Signalbox.Effects;
using Signalbox.Sql;

namespace Signalbox.StoreTests;

/// <summary>The process that the crash tests kill: it works, and says what was promised to it.</summary>
internal static class Victim
{
    public const string Verb = "work-until-killed";
    public const string Holder = "hold-until-killed";
    public static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(1);
    public static readonly DateTimeOffset Later = Now.AddHours(1);

    public static async Task<int> Run(string spec, string name)
    {
        var store = await Open(spec);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Work(store, $"{name}-{worker}")));
        return 0;
    }

    /// <summary>Takes an event and a room in hand, and does nothing with them.</summary>
    public static async Task<int> Hold(string spec)
    {
        var store = await Open(spec);
        await store.Accept([new("held", new byte[] { 1 }, 0, Now)], default);
        var lease = new Lease("victim", Now, Later);
        if (await store.Claim(lease, 1, default) is [_] && await store.Hold("ops", lease, default) is not null) Say("held");
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    /// <summary>Opens a store of any kind.</summary>
    public static async Task<Store> Open(string spec) => (await Stores.Open(spec, [.. Stores.All, DynamoStore.Kind(DynamoServer.Trust)])).Store!;

    /// <summary>Accepts events and decides on every other one; each line is written only after the store's answer.</summary>
    private static async Task Work(Store store, string name)
    {
        var place = new Place("ops", name);
        for (var number = 0L; ; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
            if ((await store.Accept([new(id, new byte[1_400], 0, DateTimeOffset.UnixEpoch)], default))[0]) Say($"accepted {id}");
            if (number % 2 == 1) continue;
            var change = new Change
            {
                Event = id,
                At = DateTimeOffset.UnixEpoch,
                Revisions = [new(place, number / 2, new byte[] { 1 })],
                Orders = [new(place, 5, System.Text.Encoding.UTF8.GetBytes(id))],
            };
            if (await store.Commit(change, default)) Say($"committed {id}");
        }
    }

    private static void Say(string line)
    {
        lock (typeof(Victim))
        {
            Console.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
