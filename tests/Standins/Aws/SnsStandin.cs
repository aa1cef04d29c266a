using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>A topic.</summary>
public sealed class SnsTopic
{
    /// <summary>Its ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>Its attributes, as they were set.</summary>
    public Dictionary<string, string> Attributes { get; } = [];

    /// <summary>Its tags.</summary>
    public Dictionary<string, string> Tags { get; } = [];
}

/// <summary>A subscription.</summary>
public sealed class SnsSubscription
{
    /// <summary>Its ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>The topic's ARN.</summary>
    public required string Topic { get; init; }

    /// <summary>sqs, lambda, https, email, …</summary>
    public required string Protocol { get; init; }

    /// <summary>Where it leads.</summary>
    public required string Endpoint { get; init; }

    /// <summary>False until its owner has said yes: queues and functions of one's own need none.</summary>
    public bool Confirmed { get; set; }

    /// <summary>Its attributes, as they were set.</summary>
    public Dictionary<string, string> Attributes { get; } = [];
}

/// <summary>SNS: topics and subscriptions.</summary>
public sealed partial class SnsStandin
{
    private static readonly string[] Protocols = ["http", "https", "email", "email-json", "sms", "sqs", "application", "lambda", "firehose"];
    private static readonly string[] Settable =
        ["DeliveryPolicy", "FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy", "SubscriptionRoleArn", "ReplayPolicy", "ReplayStatus"];

    private readonly AwsStandin aws;

