using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.Standins;

/// <summary>What becomes of what is published.</summary>
public sealed partial class SnsStandin
{
    private JsonObject? Publish(AwsCall call)
    {
        var topic = Topic(call, call.Text("TargetArn") is null ? "TopicArn" : "TargetArn");
        if (call.Text("Message") is not { Length: > 0 } message) throw call.Invalid("Invalid parameter: Empty message");
        if (Encoding.UTF8.GetByteCount(message) > 262_144) throw call.Invalid("Invalid parameter: Message too long");
        if (call.Text("Subject") is { } subject && (subject.Length is 0 or > 100 || subject.Any(letter => letter < ' ' || letter > '~'))) throw call.Invalid("Invalid parameter: Subject");
        var attributes = call.Input["MessageAttributes"] as JsonObject ?? [];
        return new() { ["MessageId"] = Send(topic.Arn, call.Text("Subject"), message, attributes) };
    }

    /// <summary>Publishes, as a service of AWS does it; answers the message's id.</summary>
    public string Publish(string topic, string? subject, string message) => aws.Locked(() => Send(topic, subject, message, []));

    private string Send(string topic, string? subject, string message, JsonObject attributes)
    {
        var id = Guid.NewGuid().ToString();
        foreach (var subscription in Subscriptions.Values.Where(one => one.Topic == topic && one.Confirmed && Wanted(one, message, attributes)).ToList())
        {
            var isTaken = subscription.Protocol switch
            {
                "sqs" => aws.Sqs.Put(subscription.Endpoint, subscription.Attributes.GetValueOrDefault("RawMessageDelivery") is "true" ? message : Envelope(subscription, id, subject, message, attributes, "URL").ToJsonString(),
                    "sns.amazonaws.com", topic, raw: subscription.Attributes.GetValueOrDefault("RawMessageDelivery") is "true" ? attributes : null),
                "lambda" => aws.Lambda.Hand(subscription.Endpoint, "sns.amazonaws.com", topic, Encoding.UTF8.GetBytes(new JsonObject
                {
                    ["Records"] = new JsonArray(new JsonObject
                    {
                        ["EventSource"] = "aws:sns",
                        ["EventVersion"] = "1.0",
                        ["EventSubscriptionArn"] = subscription.Arn,
                        ["Sns"] = Envelope(subscription, id, subject, message, attributes, "Url"),
                    }),
                }.ToJsonString())),
                _ => true,
            };
            if (isTaken) continue;
            if (subscription.Attributes.GetValueOrDefault("RedrivePolicy") is { } policy && EventPattern.Parsed(policy)?["deadLetterTargetArn"]?.GetValue<string>() is { } dead)
                aws.Sqs.Put(dead, message, "sns.amazonaws.com", topic);
        }
        return id;
    }

    /// <summary>A notification; Lambda writes Url where the others write URL, and says null where they leave out.</summary>
    private JsonObject Envelope(SnsSubscription subscription, string id, string? subject, string message, JsonObject attributes, string url)
    {
        var envelope = new JsonObject { ["Type"] = "Notification", ["MessageId"] = id, ["TopicArn"] = subscription.Topic };
        if (subject is not null || url is "Url") envelope["Subject"] = subject;
        envelope["Message"] = message;
        envelope["Timestamp"] = Time(aws.Now());
        envelope["SignatureVersion"] = "1";
        envelope["Signature"] = "EXAMPLEpH+DcEwjAPg8O9mY8dReBSwksfg2S7WKQcikcNKWLQjwu6A4VbeS0QHVCkhRS7fUQvi2egU3N858fiTDN6bkkOxYDVrY0Ad8L10Hs3zH81mtnPk5uvvolIC1CXGu43obcgFxeL3khZl8IKvO61GWB6jI9b5+gLPoBc1Q=";
        var region = subscription.Topic.Split(':')[3];
        envelope[$"SigningCert{url}"] = $"https://sns.{region}.amazonaws.com/SimpleNotificationService-0000000000000000000000.pem";
        envelope[$"Unsubscribe{url}"] = $"https://sns.{region}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={subscription.Arn}";
        if (attributes.Count > 0 || url is "Url")
        {
            envelope["MessageAttributes"] = new JsonObject(attributes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)new JsonObject
            {
                ["Type"] = pair.Value!["DataType"]!.DeepClone(),
                ["Value"] = (pair.Value["StringValue"] ?? pair.Value["BinaryValue"])?.DeepClone(),
            })));
        }
        return envelope;
    }

    private static bool Wanted(SnsSubscription subscription, string message, JsonObject attributes)
    {
        if (subscription.Attributes.GetValueOrDefault("FilterPolicy") is not { Length: > 0 } filter || EventPattern.Parsed(filter) is not JsonObject pattern) return true;
        if (subscription.Attributes.GetValueOrDefault("FilterPolicyScope") is "MessageBody") return EventPattern.Parsed(message) is JsonObject body && EventPattern.Matches(pattern, body);
        return EventPattern.Matches(pattern, new(attributes.Select(pair => KeyValuePair.Create(pair.Key, pair.Value!["DataType"]!.GetValue<string>() switch
        {
            "String.Array" => EventPattern.Parsed(pair.Value["StringValue"]!.GetValue<string>()),
            "Number" => JsonNode.Parse(pair.Value["StringValue"]!.GetValue<string>()),
            _ => (JsonNode?)pair.Value["StringValue"]?.GetValue<string>(),
        }))));
    }
}
