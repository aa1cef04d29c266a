using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Signalbox.Effects;

namespace Signalbox.Aws.Dynamo;

/// <summary>What goes wrong on the way to DynamoDB, in words that a person can act on. They name no key.</summary>
internal static class Trouble
{
    /// <summary>Does something; trouble comes out as <see cref="StoreException"/>.</summary>
    public static async Task<T> InWords<T>(string table, Func<Task<T>> act, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            return await act();
        }
        catch (ResourceNotFoundException trouble)
        {
            throw new StoreException($"there is no DynamoDB table {table}: signalbox store init makes it", trouble);
        }
        catch (AmazonServiceException trouble)
        {
            throw new StoreException($"DynamoDB says of table {table}: {trouble.ErrorCode}: {trouble.Message}", trouble);
        }
        catch (Exception trouble) when (trouble is AmazonClientException or HttpRequestException)
        {
            throw new StoreException($"DynamoDB cannot be reached for table {table}: {trouble.Message}", trouble);
        }
    }
}
