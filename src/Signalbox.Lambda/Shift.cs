using System.Collections.Concurrent;
using Signalbox.Effects;

namespace Signalbox.Lambda;

/// <summary>Calls of a function that has a store: each is a shift at work on what all of them share.</summary>
/// <remarks>A call accepts its events and answers for them: it succeeds when each is decided and none of its posts waits any more. Before that it
/// does whatever else there is to do, for nothing works between calls.</remarks>
internal sealed class Shift(Settings settings, Store store, World world, Log log)
{
    private const int Batch = 64;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private readonly string worker = $"lambda/{Guid.NewGuid():n}";

    /// <summary>Takes a call as it came in.</summary>
    /// <param name="requestId">Lambda's id of it.</param>
    /// <param name="bytes">Events in any wrapping, or the word to wake.</param>
    /// <param name="deadline">When the host has to answer.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>What became of each of its events; trouble with the store is thrown as <see cref="StoreException"/>.</returns>
    public async Task<Handled> Handle(string requestId, byte[] bytes, DateTimeOffset deadline, CancellationToken stop)
    {
        var until = deadline - Retry.Margin;
        var tries = new ConcurrentQueue<(Post Post, Delivery Delivery)>();
        var engine = new Engine(settings, store, world, worker) { Decided = (id, reading, decided) => log.Decided(requestId, id, reading, decided) };
        var deliveries = new Deliveries(settings, store, Hurried(until), worker)
        {
            Doubt = why => log.Trouble(requestId, why),
            Tried = (post, delivery) =>
            {
                tries.Enqueue((post, delivery));
                log.Tried(requestId, post, delivery);
            },
        };

        ValueList<Accepted> accepted = IsWake(bytes) ? [] : await engine.Take(bytes, stop);
        foreach (var known in accepted.Where(known => !known.IsNew)) log.Known(requestId, known.Id);
        ValueList<string> ids = [.. accepted.Select(each => each.Id).Distinct()];
        HashSet<string> mine = [.. ids];
        var pause = FirstPause;
        while (true)
        {
            var work = await Work(engine, deliveries, until, stop);
            var open = await Open(ids, stop);
            if (open.Count is 0 && (await Owing.Of(mine, settings, store, until, stop)).Count is 0) break;
            // What is in the hands of another instance, or has to wait for its room, is looked at again while there is time.
            pause = work > 0 ? FirstPause : pause * 2;
            if (world.Now() + pause >= until) break;
            await world.Wait(pause, stop);
        }

        var undecided = await Open(ids, stop);
        var owed = await Owing.Of(mine, settings, store, DateTimeOffset.MaxValue, stop);
        return new([.. accepted.Select(each => Outcome(each, undecided.Contains(each.Id), owed, tries))]);
    }

    /// <summary>True for a call that brings no event: the schedule's, or <c>{"signalbox":"wake"}</c>.</summary>
    public static bool IsWake(byte[] bytes) => Pipeline.Decode(bytes) is [var only]
        && only is { Transport: "eventbridge", Publisher: "aws.events", DetailType: "Scheduled Event" } or { Transport: "bare" }
        && (only.Transport is "eventbridge" || only.Body["signalbox"u8].Text is "wake");

    private async Task<int> Work(Engine engine, Deliveries deliveries, DateTimeOffset until, CancellationToken stop)
    {
        var work = 0;
        for (var some = Batch; some >= Batch && world.Now() < until; work += some) some = await Decide(engine, stop);
        work += await engine.Wake(stop);
        return work + await deliveries.ServeAll(until, stop);
    }

    private async Task<int> Decide(Engine engine, CancellationToken stop)
    {
        try
        {
            return await engine.Decide(Batch, stop);
        }
        catch (Exception fault) when (fault is not (StoreException or OperationCanceledException))
        {
            // One event that cannot be decided keeps nobody from his: it is taken again when its lease has ended.
            log.Trouble(null, $"an event could not be decided ({fault.GetType().Name})");
            return 0;
        }
    }

    private async Task<HashSet<string>> Open(ValueList<string> ids, CancellationToken stop) =>
        [.. ids.Zip(await store.Undecided(ids, stop)).Where(each => each.Second).Select(each => each.First)];

    /// <summary>The world for one call: no post is tried for longer than it lasts.</summary>
    private World Hurried(DateTimeOffset until) => world with
    {
        Deliver = (post, within, stop) =>
        {
            var left = Retry.Allowance(until - world.Now());
            return world.Deliver(post, within < left ? within : left, stop);
        },
    };

    private static HandledEvent Outcome(Accepted accepted, bool undecided, ValueList<Owed> owed, IReadOnlyCollection<(Post Post, Delivery Delivery)> tries)
    {
        var reading = new Reading(accepted.Envelope, "", "", Signalbox.Outcome.Quiet, "", []);
        var last = tries.Where(each => each.Post.EventId == accepted.Id).GroupBy(each => each.Post.Routed.Room.Name)
            .ToDictionary(room => room.Key, room => room.Last());
        var waits = owed.Where(each => each.Event == accepted.Id).ToList();
        return new(reading,
        [
            .. from post in waits
               let later = last.GetValueOrDefault(post.Routed.Room.Name).Delivery as Delivery.Later
               select new Sent(post.Routed, new Delivery.Later(null, later?.Why ?? "it waits for its turn"), 1, TimeSpan.Zero),
            .. from each in tries
               where each.Post.EventId == accepted.Id && each.Delivery is Delivery.Made
               select new Sent(each.Post.Routed, each.Delivery, 1, TimeSpan.Zero),
        ], Begun: !undecided);
    }
}
