using Signalbox.Effects;

namespace Signalbox.Aws.Dynamo;

/// <summary>Documents and history.</summary>
internal sealed class DynamoRecords(Table table, Rows rows, TimeSpan kept)
{
    /// <summary>A line of history as an item.</summary>
    public Item Line(HistoryLine line) => new(rows.Line(line.At))
    {
        ["event"] = Values.Text(line.Event),
        [Column.Room] = Values.Text(line.Place.Room),
        [Column.Thread] = Values.Text(line.Place.Thread),
        ["what"] = Values.Text(line.What),
        [Column.Body] = Values.Bytes(line.Body),
        [Column.Expiry] = Values.Expiry(line.At + kept),
    };

    /// <summary>A line of history of a decision.</summary>
    public Staged Staged(HistoryLine line)
    {
        var item = Line(line);
        return new(Rows.KeyOf(item), item, new() { [Column.Expiry] = item[Column.Expiry] });
    }

    public Task Add(Item line, CancellationToken stop) => table.Put(line, null, null, stop);

    public Task<bool> Keep(string kind, string name, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var key = Rows.Key(rows.Documents(kind), Values.Hash(name));
        return body.IsEmpty
            ? table.Delete(key, null, null, stop)
            : table.Put(new(key) { ["name"] = Values.Text(name), [Column.Body] = Values.Bytes(body) }, null, null, stop);
    }

    public async Task<ValueList<Document>> Documents(string kind, CancellationToken stop) =>
        [.. (await table.QueryAll([rows.Documents(kind)], part => new(part), int.MaxValue, stop))
            .Select(item => new Document(item.Text("name"), item.Bytes(Column.Body)))
            .OrderBy(document => document.Name, StringComparer.Ordinal)];

    public async Task<ValueList<HistoryLine>> History(HistoryQuery query, CancellationToken stop)
    {
        var (filter, values) = ("attribute_not_exists(#tx)", new Item());
        foreach (var (name, wanted) in new[] { (Column.Room, query.Room), (Column.Thread, query.Thread), ("event", query.Event) })
        {
            if (wanted is null) continue;
            filter += $" and #{name} = :{name}";
            values[$":{name}"] = Values.Text(wanted);
        }
        if (query.From is { } from) values[":from"] = Values.Instant(from);
        if (query.Before is { } before) values[":before"] = Values.Instant(before);
        // A line's place is its moment and something behind it, so that no line has the very place of a moment.
        var range = (query.From, query.Before) switch
        {
            (null, null) => null,
            (_, null) => "#sk >= :from",
            (null, _) => "#sk < :before",
            _ => "#sk between :from and :before",
        };
        if (query is { From: { } first, Before: { } end } && first >= end) return [];
        Search Newest(string part) => new(part) { Range = range, Filter = filter, Values = values, IsBackwards = true };
        var lines = await table.QueryAll(rows.Lines, Newest, query.Most, stop);
        return [.. lines.OrderByDescending(line => line[Column.Sort].S, StringComparer.Ordinal).Take(query.Most).Select(Read)];
    }

    public async Task<int> Prune(DateTimeOffset before, CancellationToken stop)
    {
        Item values = new() { [":before"] = Values.Instant(before) };
        Search Old(string part) => new(part) { Range = "#sk < :before", Filter = "attribute_not_exists(#tx)", Values = values };
        return await table.Delete(await table.QueryAll(rows.Lines, Old, int.MaxValue, stop), stop);
    }

    public async Task<int> Count(CancellationToken stop) =>
        (await Task.WhenAll(rows.Lines.Select(part => table.Count(new(part) { Filter = "attribute_not_exists(#tx)" }, stop)))).Sum();

    private static HistoryLine Read(Item item) =>
        new(item.Instant(Column.Sort) ?? default, item.Text("event"), item.Place(), item.Text("what"), item.Bytes(Column.Body));
}
