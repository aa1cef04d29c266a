using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Signalbox.Effects;

namespace Signalbox.Aws.Dynamo;

/// <summary>Makes the table.</summary>
/// <remarks>Both indexes are local ones: they can be read so that every write before is seen, which an undecided event needs that came a moment ago.
/// Their price is that they are made with the table and never later.</remarks>
internal static class Setup
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Makes it where it is not there, waits until it can be used, and sets its expiry.</summary>
    /// <param name="table">The table.</param>
    /// <param name="tags">Tags that a new one gets.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>What was done, in a sentence.</returns>
    public static Task<string> Make(Table table, ValueList<Fact> tags, CancellationToken stop) => Trouble.InWords(table.Name, async () =>
    {
        var made = await Create(table, tags, stop);
        var status = await Ready(table, stop);
        if (status.LocalSecondaryIndexes?.Select(index => index.IndexName).Order().SequenceEqual([Column.Age, Column.Due]) is not true)
            throw new StoreException($"the DynamoDB table {table.Name} is another's: it has not our indexes. Choose another name");
        var expiry = await Expire(table, stop);
        return $"{(made ? "Made" : "Found")} the DynamoDB table {table.Name}; {expiry}.";
    }, stop);

    private static async Task<bool> Create(Table table, ValueList<Fact> tags, CancellationToken stop)
    {
        try
        {
            await table.Client.CreateTableAsync(new CreateTableRequest
            {
                TableName = table.Name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions =
                [
                    .. from name in (string[])[Column.Partition, Column.Sort, Column.Due, Column.Age]
                       select new AttributeDefinition(name, ScalarAttributeType.S),
                ],
                KeySchema = Keys(Column.Sort),
                Tags = tags.Count > 0 ? [.. tags.Select(tag => new Amazon.DynamoDBv2.Model.Tag { Key = tag.Name, Value = tag.Value })] : null,
                LocalSecondaryIndexes =
                [
                    new()
                    {
                        IndexName = Column.Due,
                        KeySchema = Keys(Column.Due),
                        Projection = new() { ProjectionType = ProjectionType.INCLUDE, NonKeyAttributes = [Column.Until, Column.NotBefore] },
                    },
                    new() { IndexName = Column.Age, KeySchema = Keys(Column.Age), Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY } },
                ],
            }, stop);
            return true;
        }
        catch (ResourceInUseException)
        {
            return false;
        }
    }

    private static List<KeySchemaElement> Keys(string sort) => [new(Column.Partition, KeyType.HASH), new(sort, KeyType.RANGE)];

    private static async Task<TableDescription> Ready(Table table, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        while (true)
        {
            var found = (await table.Client.DescribeTableAsync(new DescribeTableRequest(table.Name), patience.Token)).Table;
            if (found.TableStatus == TableStatus.ACTIVE || found.TableStatus == TableStatus.UPDATING) return found;
            await Task.Delay(250, patience.Token);
        }
    }

    private static async Task<string> Expire(Table table, CancellationToken stop)
    {
        var asked = new UpdateTimeToLiveRequest { TableName = table.Name, TimeToLiveSpecification = new() { AttributeName = Column.Expiry, Enabled = true } };
        try
        {
            await table.Client.UpdateTimeToLiveAsync(asked, stop);
            return "what is of no more use expires by itself";
        }
        catch (AmazonDynamoDBException trouble)
            when (trouble.ErrorCode is "ValidationException" && trouble.Message.Contains("already enabled", StringComparison.Ordinal))
        {
            return "what is of no more use expires by itself, as before";
        }
        catch (AmazonDynamoDBException trouble) when (trouble.ErrorCode is "UnknownOperationException")
        {
            return "it does not expire anything by itself: signalbox store prune does";
        }
    }
}
