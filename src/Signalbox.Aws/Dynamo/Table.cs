using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Signalbox.Aws.Dynamo;

/// <summary>One table of DynamoDB. Every read sees every write that came before it; names stand in expressions as <c>#name</c>.</summary>
/// <param name="client">How to reach it.</param>
/// <param name="name">Its name.</param>
internal sealed class Table(AmazonDynamoDBClient client, string name) : IDisposable
{
    private const int MostAtOnce = 48;
    private const int MostWrites = 25;
    private const int MostReads = 100;

    private readonly SemaphoreSlim gate = new(MostAtOnce);

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>How it is reached, for what is not about items.</summary>
    public AmazonDynamoDBClient Client => client;

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        gate.Dispose();
    }

    /// <summary>An item; null for none.</summary>
    public async Task<Item?> Get(Item key, CancellationToken stop)
    {
        var found = await Alone(() => client.GetItemAsync(new GetItemRequest { TableName = name, Key = key, ConsistentRead = true }, stop), stop);
        return found.Item is { Count: > 0 } item ? item : null;
    }

    /// <summary>Puts an item. False when the condition does not hold.</summary>
    public Task<bool> Put(Item item, string? condition, Item? values, CancellationToken stop) => Conditionally(
        () => client.PutItemAsync(new PutItemRequest
        {
            TableName = name,
            Item = item,
            ConditionExpression = condition,
            ExpressionAttributeNames = Names(condition),
            ExpressionAttributeValues = values is { Count: > 0 } ? values : null,
        }, stop), _ => true, false, stop);

    /// <summary>Changes an item, which comes into being when it is not there. Answers it as it is then; null when the condition does not hold.</summary>
    public Task<Item?> Update(Item key, string update, string? condition, Item? values, CancellationToken stop) =>
        Update(key, update, condition, values, ReturnValue.ALL_NEW, stop);

    /// <summary>The same; answers it as it was before: empty when it was not there.</summary>
    public Task<Item?> Replace(Item key, string update, string? condition, Item? values, CancellationToken stop) =>
        Update(key, update, condition, values, ReturnValue.ALL_OLD, stop);

    private Task<Item?> Update(Item key, string update, string? condition, Item? values, ReturnValue returned, CancellationToken stop) =>
        Conditionally<UpdateItemResponse, Item?>(() => client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = name,
            Key = key,
            UpdateExpression = update,
            ConditionExpression = condition,
            ExpressionAttributeNames = Names(update, condition),
            ExpressionAttributeValues = values is { Count: > 0 } ? values : null,
            ReturnValues = returned,
        }, stop), response => response.Attributes ?? [], null, stop);

    /// <summary>Deletes an item. False when the condition does not hold.</summary>
    public Task<bool> Delete(Item key, string? condition, Item? values, CancellationToken stop) => Conditionally(
        () => client.DeleteItemAsync(new DeleteItemRequest
        {
            TableName = name,
            Key = key,
            ConditionExpression = condition,
            ExpressionAttributeNames = Names(condition),
            ExpressionAttributeValues = values is { Count: > 0 } ? values : null,
        }, stop), _ => true, false, stop);

    /// <summary>The items of a partition, in order.</summary>
    public async IAsyncEnumerable<Item> Query(Search search, [EnumeratorCancellation] CancellationToken stop)
    {
        Item? from = null;
        do
        {
            var page = await Alone(() => client.QueryAsync(Request(search, from, Select.ALL_ATTRIBUTES), stop), stop);
            foreach (var item in page.Items ?? []) yield return item;
            from = page.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
    }

    /// <summary>How many there are.</summary>
    public async Task<int> Count(Search search, CancellationToken stop)
    {
        var (count, from) = (0, (Item?)null);
        do
        {
            var page = await Alone(() => client.QueryAsync(Request(search, from, Select.COUNT), stop), stop);
            count += page.Count ?? 0;
            from = page.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
        return count;
    }

    /// <summary>The items of several partitions together, as many of each as may be needed.</summary>
    public async Task<List<Item>> QueryAll(IEnumerable<string> partitions, Func<string, Search> search, int most, CancellationToken stop)
    {
        var all = await Task.WhenAll(partitions.Select(async partition =>
        {
            var items = new List<Item>();
            if (most <= 0) return items;
            await foreach (var item in Query(search(partition), stop))
            {
                items.Add(item);
                if (items.Count >= most) break;
            }
            return items;
        }));
        return [.. all.SelectMany(items => items)];
    }

    /// <summary>Those items that exist, in any order.</summary>
    public async Task<List<Item>> Load(IReadOnlyCollection<Item> keys, CancellationToken stop)
    {
        var found = await Task.WhenAll(keys.Chunk(MostReads).Select(async chunk =>
        {
            var items = new List<Item>();
            var left = new Dictionary<string, KeysAndAttributes> { [name] = new() { Keys = [.. chunk], ConsistentRead = true } };
            for (var attempt = 0; left is { Count: > 0 }; attempt++)
            {
                if (attempt > 0) await Task.Delay(Pause(attempt), stop);
                var page = await Alone(() => client.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = left }, stop), stop);
                if (page.Responses?.GetValueOrDefault(name) is { } some) items.AddRange(some);
                left = page.UnprocessedKeys;
            }
            return items;
        }));
        return [.. found.SelectMany(items => items)];
    }

    /// <summary>Puts and deletes items, in any order and without conditions.</summary>
    public Task Write(IEnumerable<WriteRequest> requests, CancellationToken stop) => Task.WhenAll(requests.Chunk(MostWrites).Select(async chunk =>
    {
        var left = new Dictionary<string, List<WriteRequest>> { [name] = [.. chunk] };
        for (var attempt = 0; left is { Count: > 0 }; attempt++)
        {
            if (attempt > 0) await Task.Delay(Pause(attempt), stop);
            left = (await Alone(() => client.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = left }, stop), stop)).UnprocessedItems;
        }
    }));

    /// <summary>Deletes items.</summary>
    public async Task<int> Delete(IReadOnlyCollection<Item> items, CancellationToken stop)
    {
        await Write(items.Select(item => new WriteRequest(new DeleteRequest(Rows.KeyOf(item)))), stop);
        return items.Count;
    }

    private QueryRequest Request(Search search, Item? from, Select select) => new()
    {
        TableName = name,
        IndexName = search.Index,
        KeyConditionExpression = search.Range is { } range ? $"#pk = :pk and {range}" : "#pk = :pk",
        FilterExpression = search.Filter,
        ExpressionAttributeNames = Names("#pk", search.Range, search.Filter),
        ExpressionAttributeValues = new(search.Values) { [":pk"] = new() { S = search.Partition } },
        ScanIndexForward = !search.IsBackwards,
        ConsistentRead = true,
        ExclusiveStartKey = from is { Count: > 0 } ? from : null,
        Select = search.Index is not null && select == Select.ALL_ATTRIBUTES ? Select.ALL_PROJECTED_ATTRIBUTES : select,
        Limit = search.Page,
    };

    private Task<TAnswer> Conditionally<TResponse, TAnswer>(
        Func<Task<TResponse>> request, Func<TResponse, TAnswer> answer, TAnswer otherwise, CancellationToken stop) => Alone(async () =>
    {
        try
        {
            return answer(await request());
        }
        catch (ConditionalCheckFailedException)
        {
            return otherwise;
        }
    }, stop);

    private async Task<T> Alone<T>(Func<Task<T>> request, CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            return await request();
        }
        finally
        {
            gate.Release();
        }
    }

    private static TimeSpan Pause(int attempt) => TimeSpan.FromMilliseconds(Random.Shared.Next(10, 20 << Math.Min(attempt, 6)));

    /// <summary>Every <c>#name</c> of some expressions with its name: many common words are reserved in expressions.</summary>
    private static Dictionary<string, string>? Names(params ReadOnlySpan<string?> expressions)
    {
        Dictionary<string, string>? names = null;
        foreach (var expression in expressions)
        {
            for (var at = expression?.IndexOf('#', StringComparison.Ordinal) ?? -1; at >= 0; at = expression!.IndexOf('#', at + 1))
            {
                var end = at + 1;
                while (end < expression!.Length && char.IsAsciiLetter(expression[end])) end++;
                (names ??= [])[expression[at..end]] = expression[(at + 1)..end];
            }
        }
        return names;
    }
}

/// <summary>What to look for in a partition.</summary>
/// <param name="Partition">Which.</param>
internal sealed record Search(string Partition)
{
    /// <summary>The index; null for the table itself.</summary>
    public string? Index { get; init; }

    /// <summary>The condition on the sort key; null for all.</summary>
    public string? Range { get; init; }

    /// <summary>A further condition; what it leaves out is read, and paid for, all the same.</summary>
    public string? Filter { get; init; }

    /// <summary>What stands in the conditions.</summary>
    public Item Values { get; init; } = [];

    /// <summary>True for the last first.</summary>
    public bool IsBackwards { get; init; }

    /// <summary>The most items to look at in one request; null for as many as fit a page.</summary>
    public int? Page { get; init; }
}
