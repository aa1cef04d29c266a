using System.Text.Json.Nodes;
using Signalbox.Aws;

namespace Signalbox.ServerTests;

/// <summary>Messages of SQS, from a stand-in that speaks its JSON.</summary>
public sealed class OffAQueue
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly List<string> waiting = [];
    private readonly List<string> deleted = [];
    private bool isDown;

    private Said Answer(Heard heard)
    {
        lock (waiting)
        {
            if (isDown) return Said.Http(503, """{"__type":"com.amazonaws.sqs#ServiceUnavailable"}""");
            Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKID/", heard.Headers["authorization"], StringComparison.Ordinal);
            Assert.Contains("/eu-west-1/sqs/aws4_request", heard.Headers["authorization"], StringComparison.Ordinal);
            var body = JsonNode.Parse(heard.Body)!;
            Assert.EndsWith("/123456789012/ops", body["QueueUrl"]!.GetValue<string>(), StringComparison.Ordinal);
            if (heard.Headers["x-amz-target"] is "AmazonSQS.DeleteMessageBatch")
            {
                foreach (var entry in body["Entries"]!.AsArray())
                {
                    deleted.Add(entry!["ReceiptHandle"]!.GetValue<string>());
                    waiting.RemoveAll(message => deleted.Contains($"handle of {message}"));
                }
                return Said.Http(200, """{"Successful":[],"Failed":[]}""");
            }
            var messages = new JsonArray([.. waiting.Take(10).Select(message => new JsonObject
            {
                ["MessageId"] = $"id of {message}",
                ["ReceiptHandle"] = $"handle of {message}",
                ["Body"] = message,
                ["Attributes"] = new JsonObject { ["SentTimestamp"] = "1795262400000", ["ApproximateReceiveCount"] = "1" },
            })]);
            return Said.Http(200, new JsonObject { ["Messages"] = messages }.ToJsonString());
        }
    }

    private static Task<Served> With(Standin sqs) => Served.With(
        $"server: {{ queues: [{{ url: \"{sqs.Address}/123456789012/ops\", region: eu-west-1 }}] }}\n",
        options => options with
        {
            Queue = (queue, send) => SqsQueue.Open(queue, send, () => DateTimeOffset.UtcNow, name => name switch
            {
                "AWS_ACCESS_KEY_ID" => "AKID",
                "AWS_SECRET_ACCESS_KEY" => "secret",
                _ => null,
            }),
        });

    [Fact]
    public async Task A_message_leaves_the_queue_when_it_is_in_the_store()
    {
        waiting.AddRange(["first words", """{"title":"Disk full","status":"error"}"""]);
        using var sqs = new Standin(Answer);
        await using var served = await With(sqs);
        await Served.Until(() => Task.FromResult(waiting.Count is 0));
        Assert.Equal(2, (await served.Store.Count(Stop)).Events);
        Assert.Equal(2, deleted.Distinct().Count());
        await Served.Until(async () => (await served.Store.History(new() { Room = "local" }, Stop)).Count(line => line.What is "made") is 2);
        var came = (await served.Store.History(new() { Room = "local" }, Stop)).Select(line => line.Event).First();
        Assert.DoesNotContain("handle of", System.Text.Encoding.UTF8.GetString((await served.Store.Came(came, Stop))!.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_is_complained_of_and_asked_again()
    {
        (isDown, _) = (true, 0);
        waiting.Add("words");
        using var sqs = new Standin(Answer);
        await using var served = await With(sqs);
        await Served.Until(() => Task.FromResult(served.Log.Any(line => line.Contains("answered 503 ServiceUnavailable", StringComparison.Ordinal))));
        lock (waiting) isDown = false;
        await Served.Until(() => Task.FromResult(waiting.Count is 0));
        await Served.Until(() => Task.FromResult(served.Log.Any(line => line.Contains("answers again", StringComparison.Ordinal))));
    }
}
