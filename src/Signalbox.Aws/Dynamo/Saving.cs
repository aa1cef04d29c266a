using Amazon.DynamoDBv2.Model;

namespace Signalbox.Aws.Dynamo;

/// <summary>Saves any number of changes whole or not at all.</summary>
/// <remarks>
/// <para>A transaction of DynamoDB holds a hundred items, and one webhook with many alerts changes more. So every item that has a condition is first
/// marked as taken by this decision, beside what is to become of it, and new items are put where nobody sees them. Then one item, the decision's
/// own, is put: from then on it is saved, whatever happens. At last the marks become what they stand for, and the decision's item goes.</para>
/// <para>Who meets a mark looks for the decision's item. When it is there, he finishes the work. When it is not for a while, its maker may have
/// died: he puts the decision's item himself, as void, and the maker, should he be alive, finds that out when he comes to put it.</para>
/// </remarks>
/// <param name="table">The table.</param>
/// <param name="rows">Where items are.</param>
internal sealed class Saving(Table table, Rows rows)
{
    private const int KeysInOne = 2_000;
    private const int Turns = 8;
    private const string Free = "attribute_not_exists(#tx)";

    /// <summary>After this, a decision that is saved but not finished is finished by others.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(5);

    /// <summary>How long others wait for a decision that is not saved yet before they void it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What nobody finishes, DynamoDB takes away then.</summary>
    private static readonly TimeSpan Litter = TimeSpan.FromDays(30);

    private enum Fate
    {
        Open,
        Saved,
        Void,
    }

    /// <summary>Saves it.</summary>
    /// <param name="held">Items that are there, or must not be, with what becomes of them.</param>
    /// <param name="fresh">Items that are new; what each becomes beyond itself when it is saved.</param>
    /// <param name="stop">Stops it; what was saved by then stays saved, and is finished by somebody.</param>
    /// <returns>False when a condition does not hold; then nothing has changed.</returns>
    public async Task<bool> Save(IReadOnlyList<Marked> held, IReadOnlyList<Staged> fresh, CancellationToken stop)
    {
        if (held.Count + fresh.Count is 0) return true;
        if (held.Count is 0 && fresh.Count is 1) return await table.Put(fresh[0].Whole, null, null, stop);
        held = [.. held.OrderBy(each => Written(each.Key), StringComparer.Ordinal)];
        for (var turn = 0; ; turn++)
        {
            var blocked = held.Count is 1 && fresh.Count is 0 ? await Alone(held[0], stop) : await Together(held, fresh, stop);
            if (blocked is null) return true;
            if (blocked.Decision is not { } other || turn >= Turns) return false;
            await Await(blocked.Key, other, stop);
        }
    }

    /// <summary>Finishes what was saved and abandoned.</summary>
    public async Task Recover(CancellationToken stop)
    {
        var old = DateTimeOffset.UtcNow - Abandoned;
        Item zero = new() { [":zero"] = Values.Number(0) };
        var left = await table.QueryAll(rows.Decisions, part => new(part) { Filter = "#keys > :zero", Values = zero }, int.MaxValue, stop);
        foreach (var decision in left.Where(decision => decision.Instant(Column.At) < old)) await Finish(decision[Column.Sort].S, decision, stop);
    }

    /// <summary>One item needs no decision: its change is a whole.</summary>
    private async Task<Blocked?> Alone(Marked held, CancellationToken stop)
    {
        var condition = $"({held.Condition}) and {Free}";
        if (held.IsGone) return await table.Delete(held.Key, condition, held.Values, stop) ? null : (await BlockedBy(held.Key, stop)).Blocked;

        var mine = new AttributeValue { S = Guid.NewGuid().ToString("n") };
        var values = new Item(held.Values.Concat(held.SetValues)) { [":by"] = mine };
        if (await table.Update(held.Key, $"{held.Update}, #by = :by{held.Removal}", condition, values, stop) is not null) return null;
        var (blocked, item) = await BlockedBy(held.Key, stop);
        // The answer to a first try may have been lost, and the second met what the first did.
        return item?.Text("by") == mine.S ? null : blocked;
    }

