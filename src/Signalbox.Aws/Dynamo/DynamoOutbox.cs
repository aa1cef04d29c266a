using System.Collections.Concurrent;
using Signalbox.Effects;

namespace Signalbox.Aws.Dynamo;

/// <summary>Posts that wait, dead letters and who has which room.</summary>
/// <remarks>A post is settled when its item has <c>done</c>, which holds what is still to be written because of it; then its item goes. Who meets
/// such an item finishes that.</remarks>
internal sealed class DynamoOutbox(Table table, Rows rows, DynamoConversations conversations, DynamoRecords records, Saving saving, TimeSpan keptDead)
{
    private const string Seen = "attribute_not_exists(#tx) and attribute_not_exists(#done)";
    private readonly ConcurrentDictionary<string, bool> rooms = new(StringComparer.Ordinal);

    /// <summary>Numbers for posts that are committed next, and one in any case.</summary>
    /// <returns>The first of them.</returns>
    public async Task<long> Number(int count, CancellationToken stop)
    {
        var most = Math.Max(count, 1);
        var numbers = await table.Update(rows.Numbers, "ADD #n :n", null, new() { [":n"] = Values.Number(most) }, stop);
        return numbers!.Number("n") - most + 1;
    }

    /// <summary>Makes rooms known, so that what waits for them is found.</summary>
    public Task Know(IEnumerable<string> names, CancellationToken stop)
    {
        return Task.WhenAll(names.Distinct().Where(name => !rooms.ContainsKey(name)).Select(Know));

        async Task Know(string name)
        {
            await table.Update(rows.Room(name), "SET #room = :room", "attribute_not_exists(#room)", new() { [":room"] = Values.Text(name) }, stop);
            rooms[name] = true;
        }
    }

    /// <summary>A post of a decision.</summary>
    public Staged Add(Order order, DateTimeOffset at, long number)
    {
        var id = new PostId(number, Math.Clamp(order.Priority, 0, 9));
        var key = Rows.Key(rows.Queue(order.Place.Room), id.Sort);
        var now = new Item(key)
        {
            [Column.Room] = Values.Text(order.Place.Room),
            [Column.Thread] = Values.Text(order.Place.Thread),
            [Column.Body] = Values.Bytes(order.Body),
            [Column.At] = Values.Instant(at),
        };
        return new(key, now, new() { [Column.Due] = Values.Instant(at) });
    }

    public async Task<ValueList<Backlog>> Backlogs(DateTimeOffset now, CancellationToken stop)
    {
        await saving.Recover(stop);
        var known = await table.QueryAll([rows.Rooms], part => new(part) { Filter = "attribute_exists(#room)" }, int.MaxValue, stop);
        var backlogs = await Task.WhenAll(known.Select(async room =>
        {
            var name = room.Text(Column.Room);
            var posts = await table.QueryAll([rows.Queue(name)], part => new(part) { Index = Column.Due }, int.MaxValue, stop);
            return posts.Exists(post => post.Instant(Column.NotBefore) is not { } time || time <= now)
                ? new Backlog(name, posts.Count, posts[0].Instant(Column.Due) ?? now)
                : null;
        }));
        return [.. backlogs.OfType<Backlog>().OrderBy(backlog => backlog.Room, StringComparer.Ordinal)];
    }

    public async Task<ValueList<Waiting>> Waiting(string room, DateTimeOffset now, int most, CancellationToken stop)
    {
        var posts = new List<Item>();
        var search = new Search(rows.Queue(room))
        {
            Filter = "attribute_not_exists(#tx) and (attribute_exists(#done) or attribute_not_exists(#notb) or #notb <= :now)",
            Values = new() { [":now"] = Values.Instant(now) },
            Page = Math.Clamp(most, 1, 1_000),
        };
        if (most <= 0) return [];
        await foreach (var post in table.Query(search, stop))
        {
            if (post.ContainsKey("done")) await Finish(post, stop);
            else posts.Add(post);
            if (posts.Count >= most) break;
        }
        var talks = await conversations.Known(posts.Select(post => post.Place()), stop);
        return [.. posts.Select(post => new Waiting(
            PostId.OfSort(post[Column.Sort].S).Text, OrderOf(post), post.Instant(Column.At) ?? now, (int)post.Number("tries"),
            talks.GetValueOrDefault(post.Place())?.Text("ref") ?? ""))];
    }

    public async Task<HeldRoom?> Hold(string room, Lease lease, CancellationToken stop)
    {
        var values = new Item { [":worker"] = Values.Text(lease.Worker), [":now"] = Values.Instant(lease.Now), [":until"] = Values.Instant(lease.Until) };
        var before = await table.Replace(
            rows.Room(room), "SET #worker = :worker, #until = :until", "attribute_not_exists(#worker) or #worker = :worker or #until <= :now", values, stop);
        return before is null ? null : new(before.Bytes("pace"), before.Instant("until"));
    }

    public Task<Item?> Release(string room, string worker, ReadOnlyMemory<byte> pace, CancellationToken stop) => table.Update(
        rows.Room(room), "SET #pace = :pace REMOVE #worker, #until", "#worker = :worker",
        new() { [":worker"] = Values.Text(worker), [":pace"] = Values.Bytes(pace) }, stop);

