using Signalbox.Aws.Asking;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>Subscriptions to topics.</summary>
/// <seealso href="https://docs.aws.amazon.com/sns/latest/api/API_Operations.html"/>
internal static class TopicWork
{
    private const string Version = "2010-03-31";

    /// <summary>The subscriptions of a topic that lead to one of these.</summary>
    /// <param name="hand">Where.</param>
    /// <param name="topic">The topic; none when it is not there.</param>
    /// <param name="endpoints">ARNs of our queues and of our alias.</param>
    public static async Task<IEnumerable<Piece>> Read(Hand hand, string topic, IReadOnlyCollection<string> endpoints)
    {
        var found = new List<Piece>();
        for (string? next = ""; next is not null;)
        {
            Fact[] from = next.Length > 0 ? [new("NextToken", next)] : [];
            if (await hand.Find(Call(hand, topic, "ListSubscriptionsByTopic", [new("TopicArn", topic), .. from])) is not { } page) return [];
            foreach (var member in AwsApi.Elements(page.Body, "member"))
            {
                var (arn, endpoint) = (AwsApi.Text(member, "SubscriptionArn") ?? "", AwsApi.Text(member, "Endpoint") ?? "");
                if (endpoints.Contains(endpoint) && Site.IsArn(arn))
                    found.Add(await Subscription(hand, topic, arn, AwsApi.Text(member, "Protocol") ?? "", endpoint));
            }
            next = page.Text("NextToken") is { Length: > 0 } token ? token : null;
        }
        return found;
    }

    public static Task Apply(Hand hand, Change change)
    {
        var (wanted, topic) = (change.Wanted, change.Wanted["topic"]);
        return change.Doing switch
        {
            Doing.Make => Subscribe(hand, wanted, topic),
            Doing.Alter => hand.Do(Call(hand, topic, "SetSubscriptionAttributes",
                new("SubscriptionArn", wanted.At), new("AttributeName", "RawMessageDelivery"), new("AttributeValue", "false"))),
            _ => hand.Find(Call(hand, topic, "Unsubscribe", new Fact("SubscriptionArn", wanted.At))),
        };
    }

    private static async Task Subscribe(Hand hand, Piece wanted, string topic)
    {
        try
        {
            await hand.Do(Call(hand, topic, "Subscribe", new("TopicArn", topic), new("Protocol", wanted["protocol"]), new("Endpoint", wanted["endpoint"]),
                new("ReturnSubscriptionArn", "true")));
        }
        catch (CloudException fault) when (fault.IsNotThere)
        {
            throw new CloudException(fault.Code, $"topic {topic} is not there: make it (aws sns create-topic --name {Arn.Read(topic)?.Name}), or mend topics.");
        }
    }

    private static async Task<Piece> Subscription(Hand hand, string topic, string arn, string protocol, string endpoint)
    {
        var raw = protocol is "sqs"
            && (await hand.Find(Call(hand, topic, "GetSubscriptionAttributes", new Fact("SubscriptionArn", arn)))) is { } attributes
            && AwsApi.Elements(attributes.Body, "entry").Any(entry =>
                AwsApi.Text(entry, "key") is "RawMessageDelivery" && AwsApi.Text(entry, "value") is "true");
        return new(PieceKind.Subscription, $"{topic} {endpoint}",
            [new("topic", topic), new("protocol", protocol), new("endpoint", endpoint), new("raw", raw ? "true" : "false")])
        {
            At = arn,
        };
    }

    private static CloudCall Call(Hand hand, string topic, string operation, params Fact[] fields) =>
        CloudCall.Form(hand.Places.Sns(topic), operation, Version, fields);
}