    private async Task<Blocked?> Together(IReadOnlyList<Marked> held, IReadOnlyList<Staged> fresh, CancellationToken stop)
    {
        var id = Guid.NewGuid().ToString("n");
        var mark = new AttributeValue { S = id };
        var taken = new List<Marked>();
        var (staged, putting, saved) = (false, false, false);
        try
        {
            // Who gets the first item gets the others too, most likely: no two keep each other from theirs for long.
            var blocked = held.Count > 0 ? await Take(held[0], mark, taken, stop) : null;
            if (blocked is null)
            {
                staged = true;
                var taking = held.Skip(1).Select(each => Take(each, mark, taken, stop)).ToList();
                await Task.WhenAll([.. taking, Stage(fresh, mark, stop)]);
                blocked = taking.Select(each => each.Result).FirstOrDefault(each => each is not null);
            }
            if (blocked is not null) return blocked;
            putting = true;
            if (!await Put(id, held, fresh, stop)) return new(held.Count > 0 ? held[0].Key : fresh[0].Key, id);
            saved = true;
        }
        finally
        {
            if (!saved) await Undo(mark, taken, staged ? fresh : [], putting);
        }
        var pending = held.Select(each => (each.Key, each.Pending)).Concat(fresh.Select(each => (each.Key, each.Pending)));
        await Task.WhenAll(pending.Select(each => Apply(each.Key, each.Pending, mark, stop)));
        await Forget(id, held.Count + fresh.Count, stop);
        return null;
    }

    private async Task<Blocked?> Take(Marked held, AttributeValue mark, List<Marked> taken, CancellationToken stop)
    {
        var values = new Item(held.Values) { [":tx"] = mark, [":pend"] = held.Pending };
        if (await table.Update(held.Key, "SET #tx = :tx, #pend = :pend", $"({held.Condition}) and {Free}", values, stop) is null
            && await BlockedBy(held.Key, stop) is var (blocked, _) && blocked.Decision != mark.S)
        {
            return blocked;
        }
        lock (taken) taken.Add(held);
        return null;
    }

    private Task Stage(IReadOnlyList<Staged> fresh, AttributeValue mark, CancellationToken stop)
    {
        var expiry = Values.Expiry(DateTimeOffset.UtcNow + Litter);
        return table.Write(fresh.Select(each => new WriteRequest(new PutRequest(
            new Item(each.Now) { [Column.Decision] = mark, [Column.Pending] = each.Pending, [Column.Expiry] = expiry }))), stop);
    }

    private async Task<bool> Put(string id, IReadOnlyList<Marked> held, IReadOnlyList<Staged> fresh, CancellationToken stop)
    {
        ValueList<string> keys = [.. held.Select(each => Written(each.Key)), .. fresh.Select(each => Written(each.Key))];
        var pages = keys.Chunk(KeysInOne).Select((chunk, page) => new Item(page is 0 ? rows.Decision(id) : rows.Decision($"{id}#{page}"))
        {
            [page is 0 ? "list" : "more"] = new() { L = [.. chunk.Select(key => new AttributeValue { S = key })] },
        }).ToList();
        await table.Write(pages.Skip(1).Select(page => new WriteRequest(new PutRequest(page))), stop);
        var first = new Item(pages[0]) { ["keys"] = Values.Number(keys.Count), [Column.At] = Values.Instant(DateTimeOffset.UtcNow) };
        if (await table.Put(first, "attribute_not_exists(#pk)", null, stop)) return true;
        // The answer to a first try may have been lost: then it is our own.
        return (await FateOf(id, stop)).Fate is not Fate.Void;
    }

