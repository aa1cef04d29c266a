using Signalbox.Effects;

namespace Signalbox.Cli;

/// <summary>Telling with a store, from a terminal: everything that came in is decided, and what waits is delivered for a while.</summary>
internal static class Conversing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What a terminal shows stays as it is.</summary>
    public static Abilities Can(Room room) => room.Chat == Local.Row.Name ? default : Chats.Of(room).Can(room);

    /// <summary>Accepts files, decides and delivers.</summary>
    public static async Task<int> Of(string[] files, Settings settings, Store store, World world, Shell shell)
    {
        var engine = new Engine(settings, store, world, Keeping.Worker)
        {
            Can = Can,
            Decided = (_, _, decisions) =>
            {
                foreach (var (routed, decision) in decisions)
                    shell.Out.WriteLine($"{routed.Room.Name}: {decision.What}: {Cut.OneLine(routed.Notice.Title)} ({decision.Because})");
            },
        };
        var failed = new List<string>();
        var isHandedOn = true;
        var deliveries = new Deliveries(settings, store, world, Keeping.Worker)
        {
            Doubt = why => shell.Error.WriteLine($"signalbox: {why}"),
            Tried = (post, delivery) =>
            {
                var why = delivery.Match(made: _ => "", later: later => later.Why, refused: refused => refused.Why);
                isHandedOn |= delivery is Delivery.Refused { RoomIsGone: true };
                if (why.Length > 0) failed.Add($"room {post.Routed.Room.Name}: {why}");
            },
        };
        var code = await Inputs.Each(files, shell, async (file, bytes) =>
        {
            foreach (var (id, isNew) in await engine.Accept(bytes, CancellationToken.None))
            {
                if (!isNew) shell.Out.WriteLine($"{file}: known already: {id}");
            }
            while (await engine.Decide(100, CancellationToken.None) > 0) continue;
            return Exit.Fine;
        });
        while (await engine.Wake(CancellationToken.None) > 0) continue;
        // What a room that is gone hands to another waits there only now, when that one may have been served already.
        for (var until = world.Now() + Patience; isHandedOn;)
        {
            isHandedOn = false;
            await deliveries.ServeAll(until, CancellationToken.None);
        }
        foreach (var fault in failed.Distinct()) shell.Error.WriteLine($"signalbox: {fault}");
        var waiting = (await store.Count(CancellationToken.None)).Waiting;
        if (waiting > 0) shell.Error.WriteLine($"signalbox: {waiting} posts wait in the store; the next tell with it tries again");
        return failed.Count > 0 || waiting > 0 ? Math.Max(code, Exit.Failed) : code;
    }
}
