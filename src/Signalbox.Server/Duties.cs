namespace Signalbox.Server;

/// <summary>Puts together what works by some settings.</summary>
internal static class Duties
{
    /// <summary>An engine and couriers that log what they do and tell whoever watches.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="store">The store.</param>
    /// <param name="world">The world that these settings need.</param>
    /// <param name="worker">The name of this process.</param>
    /// <param name="journal">The log.</param>
    /// <param name="feed">Who watches.</param>
    public static Duty Of(Settings settings, Store store, World world, string worker, Journal journal, Feed feed)
    {
        var housed = world with { Deliver = Here(world.Deliver) };
        return new(settings, housed,
            new(settings, store, housed, worker) { Decided = journal.Decided },
            new(settings, store, housed, worker)
            {
                KeepsWords = true,
                Tried = (post, delivery) =>
                {
                    journal.Tried(post, delivery);
                    feed.Say(post.Routed.Room.Name);
                },
            });
    }

    /// <summary>A local room is shown from history: the post has arrived when that has it, under an id by which it can be changed and answered.</summary>
    private static Deliver Here(Deliver deliver) => (post, within, stop) => Chats.Of(post.Routed.Room) != Local.Row
        ? deliver(post, within, stop)
        : Task.FromResult<Delivery>(new Delivery.Made(post.Reference.Length > 0 ? post.Reference : Guid.NewGuid().ToString("n")));
}