    internal SnsStandin(AwsStandin aws)
    {
        this.aws = aws;
        Service = new([AwsProtocol.Query("http://sns.amazonaws.com/doc/2010-03-31/")], new()
        {
            ["CreateTopic"] = Create,
            ["DeleteTopic"] = Delete,
            ["ListTopics"] = ListTopics,
            ["GetTopicAttributes"] = TopicAttributes,
            ["SetTopicAttributes"] = call => Nothing(() => Topic(call).Attributes[call.Need("AttributeName")] = call.Text("AttributeValue") ?? ""),
            ["Subscribe"] = Subscribe,
            ["Unsubscribe"] = Unsubscribe,
            ["ListSubscriptionsByTopic"] = ListSubscriptions,
            ["ListSubscriptions"] = call => Listed(call, [.. Subscriptions.Values]),
            ["GetSubscriptionAttributes"] = SubscriptionAttributes,
            ["SetSubscriptionAttributes"] = SetAttributes,
            ["Publish"] = Publish,
            ["TagResource"] = call => Nothing(() => { foreach (var (key, value) in call.Tags()) Topic(call, "ResourceArn").Tags[key] = value; }),
            ["UntagResource"] = call => Nothing(() => { foreach (var key in call.Texts("TagKeys")) Topic(call, "ResourceArn").Tags.Remove(key); }),
            ["ListTagsForResource"] = call => new JsonObject { ["Tags"] = new JsonArray([.. Topic(call, "ResourceArn").Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })]) },
        }, call => call.Text("TopicArn") ?? call.Text("ResourceArn") ?? (call.Text("SubscriptionArn") is { } arn ? arn[..arn.LastIndexOf(':')] : call.Text("Name") is { } name ? call.Arn("sns", name) : "*"));
    }

    internal AwsService Service { get; }

    /// <summary>The topics by ARN.</summary>
    public SortedDictionary<string, SnsTopic> Topics { get; } = new(StringComparer.Ordinal);

    /// <summary>The subscriptions by ARN.</summary>
    public SortedDictionary<string, SnsSubscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>How many topics or subscriptions a page has.</summary>
    public int PageSize { get; set; } = 100;

    private JsonObject? Create(AwsCall call)
    {
        var name = call.Need("Name");
        if (!Regex.IsMatch(name, @"^[A-Za-z0-9_-]{1,256}(\.fifo)?$")) throw call.Invalid("Invalid parameter: Topic Name");
        var arn = call.Arn("sns", name);
        var attributes = call.Map("Attributes");
        if (Topics.TryGetValue(arn, out var had))
        {
            if (attributes.Any(pair => had.Attributes.GetValueOrDefault(pair.Key) != pair.Value)) throw call.Invalid("Invalid parameter: Attributes Reason: Topic already exists with different attributes");
            if (call.Tags().Any(tag => had.Tags.GetValueOrDefault(tag.Key) != tag.Value)) throw call.Invalid("Invalid parameter: Tags Reason: Topic already exists with different tags");
            return new() { ["TopicArn"] = arn };
        }
        var topic = new SnsTopic { Arn = arn };
        foreach (var (key, value) in attributes) topic.Attributes[key] = value;
        foreach (var (key, value) in call.Tags()) topic.Tags[key] = value;
        Topics[arn] = topic;
        return new() { ["TopicArn"] = arn };
    }

    private JsonObject? Delete(AwsCall call)
    {
        // A topic that is not there is deleted as well.
        Topics.Remove(call.Need("TopicArn"));
        foreach (var gone in Subscriptions.Values.Where(subscription => subscription.Topic == call.Text("TopicArn")).ToList()) Subscriptions.Remove(gone.Arn);
        return null;
    }

    private JsonObject? ListTopics(AwsCall call)
    {
        var all = Topics.Keys.Where(arn => arn.StartsWith(call.Arn("sns", ""), StringComparison.Ordinal)).ToList();
        var (items, next) = LambdaStandin.Page(all, call.Text("NextToken"), PageSize);
        return new() { ["Topics"] = new JsonArray([.. items.Select(arn => new JsonObject { ["TopicArn"] = arn })]), ["NextToken"] = next };
    }

    private JsonObject? TopicAttributes(AwsCall call)
    {
        var topic = Topic(call);
        int Count(bool confirmed) => Subscriptions.Values.Count(one => one.Topic == topic.Arn && one.Confirmed == confirmed);
        var attributes = new JsonObject
        {
            ["TopicArn"] = topic.Arn,
            ["Owner"] = topic.Arn.Split(':')[4],
            ["Policy"] = $$"""{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:Publish","SNS:Subscribe"],"Resource":"{{topic.Arn}}","Condition":{"StringEquals":{"AWS:SourceOwner":"{{topic.Arn.Split(':')[4]}}"} } }]}""",
            ["DisplayName"] = "",
            ["SubscriptionsConfirmed"] = $"{Count(true)}",
            ["SubscriptionsPending"] = $"{Count(false)}",
            ["SubscriptionsDeleted"] = "0",
        };
        foreach (var (key, value) in topic.Attributes) attributes[key] = value;
        return new() { ["Attributes"] = attributes };
    }

    private JsonObject? Subscribe(AwsCall call)
    {
        var (topic, protocol, endpoint) = (Topic(call), call.Need("Protocol"), call.Need("Endpoint"));
        if (!Protocols.Contains(protocol)) throw call.Invalid($"Invalid parameter: Does not support this protocol string: {protocol}");
        if (protocol is "sqs" or "lambda" && !endpoint.StartsWith($"arn:aws:{protocol}:", StringComparison.Ordinal)) throw call.Invalid($"Invalid parameter: {(protocol is "sqs" ? "SQS" : "Lambda")} endpoint ARN");
        var attributes = call.Map("Attributes");
        Checked(call, attributes);
        var same = Subscriptions.Values.FirstOrDefault(one => (one.Topic, one.Protocol, one.Endpoint) == (topic.Arn, protocol, endpoint));
        if (same is not null && attributes.Any(pair => same.Attributes.GetValueOrDefault(pair.Key) != pair.Value))
            throw call.Invalid("Invalid parameter: Attributes Reason: Subscription already exists with different attributes");
        var subscription = same ?? new SnsSubscription { Arn = $"{topic.Arn}:{Guid.NewGuid()}", Topic = topic.Arn, Protocol = protocol, Endpoint = endpoint, Confirmed = protocol is "sqs" or "lambda" };
        foreach (var (key, value) in attributes) subscription.Attributes[key] = value;
        Subscriptions[subscription.Arn] = subscription;
        return new() { ["SubscriptionArn"] = subscription.Confirmed || call.Flag("ReturnSubscriptionArn") is true ? subscription.Arn : "pending confirmation" };
    }

    private JsonObject? Unsubscribe(AwsCall call)
    {
        var arn = call.Need("SubscriptionArn");
        if (arn.Split(':').Length is not 7) throw call.Invalid("Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1");
        Subscriptions.Remove(arn);
        return null;
    }

    private JsonObject? ListSubscriptions(AwsCall call)
    {
        var topic = Topic(call);
        return Listed(call, [.. Subscriptions.Values.Where(one => one.Topic == topic.Arn)]);
    }

    private JsonObject Listed(AwsCall call, List<SnsSubscription> all)
    {
        var (items, next) = LambdaStandin.Page(all, call.Text("NextToken"), PageSize);
        return new()
        {
            ["Subscriptions"] = new JsonArray([.. items.Select(one => new JsonObject
            {
                ["SubscriptionArn"] = one.Confirmed ? one.Arn : "PendingConfirmation",
                ["Owner"] = one.Arn.Split(':')[4],
                ["Protocol"] = one.Protocol,
                ["Endpoint"] = one.Endpoint,
                ["TopicArn"] = one.Topic,
            })]),
            ["NextToken"] = next,
        };
    }

    private JsonObject? SubscriptionAttributes(AwsCall call)
    {
        var subscription = Subscription(call);
        var attributes = new JsonObject
        {
            ["SubscriptionArn"] = subscription.Arn,
            ["TopicArn"] = subscription.Topic,
            ["Owner"] = subscription.Arn.Split(':')[4],
            ["Protocol"] = subscription.Protocol,
            ["Endpoint"] = subscription.Endpoint,
            ["PendingConfirmation"] = subscription.Confirmed ? "false" : "true",
            ["ConfirmationWasAuthenticated"] = subscription.Confirmed ? "true" : "false",
            ["RawMessageDelivery"] = "false",
            ["SubscriptionPrincipal"] = call.Caller.Arn,
        };
        foreach (var (key, value) in subscription.Attributes) attributes[key] = value;
        return new() { ["Attributes"] = attributes };
    }

    private JsonObject? SetAttributes(AwsCall call)
    {
        var (subscription, name, value) = (Subscription(call), call.Need("AttributeName"), call.Text("AttributeValue") ?? "");
        Checked(call, new() { [name] = value });
        if (value.Length is 0 or 2 && value is "" or "{}") subscription.Attributes.Remove(name);
        else subscription.Attributes[name] = value;
        return null;
    }

    private static void Checked(AwsCall call, Dictionary<string, string> attributes)
    {
        if (attributes.Keys.FirstOrDefault(name => !Settable.Contains(name)) is not null) throw call.Invalid("Invalid parameter: AttributeName");
        if (attributes.GetValueOrDefault("RawMessageDelivery") is { } raw && raw is not ("true" or "false"))
            throw call.Invalid($"Invalid parameter: RawMessageDelivery Reason: Value must be true or false: {raw}");
        foreach (var name in (string[])["FilterPolicy", "RedrivePolicy"])
        {
            if (attributes.GetValueOrDefault(name) is not { Length: > 0 } json) continue;
            if (EventPattern.Parsed(json) is null) throw call.Invalid($"Invalid parameter: {name}: failed to parse JSON.");
        }
    }

    private SnsTopic Topic(AwsCall call, string name = "TopicArn")
    {
        var arn = call.Need(name);
        if (arn.Split(':') is not ["arn", _, "sns", _, _, _]) throw call.Invalid($"Invalid parameter: {name} Reason: An ARN must have at least 6 elements, not {arn.Split(':').Length}");
        return Topics.GetValueOrDefault(arn) ?? throw new AwsFault(404, name is "ResourceArn" ? "ResourceNotFound" : "NotFound", name is "ResourceArn" ? "Resource does not exist" : "Topic does not exist");
    }

    private SnsSubscription Subscription(AwsCall call) => Subscriptions.GetValueOrDefault(call.Need("SubscriptionArn")) ?? throw new AwsFault(404, "NotFound", "Subscription does not exist");

    private static JsonObject? Nothing(Action work)
    {
        work();
        return null;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
