namespace Signalbox.Effects;

/// <summary>The only orchestration: the function, the command line and every other host share it.</summary>
public static class Run
{
    /// <summary>Takes an event as it came in from the world to the rooms that have to hear of it.</summary>
    /// <param name="bytes">Anything at all. The array is kept, not copied: it must not change any more.</param>
    /// <param name="settings">Who hears what.</param>
    /// <param name="world">Everything outside.</param>
    /// <param name="deadline">When the host has to answer. From <see cref="Retry.Margin"/> before it, nothing is tried any more.</param>
    /// <param name="stop">Stops everything that waits; what has not arrived by then is reported as failed.</param>
    /// <returns>What became of each event. Nothing is thrown: the unexpected, too, ends up here, as a failed post of its event.</returns>
    /// <remarks>
    /// Rooms are served side by side, the posts of one room one after the other. Events of a FIFO queue are taken one at a time, and
    /// none after the first that failed.
    /// </remarks>
    public static async Task<Handled> Handle(byte[] bytes, Settings settings, World world, DateTimeOffset deadline, CancellationToken stop)
    {
        var until = deadline - Retry.Margin;
        var plans = await Plan.All(bytes, settings, world, key => key.IsHash && world.Memory.Has(key, world.Now()), stop);
        var handled = new List<HandledEvent>(plans.Count);

        if (plans.Any(plan => plan.IsOrdered))
        {
            foreach (var plan in plans)
            {
                if (handled.Exists(earlier => earlier.Failed)) handled.Add(new(plan.Reading, [], Begun: false));
                else handled.AddRange(await Serve([plan], settings, world, until, stop));
            }
        }
        else
        {
            handled.AddRange(await Serve(plans, settings, world, until, stop));
        }

        var all = new Handled([.. handled]);
        Remember(plans, all, world);
        foreach (var each in handled) world.Record(each);
        return all;
    }

    /// <summary>The only place that catches everything: one event or room must not take its siblings with it.</summary>
    internal static async Task<T> Guard<T>(Func<Task<T>> attempt, Func<string, T> otherwise)
    {
        try
        {
            return await attempt();
        }
        catch (OperationCanceledException)
        {
            return otherwise("it was stopped");
        }
        catch (Exception fault)
        {
            // The message may hold anything, an address with its secret too; the name of the type cannot.
            return otherwise($"something unexpected happened ({fault.GetType().Name})");
        }
    }

    private static async Task<ValueList<HandledEvent>> Serve(
        ValueList<Plan> plans, Settings settings, World world, DateTimeOffset until, CancellationToken stop)
    {
        var lanes = from plan in plans from draft in plan.Drafts group draft by draft.Routed.Room;
        var outcomes = new Dictionary<Draft, Sent>(ReferenceEqualityComparer.Instance);
        foreach (var lane in await Task.WhenAll([.. from lane in lanes select ServeRoom([.. lane], settings, world, until, stop)]))
        {
            foreach (var (draft, sent) in lane) outcomes[draft] = sent;
        }

        return [.. from plan in plans
                   let sent = (ValueList<Sent>)[.. from draft in plan.Drafts select outcomes[draft]]
                   select new HandledEvent(plan.Reading, sent, Begun: true) { Held = plan.Held }];
    }

    private static async Task<List<(Draft Draft, Sent Sent)>> ServeRoom(
        ValueList<Draft> drafts, Settings settings, World world, DateTimeOffset until, CancellationToken stop)
    {
        var served = new List<(Draft, Sent)>(drafts.Count);
        foreach (var draft in drafts)
        {
            var sent = await Guard(
                () => SendOrElsewhere(draft, settings, world, until, stop),
                why => new(draft.Routed, new Delivery.Later(null, why), 0, TimeSpan.Zero));
            served.Add((draft, sent));
        }
        return served;
    }

    /// <summary>Where the chat says that a room does not exist, whoever hears of it otherwise does, with a note of what happened.</summary>
    private static async Task<Sent> SendOrElsewhere(Draft draft, Settings settings, World world, DateTimeOffset until, CancellationToken stop)
    {
        var sent = await Send(draft, world, until, stop);
        if (sent.Delivery is not Delivery.Refused { RoomIsGone: true } gone || draft.Routed.Otherwise is not { } other) return sent;

        var notice = draft.Routed.Notice;
        var routed = draft.Routed with
        {
            Room = other,
            Mention = null,
            Otherwise = null,
            Because = $"{draft.Routed.Because}; room {draft.Routed.Room.Name} {gone.Why}",
            Notice = notice with { Summary = $"(Meant for {draft.Routed.Room.Name}, which cannot be reached: {gone.Why}.) {notice.Summary}".Trim() },
        };
        var post = new Post(routed, Chats.Of(other).Render(routed, settings.Rendering)) { EventId = draft.Key.Event };
        return await Send(draft with { Routed = routed, Post = post, Key = draft.Key with { Room = other } }, world, until, stop);
    }

    private static async Task<Sent> Send(Draft draft, World world, DateTimeOffset until, CancellationToken stop)
    {
        var began = world.Now();
        Sent Ended(Delivery delivery, int attempts) => new(draft.Routed, delivery, attempts, world.Now() - began);

        if (draft.Arrived || (!draft.Key.IsHash && world.Memory.Has(draft.Key, began))) return Ended(new Delivery.Made(""), 0);
        if (draft.Post is not { } post) return Ended(new Delivery.Refused(draft.Fault), 0);

        if (world.Memory.Take(draft.Routed.Room, began, until - began) is not { } turn)
            return Ended(new Delivery.Later(null, "its pace leaves no place before the deadline"), 0);
        if (turn > TimeSpan.Zero) await world.Wait(turn, stop);

        for (var attempt = 1; ; attempt++)
        {
            var left = until - world.Now();
            if (left <= TimeSpan.Zero) return Ended(new Delivery.Later(null, "no time was left before the deadline"), attempt - 1);

            var delivery = await Guard(() => world.Deliver(post, Retry.Allowance(left), stop), why => new Delivery.Refused(why));
            if (delivery is Delivery.Made && !draft.Key.IsHash) world.Memory.Keep(draft.Key, world.Now());
            if (delivery is not Delivery.Later later) return Ended(delivery, attempt);

            switch (Retry.After(attempt, later, until - world.Now(), world.Chance()))
            {
                case Next.GiveUp giveUp: return Ended(later with { Why = $"{later.Why}; {giveUp.Why}" }, attempt);
                case Next.Again again: await world.Wait(again.For, stop); break;
            }
        }
    }

    /// <summary>Words without an id are remembered as long as something that came with them is still owed, and not longer.</summary>
    private static void Remember(ValueList<Plan> plans, Handled handled, World world)
    {
        for (var place = 0; place < plans.Count; place++)
        {
            foreach (var (draft, sent) in plans[place].Drafts.Zip(handled.Events[place].Sent))
            {
                if (!draft.Key.IsHash) continue;
                if (!handled.Succeeded && !sent.Failed) world.Memory.Keep(draft.Key, world.Now());
                else world.Memory.Drop(draft.Key);
            }
        }
    }
}
