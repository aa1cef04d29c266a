using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>A message in a queue.</summary>
public sealed class SqsMessage
{
    /// <summary>Its id.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>Its text.</summary>
    public required string Body { get; init; }

    /// <summary>Its attributes, as SendMessage takes them.</summary>
    public JsonObject Attributes { get; init; } = [];

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset Sent { get; init; }

    /// <summary>From when it is seen.</summary>
    public DateTimeOffset Visible { get; set; }

    /// <summary>How often it was received.</summary>
    public int Received { get; set; }

    /// <summary>When it was received first.</summary>
    public DateTimeOffset? FirstReceived { get; set; }

    /// <summary>The handle of the last receipt; null before the first.</summary>
    public string? Handle { get; set; }

    /// <summary>The ARN of the queue that it came from, when it was too often received there.</summary>
    public string? CameFrom { get; init; }
}

/// <summary>A queue.</summary>
public sealed class SqsQueue
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>Its URL.</summary>
    public required string Url { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Its attributes, as they were set or are by themselves.</summary>
    public Dictionary<string, string> Attributes { get; } = new()
    {
        ["VisibilityTimeout"] = "30",
        ["DelaySeconds"] = "0",
        ["MaximumMessageSize"] = "1048576",
        ["MessageRetentionPeriod"] = "345600",
        ["ReceiveMessageWaitTimeSeconds"] = "0",
        ["SqsManagedSseEnabled"] = "true",
    };

    /// <summary>Its tags.</summary>
    public Dictionary<string, string> Tags { get; } = [];

    /// <summary>The messages that are not deleted, oldest first.</summary>
    public List<SqsMessage> Messages { get; } = [];

    /// <summary>For how long a received message is not seen, in seconds.</summary>
    public int Visibility => int.Parse(Attributes["VisibilityTimeout"], null);
}

/// <summary>SQS: queues and messages.</summary>
public sealed partial class SqsStandin
{
    private static readonly Dictionary<string, (int Least, int Most)> Ranges = new()
    {
        ["VisibilityTimeout"] = (0, 43_200),
        ["DelaySeconds"] = (0, 900),
        ["MaximumMessageSize"] = (1024, 1_048_576),
        ["MessageRetentionPeriod"] = (60, 1_209_600),
        ["ReceiveMessageWaitTimeSeconds"] = (0, 20),
        ["KmsDataKeyReusePeriodSeconds"] = (60, 86_400),
    };

    private static readonly string[] Other = ["Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId", "SqsManagedSseEnabled"];
    private readonly AwsStandin aws;