    /// <summary>Takes the marks back. It is done also when everything else is stopped.</summary>
    private async Task Undo(AttributeValue mark, IReadOnlyList<Marked> taken, IReadOnlyList<Staged> fresh, bool putting)
    {
        if (taken.Count + fresh.Count is 0) return;
        using var patience = new CancellationTokenSource(Patience);
        // Whoever was stopped while he put the decision's item does not know whether it is there.
        if (putting && !await table.Put(Voided(mark.S), "attribute_not_exists(#pk)", null, patience.Token)
            && (await FateOf(mark.S, patience.Token)).Fate is not Fate.Void)
        {
            return;
        }
        await Task.WhenAll(taken.Select(each => Clear(each.Key, mark, patience.Token)));
        await table.Write(fresh.Select(each => new WriteRequest(new DeleteRequest(each.Key))), patience.Token);
    }

    private async Task<(Blocked Blocked, Item? Item)> BlockedBy(Item key, CancellationToken stop)
    {
        var item = await table.Get(key, stop);
        return (new(key, item?.Text(Column.Decision) is { Length: > 0 } other ? other : null), item);
    }

    /// <summary>Waits until somebody else's decision has let go of an item, and sees to it when he does not.</summary>
    private async Task Await(Item key, string id, CancellationToken stop)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (true)
        {
            if (await table.Get(key, stop) is not { } item || item.Text(Column.Decision) != id) return;
            var (fate, decision) = await FateOf(id, stop);
            if (fate is Fate.Open && Environment.TickCount64 > until)
            {
                await table.Put(Voided(id), "attribute_not_exists(#pk)", null, stop);
                continue;
            }
            if (fate is Fate.Void)
            {
                await Clear(key, new() { S = id }, stop);
                return;
            }
            if (fate is Fate.Saved && decision!.Instant(Column.At) < DateTimeOffset.UtcNow - Abandoned)
            {
                await Finish(id, decision!, stop);
                return;
            }
            await Task.Delay(Random.Shared.Next(5, 30), stop);
        }
    }

    private async Task<(Fate Fate, Item? Decision)> FateOf(string id, CancellationToken stop) =>
        await table.Get(rows.Decision(id), stop) is not { } item ? (Fate.Open, null) : (item.Number("keys") > 0 ? Fate.Saved : Fate.Void, item);

    private Item Voided(string id) =>
        new(rows.Decision(id)) { ["keys"] = Values.Number(0), [Column.Expiry] = Values.Expiry(DateTimeOffset.UtcNow + Litter) };

    /// <summary>Does for a saved decision what its maker did not get to.</summary>
    private async Task Finish(string id, Item decision, CancellationToken stop)
    {
        var mark = new AttributeValue { S = id };
        var count = (int)decision.Number("keys");
        var lists = new List<List<AttributeValue>> { decision["list"].L };
        if (count > KeysInOne)
            lists.AddRange((await table.Load([.. MoreOf(id, count)], stop)).Select(page => page["more"].L));
        var items = await table.Load([.. lists.SelectMany(list => list).Select(key => Read(key.S))], stop);
        await Task.WhenAll(items.Where(item => item.Text(Column.Decision) == id && item.ContainsKey(Column.Pending))
            .Select(item => Apply(Rows.KeyOf(item), item[Column.Pending], mark, stop)));
        await Forget(id, count, stop);
    }

    private async Task Forget(string id, int count, CancellationToken stop)
    {
        await table.Delete(rows.Decision(id), null, null, stop);
        if (count > KeysInOne) await table.Delete([.. MoreOf(id, count)], stop);
    }

    private IEnumerable<Item> MoreOf(string id, int count) =>
        Enumerable.Range(1, (count - 1) / KeysInOne).Select(page => rows.Decision($"{id}#{page}"));

    /// <summary>Makes of a mark what it stands for; nothing when somebody has.</summary>
    private Task Apply(Item key, AttributeValue pending, AttributeValue mark, CancellationToken stop)
    {
        var values = new Item { [":tx"] = mark };
        if (!pending.M.TryGetValue("set", out var set)) return table.Delete(key, "#tx = :tx", values, stop);
        var update = new List<string>();
        foreach (var (name, value) in set.M)
        {
            values[$":{name}"] = value;
            update.Add($"#{name} = :{name}");
        }
        ValueList<string> drop = [Column.Decision, Column.Pending, .. from name in pending.M["drop"].L select name.S];
        var written = update.Count > 0 ? $"SET {string.Join(", ", update)} " : "";
        return table.Update(key, $"{written}REMOVE {string.Join(", ", from name in drop select $"#{name}")}", "#tx = :tx", values, stop);
    }

    /// <summary>Takes a mark away; the item too, where it came into being with the mark.</summary>
    private async Task Clear(Item key, AttributeValue mark, CancellationToken stop)
    {
        var values = new Item { [":tx"] = mark };
        if (!await table.Delete(key, "#tx = :tx and attribute_not_exists(#at)", values, stop))
            await table.Update(key, "REMOVE #tx, #pend", "#tx = :tx", values, stop);
    }

    private static string Written(Item key) => $"{key[Column.Partition].S}|{key[Column.Sort].S}";

    private static Item Read(string written)
    {
        var at = written.LastIndexOf('|');
        return Rows.Key(written[..at], written[(at + 1)..]);
    }

    /// <summary>Why nothing was saved.</summary>
    /// <param name="Key">The item.</param>
    /// <param name="Decision">The decision that has it; null when its condition does not hold.</param>
    private sealed record Blocked(Item Key, string? Decision);
}

