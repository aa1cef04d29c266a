using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Signalbox.Standins;

/// <summary>SQS as it was spoken with until 2023, and as older programs still do: forms with flat lists, and XML.</summary>
internal static class SqsForms
{
    private static readonly Dictionary<string, string> Lists = new()
    {
        ["AttributeName"] = "AttributeNames",
        ["MessageAttributeName"] = "MessageAttributeNames",
        ["TagKey"] = "TagKeys",
        ["DeleteMessageBatchRequestEntry"] = "Entries",
        ["SendMessageBatchRequestEntry"] = "Entries",
        ["ChangeMessageVisibilityBatchRequestEntry"] = "Entries",
    };

    public static AwsProtocol Protocol { get; } = AwsProtocol.Query("http://queue.amazonaws.com/doc/2012-11-05/", Input, Output);

    private static JsonObject Input(string operation, JsonObject form)
    {
        var input = new JsonObject();
        foreach (var (name, value) in form)
        {
            if (name is "Attribute") input["Attributes"] = Map(value, "Name", one => one["Value"]);
            else if (name is "Tag") input["Tags"] = Map(value, "Key", one => one["Value"]);
            else if (name is "MessageAttribute") input["MessageAttributes"] = Map(value, "Name", one => one["Value"]);
            else input[Lists.GetValueOrDefault(name, name)] = value?.DeepClone();
        }
        return input;
    }

    private static JsonObject Map(JsonNode? list, string key, Func<JsonNode, JsonNode?> value) =>
        new(((JsonArray)list!).Select(one => KeyValuePair.Create(one![key]!.GetValue<string>(), value(one)?.DeepClone())));

    private static XElement? Output(string operation, JsonNode? output) => output is null ? null : new XElement($"{operation}Result", ((JsonObject)output).SelectMany(part => Parts(operation, part.Key, part.Value)));

    private static IEnumerable<XElement> Parts(string operation, string name, JsonNode? value) => (name, value) switch
    {
        ("Attributes", JsonObject map) => map.Select(pair => new XElement("Attribute", new XElement("Name", pair.Key), new XElement("Value", AwsProtocol.Text(pair.Value)))),
        ("MessageAttributes", JsonObject map) => map.Select(pair => new XElement("MessageAttribute", new XElement("Name", pair.Key), new XElement("Value", AwsProtocol.Elements(pair.Value)))),
        ("Tags", JsonObject map) => map.Select(pair => new XElement("Tag", new XElement("Key", pair.Key), new XElement("Value", AwsProtocol.Text(pair.Value)))),
        ("QueueUrls", JsonArray list) => list.Select(url => new XElement("QueueUrl", AwsProtocol.Text(url))),
        ("Messages", JsonArray list) => list.Select(message => new XElement("Message", ((JsonObject)message!).SelectMany(part => Parts(operation, part.Key, part.Value)))),
        ("Successful", JsonArray list) => list.Select(one => new XElement($"{operation}ResultEntry", AwsProtocol.Elements(one))),
        ("Failed", JsonArray list) => list.Select(one => new XElement("BatchResultErrorEntry", AwsProtocol.Elements(one))),
        _ => [new XElement(name, AwsProtocol.Text(value))],
    };
}