    internal SqsStandin(AwsStandin aws)
    {
        this.aws = aws;
        var operations = new Dictionary<string, AwsOperation>
        {
            ["CreateQueue"] = Create,
            ["DeleteQueue"] = call => Nothing(() => Queues.Remove(Queue(call).Arn)),
            ["GetQueueUrl"] = call => new JsonObject { ["QueueUrl"] = Queue(call, $"arn:aws:sqs:{call.Region}:{call.Text("QueueOwnerAWSAccountId") ?? call.Account}:{call.Need("QueueName")}").Url },
            ["GetQueueAttributes"] = call => Attributes(call) is { Count: > 0 } all ? new JsonObject { ["Attributes"] = all } : [],
            ["SetQueueAttributes"] = call => Nothing(() => Set(call, Queue(call), call.Map("Attributes"))),
            ["ListQueues"] = ListQueues,
            ["TagQueue"] = call => Nothing(() => { foreach (var (key, value) in call.Map("Tags")) Queue(call).Tags[key] = value; }),
            ["UntagQueue"] = call => Nothing(() => { foreach (var key in call.Texts("TagKeys")) Queue(call).Tags.Remove(key); }),
            ["ListQueueTags"] = call => new JsonObject { ["Tags"] = new JsonObject(Queue(call).Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value))) },
            ["PurgeQueue"] = call => Nothing(() => Queue(call).Messages.Clear()),
        };
        AddMessages(operations);
        Service = new([AwsProtocol.Json("AmazonSQS", "1.0", "com.amazonaws.sqs#"), SqsForms.Protocol], operations,
            call => call.Text("QueueUrl") is { } url ? Arn(call, url) : call.Text("QueueName") is { } name ? call.Arn("sqs", name) : "*");
    }

    internal AwsService Service { get; }

    /// <summary>The queues by ARN.</summary>
    public SortedDictionary<string, SqsQueue> Queues { get; } = new(StringComparer.Ordinal);

    /// <summary>The queue with this name in the tests' account, in any region; fails when there is none.</summary>
    public SqsQueue this[string name] => Queues.Values.First(queue => queue.Name == name);

    /// <summary>A service puts a message in, where the queue's policy lets it; false where it does not.</summary>
    internal bool Put(string arn, string body, string service, string source, JsonObject? raw = null)
    {
        if (!Queues.TryGetValue(arn, out var queue) || !IamPolicy.Lets(queue.Attributes.GetValueOrDefault("Policy"), service, "sqs:SendMessage", source)) return false;
        Keep(queue, body, raw ?? [], 0);
        return true;
    }

    internal SqsMessage Keep(SqsQueue queue, string body, JsonObject attributes, int delay, string? from = null)
    {
        var message = new SqsMessage { Body = body, Attributes = (JsonObject)attributes.DeepClone(), Sent = aws.Now(), Visible = aws.Now().AddSeconds(delay), CameFrom = from };
        queue.Messages.Add(message);
        return message;
    }

    private JsonObject? Create(AwsCall call)
    {
        var name = call.Need("QueueName");
        if (!Regex.IsMatch(name, "^[A-Za-z0-9_-]{1,80}$"))
            throw call.Invalid("Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        var arn = call.Arn("sqs", name);
        if (Queues.TryGetValue(arn, out var had))
        {
            if (call.Map("Attributes").FirstOrDefault(pair => !Same(had.Attributes.GetValueOrDefault(pair.Key) ?? "", pair.Value)) is { Key: { } odd })
                throw new AwsFault(400, "QueueNameExists", $"A queue already exists with the same name and a different value for attribute {odd}") { QueryCode = "QueueAlreadyExists" };
            return new() { ["QueueUrl"] = had.Url };
        }
        var queue = new SqsQueue { Name = name, Arn = arn, Url = $"{aws.Address}/{call.Account}/{name}", Created = call.Now };
        Set(call, queue, call.Map("Attributes"));
        foreach (var (key, value) in call.Map("tags").Concat(call.Map("Tags"))) queue.Tags[key] = value;
        Queues[arn] = queue;
        return new() { ["QueueUrl"] = queue.Url };
    }

    private static bool Same(string one, string other) => one == other || (EventPattern.Parsed(one) is { } left && EventPattern.Parsed(other) is { } right && JsonNode.DeepEquals(left, right));

    private void Set(AwsCall call, SqsQueue queue, Dictionary<string, string> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            var isNumber = Ranges.TryGetValue(name, out var range);
            if (!isNumber && !Other.Contains(name)) throw new AwsFault(400, "InvalidAttributeName", $"Unknown Attribute {name}.");
            if (isNumber && (!int.TryParse(value, out var number) || number < range.Least || number > range.Most)) throw Odd(name);
            if (name is "Policy" or "RedrivePolicy" or "RedriveAllowPolicy" && value.Length > 0 && EventPattern.Parsed(value) is not JsonObject) throw Odd(name);
            if (name is "RedrivePolicy" && value.Length > 0)
            {
                var policy = (JsonObject)EventPattern.Parsed(value)!;
                var most = policy["maxReceiveCount"]?.ToString();
                if (policy["deadLetterTargetArn"]?.GetValue<string>() is not { } dead || !int.TryParse(most, out var count) || count is < 1 or > 1000) throw Odd(name);
                if (!Queues.ContainsKey(dead))
                    throw call.Invalid($"Value {value} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.");
            }
        }
        foreach (var (name, value) in attributes)
        {
            if (value.Length is 0) queue.Attributes.Remove(name);
            else queue.Attributes[name] = value;
        }
    }

    private static AwsFault Odd(string name) => new(400, "InvalidAttributeValue", $"Invalid value for the parameter {name}.");

    private JsonObject Attributes(AwsCall call)
    {
        var queue = Queue(call);
        var now = call.Now;
        var all = new Dictionary<string, string>(queue.Attributes)
        {
            ["QueueArn"] = queue.Arn,
            ["ApproximateNumberOfMessages"] = $"{queue.Messages.Count(message => message.Visible <= now)}",
            ["ApproximateNumberOfMessagesNotVisible"] = $"{queue.Messages.Count(message => message.Visible > now && message.Received > 0)}",
            ["ApproximateNumberOfMessagesDelayed"] = $"{queue.Messages.Count(message => message.Visible > now && message.Received is 0)}",
            ["CreatedTimestamp"] = $"{queue.Created.ToUnixTimeSeconds()}",
            ["LastModifiedTimestamp"] = $"{queue.Created.ToUnixTimeSeconds()}",
        };
        var names = call.Texts("AttributeNames");
        if (names.FirstOrDefault(name => name is not "All" && !all.ContainsKey(name) && !Other.Contains(name) && !Ranges.ContainsKey(name)) is { } odd)
            throw new AwsFault(400, "InvalidAttributeName", $"Unknown Attribute {odd}.");
        return new(all.Where(pair => names.Contains("All") || names.Contains(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
    }

    private JsonObject? ListQueues(AwsCall call)
    {
        var all = Queues.Values.Where(queue => queue.Arn.StartsWith(call.Arn("sqs", call.Text("QueueNamePrefix") ?? ""), StringComparison.Ordinal)).Select(queue => queue.Url).ToList();
        var (items, next) = LambdaStandin.Page(all, call.Text("NextToken"), call.Number("MaxResults") ?? 1000);
        var answer = new JsonObject();
        if (items.Count > 0) answer["QueueUrls"] = new JsonArray([.. items]);
        if (next is not null && call.Number("MaxResults") is not null) answer["NextToken"] = next;
        return answer;
    }

    private SqsQueue Queue(AwsCall call, string? arn = null) => Queues.GetValueOrDefault(arn ?? Arn(call, call.Need("QueueUrl")))
        ?? throw new AwsFault(400, "QueueDoesNotExist", "The specified queue does not exist.") { QueryCode = "AWS.SimpleQueueService.NonExistentQueue" };

    private static string Arn(AwsCall call, string url)
    {
        var path = Uri.TryCreate(url, UriKind.Absolute, out var whole) ? whole.AbsolutePath : url;
        return path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var account, var name] ? $"arn:aws:sqs:{call.Region}:{account}:{name}"
            : throw new AwsFault(400, "InvalidAddress", $"The address {url} is not valid for this endpoint.") { QueryCode = "InvalidAddress" };
    }

    private static JsonObject? Nothing(Action work)
    {
        work();
        return null;
    }

    internal static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