    public async Task<bool> Settle(ValueList<Settlement> settlements, CancellationToken stop)
    {
        var batch = new List<Settlement>();
        foreach (var settlement in settlements)
        {
            // What touches the same post or the same message is done one after the other.
            if (batch.Exists(other => other.Id == settlement.Id || (settlement.Reference is not null && other.Place == settlement.Place)))
            {
                await Task.WhenAll(batch.Select(each => Settle(each, stop)));
                batch.Clear();
            }
            batch.Add(settlement);
        }
        await Task.WhenAll(batch.Select(each => Settle(each, stop)));
        return true;
    }

    public async Task<ValueList<Effects.DeadLetter>> Dead(int most, CancellationToken stop)
    {
        var newest = await table.QueryAll([rows.Dead], part => new(part) { Index = Column.Age, IsBackwards = true }, most, stop);
        var items = (await table.Load([.. newest.Select(Rows.KeyOf)], stop)).ToDictionary(item => item[Column.Sort].S);
        return [.. from key in newest
                   where items.ContainsKey(key[Column.Sort].S)
                   let item = items[key[Column.Sort].S]
                   select new Effects.DeadLetter(item[Column.Sort].S, OrderOf(item), item.Instant(Column.At) ?? default, item.Text("why"))];
    }

    public async Task<int> Redrive(string? id, DateTimeOffset now, CancellationToken stop)
    {
        if (id is not null && PostId.Read(id) is null) return 0;
        var letters = id is null
            ? await table.QueryAll([rows.Dead], part => new(part), int.MaxValue, stop)
            : await table.Load([Rows.Key(rows.Dead, id)], stop);
        var back = 0;
        foreach (var letter in letters.Where(letter => PostId.Read(letter[Column.Sort].S) is not null))
        {
            // It keeps its number, so that it stands before what was said after it.
            var post = Add(OrderOf(letter), now, PostId.Read(letter[Column.Sort].S)!.Value.Number);
            if (await saving.Save([new(Rows.KeyOf(letter), "attribute_exists(#age)", [], [], []) { IsGone = true }], [post], stop)) back++;
        }
        return back;
    }

    public async Task<int> Prune(DateTimeOffset before, CancellationToken stop)
    {
        Item values = new() { [":age"] = Values.Instant(before) };
        var old = await table.QueryAll([rows.Dead], part => new(part) { Index = Column.Age, Range = "#age < :age", Values = values }, int.MaxValue, stop);
        return await table.Delete(old, stop);
    }

    public async Task<int> CountWaiting(CancellationToken stop)
    {
        var known = await table.QueryAll([rows.Rooms], part => new(part) { Filter = "attribute_exists(#room)" }, int.MaxValue, stop);
        return (await Task.WhenAll(known.Select(room => table.Count(new(rows.Queue(room.Text(Column.Room))) { Index = Column.Due }, stop)))).Sum();
    }

    public Task<int> CountDead(CancellationToken stop) => table.Count(new(rows.Dead) { Index = Column.Age }, stop);

    private async Task Settle(Settlement settlement, CancellationToken stop)
    {
        if (rows.Post(settlement.Place.Room, settlement.Id) is not { } key) return;
        if (settlement is { NotBefore: { } notBefore, Dead: null })
        {
            var values = new Item { [":notb"] = Values.Instant(notBefore), [":one"] = Values.Number(1) };
            var there = await table.Update(key, "SET #notb = :notb ADD #tries :one", $"attribute_exists(#pk) and {Seen}", values, stop);
            if (there is null) return;
            if (settlement.Reference is { } reference) await conversations.Refer(settlement.Place, PostId.Read(settlement.Id)!.Value.Number, reference, stop);
            if (settlement.History is { } line) await records.Add(records.Line(line), stop);
            return;
        }
        var done = new Item();
        if (settlement.Reference is { } message) done["ref"] = Values.Text(message);
        if (settlement.History is { } said) done["line"] = new() { M = records.Line(said), IsMSet = true };
        if (settlement.Dead is { } why) (done["why"], done["when"]) = (Values.Text(why), Values.Instant(settlement.At));
        var settled = new Item { [":done"] = new() { M = done, IsMSet = true } };
        if (await table.Update(key, "SET #done = :done REMOVE #due", $"attribute_exists(#pk) and {Seen}", settled, stop) is { } post) await Finish(post, stop);
    }

    /// <summary>Writes what is still to be written because of a settled post, and takes it away. It may be done twice.</summary>
    private async Task Finish(Item post, CancellationToken stop)
    {
        var (done, id) = (post["done"].M ?? [], PostId.OfSort(post[Column.Sort].S));
        if (done.ContainsKey("ref")) await conversations.Refer(post.Place(), id.Number, done.Text("ref"), stop);
        if (done.TryGetValue("line", out var line)) await records.Add(line.M, stop);
        if (done.TryGetValue("when", out var when))
        {
            var letter = new Item(Rows.Key(rows.Dead, id.Text))
            {
                [Column.Room] = post[Column.Room],
                [Column.Thread] = post[Column.Thread],
                [Column.Body] = post[Column.Body],
                [Column.At] = when,
                [Column.Age] = new() { S = when.S + id.Text },
                [Column.Expiry] = Values.Expiry((done.Instant("when") ?? default) + keptDead),
                ["prio"] = Values.Number(id.Priority),
                ["why"] = done["why"],
            };
            await table.Put(letter, null, null, stop);
        }
        await table.Delete(Rows.KeyOf(post), null, null, stop);
    }

    private static Order OrderOf(Item item) => new(
        item.Place(), item.TryGetValue("prio", out _) ? (int)item.Number("prio") : PostId.OfSort(item[Column.Sort].S).Priority, item.Bytes(Column.Body));
}