/// <summary>An item with a condition, and what becomes of it when the decision is saved. Every item that is there has the attribute <c>at</c>.</summary>
/// <param name="Key">Which.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Values">What stands in the condition.</param>
/// <param name="Set">Attributes to be set.</param>
/// <param name="Drop">Attributes to be taken away.</param>
internal sealed record Marked(Item Key, string Condition, Item Values, Item Set, ValueList<string> Drop)
{
    /// <summary>True to take the item away.</summary>
    public bool IsGone { get; init; }

    /// <summary>What becomes of it, as an attribute of the item.</summary>
    public AttributeValue Pending => IsGone ? new() { M = new() { ["gone"] = new() { BOOL = true } } } : Staged.Of(Set, Drop);

    /// <summary>The change as an expression: what is set, and after it what is taken away.</summary>
    public string Update => $"SET {string.Join(", ", from name in Set.Keys select $"#{name} = :set{name}")}";

    /// <inheritdoc cref="Update"/>
    public string Removal => Drop.Count > 0 ? $" REMOVE {string.Join(", ", from name in Drop select $"#{name}")}" : "";

    /// <summary>What stands in that expression.</summary>
    public Item SetValues => new(from each in Set select KeyValuePair.Create($":set{each.Key}", each.Value));
}

/// <summary>An item that is new with a decision.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Now">The item while nobody is to see it.</param>
/// <param name="Set">What it has besides when the decision is saved.</param>
internal sealed record Staged(Item Key, Item Now, Item Set)
{
    /// <summary>What becomes of it, as an attribute of the item.</summary>
    public AttributeValue Pending => Of(Set, Set.ContainsKey(Column.Expiry) ? [] : [Column.Expiry]);

    /// <summary>The item as it is at last.</summary>
    public Item Whole
    {
        get
        {
            var whole = new Item(Now);
            foreach (var (name, value) in Set) whole[name] = value;
            return whole;
        }
    }

    /// <summary>What becomes of an item, as an attribute.</summary>
    public static AttributeValue Of(Item set, ValueList<string> drop) => new()
    {
        M = new()
        {
            ["set"] = new() { M = set, IsMSet = true },
            ["drop"] = new() { L = [.. drop.Select(name => new AttributeValue { S = name })], IsLSet = true },
        },
    };
}
