using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>Messages: sent, received, deleted, and moved when they were received too often.</summary>
public sealed partial class SqsStandin
{
    private void AddMessages(Dictionary<string, AwsOperation> operations)
    {
        operations["SendMessage"] = call => Sent(call, Queue(call), call.Input);
        operations["SendMessageBatch"] = call => Batch(call, (queue, entry) => Sent(call, queue, entry));
        operations["ReceiveMessage"] = _ => null;
        operations["DeleteMessage"] = call => Nothing(() => Delete(Queue(call), call.Need("ReceiptHandle")));
        operations["DeleteMessageBatch"] = call => Batch(call, (queue, entry) => { Delete(queue, entry["ReceiptHandle"]!.GetValue<string>()); return []; });
        operations["ChangeMessageVisibility"] = call => Nothing(() => Change(Queue(call), call.Need("ReceiptHandle"), call.Number("VisibilityTimeout") ?? throw call.Missing("VisibilityTimeout")));
        operations["ChangeMessageVisibilityBatch"] = call => Batch(call, (queue, entry) =>
        {
            Change(queue, entry["ReceiptHandle"]!.GetValue<string>(), int.Parse(entry["VisibilityTimeout"]!.ToString(), null));
            return [];
        });
    }

    /// <summary>Waits for messages as long as it was told to.</summary>
    internal async Task<JsonNode?> Received(AwsCall call)
    {
        var (queue, most) = aws.Locked(() => (Queue(call), call.Number("MaxNumberOfMessages") ?? 1));
        if (most is < 1 or > 10)
            throw call.Invalid($"Value {most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
        var seconds = call.Number("WaitTimeSeconds") ?? int.Parse(queue.Attributes["ReceiveMessageWaitTimeSeconds"], null);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var names = call.Texts("AttributeNames").Concat(call.Texts("MessageSystemAttributeNames")).ToHashSet();
        while (true)
        {
            var messages = aws.Locked(() => Take(queue, most, call.Number("VisibilityTimeout") ?? queue.Visibility));
            if (messages.Count > 0) return new JsonObject { ["Messages"] = new JsonArray([.. messages.Select(message => Shown(message, names, call.Texts("MessageAttributeNames")))]) };
            if (clock.Elapsed.TotalSeconds >= seconds) return new JsonObject();
            await Task.Delay(20);
        }
    }

    /// <summary>Takes up to so many messages that are seen now, and moves those that were taken too often.</summary>
    internal List<SqsMessage> Take(SqsQueue queue, int most, int visibility)
    {
        var taken = new List<SqsMessage>();
        var now = aws.Now();
        foreach (var message in queue.Messages.Where(message => message.Visible <= now).ToList())
        {
            if (taken.Count == most) break;
            if (Redrive(queue) is var (dead, count) && message.Received >= count)
            {
                queue.Messages.Remove(message);
                Keep(dead, message.Body, message.Attributes, 0, queue.Arn);
                continue;
            }
            message.Received++;
            message.FirstReceived ??= now;
            message.Handle = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{message.Id} {Guid.NewGuid()}"));
            message.Visible = now.AddSeconds(visibility);
            taken.Add(message);
        }
        return taken;
    }

    /// <summary>Deletes what a handle means; what is gone is deleted as well.</summary>
    internal static void Delete(SqsQueue queue, string handle)
    {
        var id = Id(handle);
        queue.Messages.RemoveAll(message => message.Id == id);
    }

    private void Change(SqsQueue queue, string handle, int seconds)
    {
        var id = Id(handle);
        if (queue.Messages.Find(message => message.Id == id) is { } found) found.Visible = aws.Now().AddSeconds(seconds);
    }

    private static string Id(string handle)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(handle)).Split(' ')[0];
        }
        catch (FormatException)
        {
            throw new AwsFault(404, "ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle.") { QueryCode = "ReceiptHandleIsInvalid" };
        }
    }

    private (SqsQueue Dead, int Count)? Redrive(SqsQueue queue) =>
        queue.Attributes.GetValueOrDefault("RedrivePolicy") is { } text && EventPattern.Parsed(text) is JsonObject policy
        && Queues.TryGetValue(policy["deadLetterTargetArn"]!.GetValue<string>(), out var dead) ? (dead, int.Parse(policy["maxReceiveCount"]!.ToString(), null)) : null;

    private JsonObject Sent(AwsCall call, SqsQueue queue, JsonObject entry)
    {
        if (entry["MessageBody"]?.GetValue<string>() is not { Length: > 0 } body) throw call.Missing("MessageBody");
        if (Encoding.UTF8.GetByteCount(body) > int.Parse(queue.Attributes["MaximumMessageSize"], null))
            throw call.Invalid($"One or more parameters are invalid. Reason: Message must be shorter than {queue.Attributes["MaximumMessageSize"]} bytes.");
        var attributes = entry["MessageAttributes"] as JsonObject ?? [];
        var delay = entry["DelaySeconds"] is { } seconds ? int.Parse(seconds.ToString(), null) : int.Parse(queue.Attributes["DelaySeconds"], null);
        var message = Keep(queue, body, attributes, delay);
        var answer = new JsonObject { ["MessageId"] = message.Id, ["MD5OfMessageBody"] = Md5(body) };
        if (attributes.Count > 0) answer["MD5OfMessageAttributes"] = Md5(attributes);
        return answer;
    }

    private JsonObject Batch(AwsCall call, Func<SqsQueue, JsonObject, JsonObject> each)
    {
        var queue = Queue(call);
        var entries = call.List("Entries");
        if (entries.Count is 0) throw new AwsFault(400, "EmptyBatchRequest", "There should be at least one entry in the request.") { QueryCode = "AWS.SimpleQueueService.EmptyBatchRequest" };
        if (entries.Count > 10)
            throw new AwsFault(400, "TooManyEntriesInBatchRequest", $"Maximum number of entries per request are 10. You have sent {entries.Count}.") { QueryCode = "AWS.SimpleQueueService.TooManyEntriesInBatchRequest" };
        if (entries.Select(entry => entry!["Id"]!.GetValue<string>()).Distinct().Count() < entries.Count)
            throw new AwsFault(400, "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.") { QueryCode = "AWS.SimpleQueueService.BatchEntryIdsNotDistinct" };
        var (done, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in entries.Cast<JsonObject>())
        {
            try
            {
                var answer = each(queue, entry);
                answer["Id"] = entry["Id"]!.GetValue<string>();
                done.Add(answer);
            }
            catch (AwsFault fault)
            {
                failed.Add(new JsonObject { ["Id"] = entry["Id"]!.GetValue<string>(), ["SenderFault"] = true, ["Code"] = fault.Code, ["Message"] = fault.Message });
            }
        }
        var all = new JsonObject { ["Successful"] = done };
        if (failed.Count > 0) all["Failed"] = failed;
        return all;
    }

    private static JsonObject Shown(SqsMessage message, HashSet<string> names, IReadOnlyList<string> wanted)
    {
        var shown = new JsonObject { ["MessageId"] = message.Id, ["ReceiptHandle"] = message.Handle, ["MD5OfBody"] = Md5(message.Body), ["Body"] = message.Body };
        var system = new JsonObject(OfItself(message).Where(pair => names.Contains("All") || names.Contains(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        if (system.Count > 0) shown["Attributes"] = system;
        var own = new JsonObject(message.Attributes.Where(pair => wanted.Any(name => name is "All" or ".*" || IamPolicy.Like(name.Replace(".*", "*", StringComparison.Ordinal), pair.Key)))
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        if (own.Count > 0) (shown["MessageAttributes"], shown["MD5OfMessageAttributes"]) = (own, Md5(own));
        return shown;
    }

    /// <summary>What the service itself says of a message.</summary>
    internal static Dictionary<string, string> OfItself(SqsMessage message)
    {
        var all = new Dictionary<string, string>
        {
            ["SenderId"] = "AIDACKCEVSQ6C2EXAMPLE",
            ["SentTimestamp"] = $"{message.Sent.ToUnixTimeMilliseconds()}",
            ["ApproximateReceiveCount"] = $"{message.Received}",
            ["ApproximateFirstReceiveTimestamp"] = $"{message.FirstReceived?.ToUnixTimeMilliseconds()}",
        };
        if (message.CameFrom is { } from) all["DeadLetterQueueSourceArn"] = from;
        return all;
    }

    /// <summary>Every name, type and value, each after its length. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html</summary>
    private static string Md5(JsonObject attributes)
    {
        using var whole = new MemoryStream();
        void Add(byte[] bytes)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            whole.Write(length);
            whole.Write(bytes);
        }
        foreach (var (name, value) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(Encoding.UTF8.GetBytes(name));
            Add(Encoding.UTF8.GetBytes(value!["DataType"]!.GetValue<string>()));
            var isBinary = value["DataType"]!.GetValue<string>().StartsWith("Binary", StringComparison.Ordinal);
            whole.WriteByte(isBinary ? (byte)2 : (byte)1);
            Add(isBinary ? Convert.FromBase64String(value["BinaryValue"]!.GetValue<string>()) : Encoding.UTF8.GetBytes(value["StringValue"]!.GetValue<string>()));
        }
        return Convert.ToHexStringLower(MD5.HashData(whole.ToArray()));
    }
}
