namespace Signalbox.Effects;

/// <summary>A store that ends with its process: for tests and the terminal.</summary>
public static class MemoryStore
{
    /// <summary>An empty store. Nothing of it can fail.</summary>
    public static Store Open()
    {
        var guard = new Lock();
        var signal = new Signal();
        var inbox = new MemoryInbox();
        var conversations = new MemoryConversations();
        var outbox = new MemoryOutbox(conversations);
        var records = new MemoryRecords();

        return new()
        {
            Accept = (arrivals, stop) => Waking(() => inbox.Accept(arrivals), news => news.Contains(true), stop),
            Claim = (lease, most, stop) => Alone(() => inbox.Claim(lease, most), stop),
            Came = (id, stop) => Alone(() => inbox.Came(id), stop),
            Undecided = (ids, stop) => Alone(() => ids.Select(inbox.IsUndecided).ToValueList(), stop),
            Load = (places, stop) => Alone(() => conversations.Load(places), stop),
            Commit = (change, stop) => Waking(() => Commit(change), done => done, stop),
            Due = (now, most, stop) => Alone(() => conversations.Due(now, most), stop),
            Open = (most, stop) => Alone(() => conversations.Open(most), stop),
            Backlogs = (now, stop) => Alone(() => outbox.Backlogs(now), stop),
            Hold = (room, lease, stop) => Alone(() => outbox.Hold(room, lease), stop),
            Release = (room, worker, pace, stop) => Alone(() => outbox.Release(room, worker, pace), stop),
            Waiting = (room, now, most, stop) => Alone(() => outbox.Waiting(room, now, most), stop),
            Settle = (settlements, stop) => Alone(() => records.Add(outbox.Settle(settlements)), stop),
            Dead = (most, stop) => Alone(() => outbox.Dead(most), stop),
            Redrive = (id, now, stop) => Waking(() => outbox.Redrive(id, now), count => count > 0, stop),
            Keep = (kind, name, body, stop) => Waking(() => records.Keep(kind, name, body), _ => true, stop),
            Documents = (kind, stop) => Alone(() => records.Documents(kind), stop),
            History = (query, stop) => Alone(() => records.History(query), stop),
            Prune = (retention, now, stop) => Alone(() => Prune(retention, now), stop),
            Count = stop => Alone(Count, stop),
            Await = signal.Wait,
            Close = () => ValueTask.CompletedTask,
        };

        bool Commit(Change change)
        {
            if (change.Event is { } id && !inbox.IsUndecided(id)) return false;
            if (!conversations.Fit(change.Revisions)) return false;
            if (change.Event is { } decided) inbox.Decide(decided, change.At);
            conversations.Save(change, outbox.Next);
            outbox.Add(change);
            records.Add(change.History);
            return true;
        }

        Pruned Prune(Retention retention, DateTimeOffset now) => new(
            inbox.Prune(now - retention.Events), conversations.Prune(now - retention.Conversations),
            records.Prune(now - retention.History), outbox.Prune(now - retention.Dead));

        Census Count() => new(
            inbox.Undecided, inbox.Count, conversations.CountOpen, conversations.Count, outbox.CountWaiting, outbox.CountDead, records.Lines);

        Task<T> Alone<T>(Func<T> act, CancellationToken stop)
        {
            if (stop.IsCancellationRequested) return Task.FromCanceled<T>(stop);
            lock (guard) return Task.FromResult(act());
        }

        async Task<T> Waking<T>(Func<T> act, Func<T, bool> isNews, CancellationToken stop)
        {
            var done = await Alone(act, stop);
            if (isNews(done)) signal.Raise();
            return done;
        }
    }
}
