using Signalbox.Aws.Dynamo;
using Signalbox.Effects;

namespace Signalbox.Aws;

/// <summary>A store in one table of DynamoDB, for functions and for anything else in AWS.</summary>
public static class DynamoStore
{
    /// <summary>DynamoDB tells nobody of news: who waits in another process looks so often.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>The row for settings that name such a store.</summary>
    /// <param name="trust">Whom TLS trusts.</param>
    public static StoreKind Kind(Trust trust) => new(["dynamodb:"], DynamoAddress.Form, spec => Open(spec, trust));

    /// <summary>Opens it. Whether the table is there is found out by the first use.</summary>
    /// <param name="spec"><c>dynamodb://TABLE?region=REGION&amp;endpoint=ADDRESS</c>.</param>
    /// <param name="trust">Whom TLS trusts.</param>
    public static Task<Store> Open(string spec, Trust trust) => Task.FromResult(Open(DynamoAddress.Read(spec), new(trust), "", Retention.Usual));

    /// <summary>Makes the table where there is none, and has it forget by itself what is of no more use.</summary>
    /// <param name="spec"><c>dynamodb://TABLE?region=REGION&amp;endpoint=ADDRESS</c>.</param>
    /// <param name="trust">Whom TLS trusts.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>What was done, in a sentence; throws <see cref="StoreException"/> with what is wrong.</returns>
    public static async Task<string> Init(string spec, Trust trust, CancellationToken stop)
    {
        using var table = Reach.Table(DynamoAddress.Read(spec), new(trust));
        return await Setup.Make(table, [], stop);
    }

    /// <summary>Opens it.</summary>
    /// <param name="address">Which table.</param>
    /// <param name="doors">The way out.</param>
    /// <param name="prefix">What keeps this store apart from others in the same table.</param>
    /// <param name="retention">When DynamoDB itself may take things away.</param>
    internal static Store Open(DynamoAddress address, Doors doors, string prefix, Retention retention)
    {
        var table = Reach.Table(address, doors);
        var signal = new Signal();
        var rows = new Rows(prefix);
        var saving = new Saving(table, rows);
        var inbox = new DynamoInbox(table, rows, retention.Events);
        var conversations = new DynamoConversations(table, rows, retention.Conversations);
        var records = new DynamoRecords(table, rows, retention.History);
        var outbox = new DynamoOutbox(table, rows, conversations, records, saving, retention.Dead);

        return new()
        {
            Accept = (arrivals, stop) => Waking(Plain(() => inbox.Accept(arrivals, stop), stop), news => news.Contains(true)),
            Claim = (lease, most, stop) => Plain(() => inbox.Claim(lease, most, stop), stop),
            Came = (id, stop) => Plain(() => inbox.Came(id, stop), stop),
            Undecided = (ids, stop) => Plain(() => inbox.Undecided(ids, stop), stop),
            Load = (places, stop) => Plain(() => conversations.Load(places, stop), stop),
            Commit = (change, stop) => Waking(Plain(() => Commit(change, stop), stop), done => done),
            Due = (now, most, stop) => Plain(() => conversations.Due(now, most, stop), stop),
            Open = (most, stop) => Plain(() => conversations.Opened(most, stop), stop),
            Backlogs = (now, stop) => Plain(() => outbox.Backlogs(now, stop), stop),
            Hold = (room, lease, stop) => Plain(() => outbox.Hold(room, lease, stop), stop),
            Release = (room, worker, pace, stop) => Plain(() => outbox.Release(room, worker, pace, stop), stop),
            Waiting = (room, now, most, stop) => Plain(() => outbox.Waiting(room, now, most, stop), stop),
            Settle = (settlements, stop) => Plain(() => outbox.Settle(settlements, stop), stop),
            Dead = (most, stop) => Plain(() => outbox.Dead(most, stop), stop),
            Redrive = (id, now, stop) => Waking(Plain(() => outbox.Redrive(id, now, stop), stop), count => count > 0),
            Keep = async (kind, name, body, stop) =>
            {
                await Plain(() => records.Keep(kind, name, body, stop), stop);
                signal.Raise();
            },
            Documents = (kind, stop) => Plain(() => records.Documents(kind, stop), stop),
            History = (query, stop) => Plain(() => records.History(query, stop), stop),
            Prune = (keep, now, stop) => Plain(() => Prune(keep, now, stop), stop),
            Count = stop => Plain(() => Count(stop), stop),
            Await = (time, stop) => signal.Wait(time < Look ? time : Look, stop),
            Close = () =>
            {
                table.Dispose();
                return ValueTask.CompletedTask;
            },
        };

        async Task<bool> Commit(Change change, CancellationToken stop)
        {
            var begins = change.Revisions.Any(revision => revision is { State.IsEmpty: false } && (revision.Expected is 0 || revision.Afresh));
            var next = begins || change.Orders.Count > 0 ? await outbox.Number(change.Orders.Count, stop) : 0;
            await outbox.Know(change.Orders.Select(order => order.Place.Room), stop);
            List<Marked> held = [.. change.Revisions.Select(revision => conversations.Revise(revision, change.At, next))];
            if (change.Event is { } id) held.Add(inbox.Decide(id, change.At));
            List<Staged> fresh =
                [.. change.Orders.Select((order, place) => outbox.Add(order, change.At, next + place)), .. change.History.Select(records.Staged)];
            if (!await saving.Save(held, fresh, stop)) return false;
            if (change.Event is { } decided) await inbox.Forget(decided, stop);
            return true;
        }

        async Task<Pruned> Prune(Retention keep, DateTimeOffset now, CancellationToken stop)
        {
            await saving.Recover(stop);
            return new(
                await inbox.Prune(now - keep.Events, stop), await conversations.Prune(now - keep.Conversations, stop),
                await records.Prune(now - keep.History, stop), await outbox.Prune(now - keep.Dead, stop));
        }

        async Task<Census> Count(CancellationToken stop)
        {
            var undecided = await inbox.CountUndecided(stop);
            var (open, all) = await conversations.Count(stop);
            return new(
                undecided, undecided + await inbox.CountDecided(stop), open, all,
                await outbox.CountWaiting(stop), await outbox.CountDead(stop), await records.Count(stop));
        }

        Task<T> Plain<T>(Func<Task<T>> act, CancellationToken stop) => Trouble.InWords(address.Table, act, stop);

        async Task<T> Waking<T>(Task<T> act, Func<T, bool> isNews)
        {
            var done = await act;
            if (isNews(done)) signal.Raise();
            return done;
        }
    }
}
