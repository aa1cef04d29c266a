using System.Collections.Concurrent;
using System.Globalization;
using Signalbox.Effects;

namespace Signalbox.Aws.Dynamo;

/// <summary>Accepted events. One that nobody has decided has <c>due</c>, one that was decided has <c>age</c>, and its body is gone.</summary>
internal sealed class DynamoInbox(Table table, Rows rows, TimeSpan kept)
{
    /// <summary>An item holds 400 KB; what an event has besides its body is small.</summary>
    private const int LargestBody = 300 * 1024;

    /// <summary>Events in the hands of this process that are larger.</summary>
    private readonly ConcurrentDictionary<string, bool> large = new(StringComparer.Ordinal);

    public async Task<ValueList<bool>> Accept(ValueList<Arrival> arrivals, CancellationToken stop)
    {
        var first = new HashSet<string>(StringComparer.Ordinal);
        var order = rows.Next();
        return [.. await Task.WhenAll(arrivals.Select((arrival, place) =>
            first.Add(arrival.Id) ? Accept(arrival, string.Create(CultureInfo.InvariantCulture, $"{order}{place:D6}"), stop) : Task.FromResult(false)))];
    }

    public async Task<ValueList<Arrival>> Claim(Lease lease, int most, CancellationToken stop)
    {
        var free = new Item { [":now"] = Values.Instant(lease.Now) };
        const string Free = "attribute_not_exists(#until) or #until <= :now";
        var waiting = await table.QueryAll(rows.Events, part => new(part) { Index = Column.Due, Filter = Free, Values = free }, most, stop);
        var values = new Item(free) { [":until"] = Values.Instant(lease.Until) };
        var mine = new List<Arrival>();
        // What somebody else was quicker with is made up for by those behind it.
        foreach (var chunk in waiting.OrderBy(item => item[Column.Due].S, StringComparer.Ordinal).Chunk(Math.Clamp(most, 1, 100)))
        {
            var got = await Task.WhenAll(chunk.Take(most - mine.Count).Select(item =>
                table.Update(Rows.KeyOf(item), "SET #until = :until", $"attribute_exists(#due) and ({Free})", values, stop)));
            foreach (var item in got.OfType<Item>()) mine.Add(await Read(item, stop));
            if (mine.Count >= most) break;
        }
        return [.. mine];
    }

    public async Task<ValueList<bool>> Undecided(ValueList<string> ids, CancellationToken stop)
    {
        var known = (await table.Load([.. ids.Distinct().Select(rows.Event)], stop)).Where(item => item.ContainsKey(Column.Due)).Select(item =>
            item.Text("id")).ToHashSet();
        return [.. ids.Select(known.Contains)];
    }

    /// <summary>An event that nobody has decided yet, as it came; a decided one has no body any more.</summary>
    public async Task<Arrival?> Came(string id, CancellationToken stop) =>
        await table.Get(rows.Event(id), stop) is { } item && item.ContainsKey(Column.Due) ? await Read(item, stop) : null;

    /// <summary>The event of a decision.</summary>
    public Marked Decide(string id, DateTimeOffset at) => new(
        rows.Event(id), "attribute_exists(#due)", [],
        new() { [Column.Age] = Values.Instant(at), [Column.Expiry] = Values.Expiry(at + kept) }, [Column.Due, Column.Until, Column.Body]);

    /// <summary>Takes away what of a decided event was too large for its item.</summary>
    public async Task Forget(string id, CancellationToken stop)
    {
        if (large.TryRemove(id, out _)) await table.Delete(await table.QueryAll([rows.Bodies(id)], part => new(part), int.MaxValue, stop), stop);
    }

    public async Task<int> Prune(DateTimeOffset before, CancellationToken stop)
    {
        Item values = new() { [":age"] = Values.Instant(before) };
        var old = await table.QueryAll(rows.Events, part => new(part) { Index = Column.Age, Range = "#age < :age", Values = values }, int.MaxValue, stop);
        return await table.Delete(old, stop);
    }

    public Task<int> CountUndecided(CancellationToken stop) => Count(Column.Due, stop);

    public Task<int> CountDecided(CancellationToken stop) => Count(Column.Age, stop);

    private async Task<int> Count(string index, CancellationToken stop) =>
        (await Task.WhenAll(rows.Events.Select(part => table.Count(new(part) { Index = index }, stop)))).Sum();

    private async Task<bool> Accept(Arrival arrival, string order, CancellationToken stop)
    {
        var item = new Item(rows.Event(arrival.Id))
        {
            ["id"] = Values.Text(arrival.Id),
            ["part"] = Values.Number(arrival.Part),
            [Column.At] = Values.Instant(arrival.At),
            [Column.Due] = new() { S = Values.Sorted(arrival.At) + order },
        };
        if (arrival.Body.Length <= LargestBody)
        {
            item[Column.Body] = Values.Bytes(arrival.Body);
            return await table.Put(item, "attribute_not_exists(#pk)", null, stop);
        }
        if (await table.Get(rows.Event(arrival.Id), stop) is not null) return false;
        // Two callers at once may bring different bytes for one id: each has pages of its own, and the item says whose count.
        var pages = (arrival.Body.Length + LargestBody - 1) / LargestBody;
        foreach (var page in Enumerable.Range(0, pages))
        {
            var from = page * LargestBody;
            var bytes = arrival.Body[from..Math.Min(from + LargestBody, arrival.Body.Length)];
            await table.Put(new(PageKey(arrival.Id, order, page)) { [Column.Body] = Values.Bytes(bytes) }, null, null, stop);
        }
        (item["pages"], item["order"]) = (Values.Number(pages), new() { S = order });
        return await table.Put(item, "attribute_not_exists(#pk)", null, stop);
    }

    private Item PageKey(string id, string order, int page) =>
        Rows.Key(rows.Bodies(id), string.Create(CultureInfo.InvariantCulture, $"{order}{page:D4}"));

    private async Task<Arrival> Read(Item item, CancellationToken stop)
    {
        var id = item.Text("id");
        var body = item.Bytes(Column.Body);
        if (item.Number("pages") is > 0 and var pages)
        {
            large[id] = true;
            using var whole = new MemoryStream();
            foreach (var page in Enumerable.Range(0, (int)pages))
            {
                if (await table.Get(PageKey(id, item.Text("order"), page), stop) is { } found) whole.Write(found.Bytes(Column.Body).Span);
            }
            body = whole.ToArray();
        }
        return new(id, body, (int)item.Number("part"), item.Instant(Column.At) ?? default);
    }
}
