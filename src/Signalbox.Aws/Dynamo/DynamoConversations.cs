using Signalbox.Effects;

namespace Signalbox.Aws.Dynamo;

/// <summary>Conversations. Each has <c>age</c>, the moment of its last change behind an o while it is open and behind an x when it is over.</summary>
internal sealed class DynamoConversations(Table table, Rows rows, TimeSpan kept)
{
    private const string Open = "o";
    private const string Over = "x";

    public async Task<ValueList<Saved>> Load(ValueList<Place> places, CancellationToken stop)
    {
        var found = await Known(places, stop);
        return [.. places.Select(place => found.TryGetValue(place, out var item) ? Read(item) : new(place, 0, default, ""))];
    }

    /// <summary>The items of those that are known.</summary>
    public async Task<Dictionary<Place, Item>> Known(IEnumerable<Place> places, CancellationToken stop) =>
        (await table.Load([.. places.Distinct().Select(rows.Talk)], stop)).Where(item => item.ContainsKey("v")).ToDictionary(item => item.Place());

    /// <summary>A conversation of a decision.</summary>
    /// <param name="revision">What becomes of it.</param>
    /// <param name="at">When.</param>
    /// <param name="next">The number of the decision's first post: posts from here on belong to a message that begins now.</param>
    public Marked Revise(Revision revision, DateTimeOffset at, long next)
    {
        var isNew = revision.Expected is 0;
        var condition = isNew ? "attribute_not_exists(#v)" : "#v = :v";
        Item values = isNew ? [] : new() { [":v"] = Values.Number(revision.Expected) };
        if (revision.State.IsEmpty) return new(rows.Talk(revision.Place), condition, values, [], []) { IsGone = true };

        var set = new Item
        {
            [Column.Room] = Values.Text(revision.Place.Room),
            [Column.Thread] = Values.Text(revision.Place.Thread),
            ["v"] = Values.Number(revision.Expected + 1),
            ["state"] = Values.Bytes(revision.State),
            [Column.At] = Values.Instant(at),
            [Column.Age] = new() { S = (revision.IsOpen ? Open : Over) + Values.Sorted(at) },
        };
        var drop = new List<string>();
        if (revision.Wake is { } wake) set[Column.Due] = Values.Instant(wake);
        else drop.Add(Column.Due);
        // What wants to be woken is of use still.
        if (revision.IsOpen || revision.Wake is not null) drop.Add(Column.Expiry);
        else set[Column.Expiry] = Values.Expiry(at + kept);
        if (isNew || revision.Afresh)
        {
            set["since"] = Values.Number(next);
            drop.Add("ref");
        }
        return new(rows.Talk(revision.Place), condition, values, set, [.. drop]);
    }

    /// <summary>Notes the chat's id of a conversation's message, unless the post that made it was of an earlier message.</summary>
    public Task Refer(Place place, long post, string reference, CancellationToken stop) => table.Update(
        rows.Talk(place), "SET #ref = :ref", "attribute_exists(#v) and #since <= :post",
        new() { [":ref"] = Values.Text(reference), [":post"] = Values.Number(post) }, stop);

    public async Task<ValueList<Saved>> Due(DateTimeOffset now, int most, CancellationToken stop)
    {
        var due = await table.QueryAll(
            rows.Talks, part => new(part) { Index = Column.Due, Range = "#due <= :now", Values = new() { [":now"] = Values.Instant(now) } }, most, stop);
        var first = due.OrderBy(item => item[Column.Due].S, StringComparer.Ordinal).Take(most).Select(Rows.KeyOf).ToList();
        var items = await table.Load(first, stop);
        return [.. items.Where(item => item.Instant(Column.Due) <= now).OrderBy(item => item[Column.Due].S, StringComparer.Ordinal).Select(Read)];
    }

    public async Task<ValueList<Saved>> Opened(int most, CancellationToken stop)
    {
        var open = await table.QueryAll(rows.Talks, part => Aged(part, Open) with { IsBackwards = true }, most, stop);
        var items = await table.Load([.. open.OrderByDescending(item => item[Column.Age].S, StringComparer.Ordinal).Take(most).Select(Rows.KeyOf)], stop);
        return [.. items.Where(item => item.Text(Column.Age).StartsWith(Open, StringComparison.Ordinal))
            .OrderByDescending(item => item[Column.Age].S, StringComparer.Ordinal).Select(Read)];
    }

    public async Task<int> Prune(DateTimeOffset before, CancellationToken stop)
    {
        var values = new Item { [":from"] = new() { S = Over }, [":to"] = new() { S = Over + Values.Sorted(before.AddTicks(-1)) } };
        Search Old(string part) => new(part) { Index = Column.Age, Range = "#age between :from and :to", Values = values };
        var old = await table.QueryAll(rows.Talks, Old, int.MaxValue, stop);
        // One that was taken up again in between stays.
        var gone = await Task.WhenAll(old.Select(item =>
            table.Delete(Rows.KeyOf(item), "#age = :age and attribute_not_exists(#tx)", new() { [":age"] = item[Column.Age] }, stop)));
        return gone.Count(each => each);
    }

    public async Task<(int Open, int All)> Count(CancellationToken stop)
    {
        var open = await Task.WhenAll(rows.Talks.Select(part => table.Count(Aged(part, Open), stop)));
        var over = await Task.WhenAll(rows.Talks.Select(part => table.Count(Aged(part, Over), stop)));
        return (open.Sum(), open.Sum() + over.Sum());
    }

    private static Search Aged(string part, string state) =>
        new(part) { Index = Column.Age, Range = "begins_with(#age, :state)", Values = new() { [":state"] = new() { S = state } } };

    private static Saved Read(Item item) => new(item.Place(), item.Number("v"), item.Bytes("state"), item.Text("ref"));
}
