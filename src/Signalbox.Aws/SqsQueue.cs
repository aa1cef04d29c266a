using System.Buffers;
using System.Text;
using System.Text.Json;
using Signalbox.Aws.Asking;
using Signalbox.Aws.Cloud;
using Signalbox.Effects;

namespace Signalbox.Aws;

/// <summary>A queue of SQS, over our own connections with signed requests.</summary>
/// <seealso href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html"/>
public static class SqsQueue
{
    private const int Most = 10;
    private const int Poll = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Poll + 10);

    /// <summary>The queue as delegates.</summary>
    /// <param name="queue">Which.</param>
    /// <param name="send">Sends a request.</param>
    /// <param name="now">The time.</param>
    /// <param name="variable">Reads an environment variable: keys and region.</param>
    public static QueueDoor Open(Queue queue, Send send, Now now, Func<string, string?> variable)
    {
        var uri = new Uri(queue.Url, UriKind.RelativeOrAbsolute);
        var path = uri.IsAbsoluteUri ? uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) : [];
        var (account, name) = (path.Length > 1 ? path[^2] : "", path.Length > 0 ? path[^1] : queue.Url);
        var region = queue.Region ?? RegionOf(uri) ?? variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION") ?? "us-east-1";
        var arn = $"arn:{ApiPlace.Partition(region)}:sqs:{region}:{account}:{name}";
        // The queue's own host is where it is: a private link, or a stand-in, has another than the region's.
        var endpoint = queue.Endpoint ?? (uri.IsAbsoluteUri ? uri.GetLeftPart(UriPartial.Authority) : null);
        var keys = KeyFinder.Usual(send, now, variable, region, queue.Endpoint);
        var (api, place) = (new AwsApi(send, keys, now, endpoint), ApiPlace.Of("sqs", ApiPlace.Partition(region), region));
        return new(name, stop => Receive(api, place, queue.Url, arn, region, stop), (handles, stop) => Delete(api, place, queue.Url, handles, stop));
    }

    private static string? RegionOf(Uri uri) =>
        uri.IsAbsoluteUri && uri.Host.Split('.') is ["sqs", var region, "amazonaws", ..] ? region : null;

    private static async Task<Received> Receive(AwsApi api, ApiPlace place, string url, string arn, string region, CancellationToken stop)
    {
        var body = Written(json =>
        {
            json.WriteString("QueueUrl", url);
            json.WriteNumber("MaxNumberOfMessages", Most);
            json.WriteNumber("WaitTimeSeconds", Poll);
            Names(json, "MessageSystemAttributeNames");
            Names(json, "MessageAttributeNames");
        });
        var answer = await api.Sqs(place, "ReceiveMessage", body, Patience, stop);
        if (answer.Body is not { } text) return new([], answer.Why);
        var parsed = Signalbox.Json.Parse(Encoding.UTF8.GetBytes(text));
        if (parsed.Expected is not null) return new([], "its answer is not JSON");
        var messages = new List<(byte[], string)>();
        foreach (var message in parsed.Value["Messages"u8].Items)
        {
            if (message["ReceiptHandle"u8].Text is { } handle) messages.Add((Event(message, arn, region), handle));
        }
        return new([.. messages], null);
    }

    /// <summary>The message as Lambda would bring it: a record of its own, without the handle, which is a key to the queue.</summary>
    private static byte[] Event(Signalbox.Json message, string arn, string region) => Encoding.UTF8.GetBytes(Written(json =>
    {
        json.WriteStartArray("Records");
        json.WriteStartObject();
        json.WriteString("messageId", message["MessageId"u8].Text ?? "");
        json.WriteString("body", message["Body"u8].Text ?? "");
        json.WriteStartObject("attributes");
        foreach (var (name, value) in message["Attributes"u8].Members) json.WriteString(name.Text ?? "", value.Scalar ?? "");
        json.WriteEndObject();
        json.WriteStartObject("messageAttributes");
        foreach (var (name, value) in message["MessageAttributes"u8].Members)
        {
            if (value["StringValue"u8].Scalar is not { } says) continue;
            json.WriteStartObject(name.Text ?? "");
            json.WriteString("stringValue", says);
            json.WriteString("dataType", value["DataType"u8].Text ?? "String");
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteString("eventSource", "aws:sqs");
        json.WriteString("eventSourceARN", arn);
        json.WriteString("awsRegion", region);
        json.WriteEndObject();
        json.WriteEndArray();
    }));

    private static async Task<string?> Delete(AwsApi api, ApiPlace place, string url, ValueList<string> handles, CancellationToken stop)
    {
        var body = Written(json =>
        {
            json.WriteString("QueueUrl", url);
            json.WriteStartArray("Entries");
            for (var number = 0; number < handles.Count; number++)
            {
                json.WriteStartObject();
                json.WriteString("Id", $"m{number}");
                json.WriteString("ReceiptHandle", handles[number]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
        var answer = await api.Sqs(place, "DeleteMessageBatch", body, Patience, stop);
        if (answer.Body is not { } text) return answer.Why;
        var failed = Signalbox.Json.Parse(Encoding.UTF8.GetBytes(text)).Value["Failed"u8].Count;
        return failed is 0 ? null : $"{Quantity.Count(failed, "message")} could not be deleted";
    }

    private static void Names(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        json.WriteStringValue("All");
        json.WriteEndArray();
    }

    private static string Written(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
