namespace Signalbox.EngineTests;

/// <summary>A process has died: nothing it calls answers any more.</summary>
public sealed class Died : Exception;

/// <summary>The store and the chats as a process sees them that dies at a certain call: before it takes effect, or right after.</summary>
/// <param name="turns">Who is next.</param>
/// <param name="last">The number of the call at which it dies, from 1; 0 for never.</param>
/// <param name="after">True when that call still takes effect.</param>
internal sealed class Mortal(Turns turns, int last, bool after)
{
    private int calls;

    public bool IsDead { get; private set; }

    /// <summary>Posts that a chat took and the store does not know of yet, by room.</summary>
    public List<string> Unrecorded { get; } = [];

    public Store Of(Store store) => store with
    {
        Accept = (arrivals, stop) => Do(() => store.Accept(arrivals, stop)),
        Claim = (lease, most, stop) => Do(() => store.Claim(lease, most, stop)),
        Load = (places, stop) => Do(() => store.Load(places, stop)),
        Commit = (change, stop) => Do(() => store.Commit(change, stop)),
        // Which of two comes first that are due at the same time no store promises: here it is always the same, so that runs can be compared.
        Due = (now, most, stop) => Do(async () => Sorted(await store.Due(now, most, stop))),
        Open = (most, stop) => Do(async () => Sorted(await store.Open(most, stop))),
        Backlogs = (now, stop) => Do(() => store.Backlogs(now, stop)),
        Hold = (room, lease, stop) => Do(() => store.Hold(room, lease, stop)),
        Release = (room, worker, pace, stop) => Do(() => Done(store.Release(room, worker, pace, stop))),
        Waiting = (room, now, most, stop) => Do(() => store.Waiting(room, now, most, stop)),
        Settle = (settlements, stop) => Do(() =>
        {
            var done = Done(store.Settle(settlements, stop));
            foreach (var settlement in settlements.Where(settlement => settlement.History is not null || settlement.NotBefore is not null))
                Unrecorded.Remove(settlement.Place.Room);
            return done;
        }),
        Keep = (kind, name, body, stop) => Do(() => Done(store.Keep(kind, name, body, stop))),
        Documents = (kind, stop) => Do(() => store.Documents(kind, stop)),
    };

    public Deliver Of(Deliver deliver) => (post, within, stop) => Do(async () =>
    {
        var delivery = await deliver(post, within, stop);
        if (delivery is Delivery.Made) Unrecorded.Add(post.Routed.Room.Name);
        return delivery;
    });

    /// <summary>A call is over before anybody else has a turn, also where a store has threads of its own: the same seed is the same run on each.</summary>
    private async Task<T> Do<T>(Func<Task<T>> call)
    {
        await turns.Next();
        if (IsDead) throw new Died();
        if (++calls != last) return call().GetAwaiter().GetResult();
        IsDead = true;
        if (after) call().GetAwaiter().GetResult();
        throw new Died();
    }

    private static ValueList<Saved> Sorted(ValueList<Saved> saved) => [.. saved.OrderBy(each => $"{each.Place}", StringComparer.Ordinal)];

    private static async Task<bool> Done(Task task)
    {
        await task;
        return true;
    }
}
