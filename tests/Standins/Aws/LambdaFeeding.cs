using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>Mappings at work: messages of queues go to functions, and are deleted where they were done.</summary>
public sealed partial class LambdaStandin
{
    private readonly Dictionary<LambdaMapping, int> feeding = [];
    private Task? feeder;

    /// <summary>How many batches of a mapping run at once, where it does not say itself.</summary>
    public int Pollers { get; set; } = 5;

    private void Feed() => feeder ??= Task.Run(async () =>
    {
        while (!over.IsCancellationRequested)
        {
            foreach (var batch in aws.Locked(() => Mappings.SelectMany(Batches).ToList())) InBackground(() => Fed(batch.Mapping, batch.Queue, batch.Messages));
            await Task.Delay(10);
        }
    });

    private bool Waits(LambdaMapping mapping) => mapping.Becomes is "Enabled" && ByArn(mapping.Target) is not null && aws.Sqs.Queues.TryGetValue(mapping.Source, out var queue)
        && queue.Messages.Exists(message => message.Visible <= aws.Now());

    private IEnumerable<(LambdaMapping Mapping, SqsQueue Queue, List<SqsMessage> Messages)> Batches(LambdaMapping mapping)
    {
        while (Waits(mapping) && ByArn(mapping.Target) is var (function, qualifier) && function.Qualified(qualifier) is { } version)
        {
            var most = mapping.Shown["ScalingConfig"]?["MaximumConcurrency"]?.GetValue<int>() ?? Pollers;
            if (feeding.GetValueOrDefault(mapping) >= most || !aws.Iam.Allows(version.Text("Role"), "sqs:ReceiveMessage", mapping.Source)) yield break;
            var queue = aws.Sqs.Queues[mapping.Source];
            var messages = aws.Sqs.Take(queue, mapping.Number("BatchSize") ?? 10, queue.Visibility);
            if (messages.Count is 0) continue;
            feeding[mapping] = feeding.GetValueOrDefault(mapping) + 1;
            yield return (mapping, queue, messages);
        }
    }

    private async Task Fed(LambdaMapping mapping, SqsQueue queue, List<SqsMessage> messages)
    {
        try
        {
            if (aws.Locked(() => ByArn(mapping.Target)) is not var (function, qualifier) || function.Qualified(qualifier) is not { } version) return;
            var records = new JsonObject { ["Records"] = new JsonArray([.. messages.Select(message => Record(message, queue))]) };
            var outcome = await Now(new(function, version, Encoding.UTF8.GetBytes(records.ToJsonString()), Guid.NewGuid().ToString(), mapping.Target));
            if (outcome.Error is not null) return;
            aws.Locked(() =>
            {
                if (!aws.Iam.Allows(version.Text("Role"), "sqs:DeleteMessage", queue.Arn)) return;
                var failed = mapping.Shown["FunctionResponseTypes"] is JsonArray { Count: > 0 } ? NotDone(outcome, messages) : [];
                queue.Messages.RemoveAll(message => messages.Contains(message) && !failed.Contains(message.Id));
            });
        }
        catch (AwsFault fault) when (fault.Status is 429)
        {
            // Throttled batches come back when their visibility ends.
            return;
        }
        finally
        {
            aws.Locked(() => feeding[mapping]--);
        }
    }

    /// <summary>The messages that were not done; all of them where the answer is not what Lambda takes.</summary>
    private static HashSet<string> NotDone(LambdaOutcome outcome, List<SqsMessage> messages)
    {
        var all = messages.Select(message => message.Id).ToHashSet();
        if (outcome.Text.Trim() is "" or "null") return [];
        if (EventPattern.Parsed(outcome.Text) is not JsonObject answer) return all;
        if (answer["batchItemFailures"] is not JsonArray failures) return answer["batchItemFailures"] is null ? [] : all;
        var named = failures.Select(failure => (failure as JsonObject)?["itemIdentifier"]?.ToString()).ToList();
        return named.TrueForAll(id => id is not null && all.Contains(id)) ? [.. named.OfType<string>()] : all;
    }

    private static JsonObject Record(SqsMessage message, SqsQueue queue) => new()
    {
        ["messageId"] = message.Id,
        ["receiptHandle"] = message.Handle,
        ["body"] = message.Body,
        ["attributes"] = new JsonObject(SqsStandin.OfItself(message).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["messageAttributes"] = new JsonObject(message.Attributes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)new JsonObject
        {
            ["stringValue"] = pair.Value!["StringValue"]?.DeepClone(),
            ["stringListValues"] = new JsonArray(),
            ["binaryListValues"] = new JsonArray(),
            ["dataType"] = pair.Value["DataType"]!.DeepClone(),
        }))),
        ["md5OfBody"] = SqsStandin.Md5(message.Body),
        ["eventSource"] = "aws:sqs",
        ["eventSourceARN"] = queue.Arn,
        ["awsRegion"] = queue.Arn.Split(':')[3],
    };
}
